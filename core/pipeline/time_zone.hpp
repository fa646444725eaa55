// pipeline/time_zone.hpp -- the time zones that this machine knows.
//
// Units      Moments are seconds of UTC.
// Errors     Where the machine has no tz database no zone is known.
// Ownership  Names live as long as the process.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/date.hpp>

namespace date {
class time_zone;
}

namespace mealsync {

/// What a clock on the wall shows.
struct LocalTime {
  Date day;
  std::chrono::seconds time{};  // since midnight, as the clock shows it

  constexpr auto operator<=>(const LocalTime&) const = default;
};

class TimeZone {
 public:
  [[nodiscard]] static std::optional<TimeZone> named(std::string_view name);
  /// The machine's own.
  [[nodiscard]] static std::optional<TimeZone> of_this_machine();

  [[nodiscard]] std::string name() const;
  /// When the clock shows `local`: of a time that comes twice the first, and of one that is leapt over the moment of
  /// the leap, when it shows another.
  [[nodiscard]] std::chrono::sys_seconds moment_of(LocalTime local) const;
  [[nodiscard]] LocalTime local_time(std::chrono::sys_seconds moment) const;
  /// EST, EDT …; +03 where a zone has no letters.
  [[nodiscard]] std::string abbreviation(std::chrono::sys_seconds moment) const;

 private:
  explicit TimeZone(const date::time_zone& zone) : zone_(&zone) {}

  const date::time_zone* zone_;
};

[[nodiscard]] std::vector<std::string_view> time_zone_names();

}  // namespace mealsync
