// The two files beside a set: provisions and households.

#include <gmock/gmock.h>

#include "oneroster_set.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OneRosterExtras : public OneRosterSet {
 protected:
  Lines load_with(const std::string& provisions, const std::string& households) {
    auto given = options();
    if (!provisions.empty()) {
      given.provisions = folder_ / "provisions.csv";
      std::ofstream(*given.provisions) << "school,school_year,provision,isp,group\n" << provisions;
    }
    if (!households.empty()) {
      given.households = folder_ / "households.csv";
      std::ofstream(*given.households) << "household,student,secondary,start_date,end_date,name\n"
                                       << households;
    }
    return load(given);
  }
  [[nodiscard]] Lines provisions() const {
    return ask(
        "SELECT number, endYear, provision, isp, groupName FROM SchoolProvision JOIN School USING (schoolID)"
        " ORDER BY 1, 2");
  }
  [[nodiscard]] Lines members() const {
    return ask(
        "SELECT h.name, stateID, secondary, startDate, endDate FROM HouseholdMember"
        " JOIN Household h USING (householdID) JOIN Person USING (personID) ORDER BY 1, 2");
  }
};

TEST_F(OneRosterExtras, GiveSchoolsTheirProvisions) {
  EXPECT_THAT(load_with("010,2016-17,CEP,62.5%,North\n020,2017,Provision 2,,\n", ""), IsEmpty());
  EXPECT_EQ(provisions(), (Lines{"010|2017|CEP|0.625|North", "020|2017|Provision 2|NULL|NULL"}));
}

TEST_F(OneRosterExtras, UpdateProvisionsAndTakeThemAwayWhereTheLineHasNone) {
  load_with("010,2016-17,CEP,0.5,\n020,2016-17,CEP,,\n010,2015-16,CEP,,\n", "");

  EXPECT_THAT(load_with("010,2016-17,CEP,0.6,\n020,2016-17,,,\n", ""), IsEmpty());

  EXPECT_EQ(changes().back(), "SchoolProvision +0 ~1 =0 -1");
  EXPECT_EQ(provisions(), (Lines{"010|2016|CEP|NULL|NULL", "010|2017|CEP|0.6|NULL"}));
}

TEST_F(OneRosterExtras, ThatNameNoSchoolYearOrShareAreTold) {
  EXPECT_THAT(
      load_with("099,2016-17,CEP,,\n010,soon,CEP,,\n010,2016-17,CEP,120%,\n,2016-17,CEP,,\n"
                "010,2016-17,Cep,,\n010,2016-17,CEP,,\n",
                ""),
      ElementsAre(
          "provisions.csv:3 4010 error The value of column 'school_year' is no school year, such as "
          "2016-17",
          "provisions.csv:4 4010 error The value of column 'isp' is no share, such as 0.6213 or 62.13%",
          "provisions.csv:5 4002 error Required field [school] has no value",
          "provisions.csv:6 MS6024 warning Provision 'Cep' is none that feeds every student: CEP, "
          "Provision 2, Provision 3",
          "provisions.csv:7 MS6015 error Line 6 says something of this school and year already",
          "provisions.csv:2 MS6022 error No school has the number '099'"));
  EXPECT_EQ(provisions(), (Lines{"010|2017|Cep|NULL|NULL"}));
}

TEST_F(OneRosterExtras, PutStudentsIntoHouseholdsByStateIdOrSourcedId) {
  EXPECT_THAT(load_with("", "H1,1000000001,no,2016-07-01,,Rivers\nH1,u2,yes,,2017-01-31,\n"), IsEmpty());
  EXPECT_EQ(members(), (Lines{"Rivers|1000000001|0|2016-07-01|NULL", "Rivers|1000000002|1|NULL|2017-01-31"}));
}

TEST_F(OneRosterExtras, LeaveAHouseholdWithTheMembersThatTheFileSays) {
  load_with("", "H1,1000000001,,,,Rivers\nH1,1000000002,,,,\nH2,1000000002,,,,Lakes\n");

  EXPECT_THAT(load_with("", "H1,1000000001,yes,,,Rivers-Hill\n"), IsEmpty());

  EXPECT_EQ(changes()[5], "Household +0 ~1 =0 -0");
  EXPECT_EQ(changes()[6], "HouseholdMember +0 ~1 =0 -1");
  EXPECT_EQ(members(), (Lines{"Lakes|1000000002|0|NULL|NULL", "Rivers-Hill|1000000001|1|NULL|NULL"}));
}

TEST_F(OneRosterExtras, RemoveNobodyFromAHouseholdOfWhichARowIsBad) {
  load_with("", "H1,1000000001,,,,\nH1,1000000002,,,,\n");

  EXPECT_THAT(
      load_with("", "H1,1000000001,,,,\nH1,1000000009,,,,\n"),
      ElementsAre("households.csv:3 MS6023 error No student has the state ID or sourcedId '[1000000009]'"));
  EXPECT_EQ(changes().back(), "HouseholdMember +0 ~0 =1 -0");

  EXPECT_THAT(load_with("", "H1,1000000001,,,,\nH1,1000000002,perhaps,,,\n"),
              ElementsAre("households.csv:3 4010 error The value of column 'secondary' is no yes or no"));
  EXPECT_EQ(changes().back(), "HouseholdMember +0 ~0 =1 -0");
}

TEST_F(OneRosterExtras, NeverGuessWhichStudentIsMeant) {
  ask("INSERT INTO Person (personID, stateID) VALUES (7, '1000000007'), (8, '1000000007')");

  EXPECT_THAT(load_with("", "H1,1000000007,,,,\n"),
              ElementsAre("households.csv:2 MS6023 error Several students have the state ID '[1000000007]'"));
  EXPECT_THAT(members(), IsEmpty());
}

TEST_F(OneRosterExtras, ThatCannotBeReadLoadNothing) {
  auto given = options();
  given.provisions = folder_ / "none.csv";
  given.households = folder_.path();

  EXPECT_THAT(load(given),
              ElementsAre("none.csv MS6003 failed The file cannot be read: No such file or directory",
                          ::testing::HasSubstr("MS6003 failed The file cannot be read: it is not a file")));
  EXPECT_EQ(changes(), (Lines{"nothing loaded"}));
}

}  // namespace
}  // namespace mealsync::testing
