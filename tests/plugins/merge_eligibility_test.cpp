// What records of a file change in Campus: from the rows of a file and the records of a database to changes.
// The decision for one student has tests of its own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include <mealsync/trial.hpp>

#include "built_stage.hpp"
#include "campus_database.hpp"
#include "merge_trial.hpp"
#include "unusable_database.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(MergeEligibility, GivesChangesWithWhatWasThereBefore) {
  const auto trial = merge(R"(
    (1, 7, 2017, 'R', 'N', 'Income', '2016-08-10', '2017-06-30', 88),
    (2, 8, 2017, 'S', 'N', 'Denied', '2016-10-01', NULL, NULL),
    (3, 9, 2017, 'F', 'D', 'SNAP', '2016-08-10', '2017-06-30', NULL))",
                           {}, R"(
    7 | 1000000007 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30
    8 | 1000000008 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30
    9 | 1000000009 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30
  )");

  EXPECT_EQ(trial.columns,
            "state_id | person_id:int | eligibility_id:int | school_year:int | from_application:bool | "
            "action:action | eligibility:eligibility | source:source | certified_type:certified_type | "
            "start_date:date | end_date:date | was_eligibility:eligibility | was_source:source | "
            "was_certified_type:certified_type | was_start_date:date | was_end_date:date | fate:fate | "
            "student_name");
  EXPECT_EQ(
      trial.rows,
      R"(1000000007 | 7 | 1 | 2017 | yes | end | Reduced | Non-Direct | Income | 2016-08-10 | 2016-09-05 | Reduced | Non-Direct | Income | 2016-08-10 | 2017-06-30 |  | 
1000000007 | 7 |  | 2017 | no | insert | Free | Direct | SNAP | 2016-09-06 | 2017-06-30 |  |  |  |  |  | new | 
1000000008 | 8 | 2 | 2017 | no | remove |  |  |  |  |  | Paid | Non-Direct | Denied | 2016-10-01 |  |  | 
1000000008 | 8 |  | 2017 | no | insert | Free | Direct | SNAP | 2016-09-06 | 2017-06-30 |  |  |  |  |  | new | 
1000000009 | 9 | 3 | 2017 | no | none | Free | Direct | SNAP | 2016-08-10 | 2017-06-30 | Free | Direct | SNAP | 2016-08-10 | 2017-06-30 | existing | 
)");
  EXPECT_EQ(trial.lines, (std::vector<std::uint64_t>{2, 2, 3, 3, 4}));
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(MergeEligibility, WalksPersonsOfTheFileAndOfTheDatabaseSideBySide) {
  const auto trial = merge(R"(
    (1, 2, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL),
    (2, 4, 2017, 'F', 'N', 'Income', '2016-08-10', '2016-12-31', NULL),
    (3, 4, 2017, 'F', 'N', 'Income', '2017-01-01', '2017-06-30', NULL),
    (4, 6, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL),
    (5, 7, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL),
    (6, 9, 2016, 'F', 'N', 'Income', '2015-08-10', '2016-06-30', NULL))",
                           {}, R"(
    9 | 1000000009 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
    4 | 1000000004 | Free | Non-Direct | Income | 2017-01-01 | 2017-06-30
    1 | 1000000001 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
    7 | 1000000007 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
    3 | 1000000003 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
    4 | 1000000004 | Free | Non-Direct | Income | 2016-08-10 | 2016-12-31
    5 | 1000000005 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
    8 | 1000000008 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
    2 | 1000000002 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
  )");

  EXPECT_EQ(changes(trial), R"(1000000001 insert Free Non-Direct Income 2016-08-10 2017-06-30 new
1000000002 1 none Free Non-Direct Income 2016-08-10 2017-06-30 existing
1000000003 insert Free Non-Direct Income 2016-08-10 2017-06-30 new
1000000004 2 none Free Non-Direct Income 2016-08-10 2016-12-31 existing
1000000004 3 none Free Non-Direct Income 2017-01-01 2017-06-30 existing
1000000005 insert Free Non-Direct Income 2016-08-10 2017-06-30 new
1000000007 5 none Free Non-Direct Income 2016-08-10 2017-06-30 existing
1000000008 insert Free Non-Direct Income 2016-08-10 2017-06-30 new
1000000009 insert Free Non-Direct Income 2016-08-10 2017-06-30 new
)");
  EXPECT_EQ(trial.lines, (std::vector<std::uint64_t>{4, 10, 6, 7, 3, 8, 5, 9, 2}));
  EXPECT_EQ(counted(trial, false), (Counters{{"existing_records", 5}, {"inserted", 5}}));
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(MergeEligibility, GivesNothingForAFileWithoutRecords) {
  const auto trial = merge("(1, 2, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL)", {}, "");

  EXPECT_EQ(trial.rows, "");
  EXPECT_EQ(counted(trial, false), (Counters{{"existing_records", 1}}));
}

TEST(MergeEligibility, NeedsNoKeyOfARecord) {
  const Folder folder;
  const auto trial = run(stage("merge_eligibility"), {{"database", campus_with(folder, "").string()}}, R"(
    person_id:int | eligibility:eligibility | source:source | certified_type:certified_type | start_date:date | end_date:date
    7             | Free                    | Direct        | SNAP                          | 2016-08-10      | 2017-06-30
  )");

  EXPECT_EQ(trial.rows,
            " | 7 |  | 2017 | no | insert | Free | Direct | SNAP | 2016-08-10 | 2017-06-30 |"
            "  |  |  |  |  | new | \n");
}

TEST(MergeEligibility, CountsWhatItChanges) {
  const auto trial = merge(R"(
    (1, 1, 2016, 'F', 'N', 'Income', '2015-08-10', '2016-10-02', NULL),
    (2, 2, 2017, 'R', 'N', 'Income', '2016-08-10', '2017-06-30', NULL),
    (3, 3, 2017, 'R', 'N', 'Income', '2016-10-01', '2016-10-31', NULL),
    (4, 3, 2017, 'S', 'N', 'Denied', '2016-11-01', '2016-11-30', NULL),
    (5, 4, 2017, 'R', 'N', 'Income', '2016-10-01', '2017-06-30', NULL),
    (6, 5, 2017, 'F', 'D', 'Foster', '2016-08-10', '2017-06-30', NULL))",
                           {}, R"(
    1 | 1000000001 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30
    2 | 1000000002 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30
    3 | 1000000003 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30
    4 | 1000000004 | Free | Direct | SNAP | 2016-09-06 | 2016-12-31
    5 | 1000000005 | Free | Direct | SNAP | 2016-08-10 | 2017-06-30
  )");

  EXPECT_EQ(changes(trial), R"(1000000001 1 end Free Non-Direct Income 2015-08-10 2016-09-05
1000000001 insert Free Direct SNAP 2016-09-06 2017-06-30 new
1000000002 2 end Reduced Non-Direct Income 2016-08-10 2016-09-05
1000000002 insert Free Direct SNAP 2016-09-06 2017-06-30 new
1000000003 3 remove
1000000003 4 remove
1000000003 insert Free Direct SNAP 2016-09-06 2017-06-30 new
1000000004 5 trim Reduced Non-Direct Income 2017-01-01 2017-06-30
1000000004 insert Free Direct SNAP 2016-09-06 2016-12-31 new
1000000005 6 update Free Direct SNAP 2016-08-10 2017-06-30 updated
)");
  EXPECT_EQ(counted(trial, false), (Counters{{"carryover_ended", 1},
                                             {"ended", 1},
                                             {"existing_records", 5},
                                             {"inserted", 4},
                                             {"removed", 2},
                                             {"trimmed", 1}}));
}

// Records that are not decided for.

TEST(MergeEligibility, TellsAllFieldsThatARecordLacksAndCountsItOnce) {
  const auto trial = merge("", {}, R"(
      | 1000000001 |      |            |        |            |
    7 | 1000000007 | Free | Non-Direct | Income | 2016-08-10 |
    8 |            | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
  )");

  EXPECT_THAT(trial.findings, ElementsAre(Finding{4002, 2, "Required field [person_id] has no value"},
                                          Finding{4002, 2, "Required field [eligibility] has no value"},
                                          Finding{4002, 2, "Required field [source] has no value"},
                                          Finding{4002, 2, "Required field [certified_type] has no value"},
                                          Finding{4002, 2, "Required field [start_date] has no value"},
                                          Finding{4002, 2, "Required field [end_date] has no value"},
                                          Finding{4002, 3, "Required field [end_date] has no value"}));
  EXPECT_EQ(trial.stopped, 2U);
  EXPECT_EQ(changes(trial), "insert Free Non-Direct Income 2016-08-10 2017-06-30 new\n");
}

TEST(MergeEligibility, RejectsDatesThatNoDecisionCanBeMadeFor) {
  const auto trial = merge("", {}, R"(
    7 | 1000000007 | Free | Direct | SNAP | 2016-09-06 | 2016-09-05
    7 | 1000000007 | Free | Direct | SNAP | 2016-06-30 | 2017-06-30
    7 | 1000000007 | Free | Direct | SNAP | 2017-07-01 | 2018-06-30
    8 | 1000000008 | Free | Direct | SNAP | 2016-07-01 | 2016-07-01
    9 | 1000000009 | Free | Direct | SNAP | 2017-06-30 | 2017-10-02
  )");

  EXPECT_EQ(changes(trial), R"(1000000008 insert Free Direct SNAP 2016-07-01 2016-07-01 new
1000000009 insert Free Direct SNAP 2017-06-30 2017-10-02 new
)");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{5001, 2, "Record contains End Date before Start Date"},
                          Finding{5002, 3, "Start date 2016-06-30 is outside school year 2016-17"},
                          Finding{5002, 4, "Start date 2017-07-01 is outside school year 2016-17"}));
  EXPECT_EQ(trial.stopped, 3U);
}

constexpr auto paid_directly = "7 | 1000000007 | Paid | Direct | Foster | 2016-08-10 | 2017-06-30\n";

TEST(MergeEligibility, WarnsOfACombinationThatIsUnusual) {
  const auto trial = merge("", {}, paid_directly);

  EXPECT_EQ(changes(trial), "1000000007 insert Paid Direct Foster 2016-08-10 2017-06-30 new\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4003, 2, "Paid, Direct and Foster do not go together"}));
  EXPECT_EQ(trial.worst, Severity::warning);
}

TEST(MergeEligibility, RejectsACombinationThatIsNotAllowedWhereStrict) {
  const auto trial = merge("", {{"combinations", "strict"}}, paid_directly);

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4003, 2, "Paid, Direct and Foster do not go together"}));
  EXPECT_EQ(trial.worst, Severity::error);
  EXPECT_EQ(trial.stopped, 1U);
}

TEST(MergeEligibility, SaysNothingOfCombinationsWhereOff) {
  const auto trial = merge("", {{"combinations", "off"}}, paid_directly);

  EXPECT_EQ(changes(trial), "1000000007 insert Paid Direct Foster 2016-08-10 2017-06-30 new\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(MergeEligibility, RejectsPaidInAListOfDirectCertifications) {
  const auto trial = merge("", {{"feed", "direct"}}, R"(
    7 | 1000000007 | Paid | Non-Direct | Denied | 2016-08-10 | 2017-06-30
    8 | 1000000008 | Free | Direct     | SNAP   | 2016-08-10 | 2017-06-30
  )");

  EXPECT_EQ(changes(trial), "1000000008 insert Free Direct SNAP 2016-08-10 2017-06-30 new\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4003, 2, "A list of direct certifications has Paid for '1000000007'"}));
  EXPECT_EQ(trial.stopped, 1U);
}

TEST(MergeEligibility, HoldsAStudentWithARecordThatMeansNothing) {
  const auto trial = merge(R"(
    (1, 6, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL),
    (2, 7, 2017, 'E', 'N', 'Income', '2016-08-10', '2016-12-31', NULL),
    (3, 7, 2017, 'F', 'N', 'Income', '2017-01-01', '2017-06-30', NULL),
    (4, 8, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL))",
                           {}, R"(
    6 | 1000000006 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
    7 | 1000000007 | Free | Direct     | SNAP   | 2016-08-10 | 2016-12-31
    7 | 1000000007 | Free | Direct     | SNAP   | 2017-01-01 | 2017-06-30
    8 | 1000000008 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
  )");

  EXPECT_EQ(changes(trial), R"(1000000006 1 none Free Non-Direct Income 2016-08-10 2017-06-30 existing
1000000008 4 none Free Non-Direct Income 2016-08-10 2017-06-30 existing
)");
  constexpr auto words =
      "A record of '1000000007' in Campus has eligibility 'E', which means nothing; the student is held";
  EXPECT_THAT(trial.findings, ElementsAre(Finding{3064, 3, words}, Finding{3064, 4, words}));
  EXPECT_EQ(counted(trial, false), (Counters{{"existing_records", 4}, {"skipped.held", 2}}));
  EXPECT_EQ(trial.worst, Severity::warning);
}

// The database.

constexpr auto certified = "7 | 1000000007 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30\n";

TEST(MergeEligibility, LeavesTheDatabaseAsItWas) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  const auto before = folder.content();

  const auto trial = merge_at(path.string(), {}, certified);

  EXPECT_EQ(changes(trial), "1000000007 insert Free Direct SNAP 2016-09-06 2017-06-30 new\n");
  EXPECT_EQ(folder.content(), before);
}

TEST(MergeEligibility, SeesNoRecordOfAnotherEligibilityType) {
  const Folder folder;
  const auto path = campus_with(folder, R"(
    INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, type, startDate, endDate)
      VALUES (7, 2017, 'SES', 'E', 'N', 'Income', '2016-08-10', '2017-06-30');)");

  const auto trial = merge_at(path.string(), {}, certified);

  EXPECT_EQ(changes(trial), "1000000007 insert Free Direct SNAP 2016-09-06 2017-06-30 new\n");
  EXPECT_EQ(counted(trial, false), (Counters{{"existing_records", 0}, {"inserted", 1}}));
}

Trial open(const std::string& path) {
  return merge_at(path, {}, "");
}

TEST(MergeEligibility, SaysWhyADatabaseCannotBeUsed) {
  EXPECT_EQ(faults_of_unusable_databases(open), unusable_databases);
}

TEST(MergeEligibility, SaysThatADatabaseMayNotBeRead) {
  EXPECT_EQ(faults_of_a_closed_database(open), closed_database);
}

}  // namespace
}  // namespace mealsync::testing
