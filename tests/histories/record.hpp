// histories/record.hpp -- a row of POSEligibility, as a person with the rules in hand reads it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import.hpp"

namespace mealsync::testing {

struct Days {
  Date first, last;
};

[[nodiscard]] inline bool is_meal(const Cells& row) {
  return row[meal::elig_type] == "Meal";
}
[[nodiscard]] inline int end_year_of(const Cells& row) {
  return std::stoi(row[meal::end_year]);
}
[[nodiscard]] inline bool is_open(const Cells& row) {
  return row[meal::end] == "NULL" || row[meal::end].empty();
}

[[nodiscard]] inline bool is_readable(const Cells& row) {
  const auto is_one_of = [](const std::string& letter, std::string_view letters) {
    return letter.size() == 1 && letters.find(letter) != std::string_view::npos;
  };
  return is_one_of(row[meal::eligibility], "FRS") && is_one_of(row[meal::source], "DN") &&
         date_from_iso(row[meal::start]) && (is_open(row) || date_from_iso(row[meal::end]));
}

/// Of a valid record of type Meal: one that can be read and does not end before it starts.
[[nodiscard]] inline std::optional<Days> days_of(const Options& options, const Cells& row) {
  if (!is_meal(row) || !is_readable(row)) return std::nullopt;
  const Days days{date_from_iso(row[meal::start]).value(), is_open(row)
                                                               ? last_day_of_open(options, {end_year_of(row)})
                                                               : date_from_iso(row[meal::end]).value()};
  return days.last < days.first ? std::nullopt : std::optional(days);
}

[[nodiscard]] inline bool overlap(const Options& options, const std::vector<Cells>& rows) {
  std::vector<Days> taken;
  for (const Cells& row : rows) {
    const auto days = days_of(options, row);
    if (!days) continue;
    const auto meets = [&](const Days& other) {
      return days->first <= other.last && other.first <= days->last;
    };
    if (std::any_of(taken.begin(), taken.end(), meets)) return true;
    taken.push_back(*days);
  }
  return false;
}

/// The row of that number, or null.
[[nodiscard]] inline const Cells* find_record(const std::vector<Cells>& rows, const std::string& id) {
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const Cells& each) { return each[meal::id] == id; });
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace mealsync::testing
