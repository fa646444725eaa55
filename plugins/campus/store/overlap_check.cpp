#include <campus/store/overlap_check.hpp>

#include <algorithm>
#include <utility>

#include <mealsync/date.hpp>

namespace mealsync::campus {

constexpr std::array<LentColumn<std::int64_t>, 1> OverlapCheck::columns{{
    {"personID", [](const std::int64_t& person, LentCell cell) { cell.put(person); }},
}};

// CROSS JOIN: in this order.
OverlapCheck::OverlapCheck(Connection& connection)
    : connection_(connection),
      table_(connection, "ChangedStudent", columns),
      several_of_table_(
          connection,
          "SELECT s.personID FROM ChangedStudent s CROSS JOIN POSEligibility e ON e.personID = s.personID"
          " GROUP BY s.personID HAVING count(*) > 1"),
      records_(connection,
               "SELECT personID, startDate, coalesce(nullif(endDate, ''), endYear || '-06-30'), eligibilityID"
               " FROM ChangedStudent CROSS JOIN POSEligibility USING (personID) WHERE eligType = 'Meal'"
               " AND eligibility IN ('F', 'R', 'S') AND source IN ('D', 'N')"
               " ORDER BY personID, startDate, eligibilityID"),
      persons_in_range_(connection.prepare_visit(
          "personID", connection.from("POSEligibility", "WHERE personID BETWEEN ? AND ?",
                                      "POSEligibilityOfPerson", "personID"))) {}

void OverlapCheck::look() {
  if (changed_.empty()) return;
  const std::int64_t last = changed_.back();
  changed_.pop_back();
  begin();
  while (find_next())
    suspects_.push_back(at_.person);
  changed_.assign(1, last);
}

std::vector<std::int64_t> OverlapCheck::find() {
  changed_.insert(changed_.end(), suspects_.begin(), suspects_.end());
  begin();
  std::vector<std::int64_t> found;
  while (find_next())
    found.push_back(records_.integer(3));
  return found;
}

void OverlapCheck::begin() {
  std::sort(changed_.begin(), changed_.end());
  changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
  find_several();
  table_.lend(several_);
  at_ = {};
}

/// Out of an index alone. Where most students have a change it is quicker to read all that lies between them.
void OverlapCheck::find_several() {
  constexpr std::int64_t worth_it = 8;  // students read for each that is looked for
  several_.clear();
  if (changed_.empty()) return;
  if (changed_.back() - changed_.front() < worth_it * std::ssize(changed_)) return find_several_in_range();
  table_.lend(changed_);
  while (several_of_table_.step())
    several_.push_back(several_of_table_.integer(0));
}

void OverlapCheck::find_several_in_range() {
  auto next = changed_.begin();
  std::int64_t before = changed_.front() - 1;
  persons_in_range_.bind(1, changed_.front()).bind(2, changed_.back());
  connection_.visit_rows(persons_in_range_, [&](Connection::Values row) {
    const std::int64_t person = integer_of(row[0]);
    const bool is_another = person == std::exchange(before, person);
    if (!is_another || (!several_.empty() && several_.back() == person)) return true;
    while (next != changed_.end() && *next < person)
      ++next;
    if (next != changed_.end() && *next == person) several_.push_back(person);
    return true;
  });
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
