#include <campus/store/new_records.hpp>

#include <algorithm>
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
      look_at_records_(connection, "SELECT count(*) FROM POSEligibility WHERE eligibilityID BETWEEN ? AND ?"),
      look_at_changes_(connection, "SELECT count(*) FROM ImportChange WHERE rowid BETWEEN ? AND ?"),
      look_at_person_(connection, "SELECT count(*) FROM POSEligibility WHERE personID BETWEEN ? AND ?"),
      changes_before_(connection.number("SELECT coalesce(max(rowid), 0) FROM ImportChange")) {
  insert_records_.bind(1, run).bind_lent(2, modified_at);
  note_changes_.bind(1, run);
  if (connection.has_index("POSEligibilityOfPerson"))
    last_person_ = connection.number("SELECT coalesce(max(personID), 0) FROM POSEligibility");
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
  keep_pages_at_hand(sequence);
}

void NewRecords::keep_pages_at_hand(std::int64_t changes) {
  constexpr std::int64_t new_records = 256;       // more than a page of them
  constexpr std::int64_t fewest_below = 250'000;  // rows below an inner page
  constexpr std::int64_t most_looks = 64;         // numbers may lie far apart
  constexpr std::size_t flushes_in_cache = 8;
  const auto look = [](Statement& at, std::int64_t first, std::int64_t last) {
    static_cast<void>(at.bind(1, first).bind(2, last).step());
    at.reset();
  };
  look(look_at_records_, first_id_ - 1, first_id_ + new_records);
  if (++flushes_ % flushes_in_cache != 0) return;
  const auto look_along = [&](Statement& at, std::int64_t first, std::int64_t last) {
    const auto step = std::max(fewest_below, (last - first) / most_looks);
    for (; first < last; first += step)
      look(at, first, first);
    look(at, last, last);
  };
  look_along(look_at_records_, 1, next_id_ - 1);
  look_along(look_at_changes_, changes_before_ + 1, changes_before_ + changes);
  if (last_person_ > 0) look_along(look_at_person_, 1, last_person_);
}

}  // namespace mealsync::campus
