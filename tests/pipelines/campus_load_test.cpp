// mealsync campus load, as a technician runs it.

#include <gmock/gmock.h>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class CampusLoad : public ::testing::Test {
 protected:
  CampusLoad() {
    EXPECT_EQ(program({"campus", "init", "campus.db"}).exit, 0);
    std::filesystem::create_directory(folder_ / "roster");
    write("orgs.csv", "sourcedId,name,type,identifier\ns1,Birch Hill,school,010\n");
    write("academicSessions.csv",
          "sourcedId,type,startDate,endDate,schoolYear\ny,schoolYear,2016-08-10,2017-05-26,2017\n");
    write("users.csv",
          "sourcedId,role,givenName,familyName,identifier\n"
          "u1,student,Ann,Reed,1990000001\n"
          "u2,student,Ben,Stone,1990000002\n"
          "u3,student,Cam,Ford,1990000002\n");
    write("enrollments.csv",
          "classSourcedId,schoolSourcedId,userSourcedId,role\n"
          "c1,s1,u1,student\n"
          "c1,s1,u2,student\n"
          "c1,s1,900-12-3456,student\n"
          "c1,s1,900-12-3456,student\n");
  }

  void write(const std::string& file, const std::string& text) const {
    write_file(folder_ / ("roster/" + file), text);
  }
  [[nodiscard]] Ran program(std::vector<std::string> arguments) const {
    return run_program(folder_, std::move(arguments));
  }
  [[nodiscard]] Ran load(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"campus", "load", "campus.db", "--oneroster", "roster"});
    return program(std::move(more));
  }

  TemporaryFolder folder_;
};

TEST_F(CampusLoad, ExplainsItsOptionsAndFilesWithExamples) {
  const Ran ran = program({"campus", "load", "--help"});

  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, AllOf(StartsWith("Usage: mealsync campus load DB --oneroster FOLDER\n"),
                             HasSubstr("--state-id userIds:State"), HasSubstr("metadata.ssn"),
                             HasSubstr("020,2016-17,CEP,0.6213,North"),
                             HasSubstr("H-17,1990000001,no,2016-07-01,,Rivers")));
}

TEST_F(CampusLoad, SaysWhatItDidToEachTable) {
  const Ran ran = load();

  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out,
            "campus.db: roster loaded, 2016-17\n"
            "                          added   updated  unchanged  removed\n"
            "  SchoolYear                  1         0          0        0\n"
            "  School                      1         0          0        0\n"
            "  Calendar                    1         0          0        0\n"
            "  Person                      3         0          0        0\n"
            "  Enrollment                  2         0          0        0\n");
}

TEST_F(CampusLoad, TellsEachCodeOnceWithFileLineAndRemedyAndNobodysName) {
  EXPECT_THAT(
      load().err,
      AllOf(
          HasSubstr("  MS6014 error        2  No user of the set has sourcedId '********' (first at "
                    "enrollments.csv:4)\n                         Have the student exported to users.csv.\n"),
          HasSubstr("State ID '******0002' is that of the student in line 3 too (users.csv:4)\n"),
          Not(HasSubstr("Stone")), Not(HasSubstr("3456"))));
}

TEST_F(CampusLoad, AnswersInJsonWithEveryFinding) {
  const Ran ran = load({"--format", "json"});

  Json json = Json::parse(ran.out);
  EXPECT_EQ(json["status"], "successful");
  EXPECT_EQ(json["school_years"], Json::parse(R"(["2016-17"])"));
  EXPECT_EQ(json["tables"]["Person"],
            Json::parse(R"({"added": 3, "updated": 0, "unchanged": 0, "removed": 0})"));
  EXPECT_EQ(json["findings"], Json::parse(R"({"MS6014": 2, "MS6017": 1})"));
  EXPECT_EQ(json["messages"][2]["file"], "enrollments.csv");
  EXPECT_EQ(json["messages"][2]["line"], 5);
  EXPECT_EQ(json["messages"][2]["message"], "No user of the set has sourcedId '********'");
}

TEST_F(CampusLoad, LoadsNothingOfASetThatLacksAFileAndExitsWith3) {
  std::filesystem::remove(folder_ / "roster/orgs.csv");
  write("users.csv", "givenName,familyName\n");

  const Ran ran = load();

  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(ran.out, "campus.db: nothing loaded: the set has faults\n");
  EXPECT_THAT(ran.err,
              AllOf(HasSubstr("orgs.csv: failed MS6002: The set has no orgs.csv\n    Have the system"),
                    HasSubstr("users.csv:1: failed MS6007: The header has no column 'sourcedId'\n")));
  EXPECT_EQ(sql(folder_ / "campus.db", "SELECT count(*) FROM SchoolYear"), "0\n");
}

TEST_F(CampusLoad, ExitsWith3WhereTheDatabaseCannotBeLoaded) {
  const Ran ran = program({"campus", "load", "none.db", "--oneroster", "roster", "--format", "json"});

  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(Json::parse(ran.out)["reason"], "the database cannot be loaded: there is no such file");
  EXPECT_THAT(ran.err, HasSubstr("mealsync campus init"));
}

TEST_F(CampusLoad, ExitsWith2WhereItIsUsedWrongly) {
  EXPECT_EQ(program({"campus", "load"}).exit, 2);
  EXPECT_EQ(program({"campus", "load", "campus.db"}).exit, 2);
  EXPECT_EQ(program({"campus", "load", "campus.db", "other.db", "--oneroster", "roster"}).exit, 2);
  EXPECT_EQ(load({"--format", "xml"}).exit, 2);
  EXPECT_EQ(load({"--state-id", ""}).exit, 2);
  EXPECT_EQ(load({"--school-year", "next"}).exit, 2);
}

TEST_F(CampusLoad, FillsADatabaseThatAnImportCanMatch) {
  write_file(folder_ / "pos.csv", "1990000001,F\n1990000009,F\n");
  write_file(folder_ / "p.xml", R"(<pipeline name="p" district="Nowhere" school_year="2016-17">
    <source plugin="local_file" path="pos.csv"><format plugin="delimited"><column as="state_id"/><column as="code"/>
    </format></source>
    <transform plugin="match_student" database="campus.db"/><sink plugin="null"/></pipeline>)");
  static_cast<void>(load());

  const Ran ran = program({"run", "p.xml", "--as-of", "2016-09-06", "--state", "state", "--format", "json"});

  EXPECT_EQ(Json::parse(ran.out)["findings"], Json::parse(R"({"1001": 1})"));
}

}  // namespace
}  // namespace mealsync::testing
