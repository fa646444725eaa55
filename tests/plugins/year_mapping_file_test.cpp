// year_mapping, and the file as a whole: whether it is of the pipeline's year.
#include "year_mapping_trial.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(YearMapping, RefusesAFileWhenMoreOfItThanAllowedIsOfAnotherYear) {
  const auto trial = run(year_mapping(), {{"wrong_year_percent", "40"}}, R"(
    start_date:date | end_date:date
    2015-08-10      | 2016-05-30
    2016-08-10      | 2016-05-30
    2016-08-10      | 2017-05-30
    2016-08-10      | 2017-05-30
  )");

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_EQ(trial.worst, Severity::refusal);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{5002, 2, "Start date 2015-08-10 is outside school year 2016-17"},
                          Finding{5001, 3, "Record contains End Date before Start Date"},
                          Finding{5011, 0, "2 of 4 records do not fit school year 2016-17, more than 40 %"}));
}

TEST(YearMapping, CountsARecordWithTwoWrongDatesOnce) {
  const auto trial = run(year_mapping(), {{"wrong_year_percent", "50"}}, R"(
    start_date:date | end_date:date
    2017-08-10      | 2016-05-30
    2016-08-10      | 2017-05-30
  )");

  EXPECT_EQ(trial.status, MS_OK);
}

TEST(YearMapping, AllowsAFifthOfTheRecordsToBeOfAnotherYear) {
  const auto trial = run(year_mapping(), {}, R"(
    start_date:date | end_date:date
    2015-08-10      | 2017-05-30
    2016-08-10      | 2017-05-30
    2016-08-11      | 2017-05-30
    2016-08-12      | 2017-05-30
    2016-08-13      | 2017-05-30
  )");

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{5002, 2, "Start date 2015-08-10 is outside school year 2016-17"}));
}

TEST(YearMapping, DoesNotJudgeAFileWithoutRecords) {
  const auto trial = run(year_mapping(), {{"wrong_year_percent", "0"}}, "start_date:date");

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(YearMapping, TakesAnySpellingOfThePipelinesYearInTheYearColumn) {
  const auto trial = run(year_mapping(), {{"year_column", "year"}}, R"(
    start_date:date | year
    2016-08-10      | 2016-17
    2016-08-11      | SY 16-17
    2016-08-12      | 2017
    2016-08-13      |
  )");

  EXPECT_EQ(trial.rows,
            "2016-08-10 | 2016-17 | 2017-06-30\n"
            "2016-08-11 | SY 16-17 | 2017-06-30\n"
            "2016-08-12 | 2017 | 2017-06-30\n"
            "2016-08-13 |  | 2017-06-30\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(YearMapping, RefusesAFileInWhichOneRecordNamesAnotherYear) {
  const auto trial = run(year_mapping(), {no_guard, {"year_column", "year"}}, R"(
    start_date:date | year
    2016-08-10      | 2016-17
    2016-08-11      | 2015-16
    2016-08-12      | 2016-17
  )");

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_EQ(trial.worst, Severity::refusal);
  EXPECT_EQ(trial.rows,
            "2016-08-10 | 2016-17 | 2017-06-30\n"
            "2016-08-12 | 2016-17 | 2017-06-30\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{5002, 3, "School year '2015-16' is not the pipeline's, 2016-17"},
                          Finding{5011, 0, "1 of 3 records name another school year than 2016-17"}));
}

TEST(YearMapping, RefusesAFileOfAnotherYearAlsoForAClosedYear) {
  const auto trial = run(year_mapping(), {{"closed_year", "allow"}}, R"(
    start_date:date
    2017-08-10
  )",
                         as_of(*Date::of(2017, 9, 6)));

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_EQ(trial.worst, Severity::refusal);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{5002, 2, "Start date 2017-08-10 is outside school year 2016-17"},
                          Finding{5011, 0, "1 of 1 records do not fit school year 2016-17, more than 20 %"}));
}

TEST(YearMapping, TakesAYearThatCannotBeReadForAnotherYear) {
  const auto trial = run(year_mapping(), {{"year_column", "year"}}, R"(
    start_date:date | year
    2016-08-10      | this year
  )");

  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{5002, 2, "School year 'this year' is not the pipeline's, 2016-17"},
                          Finding{5011, 0, "1 of 1 records name another school year than 2016-17"}));
}

}  // namespace
}  // namespace mealsync::testing
