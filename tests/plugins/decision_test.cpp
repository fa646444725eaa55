// What the decision table leaves open: several rows of one student, and the options of Policy.

#include <gtest/gtest.h>

#include "meal_notation.hpp"

namespace mealsync::testing {
namespace {

TEST(Decision, HoldsAStudentWhoseRecordsOverlapAlready) {
  const auto decision = decided(R"(
    F/N Income 2016-08-10..2017-06-30
    R/N Income 2017-06-30..2017-10-02
  )",
                                R"(
    F/D SNAP 2016-09-06..2016-12-16
    F/D SNAP 2017-01-09..2017-06-30
  )");

  EXPECT_EQ(decision, lines(R"(
    skip row 1: 3063 about 2
    skip row 2: 3063 about 2
  )"));
}

TEST(Decision, PlansRowsInTheOrderOfTheirStart) {
  const auto decision = decided("", R"(
    R/N Income 2017-01-01..2017-06-30
    F/N Income 2016-08-10..2016-12-31
  )");

  EXPECT_EQ(decision, lines(R"(
    insert: F/N Income 2016-08-10..2016-12-31 = new of 2
    insert: R/N Income 2017-01-01..2017-06-30 = new of 1
  )"));
}

TEST(Decision, ShowsLaterRowsWhatEarlierOnesLeft) {
  const auto decision = decided("P/N Denied 2016-08-10..2017-06-30", R"(
    F/N Income 2016-09-06..2016-12-31
    R/N Income 2017-01-01..2017-06-30
  )");

  EXPECT_EQ(decision, lines(R"(
    end 1: P/N Denied 2016-08-10..2016-09-05
    insert: F/N Income 2016-09-06..2016-12-31 = new of 1
    insert: R/N Income 2017-01-01..2017-06-30 = new of 2
  )"));
}

TEST(Decision, ImportsTheOtherRowsOfAStudentWithAnError) {
  const auto decision = decided("R/N Income 2016-09-06..2016-12-31 application", R"(
    F/D SNAP 2016-09-06..2016-12-31
    F/D SNAP 2017-01-09..2017-06-30
  )");

  EXPECT_EQ(decision, lines(R"(
    insert: F/D SNAP 2017-01-09..2017-06-30 = new of 2
    reject row 1: 3061 about 1
  )"));
}

TEST(Decision, GivesARecordMetByTwoRowsToTheLaterStart) {
  const auto decision = decided("F/D Foster 2016-08-10..2017-06-30", R"(
    F/D Homeless 2016-09-06..2016-12-31
    F/D Runaway 2017-01-01..2017-06-30
  )");

  EXPECT_EQ(decision, lines(R"(
    update 1: F/D Runaway 2016-08-10..2017-06-30 = updated of 2
    remark row 2: 3037 about 1
    skip row 1: 3050 for row 2
  )"));
}

TEST(Decision, TakesTheBestOfDuplicatesAndOfEqualsTheLast) {
  const auto decision = decided("", R"(
    F/N Income 2016-08-10..2017-06-30
    R/N Income 2016-09-06..2017-06-30
    F/N Homeless 2016-10-03..2017-06-30
  )");

  EXPECT_EQ(decision, lines(R"(
    insert: F/N Homeless 2016-10-03..2017-06-30 = new of 3
    skip row 1: 3050 for row 3
    skip row 2: 3050 for row 3
  )"));
}

TEST(Decision, TakesTheLastOfDuplicatesWhereThePolicySaysSo) {
  const auto decision = decided("", R"(
    F/N Income 2016-08-10..2017-06-30
    R/N Income 2016-09-06..2017-06-30
  )",
                                with(Duplicates::last));

  EXPECT_EQ(decision, lines(R"(
    insert: R/N Income 2016-09-06..2017-06-30 = new of 2
    skip row 1: 3050 for row 2
  )"));
}

TEST(Decision, RejectsDuplicatesWhereThePolicySaysSo) {
  const auto decision = decided("", R"(
    F/N Income 2016-08-10..2017-06-30
    R/N Income 2016-09-06..2017-06-30
  )",
                                with(Duplicates::reject));

  EXPECT_EQ(decision, lines(R"(
    reject row 1: 3050 for row 2
    reject row 2: 3050 for row 1
  )"));
}

TEST(Decision, KeepsRowsThatOverlapOnlyADuplicate) {
  const auto decision = decided("", R"(
    R/N Income 2016-08-10..2016-09-30
    R/N Income 2016-09-06..2016-12-31
    F/N Income 2016-12-01..2017-06-30
  )");

  EXPECT_EQ(decision, lines(R"(
    insert: R/N Income 2016-08-10..2016-09-30 = new of 1
    insert: F/N Income 2016-12-01..2017-06-30 = new of 3
    skip row 2: 3050 for row 3
  )"));
}

TEST(Decision, KeepsABetterRecordUnderPrecedenceRank) {
  const auto decision = decided("F/N Income 2016-08-10..2017-06-30", "R/N Income 2016-09-06..2017-06-30",
                                with(Precedence::rank));

  EXPECT_EQ(decision, lines(R"(
    none 1: F/N Income 2016-08-10..2017-06-30 = existing of 1
    remark row 1: 3040 about 1
  )"));
}

TEST(Decision, KeepsAWorseRecordUnderPrecedenceExisting) {
  const auto decision = decided("R/N Income 2016-08-10..2017-06-30", "F/D SNAP 2016-09-06..2017-06-30",
                                with(Precedence::existing));

  EXPECT_EQ(decision, lines(R"(
    none 1: R/N Income 2016-08-10..2017-06-30 = existing of 1
    remark row 1: 3040 about 1
  )"));
}

TEST(Decision, SaysNothingUnderPrecedenceExistingWhereTheRowIsThere) {
  const auto decision = decided("F/D SNAP 2016-08-10..2017-06-30", "F/D SNAP 2016-08-10..2017-06-30",
                                with(Precedence::existing));

  EXPECT_EQ(decision, lines("none 1: F/D SNAP 2016-08-10..2017-06-30 = existing of 1"));
}

TEST(Decision, LowersADirectRecordByADirectRowOfThePosFile) {
  const auto decision = decided("F/D SNAP 2016-08-10..2017-06-30", "R/D Medicaid 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: F/D SNAP 2016-08-10..2016-09-05
    insert: R/D Medicaid 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(Decision, KeepsTheTypeWhereThePolicySaysSo) {
  const auto decision = decided("F/D Foster 2016-08-10..2017-03-31", "F/D Runaway 2016-08-10..2017-06-30",
                                with(SameRank::keep));

  EXPECT_EQ(decision, lines("update 1: F/D Foster 2016-08-10..2017-06-30 = updated of 1"));
}

TEST(Decision, KeepsTheDatesWhereThePolicySaysSo) {
  const auto decision =
      decided("F/D Foster 2016-08-10..2017-03-31", "F/D Runaway 2016-08-10..2017-06-30", with(Dates::keep));

  EXPECT_EQ(decision, lines(R"(
    update 1: F/D Runaway 2016-08-10..2017-03-31 = updated of 1
    remark row 1: 3037 about 1
  )"));
}

TEST(Decision, ClearsTheWayOfARecordThatItWidens) {
  const auto decision = decided(R"(
    R/N Income 2016-08-10..2016-10-02
    F/N Income 2016-10-03..2017-06-30
  )",
                                "F/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: R/N Income 2016-08-10..2016-09-05
    update 2: F/N Income 2016-09-06..2017-06-30 = updated of 1
  )"));
}

TEST(Decision, DoesNotMakeOneOfRecordsWhenThatWouldRemoveAnApplicationRecord) {
  const auto decision = decided(R"(
    F/N Income 2016-08-10..2016-12-16
    F/N Income 2017-01-09..2017-03-31 application
  )",
                                "F/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("reject row 1: 3061 about 2"));
}

TEST(Decision, DecidesNothingWithoutRows) {
  const auto decision = decided("F/N Income 2016-09-06..2016-08-10", "");

  EXPECT_EQ(decision, lines(""));
}

}  // namespace
}  // namespace mealsync::testing
