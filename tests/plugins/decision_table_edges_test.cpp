// The decision table of an import, rows 30 to 43: gaps, several records, other years, open and corrupt ones.

#include <gtest/gtest.h>

#include "meal_notation.hpp"

namespace mealsync::testing {
namespace {

TEST(DecisionTable, Row30FillsTheGapBeforeABetterRecord) {
  const auto decision = decided("F/D SNAP 2016-10-03..2017-06-30", "R/N Income 2016-08-10..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    insert: R/N Income 2016-08-10..2016-10-02 = new of 1
    remark row 1: 3042 about 1
  )"));
}

TEST(DecisionTable, Row30FillsTheGapsOnBothSides) {
  const auto decision = decided("F/D SNAP 2016-10-03..2017-03-31", "R/N Income 2016-08-10..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    insert: R/N Income 2016-08-10..2016-10-02 = new of 1
    insert: R/N Income 2017-04-01..2017-06-30
    remark row 1: 3042 about 1
  )"));
}

TEST(DecisionTable, Row31InsertsAfterARecordThatHasEnded) {
  const auto decision = decided("R/N Income 2016-08-10..2016-09-05", "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("insert: F/D SNAP 2016-09-06..2017-06-30 = new of 1"));
}

TEST(DecisionTable, Row32InsertsBeforeARecordThatStartsLater) {
  const auto decision = decided("F/D SNAP 2017-04-01..2017-06-30", "R/N Income 2016-08-10..2017-03-31");

  EXPECT_EQ(decision, lines("insert: R/N Income 2016-08-10..2017-03-31 = new of 1"));
}

TEST(DecisionTable, Row33EndsAnApplicationRecord) {
  const auto decision =
      decided("R/N Income 2016-08-10..2017-06-30 application", "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: R/N Income 2016-08-10..2016-09-05 application
    insert: F/D SNAP 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row34DoesNotRemoveAnApplicationRecord) {
  const auto decision =
      decided("R/N Income 2016-09-06..2017-06-30 application", "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("reject row 1: 3061 about 1"));
}

TEST(DecisionTable, Row34DoesNotTrimAnApplicationRecord) {
  const auto decision =
      decided("R/N Income 2016-09-06..2017-06-30 application", "F/D SNAP 2016-09-06..2017-03-31");

  EXPECT_EQ(decision, lines("reject row 1: 3061 about 1"));
}

TEST(DecisionTable, Row35EndsRemovesAndTrimsSeveralRecords) {
  const auto decision = decided(R"(
    P/N Denied 2016-08-10..2016-09-30
    R/N Income 2016-10-01..2016-12-31
    F/N Income 2017-01-01..2017-06-30
  )",
                                "F/D SNAP 2016-09-06..2017-03-31");

  EXPECT_EQ(decision, lines(R"(
    end 1: P/N Denied 2016-08-10..2016-09-05
    remove 2
    trim 3: F/N Income 2017-04-01..2017-06-30
    insert: F/D SNAP 2016-09-06..2017-03-31 = new of 1
  )"));
}

TEST(DecisionTable, Row36RefusesSeveralRecordsOfItsRankAndOtherTypes) {
  const auto decision = decided(R"(
    F/D Foster 2016-08-10..2016-12-31
    F/D Homeless 2017-01-01..2017-06-30
  )",
                                "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("reject row 1: 3060 about 1"));
}

TEST(DecisionTable, Row36MakesOneOfSeveralRecordsThatSayTheSame) {
  const auto decision = decided(R"(
    F/D SNAP 2016-08-10..2016-12-16
    F/D SNAP 2017-01-09..2017-03-31
  )",
                                "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    remove 2
    update 1: F/D SNAP 2016-08-10..2017-06-30 = updated of 1
  )"));
}

TEST(DecisionTable, Row36KnowsRecordsThatCoverTheRowTogether) {
  const auto decision = decided(R"(
    F/D SNAP 2016-08-10..2016-12-31
    F/D SNAP 2017-01-01..2017-06-30
  )",
                                "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("none 1: F/D SNAP 2016-08-10..2016-12-31 = existing of 1"));
}

TEST(DecisionTable, Row37ShortensForALaterYear) {
  const auto decision =
      decided("2018: F/N Income 2017-06-01..2018-06-30", "R/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    insert: R/N Income 2016-09-06..2017-05-31 = new of 1
    remark row 1: 3043 about 1
  )"));
}

TEST(DecisionTable, Row37ImportsNothingInsideALaterYearsRecord) {
  const auto decision =
      decided("2018: F/N Income 2016-08-10..2018-06-30", "R/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    none 1: 2018: F/N Income 2016-08-10..2018-06-30 = existing of 1
    remark row 1: 3043 about 1
  )"));
}

TEST(DecisionTable, Row39TakesAnOpenRecordToEndOnJune30) {
  const auto decision = decided("F/N Income 2016-08-10..", "F/N Income 2016-08-10..2017-06-30");

  EXPECT_EQ(decision, lines("none 1: F/N Income 2016-08-10.. = existing of 1"));
}

TEST(DecisionTable, Row39TakesAnOpenRecordToEndOnTheDefaultExpiration) {
  const auto decision = decided("R/N Income 2016-08-10..", "F/D SNAP 2016-09-06..2017-10-02",
                                with_default_expiration("2017-10-02"));

  EXPECT_EQ(decision, lines(R"(
    end 1: R/N Income 2016-08-10..2016-09-05
    insert: F/D SNAP 2016-09-06..2017-10-02 = new of 1
  )"));
}

TEST(DecisionTable, Row39TakesAnOpenCarryoverToEndAYearBeforeTheDefaultExpiration) {
  const auto decision = decided("2016: R/N Income 2015-08-10..", "F/D SNAP 2016-10-02..2017-06-30",
                                with_default_expiration("2017-10-02"));

  EXPECT_EQ(decision, lines(R"(
    end 1: 2016: R/N Income 2015-08-10..2016-10-01 (carryover)
    insert: F/D SNAP 2016-10-02..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row39TakesAnOpenRecordToLastUntilJune30AtLeast) {
  const auto decision = decided("F/N Income 2016-08-10..", "R/N Income 2017-06-30..2017-06-30",
                                with_default_expiration("2017-06-01"));

  EXPECT_EQ(decision, lines(R"(
    end 1: F/N Income 2016-08-10..2017-06-29
    insert: R/N Income 2017-06-30..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row39LeavesARecordOpenThatOnlyTakesAType) {
  const auto decision = decided("F/N Income 2016-08-10..", "F/N Homeless 2016-08-10..2017-06-30");

  EXPECT_EQ(decision, lines("update 1: F/N Homeless 2016-08-10.. = updated of 1"));
}

TEST(DecisionTable, Row40LeavesACorruptRecord) {
  const auto decision = decided("F/N Income 2016-09-06..2016-08-10", "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    insert: F/D SNAP 2016-09-06..2017-06-30 = new of 1
    remark row 1: 3064 about 1
  )"));
}

TEST(DecisionTable, Row43KnowsWhatItHasImported) {
  const auto decision = decided(R"(
    R/N Income 2016-08-10..2016-09-05
    F/D SNAP 2016-09-06..2017-06-30
  )",
                                "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("none 2: F/D SNAP 2016-09-06..2017-06-30 = existing of 1"));
}

}  // namespace
}  // namespace mealsync::testing
