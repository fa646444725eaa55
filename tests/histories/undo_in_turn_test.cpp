// Ten imports into a district, undone in turn and out of turn: every column of every record is as it was.
//
// MEALSYNC_HISTORIES=20000 asks for more histories than the usual 1,000.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "import.hpp"
#include "invent.hpp"

namespace mealsync::testing {
namespace {

constexpr std::size_t imports = 10;
constexpr int cases_in_a_district = 50;
constexpr int parts = 4;

int districts_in_a_part() {
  const char* const wanted = std::getenv("MEALSYNC_HISTORIES");
  const int histories = wanted != nullptr ? std::stoi(wanted) : 1'000;
  return (histories + parts * cases_in_a_district - 1) / (parts * cases_in_a_district);
}

/// Whether another import, later than `which`, changed a record that it changed.
bool was_changed_later(const InTurn& made, std::size_t which) {
  for (const auto& [person, changes] : made.changes[which])
    for (std::size_t later = which + 1; later < made.changes.size(); ++later)
      if (const auto others = made.changes[later].find(person); others != made.changes[later].end())
        for (const Cells& each : changes)
          if (std::any_of(others->second.begin(), others->second.end(),
                          [&](const Cells& other) { return other[change::id] == each[change::id]; }))
            return true;
  return false;
}

class UndoInTurn : public ::testing::TestWithParam<int> {};

TEST_P(UndoInTurn, RestoresEveryColumnOfEveryRecord) {
  for (int i = 0; i < districts_in_a_part(); ++i) {
    const auto seed = 50'000'000 + 1'000'000 * static_cast<std::uint64_t>(GetParam()) +
                      imports * static_cast<std::uint64_t>(i);
    std::vector<History> histories;
    for (std::size_t each = 0; each < imports; ++each)
      histories.push_back(invent_history(seed + each, cases_in_a_district));

    const InTurn made = import_in_turn(histories);

    EXPECT_EQ(made.obstacles, "") << "seed " << seed;
    for (std::size_t each = 0; each < imports; ++each) {
      ASSERT_TRUE(made.undone[each] == made.states[imports - 1 - each])
          << "seed " << seed << ": import " << imports - each << " leaves something behind";
      const auto& [is_refused, undone, redone] = made.out_of_turn[each];
      EXPECT_TRUE(redone == made.states.back()) << "seed " << seed << ", import " << each + 1;
      EXPECT_TRUE(is_refused || !was_changed_later(made, each)) << "seed " << seed << ", import " << each + 1;
      EXPECT_TRUE(!is_refused || undone == made.states.back()) << "seed " << seed << ", import " << each + 1;
    }
    EXPECT_FALSE(made.out_of_turn.back().is_refused) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Part, UndoInTurn, ::testing::Range(1, parts + 1));

}  // namespace
}  // namespace mealsync::testing
