#include <pipeline/time_zone.hpp>

#include <date/tz.h>

#include <stdexcept>

namespace mealsync {

namespace {

/// What `look_up` finds, or null where it throws: for a zone that is not there, or a machine without the database.
template <class LookUp>
const date::time_zone* found(const LookUp& look_up) {
  try {
    return look_up();
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

std::optional<TimeZone> TimeZone::named(std::string_view name) {
  const auto* const zone = found([&] { return date::locate_zone(name); });
  return zone == nullptr ? std::nullopt : std::optional(TimeZone(*zone));
}

std::optional<TimeZone> TimeZone::of_this_machine() {
  const auto* const zone = found([] { return date::current_zone(); });
  return zone == nullptr ? std::nullopt : std::optional(TimeZone(*zone));
}

std::string TimeZone::name() const {
  return zone_->name();
}

std::chrono::sys_seconds TimeZone::moment_of(LocalTime local) const {
  const date::local_days day{date::days{local.day.days}};
  return zone_->to_sys(day + local.time, date::choose::earliest);
}

LocalTime TimeZone::local_time(std::chrono::sys_seconds moment) const {
  const auto local = zone_->to_local(moment);
  const auto day = date::floor<date::days>(local);
  return {Date{static_cast<std::int32_t>(day.time_since_epoch().count())}, local - day};
}

std::string TimeZone::abbreviation(std::chrono::sys_seconds moment) const {
  return zone_->get_info(moment).abbrev;
}

std::vector<std::string_view> time_zone_names() {
  std::vector<std::string_view> names;
  try {
    for (const date::time_zone& zone : date::get_tzdb().zones)
      names.emplace_back(zone.name());
  } catch (const std::runtime_error&) {
    return {};
  }
  return names;
}

}  // namespace mealsync
