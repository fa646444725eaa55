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

/// Binds `record` to six parameters, from endYear to endDate.
void bind_record(Statement& statement, int first, const MealRecord& record) {
  statement.bind(first, std::int64_t{record.year.end_year})
      .bind(first + 1, letter(record.status.eligibility))
      .bind(first + 2, letter(record.status.source))
      .bind(first + 3, spell(record.status.type))
      .bind(first + 4, record.start)
      .bind(first + 5, record.end);
}

/// The same, but where `after` says what `before` said, with the very text that is stored.
void bind_record(Statement& statement, int first, const MealRecord& after, const MealRecord& before,
                 const Statement& stored) {
  bind_record(statement, first, after);
  const auto keep = [&](bool is_same, MealColumn column) {
    if (is_same) statement.bind(first + column - column_year, stored, column);
  };
  keep(after.year == before.year, column_year);
  keep(after.status.eligibility == before.status.eligibility, column_eligibility);
  keep(after.status.source == before.status.source, column_source);
  keep(after.status.type == before.status.type, column_type);
  keep(after.start == before.start, column_start);
  keep(after.end == before.end, column_end);
}

MealRecord with_end(MealRecord record, const std::optional<Date>& end) {
  record.end = end;
  return record;
}

}  // namespace

struct ImportTransaction::Statements {
  Statement find;
  Statement end;  // touches no index
  Statement update;
  Statement remove;
  Statement keep;

  explicit Statements(Connection& connection)
      : find(select_meals(connection, "AND eligibilityID = ?")),
        end(connection,
            "UPDATE POSEligibility SET endDate = ?, importRunID = ?, modifiedDate = ? WHERE eligibilityID = "
            "?"),
        update(connection,
               "UPDATE POSEligibility SET endYear = ?, eligibility = ?, source = ?, type = ?, startDate = ?,"
               " endDate = ?, importRunID = ?, modifiedDate = ? WHERE eligibilityID = ?"),
        remove(connection, "DELETE FROM POSEligibility WHERE eligibilityID = ?"),
        keep(connection,
             "INSERT INTO ImportChange (importRunID, sequence, eligibilityID, personID, action,"
             " endYear, eligibility, source, type, startDate, endDate,"
             " was_endYear, was_eligibility, was_source, was_type, was_startDate, was_endDate,"
             " was_applicationID, was_extended, was_districtID, was_importRunID, was_modifiedDate)"
             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}
};

ImportTransaction::ImportTransaction(CampusStore& store, const ImportRun& run)
    : connection_(*store.connection_),
      facts_(run),
      name_(run.run),
      pipeline_(run.pipeline),
      started_at_(run.started_at) {
  // SQLite would look up the student of every record on its own: see NewRecords.
  connection_.execute("PRAGMA foreign_keys = OFF");
  connection_.execute("BEGIN IMMEDIATE");
  try {
    Statement same(connection_, "SELECT 1 FROM ImportRun WHERE run = ?");
    if (same.bind(1, run.run).step())
      throw StoreError(Fault::failed, "run " + name_ + " has been imported before");
    run_ = connection_.last_id_ever("ImportRun", "importRunID") + 1;
    statements_ = std::make_unique<Statements>(connection_);
    new_records_ = std::make_unique<NewRecords>(connection_, run_, started_at_);
    overlaps_ = std::make_unique<OverlapCheck>(connection_);
  } catch (const StoreError&) {
    connection_.roll_back();
    throw;
  }
}

ImportTransaction::~ImportTransaction() {
  overlaps_.reset();
  new_records_.reset();
  statements_.reset();
  connection_.roll_back();
}

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
  auto& [find, end, update, remove, keep] = *statements_;
  find.bind(1, before.id);
  const MealRow stored = find.step() ? read_meal(find) : MealRow{};
  if (stored.record != before || stored.person != person || !stored.unreadable_column.empty()) {
    find.reset();
    throw StoreError(Fault::changed_meanwhile, "eligibility record " + std::to_string(before.id) +
                                                   " is not what it was when it was read");
  }

  keep.clear();
  keep.bind(1, run_).bind(2, ++sequence_).bind(3, before.id).bind(4, person).bind_lent(5, spell(action));
  for (int column = column_year; column <= column_modified; ++column)
    keep.bind(12 + column - column_year, find, column);
  if (action != Action::remove) bind_record(keep, 6, after, before, find);
  const bool only_ends = action == Action::end && with_end(before, after.end) == after;
  if (action != Action::remove && !only_ends) bind_record(update, 1, after, before, find);
  find.reset();
  if (action == Action::remove)
    remove.bind(1, before.id).run();
  else if (only_ends)
    end.bind(1, after.end).bind(2, run_).bind_lent(3, started_at_).bind(4, before.id).run();
  else
    update.bind(7, run_).bind_lent(8, started_at_).bind(9, before.id).run();
  keep.run();
}

void ImportTransaction::assert_no_overlap() {
  new_records_->flush(sequence_);
  if (const auto record = overlaps_->find())
    throw StoreError(Fault::overlapping, "eligibility record " + std::to_string(*record) +
                                             " would begin before another one of its student has ended");
}

void ImportTransaction::commit(std::string_view finished_at, std::string_view status,
                               std::string_view input_sha256) {
  new_records_->flush(sequence_);
  const auto count = [&](Action action) { return counts_[static_cast<std::size_t>(action)]; };
  // Not before: a page that is written early and once more at the end has SQLite read its whole log again.
  Statement done(
      connection_,
      "INSERT INTO ImportRun (importRunID, run, asOf, pipeline, endYear, startedAt, finishedAt, status,"
      " inserted, updated, ended, removed, trimmed, inputSHA256)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  done.bind(1, run_).bind(2, name_).bind(3, facts_.as_of).bind(4, pipeline_);
  done.bind(5, std::int64_t{facts_.year.end_year}).bind(6, started_at_).bind(7, finished_at).bind(8, status);
  done.bind(9, count(Action::insert)).bind(10, count(Action::update)).bind(11, count(Action::end));
  done.bind(12, count(Action::remove)).bind(13, count(Action::trim)).bind(14, input_sha256).run();
  connection_.execute("COMMIT");
}

}  // namespace mealsync::campus
