// eligibility/record.hpp -- what the merge compares: a student's meal records, and the rows that come in for
// him.
//
// Units   Days are inclusive on both sides: a record is valid on its last day.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include <mealsync/date.hpp>
#include <mealsync/meal_status.hpp>
#include <mealsync/school_year.hpp>

namespace mealsync {

struct Status {
  Eligibility eligibility = Eligibility::paid;
  Source source = Source::non_direct;
  CertifiedType type = CertifiedType::unknown;

  constexpr bool operator==(const Status&) const = default;
};

[[nodiscard]] constexpr int rank(const Status& status) {
  return rank(status.eligibility, status.source);
}

/// A record of type Meal as the database has it.
struct MealRecord {
  std::int64_t id = 0;  // 0: not in the database yet
  SchoolYear year;
  Status status;
  Date start;
  std::optional<Date> end;  // none: open
  bool from_application = false;

  constexpr bool operator==(const MealRecord&) const = default;
};

/// A row of the file. Its end is not before its start.
struct IncomingRow {
  Status status;
  Date start;
  Date end;
  std::uint64_t place = 0;  // where it was read; a later line has a greater place
};

struct Span {
  Date first;
  Date last;

  constexpr bool operator==(const Span&) const = default;
  [[nodiscard]] constexpr bool empty() const { return last < first; }
  [[nodiscard]] constexpr std::int32_t days() const { return last.days - first.days + 1; }
};

[[nodiscard]] constexpr bool overlap(const Span& a, const Span& b) {
  return a.first <= b.last && b.first <= a.last;
}

[[nodiscard]] constexpr Span hull(const Span& a, const Span& b) {
  return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

/// What is left of `spans` without the days of `hole`.
[[nodiscard]] inline std::vector<Span> subtract(const std::vector<Span>& spans, const Span& hole) {
  std::vector<Span> left;
  for (const Span& span : spans) {
    const Span before{span.first, std::min(span.last, hole.first.previous())};
    const Span after{std::max(span.first, hole.last.next()), span.last};
    if (!before.empty()) left.push_back(before);
    if (!after.empty()) left.push_back(after);
  }
  return left;
}

}  // namespace mealsync
