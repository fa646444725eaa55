// eligibility/absence.hpp -- what becomes of a student's meal records when a whole file does not name him.
//
// A pure function. Source: meal-status.md 3.7, missing="end"; a direct certification lasts the year whatever a later
// list says (layouts.md 2.3), so only records without one are ended.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include <eligibility/change.hpp>
#include <eligibility/record.hpp>

namespace mealsync {

/// The records of `year` that are valid on `as_of` and began before it end the day before; those of a student whose
/// records overlap are left alone. `existing`: all his records of type Meal.
[[nodiscard]] inline std::vector<Change> end_of_absent(std::span<const MealRecord> existing, SchoolYear year,
                                                       Date as_of, const Policy& policy) {
  const auto grace = grace_days(year, policy.default_expiration);
  std::vector<Span> days;
  std::vector<Change> changes;
  for (const MealRecord& record : existing) {
    const Span valid{record.start, record.end.value_or(Date{record.year.last().days + grace})};
    if (valid.empty()) continue;
    if (std::any_of(days.begin(), days.end(), [&](const Span& other) { return overlap(other, valid); }))
      return {};
    days.push_back(valid);
    const bool is_lasting = valid.first < as_of && as_of <= valid.last;
    if (record.year != year || record.status.source == Source::direct || !is_lasting) continue;
    MealRecord after = record;
    after.end = as_of.previous();
    changes.push_back({Action::end, record, after, 0, {}, false});
  }
  return changes;
}

}  // namespace mealsync
