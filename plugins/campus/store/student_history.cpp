#include <campus/store/connection.hpp>
#include <campus/store/store.hpp>

namespace mealsync::campus {
namespace {

/// The six columns from `first` on.
StoredRecord stored_record(const Statement& row, int first) {
  return {row.text(first),     row.text(first + 1), row.text(first + 2),
          row.text(first + 3), row.text(first + 4), row.text(first + 5)};
}

}  // namespace

std::vector<std::int64_t> CampusStore::find_persons(std::string_view key) {
  Statement person(*connection_,
                   "SELECT personID FROM Person WHERE stateID = ?1 OR studentNumber = ?1 ORDER BY personID");
  person.bind(1, key);
  std::vector<std::int64_t> found;
  while (person.step())
    found.push_back(person.integer(0));
  return found;
}

void CampusStore::read_changes(std::int64_t person, const std::function<void(const ChangeRow&)>& visit) {
  Statement row(
      *connection_,
      "SELECT r.run, r.startedAt, c.action, c.eligibilityID, c.was_endYear, c.was_eligibility,"
      " c.was_source, c.was_type, c.was_startDate, c.was_endDate, c.endYear, c.eligibility, c.source,"
      " c.type, c.startDate, c.endDate FROM ImportChange c"
      " JOIN ImportRun r ON r.importRunID = c.importRunID WHERE c.personID = ?"
      " ORDER BY c.importRunID, c.sequence");
  row.bind(1, person);
  while (row.step())
    visit({row.text(0), row.text(1), row.text(2), row.integer(3), stored_record(row, 4),
           stored_record(row, 10)});
}

void CampusStore::read_records(std::int64_t person,
                               const std::function<void(std::int64_t record, const StoredRecord&)>& visit) {
  Statement row(
      *connection_,
      "SELECT eligibilityID, endYear, eligibility, source, type, startDate, endDate"
      " FROM POSEligibility WHERE personID = ? AND eligType = 'Meal' ORDER BY startDate, eligibilityID");
  row.bind(1, person);
  while (row.step())
    visit(row.integer(0), stored_record(row, 1));
}

}  // namespace mealsync::campus
