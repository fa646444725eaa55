// campus/store/run_entry.hpp -- the transaction of a run that changes meal records, and its row in ImportRun.
//
// Errors   Throws StoreError. After one, nothing is left to do but to let it go.
// Units    Times are text, UTC, as the journal writes them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <campus/store/store.hpp>
#include <mealsync/date.hpp>
#include <mealsync/meal_status.hpp>
#include <mealsync/school_year.hpp>

namespace mealsync::campus {

struct ImportRun {
  std::string_view run;  // the journal's name of it
  Date as_of;
  std::string_view pipeline;
  SchoolYear year;
  std::string_view started_at;
};

/// How many changes of each kind.
using ActionCounts = std::array<std::int64_t, CodeSet<Action>::words.size()>;

class RunEntry {
 public:
  /// Begins at once: nobody else writes until commit, or until the entry is destroyed, which undoes all.
  RunEntry(Connection& connection, const ImportRun& run);
  ~RunEntry();
  RunEntry(const RunEntry&) = delete;
  RunEntry& operator=(const RunEntry&) = delete;

  [[nodiscard]] std::int64_t id() const { return id_; }
  /// Lives as long as the entry.
  [[nodiscard]] const std::string& started_at() const { return started_at_; }

  /// `undoes`: the ID of the run that this one has undone; 0: none.
  void commit(std::string_view finished_at, std::string_view status, std::string_view input_sha256,
              const ActionCounts& counts, std::int64_t undoes = 0);

 private:
  Connection& connection_;
  std::string run_, pipeline_, started_at_;
  Date as_of_;
  SchoolYear year_;
  std::int64_t id_ = 0;
};

/// Whether ImportRun has a column for what a run undoes; databases of before have none.
[[nodiscard]] bool keeps_undoes(Connection& connection);

}  // namespace mealsync::campus
