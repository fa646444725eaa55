// eligibility/decision.hpp -- what an import does to one student's meal records: the whole decision, and no
// database.
//
// A pure function. One row decided again, against the records as its changes leave them, changes nothing.
//
// Errors     std::logic_error where the plan itself would leave records that overlap: a fault of ours.
// Source     Rank, in-place updates, the day before, carryover: KSIS end-of-year training, 2016-04-21, and
// the
//            vendor's help pages. What nothing public decides is an option of Policy.
#pragma once

#include <span>

#include <eligibility/change.hpp>
#include <eligibility/planner.hpp>
#include <eligibility/record.hpp>

namespace mealsync {

/// Decides for one student. `existing`: all his records of type Meal, of every year, in any order.
/// `rows`: all his rows, in any order, each starting in `year`.
[[nodiscard]] inline Decision decide(std::span<const MealRecord> existing, std::span<const IncomingRow> rows,
                                     SchoolYear year, const Policy& policy) {
  return detail::Planner(year, policy).decide(existing, rows);
}

}  // namespace mealsync
