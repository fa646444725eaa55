#include "year_mapping_trial.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(YearMapping, PassesARecordOfTheYearAsItCame) {
  const auto trial = run(year_mapping(), {}, R"(
    state_id | start_date:date | end_date:date
    1001     | 2016-08-10      | 2017-05-30
  )");

  EXPECT_EQ(trial.columns, "state_id | start_date:date | end_date:date");
  EXPECT_EQ(trial.rows, "1001 | 2016-08-10 | 2017-05-30\n");
  EXPECT_THAT(trial.findings, IsEmpty());
  EXPECT_EQ(trial.status, MS_OK);
}

TEST(YearMapping, CountsJuly1AndJune30AsOfTheYear) {
  const auto trial = run(year_mapping(), {no_guard}, R"(
    start_date:date | end_date:date
    2016-06-30      | 2017-06-30
    2016-07-01      | 2017-06-30
    2017-06-30      | 2017-06-30
    2017-07-01      | 2017-07-30
  )");

  EXPECT_EQ(trial.rows,
            "2016-07-01 | 2017-06-30\n"
            "2017-06-30 | 2017-06-30\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{5002, 2, "Start date 2016-06-30 is outside school year 2016-17"},
                          Finding{5002, 5, "Start date 2017-07-01 is outside school year 2016-17"}));
}

TEST(YearMapping, StartsOnTheDayOfTheRunWhereItIsToldAndTheFileSaysNothing) {
  const auto trial = run(year_mapping(), {{"start_date_policy", "as_of"}}, R"(
    state_id | start_date:date | end_date:date
    1001     |                 | 2017-05-30
    1002     | 2016-08-10      |
  )");

  EXPECT_EQ(trial.rows,
            "1001 | 2016-09-06 | 2017-05-30\n"
            "1002 | 2016-08-10 | 2017-06-30\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(YearMapping, GivesAStartDateToAFileWithoutThatColumn) {
  const auto trial = run(year_mapping(), {{"start_date_policy", "as_of"}}, R"(
    state_id
    1001
  )");

  EXPECT_EQ(trial.columns, "state_id | start_date:date | end_date:date");
  EXPECT_EQ(trial.rows, "1001 | 2016-09-06 | 2017-06-30\n");
}

TEST(YearMapping, HoldsBackARecordThatHasEndedWhenItWouldStart) {
  const auto trial = run(year_mapping(), {{"start_date_policy", "as_of"}, no_guard}, R"(
    state_id | end_date:date
    1001     | 2016-09-05
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{5001, 2, "Record contains End Date before Start Date"}));
}

TEST(YearMapping, RejectsARecordWithoutAStartDate) {
  const auto trial = run(year_mapping(), {}, R"(
    start_date:date | end_date:date
                    | 2017-05-30
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4002, 2, "Required field [start_date] has no value"}));
  EXPECT_EQ(trial.stopped, 1u);
}

TEST(YearMapping, RejectsARecordThatEndsBeforeItStarts) {
  const auto trial = run(year_mapping(), {no_guard}, R"(
    start_date:date | end_date:date
    2016-08-10      | 2016-08-09
    2016-08-10      | 2016-08-10
  )");

  EXPECT_EQ(trial.rows, "2016-08-10 | 2016-08-10\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{5001, 2, "Record contains End Date before Start Date"}));
}

TEST(YearMapping, JudgesTheFilesEndDateAlsoWhereThePolicyReplacesIt) {
  const auto trial = run(year_mapping(), {no_guard, {"end_date_policy", "june_30"}}, R"(
    start_date:date | end_date:date
    2016-08-10      | 2016-06-30
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{5001, 2, "Record contains End Date before Start Date"}));
}

TEST(YearMapping, TellsEveryFaultOfARecordAndStopsItOnce) {
  const auto trial = run(year_mapping(), {no_guard}, R"(
    start_date:date | end_date:date
    2017-08-10      | 2016-05-30
  )");

  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{5001, 2, "Record contains End Date before Start Date"},
                          Finding{5002, 2, "Start date 2017-08-10 is outside school year 2016-17"}));
  EXPECT_EQ(trial.stopped, 1u);
}

// End dates

TEST(YearMapping, GivesAnEndDateOfJune30WhereNothingElseIsKnown) {
  const auto trial = run(year_mapping(), {}, R"(
    start_date:date | end_date:date
    2016-08-10      |
  )");

  EXPECT_EQ(trial.rows, "2016-08-10 | 2017-06-30\n");
}

TEST(YearMapping, AddsTheEndDateWhereTheFileHasNoSuchColumn) {
  const auto trial = run(year_mapping(), {{"default_expiration", "2017-09-30"}}, R"(
    start_date:date | state_id
    2016-08-10      | 1001
  )");

  EXPECT_EQ(trial.columns, "start_date:date | state_id | end_date:date");
  EXPECT_EQ(trial.rows, "2016-08-10 | 1001 | 2017-09-30\n");
}

constexpr auto with_and_without_an_end = R"(
  start_date:date | end_date:date
  2016-08-10      | 2017-05-30
  2016-08-11      |
)";

TEST(YearMapping, TakesTheFilesEndDateBeforeTheDefaultExpiration) {
  const auto trial = run(year_mapping(), {{"default_expiration", "2017-09-30"}}, with_and_without_an_end);

  EXPECT_EQ(trial.rows,
            "2016-08-10 | 2017-05-30\n"
            "2016-08-11 | 2017-09-30\n");
}

TEST(YearMapping, EndsEveryRecordOnTheDefaultExpirationWhenToldTo) {
  const auto trial =
      run(year_mapping(), {{"end_date_policy", "default_expiration"}, {"default_expiration", "2017-09-30"}},
          with_and_without_an_end);

  EXPECT_EQ(trial.rows,
            "2016-08-10 | 2017-09-30\n"
            "2016-08-11 | 2017-09-30\n");
}

TEST(YearMapping, EndsEveryRecordOnJune30WhenToldTo) {
  const auto trial =
      run(year_mapping(), {{"end_date_policy", "june_30"}, {"default_expiration", "2017-09-30"}},
          with_and_without_an_end);

  EXPECT_EQ(trial.rows,
            "2016-08-10 | 2017-06-30\n"
            "2016-08-11 | 2017-06-30\n");
}

TEST(YearMapping, WarnsOfAnEndAfterTheDefaultExpirationAndPassesTheRecord) {
  const auto trial = run(year_mapping(), {{"default_expiration", "2017-09-30"}}, R"(
    start_date:date | end_date:date
    2016-08-10      | 2017-09-30
    2016-08-11      | 2017-10-01
  )");

  EXPECT_EQ(trial.rows,
            "2016-08-10 | 2017-09-30\n"
            "2016-08-11 | 2017-10-01\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{
                  5004, 3, "End date 2017-10-01 is later than the year's default expiration, 2017-09-30"}));
  EXPECT_EQ(trial.worst, Severity::warning);
}

TEST(YearMapping, DoesNotWarnOfAnEndThatThePolicyReplaces) {
  const auto trial = run(
      year_mapping(), {{"end_date_policy", "default_expiration"}, {"default_expiration", "2017-09-30"}}, R"(
    start_date:date | end_date:date
    2016-08-10      | 2018-06-30
  )");

  EXPECT_EQ(trial.rows, "2016-08-10 | 2017-09-30\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(YearMapping, TakesJune30AndTheNextOneForADefaultExpiration) {
  for (const char* day : {"2017-06-30", "2018-06-30"})
    EXPECT_EQ(run(year_mapping(), {{"default_expiration", day}}, "start_date:date\n2016-08-10\n").rows,
              "2016-08-10 | " + std::string(day) + "\n");
}

TEST(YearMapping, NeedsADefaultExpirationForThePolicyOfThatName) {
  const auto trial = plan(year_mapping(), {{"end_date_policy", "default_expiration"}}, "start_date:date");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{own(5001), 0, "end_date_policy is 'default_expiration', and there is none"}));
}

TEST(YearMapping, RefusesADefaultExpirationLeftFromLastYear) {
  const auto trial = run(year_mapping(), {{"default_expiration", "2016-09-30"}}, "start_date:date");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{own(5001), 0,
                                  "default_expiration 2016-09-30 is not from 2017-06-30 to 2018-06-30, as "
                                  "school year 2016-17 needs"}));
}

TEST(YearMapping, RefusesADefaultExpirationOfTheYearAfterNext) {
  const auto trial = run(year_mapping(), {{"default_expiration", "2018-07-01"}}, "start_date:date");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{own(5001), 0,
                                  "default_expiration 2018-07-01 is not from 2017-06-30 to 2018-06-30, as "
                                  "school year 2016-17 needs"}));
}

// The year of the run

TEST(YearMapping, RefusesTheRunOnTheJuly1ThatEndsItsYear) {
  const auto trial = run(year_mapping(), {}, "start_date:date", as_of(*Date::of(2017, 7, 1)));

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_EQ(trial.worst, Severity::refusal);
  EXPECT_THAT(trial.findings, ElementsAre(Finding{5010, 0, "School year 2016-17 is over on 2017-07-01"}));
}

TEST(YearMapping, StillRunsOnTheLastDayOfItsYear) {
  const auto trial = run(year_mapping(), {}, "start_date:date", as_of(*Date::of(2017, 6, 30)));

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(YearMapping, RunsForAClosedYearWhenThatIsAllowed) {
  const auto trial = run(year_mapping(), {{"closed_year", "allow"}}, R"(
    start_date:date
    2016-08-10
  )",
                         as_of(*Date::of(2017, 9, 6)));

  EXPECT_EQ(trial.rows, "2016-08-10 | 2017-06-30\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

// The columns

TEST(YearMapping, NeedsAStartDate) {
  const auto trial = plan(year_mapping(), {}, "state_id");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{own(5002), 0, "No column 'start_date' comes in; the columns are: state_id"}));
}

TEST(YearMapping, DoesNotTakeTextForAnEndDate) {
  const auto trial = plan(year_mapping(), {}, "start_date:date | end_date");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{own(5003), 0, "Column 'end_date' is text here, and a date is needed"}));
}

}  // namespace
}  // namespace mealsync::testing
