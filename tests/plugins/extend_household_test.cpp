// Who of a household gets what one of it is certified for.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mealsync/trial.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "built_stage.hpp"
#include "campus_database.hpp"
#include "unusable_database.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Children 21 to 25 of one household, of whom 25 is no student; 31 and 32 of another; 41 of none.
constexpr auto families = R"(
  INSERT INTO Person (personID, stateID) VALUES (21, 'S21'), (22, 'S22'), (23, 'S23'), (24, NULL), (25, 'S25'),
    (31, 'S31'), (32, 'S32'), (41, 'S41');
  INSERT INTO Enrollment (personID, calendarID, endYear, startDate) SELECT personID, 1, 2017, '2016-08-10' FROM Person
    WHERE personID > 20 AND personID <> 25;
  INSERT INTO Household (householdID) VALUES (1), (2), (3);
  INSERT INTO HouseholdMember (householdID, personID) VALUES (1, 21), (1, 22), (1, 23), (1, 24), (1, 25), (2, 31),
    (2, 32), (3, 41);)";

constexpr auto columns =
    "person_id:int | state_id | case_number | enrolled_school | eligibility:eligibility | source:source | "
    "certified_type:certified_type | start_date:date | end_date:date\n";

Trial extend_at(const std::string& database, const std::string& rows, const Facts& facts = {},
                std::vector<Setting> settings = {}, const std::string& header = columns) {
  settings.push_back({"database", database});
  return run(stage("extend_household"), settings, header + rows, facts);
}
/// The rows that are extended alone.
std::string extended(const std::string& rows, const Facts& facts = {}, const std::string& more = {}) {
  const Folder folder;
  const auto trial = extend_at(campus_with(folder, families + more).string(), rows, facts);
  EXPECT_THAT(trial.findings, IsEmpty());
  std::string all;
  for (const auto line : detail::split(trial.rows, '\n'))
    if (line.ends_with("| yes")) all += std::string(line) + '\n';
  return all;
}

TEST(ExtendHousehold, GivesEveryOtherStudentOfTheHouseholdTheSame) {
  const Folder folder;
  const auto trial = extend_at(campus_with(folder, families).string(),
                               "21 | S21 | C1 | 010 | Free | Direct | SNAP | 2016-09-01 | 2017-06-30\n"
                               "41 | S41 |    | 020 | Free | Direct | SNAP | 2016-09-01 | 2017-06-30\n");

  EXPECT_EQ(trial.rows,
            "21 | S21 | C1 | 010 | Free | Direct | SNAP | 2016-09-01 | 2017-06-30 | \n"
            "41 | S41 |  | 020 | Free | Direct | SNAP | 2016-09-01 | 2017-06-30 | \n"
            "22 | S22 |  | 010 | Free | Direct | SNAP | 2016-09-01 | 2017-06-30 | yes\n"
            "23 | S23 |  | 010 | Free | Direct | SNAP | 2016-09-01 | 2017-06-30 | yes\n"
            "24 |  |  | 010 | Free | Direct | SNAP | 2016-09-01 | 2017-06-30 | yes\n");
}

TEST(ExtendHousehold, NeverGivesAnythingToAChildWhomTheFileNames) {
  Facts facts;
  facts.seen = {24};  // his line was stopped by an earlier stage

  EXPECT_EQ(extended("21 | S21 | | | Free | Direct | SNAP | 2016-09-01 | 2017-06-30\n"
                     "22 | S22 | | | Reduced | Direct | Medicaid | 2016-09-01 | 2017-06-30\n"
                     "23 | S23 | | | Free | Direct | Foster | 2016-09-01 | 2017-06-30\n",
                     facts),
            "");
}

TEST(ExtendHousehold, ExtendsFourProgramsAndNoOther) {
  for (const std::string type : {"SNAP", "TANF", "FDPIR", "Medicaid"})
    EXPECT_EQ(extended("31 | S31 | | | Free | Direct | " + type + " | 2016-09-01 | 2017-06-30\n"),
              "32 | S32 |  | 010 | Free | Direct | " + type + " | 2016-09-01 | 2017-06-30 | yes\n");
  for (const std::string type :
       {"Foster", "Homeless", "Migrant", "Runaway", "HeadStart", "EvenStart", "Extended", "Unknown"})
    EXPECT_EQ(extended("31 | S31 | C1 | | Free | Direct | " + type + " | 2016-09-01 | 2017-06-30\n"), "");
}

TEST(ExtendHousehold, ExtendsNothingThatIsNotDirectOrThatTheMergeWouldHoldBack) {
  for (const std::string row :
       {"Free | Non-Direct | SNAP | 2016-09-01 | 2017-06-30",
        "Paid | Direct | SNAP | 2016-09-01 | 2017-06-30", "Reduced | Direct | SNAP | 2016-09-01 | 2017-06-30",
        "Free | Direct | SNAP | 2016-06-30 | 2017-06-30", "Free | Direct | SNAP | 2016-09-02 | 2016-09-01",
        "Free | Direct | SNAP | | 2017-06-30", "Free | Direct | SNAP | 2016-09-01 |",
        "Free | Direct | | 2016-09-01 | 2017-06-30"})
    EXPECT_EQ(extended("31 | S31 | | | " + row + "\n"), "") << row;
}

TEST(ExtendHousehold, ExtendsNoListOfWhichTheFormatSaysThatItMayNotBe) {
  const Folder folder;
  const auto database = campus_with(folder, families).string();
  const std::string header =
      "person_id:int | may_extend:bool | eligibility:eligibility | source:source | "
      "certified_type:certified_type | "
      "start_date:date | end_date:date\n";

  EXPECT_EQ(
      extend_at(database, "31 | no | Free | Direct | SNAP | 2016-09-01 | 2017-06-30\n", {}, {}, header).rows,
      "31 | no | Free | Direct | SNAP | 2016-09-01 | 2017-06-30 | \n");
  EXPECT_EQ(
      extend_at(database, "31 | yes | Free | Direct | SNAP | 2016-09-01 | 2017-06-30\n", {}, {}, header).rows,
      "31 | yes | Free | Direct | SNAP | 2016-09-01 | 2017-06-30 | \n"
      "32 |  | Free | Direct | SNAP | 2016-09-01 | 2017-06-30 | yes\n");
}

TEST(ExtendHousehold, TakesFreeBeforeReducedThenTheEarliestStart) {
  EXPECT_EQ(extended("21 | S21 | | | Reduced | Direct | Medicaid | 2016-08-10 | 2017-06-30\n"
                     "22 | S22 | | | Free | Direct | TANF | 2016-10-01 | 2017-06-30\n"
                     "23 | S23 | | | Free | Direct | SNAP | 2016-09-01 | 2017-06-30\n"
                     "31 | S31 | | | Free | Direct | FDPIR | 2016-09-01 | 2017-06-30\n"
                     "31 | S31 | | | Free | Direct | SNAP | 2016-09-01 | 2017-06-30\n"),
            "24 |  |  | 010 | Free | Direct | SNAP | 2016-09-01 | 2017-06-30 | yes\n"
            "32 | S32 |  | 010 | Free | Direct | FDPIR | 2016-09-01 | 2017-06-30 | yes\n");
}

TEST(ExtendHousehold, TakesLinesOfOneCaseForOneHousehold) {
  EXPECT_EQ(extended("21 | S21 | C1 | | Reduced | Direct | Medicaid | 2016-08-10 | 2017-06-30\n"
                     "31 | S31 | C1 | | Free | Direct | SNAP | 2016-10-01 | 2017-06-30\n"
                     "22 | S22 | C2 | | Free | Direct | Foster | 2016-08-10 | 2017-06-30\n"
                     "23 | S23 | C2 | | Reduced | Direct | Medicaid | 2016-08-10 | 2017-06-30\n"),
            "24 |  |  | 010 | Free | Direct | SNAP | 2016-10-01 | 2017-06-30 | yes\n"
            "32 | S32 |  | 010 | Free | Direct | SNAP | 2016-10-01 | 2017-06-30 | yes\n");
}

TEST(ExtendHousehold, CountsWhoLivesThereOnTheDayOfTheRun) {
  const std::string row = "31 | S31 | | | Free | Direct | SNAP | 2016-09-01 | 2017-06-30\n";
  const auto with = [&](const std::string& change) {
    return extended(row, {}, "UPDATE HouseholdMember SET " + change + " WHERE personID IN (31, 32);");
  };
  const std::string given = "32 | S32 |  | 010 | Free | Direct | SNAP | 2016-09-01 | 2017-06-30 | yes\n";

  EXPECT_EQ(with("startDate = '2016-09-06'"), given);
  EXPECT_EQ(with("startDate = '2016-09-07'"), "");
  EXPECT_EQ(with("endDate = '2016-09-06'"), given);
  EXPECT_EQ(with("endDate = '2016-09-05'"), "");
  EXPECT_EQ(with("secondary = 1"), "");
}

TEST(ExtendHousehold, NeedsAColumnOfCasesThatIsNamed) {
  EXPECT_EQ(plan(stage("extend_household"), {{"database", "campus.db"}, {"case_column", "case"}}, columns)
                .findings.size(),
            1U);
}

TEST(ExtendHousehold, LeavesTheDatabaseAsItWas) {
  const Folder folder;
  const auto path = campus_with(folder, families);
  const auto before = folder.content();

  extend_at(path.string(), "31 | S31 | | | Free | Direct | SNAP | 2016-09-01 | 2017-06-30\n");

  EXPECT_EQ(folder.content(), before);
}

Trial open(const std::string& path) {
  return extend_at(path, "31 | S31 | | | Free | Direct | SNAP | 2016-09-01 | 2017-06-30\n");
}

TEST(ExtendHousehold, SaysThatTheDatabaseMissesATable) {
  const Folder folder;
  const auto path = campus_with(folder, "DROP TABLE HouseholdMember;");

  EXPECT_THAT(
      without(folder, open(path.string()).findings),
      ElementsAre(Finding{9009, 0, "Campus database 'campus.db' failed: no such table: HouseholdMember"}));
}

TEST(ExtendHousehold, SaysWhyADatabaseCannotBeUsed) {
  EXPECT_EQ(faults_of_unusable_databases(open), unusable_databases);
}

}  // namespace
}  // namespace mealsync::testing
