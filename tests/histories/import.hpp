// histories/import.hpp -- a history in a real Campus database, imported as the program would: first as a test,
// then for real, then once more; and what is undone of that.
//
// Errors   Throws std::runtime_error where the pipeline or the database cannot be made.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "history.hpp"

namespace mealsync::testing {

/// A row of POSEligibility; its columns in their order. NULL is the text NULL.
namespace meal {
enum Column : std::size_t {
  id,
  person,
  end_year,
  elig_type,
  eligibility,
  source,
  type,
  start,
  end,
  application,
  extended,
  district,
  run,
  modified
};
}  // namespace meal

/// A row of ImportChange: the record after the change, and as it was.
namespace change {
enum Column : std::size_t {
  id,
  person,
  action,
  end_year,
  eligibility,
  source,
  type,
  start,
  end,
  was_end_year,
  was_eligibility,
  was_source,
  was_type,
  was_start,
  was_end,
  was_application,
  was_extended,
  was_district,
  was_run,
  was_modified
};
}  // namespace change

/// Rows by person, in the order of their number.
using Table = std::map<std::string, std::vector<Cells>>;

struct Told {
  std::uint64_t line = 0;  // 0: of no record
  std::uint32_t code = 0;
  bool is_error = false;
  std::string words;  // everything there is to a finding, its key included

  bool operator==(const Told&) const = default;
};

/// What came of one run.
struct Ran {
  std::string status;  // with the reason, if there is one
  bool committed = false;
  std::map<std::string, std::uint64_t> counts;
  std::vector<Told> findings;
  std::map<std::string, std::uint64_t> kept;  // the counters of ImportRun, by column
  Table changes;                              // of ImportChange
};

struct Imported {
  Ran test, first, second;
  Table before, after, again;           // POSEligibility, of all types and years
  Table without_second, without_first;  // when these are undone, one after the other
  Table with_first;                     // when the undo of the first is undone
  std::string obstacles;                // to these undos
  std::vector<std::string> traces;      // files that the test import changed, made or took away
};

[[nodiscard]] Imported import_history(const History& history);

/// Some imports into one district, which is the first history's: each of another file, by its own options.
struct InTurn {
  std::vector<Table> states;  // before the first, then after each
  std::vector<Table> undone;  // when the last is undone, then the one before it, and so on to the first
  std::string obstacles;
  /// An import is undone while others came after it, and then that undo is, if it was not refused.
  struct OutOfTurn {
    bool is_refused = false;
    Table undone, redone;
  };
  std::vector<OutOfTurn> out_of_turn;  // of each import, before they are undone in turn
  std::vector<Table> changes;          // of each import
};
[[nodiscard]] InTurn import_in_turn(const std::vector<History>& histories);

}  // namespace mealsync::testing
