// campus/store/undo_transaction.hpp -- puts back what a run changed, or nothing of it.
//
// Every record that the run changed has to be what the run left, in all that the database keeps of it. Then it becomes
// what it was before the run, in every column. The undo is a run of its own, kept like an import: it can be undone.
//
// Errors   Throws StoreError. After one, nothing is left to do but to let the transaction go.
// Units    Times are text, UTC, as the journal writes them.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include <campus/store/run_entry.hpp>
#include <campus/store/store.hpp>

namespace mealsync::campus {

/// What stands against an undo. Its texts live until `tell` returns.
struct Obstacle {
  enum Kind : std::uint8_t {
    changed,      // the record is not what the run left
    no_student,   // the student of a record that would come back is no longer there
    overlapping,  // the record, and one of before the run, would overlap
  };
  Kind kind = changed;
  std::int64_t record = 0;
  std::string_view state_id;
  // The latest run after it that changed the record; overlapping: a record of the student's. Empty: none did.
  std::string_view run;
};

class UndoTransaction {
 public:
  /// Begins at once: nobody else writes until commit, or until the transaction is destroyed, which takes it all back.
  /// The store was opened to be written, and lives longer.
  UndoTransaction(CampusStore& store, const KnownRun& undone, const ImportRun& run);
  ~UndoTransaction();
  UndoTransaction(const UndoTransaction&) = delete;
  UndoTransaction& operator=(const UndoTransaction&) = delete;

  /// Whether all is as it was. If not, `tell` was given everything that stands against it, by record.
  [[nodiscard]] bool put_back(const std::function<void(const Obstacle&)>& tell);

  /// By what became of a record: inserted where it is there again, removed where the run had inserted it, else updated.
  [[nodiscard]] const ActionCounts& counts() const { return counts_; }

  void commit(std::string_view finished_at, std::string_view status);

 private:
  void find_records();
  void find_changed();
  void find_overlapping();
  void change_records();
  [[nodiscard]] bool tell_obstacles(const std::function<void(const Obstacle&)>& tell);

  Connection& connection_;
  KnownRun undone_;
  RunEntry entry_;
  std::int64_t last_change_ = 0;  // the row of ImportChange before those of the undo
  ActionCounts counts_{};
};

}  // namespace mealsync::campus
