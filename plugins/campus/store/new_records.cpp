#include <campus/store/new_records.hpp>

#include <string>

#include <campus/store/meal_columns.hpp>
#include <mealsync/meal_status.hpp>

namespace mealsync::campus {
namespace {

std::string_view text_of(const std::array<char, 10>& date) {
  return {date.data(), date.size()};
}

}  // namespace

constexpr std::array<LentColumn<NewRecords::Row>, 8> NewRecords::columns{{
    {"eligibilityID", [](const Row& row, LentCell cell) { cell.put(row.id); }},
    {"personID", [](const Row& row, LentCell cell) { cell.put(row.person); }},
    {"endYear", [](const Row& row, LentCell cell) { cell.put(std::int64_t{row.record.year.end_year}); }},
    {"eligibility", [](const Row& row, LentCell cell) { cell.put(letter(row.record.status.eligibility)); }},
    {"source", [](const Row& row, LentCell cell) { cell.put(letter(row.record.status.source)); }},
    {"type", [](const Row& row, LentCell cell) { cell.put(spell(row.record.status.type)); }},
    {"startDate", [](const Row& row, LentCell cell) { cell.put(text_of(row.start)); }},
    {"endDate",
     [](const Row& row, LentCell cell) {
       if (row.record.end)
         cell.put(text_of(row.end));
       else
         cell.put_null();
     }},
}};

NewRecords::NewRecords(Connection& connection, std::int64_t run, std::string_view modified_at)
    : connection_(connection),
      first_id_(connection.last_id_ever("POSEligibility", "eligibilityID") + 1),
      next_id_(first_id_),
      table_(connection, "NewRecord", columns),
      insert_records_(
          connection,
          "INSERT OR ROLLBACK INTO POSEligibility (personID, endYear, eligType, eligibility, source, type,"
          " startDate, endDate, importRunID, modifiedDate)"
          " SELECT n.personID, endYear, 'Meal', eligibility, source, type, startDate, endDate, ?1, ?2"
          " FROM NewRecord n CROSS JOIN Person p ON p.personID = n.personID"),
      note_changes_(
          connection,
          "INSERT OR ROLLBACK INTO ImportChange (importRunID, sequence, eligibilityID, personID, action,"
          " endYear, eligibility, source, type, startDate, endDate)"
          " SELECT ?1, ?2 + eligibilityID, eligibilityID, personID, 'insert', endYear, eligibility, source,"
          " type, startDate, endDate FROM POSEligibility WHERE eligibilityID BETWEEN ?3 AND ?4"),
      find_orphan_(connection,
                   "SELECT n.personID FROM NewRecord n LEFT JOIN Person p ON p.personID = n.personID"
                   " WHERE p.personID IS NULL LIMIT 1"),
      mark_extended_(connection, "UPDATE POSEligibility SET extended = 1 WHERE eligibilityID = ?"),
      pages_(connection, first_id_) {
  insert_records_.bind(1, run).bind_lent(2, modified_at);
  note_changes_.bind(1, run);
  waiting_.reserve(rows_a_statement);
}

void NewRecords::add(std::int64_t person, const MealRecord& record, bool is_extended) {
  if (is_extended) extended_.push_back(next_id_);
  Row& row = waiting_.emplace_back(Row{next_id_++, person, record, iso(record.start), {}});
  if (record.end) row.end = iso(*record.end);
}

void NewRecords::flush(std::int64_t& sequence) {
  if (waiting_.empty()) return;
  table_.lend(waiting_);
  insert_records_.run();
  if (connection_.last_id() != waiting_.back().id) {
    if (!find_orphan_.step()) throw StoreError(Fault::failed, "a new eligibility record did not get its ID");
    const std::string person = std::to_string(find_orphan_.integer(0));
    find_orphan_.reset();
    throw StoreError(Fault::changed_meanwhile, "student " + person + " is no longer there");
  }
  for (const std::int64_t id : extended_)
    mark_extended_.bind(1, id).run();
  extended_.clear();
  const std::int64_t first = waiting_.front().id, last = waiting_.back().id;
  note_changes_.bind(2, sequence - first + 1).bind(3, first).bind(4, last).run();
  sequence += static_cast<std::int64_t>(waiting_.size());
  waiting_.clear();
  pages_.look(next_id_ - 1, sequence);
}

}  // namespace mealsync::campus
