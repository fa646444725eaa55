#include <campus/store/overlap_check.hpp>

#include <algorithm>

#include <mealsync/date.hpp>

namespace mealsync::campus {

constexpr std::array<LentColumn<std::int64_t>, 1> OverlapCheck::columns{{
    {"personID", [](const std::int64_t& person, LentCell cell) { cell.put(person); }},
}};

OverlapCheck::OverlapCheck(Connection& connection)
    : table_(connection, "ChangedStudent", columns),
      // CROSS JOIN: in this order. The index alone tells who has several records; few have.
      records_(
          connection,
          "WITH several AS MATERIALIZED (SELECT c.personID FROM ChangedStudent c"
          " CROSS JOIN POSEligibility e ON e.personID = c.personID GROUP BY c.personID HAVING count(*) > 1)"
          " SELECT personID, startDate, coalesce(nullif(endDate, ''), endYear || '-06-30'), eligibilityID"
          " FROM several CROSS JOIN POSEligibility USING (personID) WHERE eligType = 'Meal'"
          " AND eligibility IN ('F', 'R', 'S') AND source IN ('D', 'N')"
          " ORDER BY personID, startDate, eligibilityID") {}

void OverlapCheck::look() {
  if (changed_.empty()) return;
  const std::int64_t last = changed_.back();
  changed_.pop_back();
  begin();
  while (find_next())
    suspects_.push_back(at_.person);
  changed_.assign(1, last);
}

std::optional<std::int64_t> OverlapCheck::find() {
  changed_.insert(changed_.end(), suspects_.begin(), suspects_.end());
  begin();
  if (!find_next()) return std::nullopt;
  const std::int64_t record = records_.integer(3);
  records_.reset();
  return record;
}

void OverlapCheck::begin() {
  std::sort(changed_.begin(), changed_.end());
  changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
  table_.lend(changed_);
  at_ = {};
}

bool OverlapCheck::find_next() {
  while (records_.step()) {
    if (records_.integer(0) != at_.person) at_ = {records_.integer(0), {}};
    const auto first = date_from_iso(records_.text(1)), last = date_from_iso(records_.text(2));
    if (!first || !last || *last < *first) continue;
    const bool overlaps = at_.taken_until && *first <= *at_.taken_until;
    at_.taken_until = at_.taken_until ? std::max(*at_.taken_until, *last) : *last;
    if (overlaps) return true;
  }
  return false;
}

}  // namespace mealsync::campus
