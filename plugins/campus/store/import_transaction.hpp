// campus/store/import_transaction.hpp -- all changes of one run, or none of them.
//
// Every change is compared with what was read before it is made, and kept with the record as it was. New records are
// written some at a time.
//
// Errors   Throws StoreError. After one, nothing is left to do but to let the transaction go.
// Units    Times are text, UTC, as the journal writes them.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include <campus/store/run_entry.hpp>
#include <campus/store/store.hpp>
#include <eligibility/record.hpp>
#include <mealsync/meal_status.hpp>

namespace mealsync::campus {

class NewRecords;
class OverlapCheck;

class ImportTransaction {
 public:
  /// Begins at once: nobody else writes until commit, or until the transaction is destroyed, which undoes it.
  /// The store was opened to be written, and lives longer.
  ImportTransaction(CampusStore& store, const ImportRun& run);
  ~ImportTransaction();
  ImportTransaction(const ImportTransaction&) = delete;
  ImportTransaction& operator=(const ImportTransaction&) = delete;

  /// Fault::changed_meanwhile where `before` is not what the database has; where a student is no longer there it may
  /// come as late as with the commit. Columns in which `after` says nothing else than `before` keep their very text.
  /// `none` does nothing. Changes of one student come best in a row.
  /// `is_extended`: a new record is given because of another child of the household.
  void apply(std::int64_t person, Action action, const MealRecord& before, const MealRecord& after,
             bool is_extended = false);

  /// Fault::overlapping where readable records of a student that the run changed overlap. An open record
  /// counts until June 30 of its year: the decision takes it to last as long, or longer.
  void assert_no_overlap();

  /// `input_sha256`: of the files that were read, which nobody knows before the last of them is.
  void commit(std::string_view finished_at, std::string_view status, std::string_view input_sha256);

 private:
  struct Statements;

  void change(std::int64_t person, Action action, const MealRecord& before, const MealRecord& after);

  RunEntry entry_;  // the first, so that it ends the transaction when no statement is left
  std::int64_t sequence_ = 0;
  std::unique_ptr<Statements> statements_;
  std::unique_ptr<NewRecords> new_records_;
  std::unique_ptr<OverlapCheck> overlaps_;
  ActionCounts counts_{};
};

}  // namespace mealsync::campus
