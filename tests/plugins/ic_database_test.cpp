// Changes on their way into a Campus database: all of a run, or none.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/trial.hpp>

#include "built_stage.hpp"
#include "campus_database.hpp"
#include "unusable_database.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Lines = std::vector<std::string>;
using std::filesystem::perms;

constexpr auto columns =
    "person_id:int | eligibility_id:int | school_year:int | from_application:bool | action:action |"
    " eligibility:eligibility | source:source | certified_type:certified_type | start_date:date | "
    "end_date:date |"
    " was_eligibility:eligibility | was_source:source | was_certified_type:certified_type |"
    " was_start_date:date | was_end_date:date\n";

Trial load_into(const std::filesystem::path& path, const std::string& rows, const Facts& facts = {}) {
  return load(stage("ic_database"), {{"database", path.string()}}, columns + rows, facts);
}

Facts test_run() {
  Facts facts;
  facts.test = true;
  facts.commit = false;
  return facts;
}

/// Seven's record of last year, made by an application, and three of this year, the last one open.
constexpr auto records = R"(
  INSERT INTO POSEligibility VALUES
    (1, 7, 2016, 'Meal', 'R', 'N', 'Income', '2015-08-10', '2016-10-02', 88, 0, 5, NULL, '2015-08-10'),
    (2, 7, 2017, 'Meal', 'S', 'N', 'Denied by letter', '2016-10-03', '2016-10-31', NULL, 0, 5, NULL, NULL),
    (3, 7, 2017, 'Meal', 'F', 'N', 'Income', '2016-11-01', '2016-12-31', NULL, 1, NULL, NULL, NULL),
    (4, 7, 2017, 'Meal', 'R', 'D', 'Medicaid', '2017-01-01', NULL, NULL, 0, NULL, NULL, NULL),
    (5, 7, 2017, 'SES', 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL, 0, NULL, NULL, NULL);)";

/// A change of each kind.
constexpr auto changes = R"(
  7 | 1 | 2016 | yes | end    | Reduced | Non-Direct | Income  | 2015-08-10 | 2016-09-05 | Reduced | Non-Direct | Income   | 2015-08-10 | 2016-10-02
  7 |   | 2017 | no  | insert | Free    | Direct     | Foster  | 2016-09-06 | 2016-10-02 |         |            |          |            |
  7 | 2 | 2017 | no  | trim   | Paid    | Non-Direct | Unknown | 2016-10-04 | 2016-10-31 | Paid    | Non-Direct | Unknown  | 2016-10-03 | 2016-10-31
  7 | 3 | 2017 | no  | remove |         |            |         |            |            | Free    | Non-Direct | Income   | 2016-11-01 | 2016-12-31
  7 | 4 | 2017 | no  | update | Reduced | Direct     | Medicaid| 2016-12-31 | 2017-06-30 | Reduced | Direct     | Medicaid | 2017-01-01 |
  8 |   | 2017 | no  | insert | Paid    | Non-Direct | Denied  | 2016-09-06 | 2017-06-30 |         |            |          |            |
  )";

/// One that does not need the others.
constexpr auto one_insert =
    "8 | | 2017 | no | insert | Paid | Non-Direct | Denied | 2016-09-06 | 2017-06-30 | | | | |\n";

constexpr auto all_records =
    "SELECT eligibilityID, personID, endYear, eligType, eligibility, source, type, startDate, endDate,"
    " applicationID, extended, districtID, importRunID, modifiedDate FROM POSEligibility ORDER BY 1";

TEST(IcDatabase, MakesEveryKindOfChange) {
  const Folder folder;
  const auto path = campus_with(folder, records);

  const auto trial = load_into(path, changes);

  EXPECT_THAT(trial.findings, IsEmpty());
  EXPECT_EQ(sql(path, all_records),
            (Lines{"1|7|2016|Meal|R|N|Income|2015-08-10|2016-09-05|88|0|5|1|2016-09-06T01:00:00Z",
                   "2|7|2017|Meal|S|N|Denied by letter|2016-10-04|2016-10-31|NULL|0|5|1|2016-09-06T01:00:00Z",
                   "4|7|2017|Meal|R|D|Medicaid|2016-12-31|2017-06-30|NULL|0|NULL|1|2016-09-06T01:00:00Z",
                   "5|7|2017|SES|F|N|Income|2016-08-10|2017-06-30|NULL|0|NULL|NULL|NULL",
                   "6|7|2017|Meal|F|D|Foster|2016-09-06|2016-10-02|NULL|0|NULL|1|2016-09-06T01:00:00Z",
                   "7|8|2017|Meal|S|N|Denied|2016-09-06|2017-06-30|NULL|0|NULL|1|2016-09-06T01:00:00Z"}));
}

TEST(IcDatabase, KeepsEveryChangeWithWhatWasThereBefore) {
  const Folder folder;
  const auto path = campus_with(folder, records);

  load_into(path, changes);

  EXPECT_EQ(
      sql(path,
          "SELECT importRunID, sequence, eligibilityID, personID, action, endYear, eligibility, source, type,"
          " startDate, endDate FROM ImportChange ORDER BY sequence"),
      (Lines{"1|1|1|7|end|2016|R|N|Income|2015-08-10|2016-09-05",
             "1|2|2|7|trim|2017|S|N|Denied by letter|2016-10-04|2016-10-31",
             "1|3|3|7|remove|NULL|NULL|NULL|NULL|NULL|NULL",
             "1|4|4|7|update|2017|R|D|Medicaid|2016-12-31|2017-06-30",
             "1|5|6|7|insert|2017|F|D|Foster|2016-09-06|2016-10-02",
             "1|6|7|8|insert|2017|S|N|Denied|2016-09-06|2017-06-30"}));
  EXPECT_EQ(sql(path,
                "SELECT was_endYear, was_eligibility, was_source, was_type, was_startDate, was_endDate,"
                " was_applicationID, was_extended, was_districtID, was_importRunID, was_modifiedDate"
                " FROM ImportChange ORDER BY sequence"),
            (Lines{"2016|R|N|Income|2015-08-10|2016-10-02|88|0|5|NULL|2015-08-10",
                   "2017|S|N|Denied by letter|2016-10-03|2016-10-31|NULL|0|5|NULL|NULL",
                   "2017|F|N|Income|2016-11-01|2016-12-31|NULL|1|NULL|NULL|NULL",
                   "2017|R|D|Medicaid|2017-01-01|NULL|NULL|0|NULL|NULL|NULL",
                   "NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL",
                   "NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL"}));
}

TEST(IcDatabase, WritesDownTheRunAndWhatItRead) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  Facts facts;
  facts.name = "pos-to-campus-7";
  facts.pipeline = "pos-to-campus";
  facts.inputs = {{"IC_Eligibility_1.txt", "9f86d081", 4096}, {"IC_Eligibility_2.txt", "884c7d65", 2048}};

  load_into(path, changes, facts);

  EXPECT_EQ(
      sql(path, "SELECT * FROM ImportRun"),
      (Lines{"1|pos-to-campus-7|2016-09-06|pos-to-campus|2017|2016-09-06T01:00:00Z|2016-09-06T01:00:05Z|"
             "successful|9f86d081 884c7d65|2|1|1|1|1|NULL"}));
}

TEST(IcDatabase, WritesDownARunThatChangedNothing) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  const auto before = sql(path, all_records);

  const auto trial = load_into(path, R"(
    7 | 3 | 2017 | no | none | Free | Non-Direct | Income | 2016-11-01 | 2016-12-31 | Free | Non-Direct | Income | 2016-11-01 | 2016-12-31
  )");

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_EQ(sql(path, all_records), before);
  EXPECT_EQ(sql(path, "SELECT run, inserted, updated, ended, removed, trimmed FROM ImportRun"),
            (Lines{"1|0|0|0|0|0"}));
  EXPECT_THAT(sql(path, "SELECT * FROM ImportChange"), IsEmpty());
}

/// Seven was Reduced last year and is Paid later on; eight has nothing.
constexpr auto before_the_merge = R"(
  INSERT INTO POSEligibility VALUES
    (1, 7, 2016, 'Meal', 'R', 'N', 'Income', '2015-08-10', '2016-10-02', 88, 0, 5, NULL, '2015-08-10'),
    (2, 7, 2017, 'Meal', 'S', 'N', 'Denied', '2016-10-03', NULL, NULL, 0, 5, NULL, NULL);)";

Trial merge_into(const std::filesystem::path& path) {
  return run(stage("merge_eligibility"), {{"database", path.string()}}, R"(
    person_id:int | state_id   | eligibility:eligibility | source:source | certified_type:certified_type | start_date:date | end_date:date
    7             | 1000000007 | Free                    | Direct        | SNAP                          | 2016-09-06      | 2017-06-30
    8             | 1000000008 | Reduced                 | Non-Direct    | Income                        | 2016-09-06      | 2017-06-30
  )");
}

TEST(IcDatabase, LoadsWhatTheMergeGivesAndThenThereIsNothingLeftToDo) {
  const Folder folder;
  const auto path = campus_with(folder, before_the_merge);
  const auto merged = merge_into(path);

  const auto trial =
      load(stage("ic_database"), {{"database", path.string()}}, merged.columns + '\n' + merged.rows);

  EXPECT_THAT(trial.findings, IsEmpty());
  EXPECT_EQ(sql(path, all_records),
            (Lines{"1|7|2016|Meal|R|N|Income|2015-08-10|2016-09-05|88|0|5|1|2016-09-06T01:00:00Z",
                   "3|7|2017|Meal|F|D|SNAP|2016-09-06|2017-06-30|NULL|0|NULL|1|2016-09-06T01:00:00Z",
                   "4|8|2017|Meal|R|N|Income|2016-09-06|2017-06-30|NULL|0|NULL|1|2016-09-06T01:00:00Z"}));
  EXPECT_EQ(
      merge_into(path).rows,
      R"(1000000007 | 7 | 3 | 2017 | no | none | Free | Direct | SNAP | 2016-09-06 | 2017-06-30 | Free | Direct | SNAP | 2016-09-06 | 2017-06-30 | existing | 
1000000008 | 8 | 4 | 2017 | no | none | Reduced | Non-Direct | Income | 2016-09-06 | 2017-06-30 | Reduced | Non-Direct | Income | 2016-09-06 | 2017-06-30 | existing | 
)");
}

// Nothing is written unless all of it is.

TEST(IcDatabase, LeavesEveryByteAsItWasWithoutACommit) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  const auto before = folder.content();

  const auto trial = load_into(path, changes, test_run());

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_THAT(trial.findings, IsEmpty());
  EXPECT_EQ(folder.content(), before);
}

TEST(IcDatabase, WritesNothingWhereARecordIsNotWhatWasRead) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  sql(path, "UPDATE POSEligibility SET endDate = '2017-05-31' WHERE eligibilityID = 4");
  const auto before = folder.content();

  const auto trial = load_into(path, changes);

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(
      without(folder, trial.findings),
      ElementsAre(Finding{9009, 0,
                          "Campus database 'campus.db' was changed during the run: eligibility record 4 is "
                          "not what it was when it was read"}));
  EXPECT_EQ(folder.content(), before);
}

TEST(IcDatabase, WritesNothingWhereARecordIsGone) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  sql(path, "DELETE FROM POSEligibility WHERE eligibilityID = 3");
  const auto before = folder.content();

  const auto trial = load_into(path, changes);

  EXPECT_THAT(
      without(folder, trial.findings),
      ElementsAre(Finding{9009, 0,
                          "Campus database 'campus.db' was changed during the run: eligibility record 3 is "
                          "not what it was when it was read"}));
  EXPECT_EQ(folder.content(), before);
}

TEST(IcDatabase, WritesNothingWhereAStudentHasANewRecordMeanwhile) {
  const Folder folder;
  const auto path = campus_with(folder, R"(
    INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, type, startDate, endDate)
      VALUES (8, 2017, 'Meal', 'F', 'N', 'Income', '2016-08-10', '2016-09-06');)");
  const auto before = folder.content();

  const auto trial = load_into(path, one_insert);

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(
      without(folder, trial.findings),
      ElementsAre(Finding{9009, 0,
                          "Campus database 'campus.db' would hold records that overlap: eligibility record "
                          "2 would begin before another one of its student has ended"}));
  EXPECT_EQ(folder.content(), before);
}

TEST(IcDatabase, WritesNothingForAStudentWhoIsGone) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  sql(path, "DELETE FROM Person WHERE personID = 8");
  const auto before = folder.content();

  const auto trial = load_into(path, one_insert);

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(
      without(folder, trial.findings),
      ElementsAre(Finding{9009, 0,
                          "Campus database 'campus.db' was changed during the run: student 8 is no longer "
                          "there"}));
  EXPECT_EQ(folder.content(), before);
}

TEST(IcDatabase, WritesNoRunTwice) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  load_into(path, one_insert);
  const auto before = folder.content();

  const auto trial = load_into(path, "");

  EXPECT_THAT(
      without(folder, trial.findings),
      ElementsAre(Finding{9009, 0, "Campus database 'campus.db' failed: run 1 has been imported before"}));
  EXPECT_EQ(folder.content(), before);
}

TEST(IcDatabase, GivesUpWhileAnotherProgramWrites) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  OtherProgram other(path);
  other.run("BEGIN IMMEDIATE");
  const NoWaiting no_waiting;

  const auto trial = load_into(path, changes);

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(without(folder, trial.findings),
              ElementsAre(Finding{9001, 0, "Campus database 'campus.db' is in use: database is locked"}));
  EXPECT_EQ(other.run("COMMIT; SELECT count(*) FROM ImportRun"), (Lines{"0"}));
}

TEST(IcDatabase, WritesWhileAnotherProgramReads) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  OtherProgram other(path);
  other.run("BEGIN; SELECT count(*) FROM POSEligibility");

  const auto trial = load_into(path, one_insert);

  EXPECT_THAT(trial.findings, IsEmpty());
  EXPECT_EQ(other.run("SELECT count(*) FROM POSEligibility; COMMIT; SELECT count(*) FROM POSEligibility"),
            (Lines{"0", "1"}));
}

// A database that may not be written.

class UnwritableDatabase : public ::testing::Test {
 protected:
  UnwritableDatabase() {
    load_into(path_, changes, test_run());  // loads the plugin while files may be read
    before_ = folder_.content();
    std::filesystem::permissions(path_, static_cast<perms>(0444));
    std::filesystem::permissions(folder_.path(), static_cast<perms>(0555));
  }

  Folder folder_;
  std::filesystem::path path_ = campus_with(folder_, records);
  std::map<std::string, std::string> before_;
};

Trial load_as_nobody(const std::filesystem::path& path, const std::string& rows, const Facts& facts) {
  const AsNobody nobody;
  return load_into(path, rows, facts);
}

TEST_F(UnwritableDatabase, IsTestedAgainstWithOneWarning) {
  const auto trial = load_as_nobody(path_, changes, test_run());

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_EQ(trial.worst, Severity::warning);
  EXPECT_THAT(
      without(folder_, trial.findings),
      ElementsAre(Finding{9006, 0,
                          "Campus database 'campus.db' cannot be written: the file, or its folder, may not "
                          "be written"}));
  EXPECT_EQ(folder_.content(), before_);
}

TEST_F(UnwritableDatabase, FailsAtTheCommit) {
  const auto trial = load_as_nobody(path_, "", {});

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_EQ(trial.worst, Severity::fatal);
  EXPECT_THAT(
      without(folder_, trial.findings),
      ElementsAre(Finding{9006, 0,
                          "Campus database 'campus.db' cannot be written: the file, or its folder, may not "
                          "be written"}));
  EXPECT_EQ(folder_.content(), before_);
}

TEST(IcDatabase, SaysWhyADatabaseCannotBeUsed) {
  EXPECT_EQ(
      faults_of_unusable_databases([](const std::string& path) { return load_into(path, "", test_run()); }),
      unusable_databases);
}

TEST(IcDatabase, NamesTheColumnsThatAreMissing) {
  const auto trial = plan(stage("ic_database"), {{"database", "campus.db"}}, "person_id:int");

  EXPECT_EQ(trial.findings.size(), 14U);
  EXPECT_EQ(trial.findings.front(),
            (Finding{own(5002), 0, "No column 'eligibility_id' comes in; the columns are: person_id"}));
}

}  // namespace
}  // namespace mealsync::testing
