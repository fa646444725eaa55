// Random histories through the whole import: what is promised in promises.hpp holds for each of them.
//
// MEALSYNC_HISTORIES=200000 asks for more of them than the usual 20,000.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "invent.hpp"
#include "promises.hpp"
#include "smallest.hpp"

namespace mealsync::testing {
namespace {

constexpr int parts = 10;  // tests, so that several processors have something to do
constexpr int cases_in_a_district = 200;

int districts_in_a_part() {
  const char* const wanted = std::getenv("MEALSYNC_HISTORIES");
  const int histories = wanted != nullptr ? std::stoi(wanted) : 20'000;
  return (histories + parts * cases_in_a_district - 1) / (parts * cases_in_a_district);
}

/// Whether the history breaks that very promise.
bool breaks(const History& history, const std::string& promise) {
  const auto found = broken(history, import_history(history));
  return found && found->promise == promise;
}

class RandomHistories : public ::testing::TestWithParam<int> {};

TEST_P(RandomHistories, KeepEveryPromise) {
  for (int i = 0; i < districts_in_a_part(); ++i) {
    const auto seed = 1'000'000 * static_cast<std::uint64_t>(GetParam()) + static_cast<std::uint64_t>(i);
    const History history = invent_history(seed, cases_in_a_district);
    const auto found = broken(history, import_history(history));
    ASSERT_FALSE(found) << "seed " << seed << " breaks the promise '" << found->promise << "': " << found->how
                        << "\nThe least that does, to be pasted into histories_test.cpp:\n"
                        << smallest(history,
                                    [&](const History& less) { return breaks(less, found->promise); });
  }
}

INSTANTIATE_TEST_SUITE_P(Part, RandomHistories, ::testing::Range(1, parts + 1));

}  // namespace
}  // namespace mealsync::testing
