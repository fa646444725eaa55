#include <eligibility/absence.hpp>

#include <gtest/gtest.h>

#include "meal_notation.hpp"

namespace mealsync {
namespace {

/// What the absence of a student on 2016-12-01 does to his records of 2016-17, a line a change.
std::string ended(std::string_view records, const Policy& policy = {}) {
  std::string text;
  for (const Change& change :
       end_of_absent(testing::read_records(records), {2017}, *Date::of(2016, 12, 1), policy))
    text += testing::write(change) + '\n';
  return text;
}

TEST(Absence, EndsTheRecordThatIsValidOnTheDayOfTheRunTheDayBefore) {
  EXPECT_EQ(ended(R"(
    F/N Income 2016-08-10..2016-10-31
    R/N Income 2016-11-01..2017-06-30
    F/N Income 2017-07-01..2017-07-31
  )"),
            "end 2: R/N Income 2016-11-01..2016-11-30\n");
}

TEST(Absence, EndsARecordWithoutAnEndAndOneThatEndsToday) {
  EXPECT_EQ(ended("F/N Income 2016-08-10.."), "end 1: F/N Income 2016-08-10..2016-11-30\n");
  EXPECT_EQ(ended("F/N Income 2016-08-10..2016-12-01"), "end 1: F/N Income 2016-08-10..2016-11-30\n");
}

TEST(Absence, EndsARecordThatAnApplicationMade) {
  EXPECT_EQ(ended("F/N Income 2016-08-10..2017-06-30 application"),
            "end 1: F/N Income 2016-08-10..2016-11-30 application\n");
}

TEST(Absence, LeavesARecordThatIsOverOrHasNotBegun) {
  EXPECT_EQ(ended(R"(
    F/N Income 2016-08-10..2016-11-30
    R/N Income 2016-12-01..2017-06-30
  )"),
            "");
}

TEST(Absence, LeavesADirectCertification) {
  EXPECT_EQ(ended("F/D SNAP 2016-08-10..2017-06-30"), "");
}

TEST(Absence, LeavesRecordsOfOtherYears) {
  EXPECT_EQ(ended("2016: F/N Income 2015-08-10..2016-12-31"), "");
  EXPECT_EQ(ended("2018: F/N Income 2016-08-10..2018-06-30"), "");
}

TEST(Absence, LeavesAStudentWhoseRecordsOverlap) {
  EXPECT_EQ(ended(R"(
    F/N Income 2016-08-10..2017-06-30
    R/N Income 2016-10-01..2017-06-30
  )"),
            "");
}

TEST(Absence, LeavesARecordThatEndsBeforeItStarts) {
  EXPECT_EQ(ended(R"(
    F/N Income 2016-11-10..2016-11-01
    R/N Income 2016-08-01..2017-06-30
  )"),
            "end 2: R/N Income 2016-08-01..2016-11-30\n");
}

}  // namespace
}  // namespace mealsync
