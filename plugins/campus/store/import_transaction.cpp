#include <campus/store/import_transaction.hpp>

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
    : entry_(*store.connection_, run),
      statements_(std::make_unique<Statements>(*store.connection_)),
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
  auto& [find, end, update, remove, keep] = *statements_;
  find.bind(1, before.id);
  const MealRow stored = find.step() ? read_meal(find) : MealRow{};
  if (stored.record != before || stored.person != person || !stored.unreadable_column.empty()) {
    find.reset();
    throw StoreError(Fault::changed_meanwhile, "eligibility record " + std::to_string(before.id) +
                                                   " is not what it was when it was read");
  }

  keep.clear();
  keep.bind(1, entry_.id())
      .bind(2, ++sequence_)
      .bind(3, before.id)
      .bind(4, person)
      .bind_lent(5, spell(action));
  for (int column = column_year; column <= column_modified; ++column)
    keep.bind(12 + column - column_year, find, column);
  if (action != Action::remove) bind_record(keep, 6, after, before, find);
  const bool only_ends = action == Action::end && with_end(before, after.end) == after;
  if (action != Action::remove && !only_ends) bind_record(update, 1, after, before, find);
  find.reset();
  if (action == Action::remove)
    remove.bind(1, before.id).run();
  else if (only_ends)
    end.bind(1, after.end).bind(2, entry_.id()).bind_lent(3, entry_.started_at()).bind(4, before.id).run();
  else
    update.bind(7, entry_.id()).bind_lent(8, entry_.started_at()).bind(9, before.id).run();
  keep.run();
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
