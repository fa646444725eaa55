#include <campus/store/import_transaction.hpp>

#include <array>
#include <cstddef>
#include <string>

#include <campus/store/connection.hpp>
#include <campus/store/meal_columns.hpp>
#include <campus/store/new_records.hpp>
#include <campus/store/overlap_check.hpp>

namespace mealsync::campus {
namespace {

/// Binds what the record becomes to seven parameters: which columns keep the very text that is stored, and what the
/// others are, from endYear to endDate.
void bind_record(Statement& statement, int first, const MealRecord& after, const MealRecord& before) {
  const std::array<bool, 6> keeps{after.year == before.year,
                                  after.status.eligibility == before.status.eligibility,
                                  after.status.source == before.status.source,
                                  after.status.type == before.status.type,
                                  after.start == before.start,
                                  after.end == before.end};
  std::int64_t kept = 0;
  for (std::size_t column = 0; column < keeps.size(); ++column)
    if (keeps[column]) kept |= std::int64_t{1} << column;
  statement.bind(first, kept)
      .bind(first + 1, std::int64_t{after.year.end_year})
      .bind_lent(first + 2, letter(after.status.eligibility))
      .bind_lent(first + 3, letter(after.status.source))
      .bind_lent(first + 4, spell(after.status.type))
      .bind(first + 5, after.start)
      .bind(first + 6, after.end);
}

/// The record is removed: nothing is kept, and nothing comes in its place.
void bind_no_record(Statement& statement, int first) {
  statement.bind(first, std::int64_t{0});
  for (int parameter = first + 1; parameter <= first + 6; ++parameter)
    statement.bind_null(parameter);
}

MealRecord with_end(MealRecord record, const std::optional<Date>& end) {
  record.end = end;
  return record;
}

}  // namespace

struct ImportTransaction::Statements {
  Statement find;
  Statement note;  // the record as it is, and what becomes of it
  Statement end;   // touches no index
  Statement update;
  Statement remove;

  Statements(Connection& connection, std::int64_t run, std::string_view modified_at)
      : find(find_meal(connection)),
        note(connection,
             "INSERT INTO ImportChange (importRunID, sequence, eligibilityID, personID, action,"
             " endYear, eligibility, source, type, startDate, endDate,"
             " was_endYear, was_eligibility, was_source, was_type, was_startDate, was_endDate,"
             " was_applicationID, was_extended, was_districtID, was_importRunID, was_modifiedDate)"
             " SELECT ?1, ?2, eligibilityID, personID, ?3, iif(?5 & 1, endYear, ?6),"
             " iif(?5 & 2, eligibility, ?7), iif(?5 & 4, source, ?8), iif(?5 & 8, type, ?9),"
             " iif(?5 & 16, startDate, ?10), iif(?5 & 32, endDate, ?11),"
             " endYear, eligibility, source, type, startDate, endDate,"
             " applicationID, extended, districtID, importRunID, modifiedDate"
             " FROM POSEligibility WHERE eligibilityID = ?4"),
        end(connection,
            "UPDATE POSEligibility SET importRunID = ?1, modifiedDate = ?2, endDate = ?4"
            " WHERE eligibilityID = ?3"),
        update(connection,
               "UPDATE POSEligibility SET importRunID = ?1, modifiedDate = ?2,"
               " endYear = iif(?4 & 1, endYear, ?5), eligibility = iif(?4 & 2, eligibility, ?6),"
               " source = iif(?4 & 4, source, ?7), type = iif(?4 & 8, type, ?8),"
               " startDate = iif(?4 & 16, startDate, ?9), endDate = iif(?4 & 32, endDate, ?10)"
               " WHERE eligibilityID = ?3"),
        remove(connection, "DELETE FROM POSEligibility WHERE eligibilityID = ?") {
    note.bind(1, run);
    for (Statement* each : {&end, &update})
      each->bind(1, run).bind_lent(2, modified_at);
  }
};

ImportTransaction::ImportTransaction(CampusStore& store, const ImportRun& run)
    : entry_(*store.connection_, run),
      statements_(std::make_unique<Statements>(*store.connection_, entry_.id(), entry_.started_at())),
      new_records_(std::make_unique<NewRecords>(*store.connection_, entry_.id(), entry_.started_at())),
      overlaps_(std::make_unique<OverlapCheck>(*store.connection_)) {}

ImportTransaction::~ImportTransaction() = default;

void ImportTransaction::apply(std::int64_t person, Action action, const MealRecord& before,
                              const MealRecord& after, bool is_extended) {
  if (action == Action::none) return;
  overlaps_->note(person);
  if (action == Action::insert) {
    new_records_->add(person, after, is_extended);
    if (new_records_->is_full()) {
      new_records_->flush(sequence_);
      overlaps_->look();
    }
  } else {
    if (new_records_->holds(before.id)) new_records_->flush(sequence_);
    change(person, action, before, after);
  }
  ++counts_[static_cast<std::size_t>(action)];
}

void ImportTransaction::change(std::int64_t person, Action action, const MealRecord& before,
                               const MealRecord& after) {
  auto& [find, note, end, update, remove] = *statements_;
  find.bind(1, before.id);
  const MealRow stored = find.step() ? read_meal(find) : MealRow{};
  const bool is_same = stored.record == before && stored.person == person && stored.unreadable_column.empty();
  find.reset();
  if (!is_same)
    throw StoreError(Fault::changed_meanwhile, "eligibility record " + std::to_string(before.id) +
                                                   " is not what it was when it was read");

  note.bind(2, ++sequence_).bind_lent(3, spell(action)).bind(4, before.id);
  if (action == Action::remove)
    bind_no_record(note, 5);
  else
    bind_record(note, 5, after, before);
  note.run();
  if (action == Action::remove) {
    remove.bind(1, before.id).run();
  } else if (action == Action::end && with_end(before, after.end) == after) {
    end.bind(3, before.id).bind(4, after.end).run();
  } else {
    update.bind(3, before.id);
    bind_record(update, 4, after, before);
    update.run();
  }
}

void ImportTransaction::assert_no_overlap() {
  new_records_->flush(sequence_);
  if (const auto records = overlaps_->find(); !records.empty())
    throw StoreError(Fault::overlapping, "eligibility record " + std::to_string(records.front()) +
                                             " would begin before another one of its student has ended");
}

void ImportTransaction::commit(std::string_view finished_at, std::string_view status,
                               std::string_view input_sha256) {
  new_records_->flush(sequence_);
  entry_.commit(finished_at, status, input_sha256, counts_);
}

}  // namespace mealsync::campus
