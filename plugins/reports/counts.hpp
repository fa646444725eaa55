// reports/counts.hpp -- what a run came to in numbers, as every report shows them.
//
// Source   The five numbers on top: KSIS end-of-year training, 2016-04-21, slide 20.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <mealsync/sdk.hpp>
#include <reports/options.hpp>

namespace mealsync::reports {

/// What the engine counts of each run, in the order of its answer.
inline constexpr std::array<Text, 13> run_counts{
    "read",     "new",   "updated", "existing", "skipped",  "errors",         "warnings",
    "inserted", "ended", "removed", "trimmed",  "extended", "carryover_ended"};

struct Counted {
  std::string name;
  std::uint64_t value = 0;
};

/// One of the five numbers on top: as people read it, and as a member's name.
struct Tile {
  Text title, member;
  std::uint64_t value = 0;
};

struct Counts {
  Counts(const Summary& outcome, Profile profile, std::uint64_t errors_and_warnings);

  std::array<Tile, 5> tiles;
  /// Records that were skipped, by their reasons.
  std::vector<Counted> skipped;
  std::uint64_t all_skipped = 0;
  /// What stages counted beside; not in a summary, because they name their counters as they like.
  std::vector<Counted> others;
};

}  // namespace mealsync::reports
