// mealsync explain, as the help desk uses it when a parent asks.
#include <gmock/gmock.h>

#include <regex>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Explain : public District {
 protected:
  [[nodiscard]] Ran explain(const std::string& run, const std::string& key,
                            std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"explain", run, key, "--state", "state", "--set", "campus=campus.db", "--set",
                               "pos=IC_Eligibility.txt", "--set", "reports=reports"});
    return run_program(folder_, more);
  }
  /// The state ID in a line of the input.
  [[nodiscard]] std::string key_in_line(int wanted) const {
    std::istringstream in(bytes_of(pos()));
    std::string line;
    for (int number = 0; number < wanted; ++number)
      std::getline(in, line);
    return line.substr(0, line.find(','));
  }
};

TEST_F(Explain, ShowsAStudentsWayFromTheLineOfTheFileToTheRecordInCampus) {
  const std::string imported = answer()["run"], key = key_in_line(1);

  const Ran ran = explain(imported, key);

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("Student ******" + key.substr(6) + " in run " + imported +
                                  ": sample-pos, as of 2016-09-06, successful\n"));
  EXPECT_THAT(ran.out, AllOf(HasSubstr("format delimited: 1 row\n"), HasSubstr("DC-SNAP"),
                             HasSubstr("transform codes: 1 row\n"), HasSubstr("transform merge: 1 row\n"),
                             HasSubstr("run " + imported + ", "), HasSubstr(": end of record "),
                             HasSubstr(": insert of record "),
                             HasSubstr("      nothing  ->  F/D SNAP 2016-09-01..2017-10-02, year 2017\n"),
                             HasSubstr("Records in Campus now\n")));
}

TEST_F(Explain, TellsTheRulesThatTheRunAppliedToHim) {
  const std::string imported = answer()["run"];

  EXPECT_THAT(explain(imported, key_in_line(373)).out,
              AllOf(HasSubstr("What the run found\n"), HasSubstr("Line 373: WARNING 3041")));
}

TEST_F(Explain, TellsWhyALineCouldNotBeRead) {
  const std::string imported = answer()["run"];

  EXPECT_THAT(explain(imported, key_in_line(295)).out,
              AllOf(HasSubstr("Line 295 of the input has this key, and could not be read as a record.\n"),
                    HasSubstr("Line 295: ERROR 5003")));
  EXPECT_THAT(explain(imported, key_in_line(213)).out, HasSubstr("Line 213: ERROR 4010"));
}

TEST_F(Explain, TakesNoOtherCellForAKey) {
  const std::string imported = answer()["run"];

  for (const std::string cell : {"F", "060"})
    EXPECT_THAT(explain(imported, cell).out, AllOf(HasSubstr("No record of the input has this key.\n"),
                                                   Not(HasSubstr("What the run found"))))
        << cell;
}

TEST_F(Explain, TellsOfALineThatCouldNotBeReadBesideOneThatCould) {
  const std::string input = bytes_of(pos());
  write_file(pos(), input + key_in_line(1) + ",A,B,01/01/2010,040,F,DC-SNAP,29/08/2016,10/02/2017\n");
  const auto added = std::count(input.begin(), input.end(), '\n') + 1;
  const std::string imported = answer()["run"];

  EXPECT_THAT(explain(imported, key_in_line(1)).out,
              AllOf(HasSubstr("format delimited: 1 row\n"),
                    HasSubstr("Line " + std::to_string(added) + " of the input has this key, and could not"),
                    HasSubstr("Line " + std::to_string(added) + ": ERROR 5003")));
}

TEST_F(Explain, SaysOnlyThatTheInputIsNotReadWhereTheDatabaseIsNotFound) {
  const std::string imported = answer()["run"];

  const Ran ran =
      run_program(folder_, {"explain", imported, key_in_line(1), "--state", "state", "--set",
                            "campus=none.db", "--set", "pos=IC_Eligibility.txt", "--set", "reports=reports"});

  EXPECT_THAT(ran.err, Not(HasSubstr("MS6205")));
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("The input was not read again."), Not(HasSubstr("No record of the input")),
                    HasSubstr("What runs changed in Campus")));
}

TEST_F(Explain, TellsWhichRunsCameAfterEachOther) {
  const std::string imported = answer()["run"], key = key_in_line(1);
  EXPECT_EQ(run_program(folder_, {"undo", imported, "--state", "state"}).exit, 0);

  const std::string out = explain(imported, key).out;

  EXPECT_THAT(out, AllOf(HasSubstr(": insert of record "), HasSubstr(": remove of record "),
                         HasSubstr(": end of record "), HasSubstr(": update of record ")));
}

TEST_F(Explain, ShowsNobodysNameBirthDateOrWholeKeyAndKeepsNothing) {
  const std::string imported = answer()["run"], key = key_in_line(16);
  const std::string campus_before = campus_bytes(), journal = bytes_of(folder_ / "state/journal.db");

  const Ran ran = explain(imported, key);

  const std::string all = ran.out + ran.err;
  EXPECT_FALSE(std::regex_search(all, std::regex(R"(\b\d{9,}\b)")));
  std::istringstream names(
      sql(campus(), "SELECT lastName FROM Identity UNION SELECT birthdate FROM Identity"));
  for (std::string each; std::getline(names, each);)
    EXPECT_THAT(all, Not(HasSubstr(each)));
  EXPECT_TRUE(campus_bytes() == campus_before);
  EXPECT_TRUE(bytes_of(folder_ / "state/journal.db") == journal);
}

TEST_F(Explain, SaysOfAKeyThatIsNowhereThatItIs) {
  const std::string imported = answer()["run"];

  const Ran ran = explain(imported, "1999999999");

  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("No record of the input has this key.\n"),
                             HasSubstr("Campus has nobody with this state ID or student number.\n")));
}

TEST_F(Explain, ShowsWhatCampusHasOfAStudentWhomTheFileLeavesOut) {
  const std::string imported = answer()["run"];
  const std::string key =
      sql(campus(),
          "SELECT min(stateID) FROM Person p WHERE stateID LIKE '1990%' AND EXISTS (SELECT 1 "
          "FROM POSEligibility e WHERE e.personID = p.personID)");
  write_file(pos(), "1999999999,Reed,Ann,01/01/2008,010,F,DC-SNAP,09/06/2016,10/02/2017\n");

  EXPECT_THAT(explain(imported, key.substr(0, 10)).out,
              AllOf(HasSubstr("No record of the input has this key.\n"), HasSubstr("\n  record ")));
}

TEST_F(Explain, WarnsWhereTheInputIsAnotherOneNowAndTellsNobodyElsesFindings) {
  const std::string imported = answer()["run"], key = key_in_line(373);
  write_file(pos(), bytes_of(pos()) + "\n");

  const Ran ran = explain(imported, key);

  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.err, HasSubstr("MS6205"));
  EXPECT_THAT(ran.out, Not(HasSubstr("What the run found")));
}

TEST_F(Explain, NamesThePipelineThatItNeeds) {
  const std::string imported = answer()["run"];

  const Ran other = explain(imported, "1990000001", {MEALSYNC_PIPELINES "/sample/district.xml"});

  EXPECT_EQ(other.exit, 2);
  EXPECT_THAT(other.err,
              AllOf(HasSubstr("MS6202"), HasSubstr("'sample-district'"), HasSubstr("'sample-pos'")));
}

TEST_F(Explain, ExitsWith2WhereItIsUsedWrongly) {
  EXPECT_EQ(run_program(folder_, {"explain", "a"}).exit, 2);
  EXPECT_EQ(explain("a", " ").exit, 2);
  EXPECT_EQ(explain("20160906-010000-0000", "1990000001").exit, 2);
  EXPECT_THAT(run_program(folder_, {"explain", "--help"}).out,
              StartsWith("Usage: mealsync explain RUN KEY [P.xml]\n"));
}

}  // namespace
}  // namespace mealsync::testing
