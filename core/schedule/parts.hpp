// schedule/parts.hpp -- the parts of a schedule without faults, as numbers.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include <mealsync/value.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {

inline constexpr std::array<std::string_view, 7> week_days{"sunday",   "monday", "tuesday", "wednesday",
                                                           "thursday", "friday", "saturday"};

[[nodiscard]] inline unsigned number_of(std::string_view digits) {
  return static_cast<unsigned>(parse<std::int64_t>(digits).value_or(0));
}
[[nodiscard]] inline unsigned hour_of(const Schedule& schedule) {
  return number_of(std::string_view(schedule.time).substr(0, 2));
}
[[nodiscard]] inline unsigned minute_of(const Schedule& schedule) {
  return number_of(std::string_view(schedule.time).substr(3));
}
/// 0 is sunday.
[[nodiscard]] inline unsigned week_day_of(const Schedule& schedule) {
  return static_cast<unsigned>(std::find(week_days.begin(), week_days.end(), schedule.day) -
                               week_days.begin());
}
[[nodiscard]] inline unsigned day_of_month(const Schedule& schedule) {
  return number_of(schedule.day);
}

}  // namespace mealsync
