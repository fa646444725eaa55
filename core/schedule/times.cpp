#include <schedule/times.hpp>

#include <schedule/parts.hpp>

namespace mealsync {
namespace {

bool is_on(const Schedule& schedule, Date day) {
  const auto civil = day.civil();
  if (schedule.frequency == "weekly")
    return std::chrono::weekday(std::chrono::sys_days(civil)).c_encoding() == week_day_of(schedule);
  if (schedule.frequency == "monthly") {
    const auto last = static_cast<unsigned>((civil.year() / civil.month() / std::chrono::last).day());
    return static_cast<unsigned>(civil.day()) == std::min(day_of_month(schedule), last);
  }
  return true;
}

}  // namespace

std::vector<std::chrono::sys_seconds> next_times(const Schedule& schedule, const TimeZone& zone,
                                                 std::chrono::sys_seconds after, std::size_t count) {
  const auto time = std::chrono::hours(hour_of(schedule)) + std::chrono::minutes(minute_of(schedule));
  std::vector<std::chrono::sys_seconds> times;
  for (Date day = zone.local_time(after).day; times.size() < count; day = day.next()) {
    if (!is_on(schedule, day)) continue;
    const LocalTime wanted{day, time};
    const auto moment = zone.moment_of(wanted);
    const bool is_leapt_over = zone.local_time(moment) != wanted;
    if (!is_leapt_over && moment > after) times.push_back(moment);
  }
  return times;
}

}  // namespace mealsync
