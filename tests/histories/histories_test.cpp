// Histories that a person wrote down, or that broke a promise once; and whether those that are invented are worth
// the time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "invent.hpp"
#include "promises.hpp"
#include "smallest.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsSupersetOf;

/// The first promise that a history breaks, or nothing.
std::string broken_by(std::string_view text) {
  const History history = read_history(text);
  const auto found = broken(history, import_history(history));
  return found ? found->promise + ": " + found->how : "";
}

TEST(Histories, OfOneLineKeepEveryPromise) {
  EXPECT_EQ(broken_by(R"(
    student   | 1 | 1000000001
    enrolment | 1 | 010 | 2017 | P | 2016-08-10 |
    record    | 1 | 2017 | Meal | R | N | Income | 2016-08-10 | 2017-06-30 |
    line      | 1000000001,F,SNAP,09/06/2016,06/30/2017
  )"),
            "");
}

// Known and accepted: the first line meets two records of other types and is rejected (3060). The second gives one of
// them its type, so that in the next run nothing is ambiguous any more.
TEST(Histories, OfSeveralLinesMayComeToRestInTheSecondRunOnly) {
  const History history = read_history(R"(
    student | 1 | 1000000001
    record  | 1 | 2017 | Meal | R | N | Override | 2016-07-02 | 2016-07-04 |
    record  | 1 | 2017 | Meal | R | N | Income   | 2016-07-06 | 2016-07-20 |
    line    | 1000000001,R,OVR,07/02/2016,07/08/2016
    line    | 1000000001,R,OVR,07/10/2016,07/20/2016
  )");

  const Imported imported = import_history(history);

  EXPECT_FALSE(broken(history, imported));
  EXPECT_EQ(imported.first.counts.at("errors"), 1U);
  EXPECT_EQ(imported.second.counts.at("errors"), 0U);
  EXPECT_NE(imported.after, imported.again);
}

TEST(Histories, ReadAsTheyAreWritten) {
  const History invented = invent_history(17, 1);
  const std::string text = write(invented.options, invented.cases.front());

  const History read = read_history(text);

  EXPECT_EQ(write(read.options, read.cases.front()), text);
  EXPECT_EQ(read.cases.front().records, invented.cases.front().records);
  EXPECT_EQ(read.cases.front().lines, invented.cases.front().lines);
}

TEST(InventedHistories, AreTheSameForTheSameSeed) {
  const History one = invent_history(17, 3), other = invent_history(17, 3);

  EXPECT_EQ(write(one.options, one.cases[2]), write(other.options, other.cases[2]));
}

/// What happens to twenty districts.
struct Met {
  std::set<std::uint32_t> codes;
  std::set<std::string> counters;
};

Met meet() {
  Met met;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Ran ran = import_history(invent_history(seed, 200)).first;
    for (const Told& told : ran.findings)
      met.codes.insert(told.code);
    for (const auto& [name, value] : ran.counts)
      if (value > 0) met.counters.insert(name);
  }
  return met;
}

TEST(InventedHistories, MeetEveryFindingAndEveryFate) {
  const Met met = meet();

  EXPECT_THAT(met.codes,
              ElementsAreArray({1001, 1010, 1011, 2001, 3037, 3040, 3041, 3042, 3043, 3050, 3060, 3061, 3062,
                                3063, 3064, 4001, 4002, 4003, 4010, 5001, 5002, 5003, 5004, 6001, 7001}));
  EXPECT_THAT(met.counters,
              IsSupersetOf({"new", "updated", "existing", "errors", "skipped.cep", "skipped.duplicate",
                            "skipped.held", "inserted", "ended", "removed", "trimmed", "carryover_ended"}));
}

TEST(Smallest, LeavesWhatBreaksThePromiseAndNothingElse) {
  const History history = read_history(R"(
    option  | merge_eligibility | feed  | direct
    option  | merge_eligibility | dates | keep
    student | 1 | 1000000001
    student | 2 | 1000000002
    record  | 1 | 2017 | Meal | F | D | SNAP   | 2016-07-01 | |
    record  | 2 | 2017 | SES  | F | N | Income | 2016-07-01 | |
    line    | 1000000001,F,SNAP,07/01/2016,
    line    | 1000000002,P,,07/01/2016,
  )");

  const std::string least = smallest(history, [](const History& less) {
    const Case& only = less.cases.front();
    return option(less.options, "merge_eligibility", "dates", "") == "keep" && only.students.size() == 2 &&
           std::any_of(only.records.begin(), only.records.end(),
                       [](const Cells& row) { return row[2] == "SES"; });
  });

  EXPECT_EQ(least, R"(option    | merge_eligibility | dates | keep
student   | 1 | 1000000001
student   | 2 | 1000000002
record    | 2 | 2017 | SES | F | N | Income | 2016-07-01 |  |
)");
}

}  // namespace
}  // namespace mealsync::testing
