// What the merge says of a record it decides for, and what each of its options changes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mealsync/trial.hpp>

#include "merge_trial.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;

// What the decision notes, in words.

TEST(MergeOutcome, SaysThatARecordTakesTheDirectType) {
  const auto trial = merge("(1, 7, 2017, 'F', 'D', 'Foster', '2016-08-10', '2017-06-30', NULL)", {},
                           "7 | 1000000007 | Free | Direct | Runaway | 2016-08-10 | 2017-06-30\n");

  EXPECT_EQ(changes(trial), "1000000007 1 update Free Direct Runaway 2016-08-10 2017-06-30 updated\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{
          3037, 2, "Existing record of '1000000007' updated with the Direct type Runaway (was Foster)"}));
}

TEST(MergeOutcome, NeverLowersADirectRecordByOneThatIsNot) {
  const auto trial = merge("(1, 7, 2017, 'R', 'D', 'Medicaid', '2016-08-10', '2017-06-30', NULL)", {},
                           "7 | 1000000007 | Paid | Non-Direct | Denied | 2016-09-06 | 2017-06-30\n");

  EXPECT_EQ(changes(trial), "1000000007 1 none Reduced Direct Medicaid 2016-08-10 2017-06-30 existing\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{3041, 2, "Not imported: '1000000007' is certified directly (Reduced Direct)"}));
}

TEST(MergeOutcome, ImportsTheDaysThatNoBetterRecordCovers) {
  const auto trial = merge("(1, 7, 2017, 'F', 'D', 'SNAP', '2016-10-01', '2016-10-31', NULL)", {},
                           "7 | 1000000007 | Paid | Non-Direct | Denied | 2016-09-06 | 2017-06-30\n");

  EXPECT_EQ(changes(trial), R"(1000000007 insert Paid Non-Direct Denied 2016-09-06 2016-09-30 new
1000000007 insert Paid Non-Direct Denied 2016-11-01 2017-06-30
)");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{
                  3042, 2, "Imported only for the days of '1000000007' that no better record covers"}));
}

TEST(MergeOutcome, ShortensARecordThatRunsIntoALaterYears) {
  const auto trial = merge("(1, 7, 2018, 'F', 'N', 'Income', '2017-08-15', '2018-06-30', NULL)", {},
                           "7 | 1000000007 | Paid | Non-Direct | Denied | 2016-09-06 | 2017-10-02\n");

  EXPECT_EQ(changes(trial), "1000000007 insert Paid Non-Direct Denied 2016-09-06 2017-08-14 new\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{3043, 2, "Shortened for '1000000007': a record of 2017-18 begins on 2017-08-15"}));
}

TEST(MergeOutcome, RejectsWhatWouldChangeSeveralRecords) {
  const auto trial = merge(R"(
    (1, 7, 2017, 'F', 'N', 'Income', '2016-08-10', '2016-12-31', NULL),
    (2, 7, 2017, 'F', 'N', 'Foster', '2017-01-01', '2017-06-30', NULL))",
                           {}, "7 | 1000000007 | Free | Non-Direct | Migrant | 2016-08-10 | 2017-06-30\n");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{3060, 2, "'1000000007' has several records that this one would change"}));
  EXPECT_EQ(trial.stopped, 1U);
}

TEST(MergeOutcome, NeverDeletesARecordThatAnApplicationMade) {
  const auto trial = merge("(1, 7, 2017, 'R', 'N', 'Income', '2016-09-06', '2017-06-30', 88)", {},
                           "7 | 1000000007 | Free | Direct | SNAP | 2016-08-10 | 2017-06-30\n");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{3061, 2,
                          "'1000000007' has a record made by an application from 2016-09-06, which is "
                          "never deleted"}));
}

TEST(MergeOutcome, RejectsWhatStartsBeforeARecordOfAnEarlierYear) {
  const auto trial = merge("(1, 7, 2016, 'R', 'N', 'Income', '2016-09-06', '2016-10-02', NULL)", {},
                           "7 | 1000000007 | Free | Direct | SNAP | 2016-08-10 | 2017-06-30\n");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{3062, 2,
                          "'1000000007' has a record of 2015-16 that begins on 2016-09-06, not before "
                          "this one"}));
}

TEST(MergeOutcome, HoldsAStudentWhoseRecordsOverlapAlready) {
  const auto trial = merge(R"(
    (1, 7, 2017, 'R', 'N', 'Income', '2016-08-10', '2017-06-30', NULL),
    (2, 7, 2017, 'F', 'N', 'Income', '2016-12-01', '2017-06-30', NULL))",
                           {}, "7 | 1000000007 | Free | Direct | SNAP | 2016-08-10 | 2017-06-30\n");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{3063, 2, "Held: records of '1000000007' in Campus overlap on 2016-12-01"}));
  EXPECT_EQ(counted(trial, false), (Counters{{"existing_records", 2}, {"skipped.held", 1}}));
}

TEST(MergeOutcome, LeavesARecordAloneThatEndsBeforeItStarts) {
  const auto trial = merge("(1, 7, 2017, 'R', 'N', 'Income', '2017-06-30', '2016-08-10', NULL)", {},
                           "7 | 1000000007 | Free | Direct | SNAP | 2016-08-10 | 2017-06-30\n");

  EXPECT_EQ(changes(trial), "1000000007 insert Free Direct SNAP 2016-08-10 2017-06-30 new\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{3064, 2,
                          "A record of '1000000007' in Campus ends before it starts (2017-06-30); it is "
                          "left alone"}));
}

// What each option changes.

constexpr auto free_income = "(1, 7, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL)";
constexpr auto lower = "7 | 1000000007 | Paid | Non-Direct | Denied | 2016-09-06 | 2017-06-30\n";
constexpr auto ended_and_new = R"(1000000007 1 end Free Non-Direct Income 2016-08-10 2016-09-05
1000000007 insert Paid Non-Direct Denied 2016-09-06 2017-06-30 new
)";
constexpr auto still_free_income =
    "1000000007 1 none Free Non-Direct Income 2016-08-10 2017-06-30 existing\n";

TEST(MergeOutcome, LetsTheFileLowerARecord) {
  EXPECT_EQ(changes(merge(free_income, {}, lower)), ended_and_new);
  EXPECT_EQ(changes(merge(free_income, {{"feed", "pos"}, {"precedence", "file"}}, lower)), ended_and_new);
}

TEST(MergeOutcome, KeepsTheBetterRankWherePrecedenceSaysSo) {
  const auto trial = merge(free_income, {{"precedence", "rank"}}, lower);

  EXPECT_EQ(changes(trial), still_free_income);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{
                  3040, 2, "Not imported: the existing record of '1000000007' is better (Free Non-Direct)"}));
}

TEST(MergeOutcome, KeepsEveryRecordThatIsThereWherePrecedenceSaysSo) {
  const auto trial = merge("(1, 7, 2017, 'S', 'N', 'Denied', '2016-08-10', '2016-12-31', NULL)",
                           {{"precedence", "existing"}},
                           "7 | 1000000007 | Free | Non-Direct | Income | 2016-09-06 | 2017-06-30\n");

  EXPECT_EQ(changes(trial), "1000000007 insert Free Non-Direct Income 2017-01-01 2017-06-30 new\n");
}

TEST(MergeOutcome, NeverLowersARecordByAListOfDirectCertifications) {
  const auto trial = merge(free_income, {{"feed", "direct"}},
                           "7 | 1000000007 | Reduced | Direct | Medicaid | 2016-09-06 | 2017-06-30\n");

  EXPECT_EQ(changes(trial), still_free_income);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{
                  3040, 2, "Not imported: the existing record of '1000000007' is better (Free Non-Direct)"}));
}

constexpr auto other_type = "7 | 1000000007 | Free | Non-Direct | Foster | 2016-08-10 | 2017-06-30\n";

TEST(MergeOutcome, TakesTheTypeOfTheFileUnlessTold) {
  EXPECT_EQ(changes(merge(free_income, {}, other_type)),
            "1000000007 1 update Free Non-Direct Foster 2016-08-10 2017-06-30 updated\n");
  EXPECT_EQ(changes(merge(free_income, {{"same_rank", "keep"}}, other_type)), still_free_income);
}

constexpr auto shorter = "7 | 1000000007 | Free | Non-Direct | Income | 2016-08-10 | 2016-12-31\n";

TEST(MergeOutcome, FollowsTheDatesOfTheFileUnlessTold) {
  EXPECT_EQ(changes(merge(free_income, {}, shorter)),
            "1000000007 1 end Free Non-Direct Income 2016-08-10 2016-12-31 updated\n");
  EXPECT_EQ(changes(merge(free_income, {{"dates", "keep"}}, shorter)), still_free_income);
}

constexpr auto twice = R"(
    7 | 1000000007 | Free | Direct     | SNAP   | 2016-08-10 | 2017-06-30
    7 | 1000000007 | Paid | Non-Direct | Denied | 2016-09-06 | 2017-06-30
  )";

TEST(MergeOutcome, UsesTheBestOfRecordsThatOverlap) {
  const auto trial = merge("", {}, twice);

  EXPECT_EQ(changes(trial), "1000000007 insert Free Direct SNAP 2016-08-10 2017-06-30 new\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{3050, 3, "Duplicate of line 2 for '1000000007', which is used"}));
  EXPECT_EQ(counted(trial, false),
            (Counters{{"existing_records", 0}, {"inserted", 1}, {"skipped.duplicate", 1}}));
  EXPECT_EQ(trial.worst, Severity::warning);
}

TEST(MergeOutcome, UsesTheLastOfRecordsThatOverlapWhereTold) {
  const auto trial = merge("", {{"duplicates", "last"}}, twice);

  EXPECT_EQ(changes(trial), "1000000007 insert Paid Non-Direct Denied 2016-09-06 2017-06-30 new\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{3050, 2, "Duplicate of line 3 for '1000000007', which is used"}));
}

TEST(MergeOutcome, RejectsRecordsThatOverlapWhereTold) {
  const auto trial = merge("", {{"duplicates", "reject"}}, twice);

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{3050, 2, "Line 3 is for '1000000007', too"},
                                          Finding{3050, 3, "Line 2 is for '1000000007', too"}));
  EXPECT_EQ(trial.stopped, 2U);
  EXPECT_EQ(trial.worst, Severity::error);
}

constexpr auto open_of_last_year = "(1, 7, 2016, 'R', 'N', 'Income', '2015-08-10', NULL, NULL)";
constexpr auto certified = "7 | 1000000007 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30\n";

TEST(MergeOutcome, EndsAnOpenRecordThatLastsUntilTheDefaultExpiration) {
  EXPECT_EQ(changes(merge(open_of_last_year, {}, certified)),
            "1000000007 insert Free Direct SNAP 2016-09-06 2017-06-30 new\n");
  EXPECT_EQ(changes(merge(open_of_last_year, {{"default_expiration", "2017-10-02"}}, certified)),
            R"(1000000007 1 end Reduced Non-Direct Income 2015-08-10 2016-09-05
1000000007 insert Free Direct SNAP 2016-09-06 2017-06-30 new
)");
}

TEST(MergeOutcome, NamesTheStudentAsCampusDoes) {
  const Folder folder;
  const auto database = campus_with(folder, R"(
    INSERT INTO Person (personID, stateID, currentIdentityID) VALUES (1, '1000000001', 12), (2, '1000000002', 13),
      (3, '1000000003', 14);
    INSERT INTO Identity (identityID, personID, lastName, firstName) VALUES (11, 1, 'Former', 'Name'),
      (12, 1, 'Sample', 'Ada'), (13, 2, 'Dummy', NULL), (14, 3, NULL, 'Cy');)");

  const auto trial = merge_at(database.string(), {}, R"(
    3 | 1000000003 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30
    1 | 1000000001 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30
    2 | 1000000002 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30
    9 | 1000000009 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30
  )");

  std::vector<std::string> names;
  for (const auto line : detail::split(detail::trim(trial.rows), '\n'))
    names.emplace_back(detail::split(line, '|').back());
  EXPECT_THAT(names, ::testing::ElementsAre("Sample, Ada", "Dummy", "Cy", ""));
}

TEST(MergeOutcome, SaysOfEachChangeTheSchoolWhereTheStudentIsEnrolled) {
  const Folder folder;
  const auto database =
      campus_with(folder, insert_meals("(1, 2, 2017, 'R', 'N', 'Income', '2016-08-10', '2017-06-30', NULL)"));

  const auto trial = run(stage("merge_eligibility"), {{"database", database.string()}}, R"(
    person_id:int | enrolled_school | eligibility:eligibility | source:source | certified_type:certified_type | start_date:date | end_date:date
    2             | 050             | Free                    | Direct        | SNAP                          | 2016-09-06      | 2017-06-30
    1             | 045             | Free                    | Direct        | SNAP                          | 2016-09-06      | 2017-06-30
    3             |                 | Free                    | Direct        | SNAP                          | 2016-09-06      | 2017-06-30
  )");

  std::vector<std::string> schools;
  for (const auto line : detail::split(detail::trim(trial.rows), '\n'))
    schools.emplace_back(detail::split(line, '|').back());
  EXPECT_THAT(schools, ElementsAre("045", "050", "050", ""));
}

}  // namespace
}  // namespace mealsync::testing
