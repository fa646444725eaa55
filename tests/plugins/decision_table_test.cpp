// The decision table of an import, existing state by incoming row, rows 1 to 29: one record meets one row.

#include <gtest/gtest.h>

#include "meal_notation.hpp"

namespace mealsync::testing {
namespace {

TEST(DecisionTable, Row01InsertsWhereNothingIs) {
  const auto decision = decided("", "F/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("insert: F/N Income 2016-09-06..2017-06-30 = new of 1"));
}

TEST(DecisionTable, Row02EndsCarryoverTheDayBefore) {
  const auto decision =
      decided("2016: F/N Income 2015-08-10..2016-10-02", "R/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: 2016: F/N Income 2015-08-10..2016-09-05 (carryover)
    insert: R/N Income 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row03LeavesCarryoverThatHasEnded) {
  const auto decision =
      decided("2016: F/N Income 2015-08-10..2016-09-05", "R/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("insert: R/N Income 2016-09-06..2017-06-30 = new of 1"));
}

TEST(DecisionTable, Row04RejectsARowBeforeAPriorYearsRecord) {
  const auto decision =
      decided("2016: F/N Income 2016-09-06..2016-10-02", "F/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("reject row 1: 3062 about 1"));
}

TEST(DecisionTable, Row05EndsCarryoverForADenialToo) {
  const auto decision = decided("2016: F/D SNAP 2015-08-10..2016-10-02", "P/N Denied 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: 2016: F/D SNAP 2015-08-10..2016-09-05 (carryover)
    insert: P/N Denied 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row06KnowsAnIdenticalRecord) {
  const auto decision = decided("F/N Income 2016-09-06..2017-06-30", "F/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("none 1: F/N Income 2016-09-06..2017-06-30 = existing of 1"));
}

TEST(DecisionTable, Row07KnowsARecordThatCoversTheRow) {
  const auto decision = decided("F/N Income 2016-08-10..2017-06-30", "F/N Income 2016-09-06..2017-03-31");

  EXPECT_EQ(decision, lines("none 1: F/N Income 2016-08-10..2017-06-30 = existing of 1"));
}

TEST(DecisionTable, Row08ExtendsTheEnd) {
  const auto decision = decided("F/N Income 2016-08-10..2017-03-31", "F/N Income 2016-08-10..2017-06-30");

  EXPECT_EQ(decision, lines("update 1: F/N Income 2016-08-10..2017-06-30 = updated of 1"));
}

TEST(DecisionTable, Row09ShortensFromAPosFile) {
  const auto decision = decided("F/N Income 2016-08-10..2017-06-30", "F/N Income 2016-08-10..2017-03-31");

  EXPECT_EQ(decision, lines("end 1: F/N Income 2016-08-10..2017-03-31 = updated of 1"));
}

TEST(DecisionTable, Row10ShortensNothingFromADirectFile) {
  const auto decision =
      decided("F/D SNAP 2016-08-10..2017-06-30", "F/D SNAP 2016-08-10..2017-03-31", with(Feed::direct));

  EXPECT_EQ(decision, lines("none 1: F/D SNAP 2016-08-10..2017-06-30 = existing of 1"));
}

TEST(DecisionTable, Row11MovesTheStartBack) {
  const auto decision = decided("F/N Income 2016-09-06..2017-06-30", "F/N Income 2016-08-10..2017-06-30");

  EXPECT_EQ(decision, lines("update 1: F/N Income 2016-08-10..2017-06-30 = updated of 1"));
}

TEST(DecisionTable, Row12TakesTheDirectType) {
  const auto decision = decided("F/D Foster 2016-08-10..2017-06-30", "F/D Runaway 2016-08-10..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    update 1: F/D Runaway 2016-08-10..2017-06-30 = updated of 1
    remark row 1: 3037 about 1
  )"));
}

TEST(DecisionTable, Row13TakesTheNonDirectTypeWithoutAWarning) {
  const auto decision = decided("F/N Income 2016-08-10..2017-06-30", "F/N Homeless 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines("update 1: F/N Homeless 2016-08-10..2017-06-30 = updated of 1"));
}

TEST(DecisionTable, Row14EndsAReducedRecordWhenFreeDirectStartsLater) {
  const auto decision = decided("R/N Income 2016-08-10..2017-06-30", "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: R/N Income 2016-08-10..2016-09-05
    insert: F/D SNAP 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row14EndsARecordThatBeganOnlyADayBefore) {
  const auto decision = decided("R/N Income 2016-09-05..2017-06-30", "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: R/N Income 2016-09-05..2016-09-05
    insert: F/D SNAP 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row14LeavesTheTailEnded) {
  const auto decision = decided("R/N Income 2016-08-10..2017-06-30", "F/D SNAP 2016-09-06..2017-03-31");

  EXPECT_EQ(decision, lines(R"(
    end 1: R/N Income 2016-08-10..2016-09-05
    insert: F/D SNAP 2016-09-06..2017-03-31 = new of 1
  )"));
}

TEST(DecisionTable, Row15RemovesAReducedRecordThatStartsTheSameDay) {
  const auto decision = decided("R/N Income 2016-09-06..2017-06-30", "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    remove 1
    insert: F/D SNAP 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row15RemovesAReducedRecordThatStartsADayLater) {
  const auto decision = decided("R/N Income 2016-09-07..2017-06-30", "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    remove 1
    insert: F/D SNAP 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row16TrimsAReducedRecordThatLastsLonger) {
  const auto decision = decided("R/N Income 2016-09-06..2017-06-30", "F/D SNAP 2016-09-06..2017-03-31");

  EXPECT_EQ(decision, lines(R"(
    trim 1: R/N Income 2017-04-01..2017-06-30
    insert: F/D SNAP 2016-09-06..2017-03-31 = new of 1
  )"));
}

TEST(DecisionTable, Row17EndsFreeNonDirectForFreeDirect) {
  const auto decision = decided("F/N Income 2016-08-10..2017-06-30", "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: F/N Income 2016-08-10..2016-09-05
    insert: F/D SNAP 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row18RemovesFreeNonDirectForFreeDirect) {
  const auto decision = decided("F/N Income 2016-09-06..2017-06-30", "F/D SNAP 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    remove 1
    insert: F/D SNAP 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row19EndsPaidForReduced) {
  const auto decision = decided("P/N Denied 2016-08-10..2017-06-30", "R/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: P/N Denied 2016-08-10..2016-09-05
    insert: R/N Income 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row20RemovesPaidForReduced) {
  const auto decision = decided("P/N Denied 2016-09-06..2017-06-30", "R/N Income 2016-08-10..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    remove 1
    insert: R/N Income 2016-08-10..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row21KeepsFreeDirectFromFreeNonDirect) {
  const auto decision = decided("F/D SNAP 2016-08-10..2017-06-30", "F/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    none 1: F/D SNAP 2016-08-10..2017-06-30 = existing of 1
    remark row 1: 3041 about 1
  )"));
}

TEST(DecisionTable, Row22KeepsFreeDirectFromReducedDirect) {
  const auto decision =
      decided("F/D SNAP 2016-08-10..2017-06-30", "R/D Medicaid 2016-09-06..2017-06-30", with(Feed::direct));

  EXPECT_EQ(decision, lines(R"(
    none 1: F/D SNAP 2016-08-10..2017-06-30 = existing of 1
    remark row 1: 3040 about 1
  )"));
}

TEST(DecisionTable, Row23KeepsFreeDirectFromReducedNonDirect) {
  const auto decision = decided("F/D SNAP 2016-08-10..2017-06-30", "R/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    none 1: F/D SNAP 2016-08-10..2017-06-30 = existing of 1
    remark row 1: 3041 about 1
  )"));
}

TEST(DecisionTable, Row23KeepsFreeDirectFromPaidNonDirect) {
  const auto decision = decided("F/D SNAP 2016-08-10..2017-06-30", "P/N Denied 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    none 1: F/D SNAP 2016-08-10..2017-06-30 = existing of 1
    remark row 1: 3041 about 1
  )"));
}

TEST(DecisionTable, Row24KeepsFreeNonDirectFromReducedDirect) {
  const auto decision =
      decided("F/N Income 2016-08-10..2017-06-30", "R/D Medicaid 2016-09-06..2017-06-30", with(Feed::direct));

  EXPECT_EQ(decision, lines(R"(
    none 1: F/N Income 2016-08-10..2017-06-30 = existing of 1
    remark row 1: 3040 about 1
  )"));
}

TEST(DecisionTable, Row25LowersFreeNonDirectAsThePosFileSays) {
  const auto decision = decided("F/N Income 2016-08-10..2017-06-30", "R/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: F/N Income 2016-08-10..2016-09-05
    insert: R/N Income 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row26RemovesFreeNonDirectAsThePosFileSays) {
  const auto decision = decided("F/N Income 2016-09-06..2017-06-30", "R/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    remove 1
    insert: R/N Income 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row27KeepsReducedDirectFromReducedNonDirect) {
  const auto decision = decided("R/D Medicaid 2016-08-10..2017-06-30", "R/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    none 1: R/D Medicaid 2016-08-10..2017-06-30 = existing of 1
    remark row 1: 3041 about 1
  )"));
}

TEST(DecisionTable, Row28EndsReducedNonDirectForReducedDirect) {
  const auto decision = decided("R/N Income 2016-08-10..2017-06-30", "R/D Medicaid 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: R/N Income 2016-08-10..2016-09-05
    insert: R/D Medicaid 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row28RemovesReducedNonDirectForReducedDirect) {
  const auto decision = decided("R/N Income 2016-09-06..2017-06-30", "R/D Medicaid 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    remove 1
    insert: R/D Medicaid 2016-09-06..2017-06-30 = new of 1
  )"));
}

TEST(DecisionTable, Row29EndsReducedDirectForFreeNonDirect) {
  const auto decision = decided("R/D Medicaid 2016-08-10..2017-06-30", "F/N Income 2016-09-06..2017-06-30");

  EXPECT_EQ(decision, lines(R"(
    end 1: R/D Medicaid 2016-08-10..2016-09-05
    insert: F/N Income 2016-09-06..2017-06-30 = new of 1
  )"));
}

}  // namespace
}  // namespace mealsync::testing
