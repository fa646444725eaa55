#include <gmock/gmock.h>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

class CommandLine : public District {
 protected:
  [[nodiscard]] Ran program(std::vector<std::string> arguments) const {
    return run_program(folder_, std::move(arguments));
  }
};

TEST_F(CommandLine, HasAPageOfHelpForEachCommand) {
  EXPECT_THAT(program({"--help"}).out, AllOf(HasSubstr("run"), HasSubstr("check"), HasSubstr("describe"),
                                             HasSubstr("log"), HasSubstr("campus"), HasSubstr("Exit codes")));
  for (const char* command :
       {"run", "check", "connect", "describe", "log", "hold", "resume", "schedule", "campus"}) {
    const Ran ran = program({command, "--help"});
    EXPECT_EQ(ran.exit, 0) << command;
    EXPECT_THAT(ran.out, StartsWith(std::string("Usage: mealsync ") + command));
  }
}

TEST_F(CommandLine, ExitsWith2WhereItIsUsedWrongly) {
  EXPECT_EQ(program({}).exit, 2);
  EXPECT_EQ(program({"fly"}).exit, 2);
  EXPECT_EQ(program({"run"}).exit, 2);
  EXPECT_EQ(program({"run", "p.xml", "--as-of", "06/09/2016"}).exit, 2);
  EXPECT_EQ(program({"run", "p.xml", "--set", "campus"}).exit, 2);
  EXPECT_EQ(program({"run", "p.xml", "--tset"}).exit, 2);
  EXPECT_EQ(program({"run", "no-such-file.xml", "--state", "state"}).exit, 2);
  EXPECT_EQ(program({"describe", "transform.nothing"}).exit, 2);
  EXPECT_EQ(program({"log", "show", "no-such-run", "--state", "state"}).exit, 2);
}

TEST_F(CommandLine, SaysOneLineOfWhatARunCameTo) {
  EXPECT_THAT(run().out, MatchesRegex("sample-pos: 81 new, 7 updated, 231 existing, 47 skipped, 22 rejected "
                                      "\\(run [0-9]+-[0-9]+-[0-9a-f]+\\)\n"));
  EXPECT_THAT(run({"--test"}).out, StartsWith("sample-pos: TEST, nothing written: "));
}

TEST_F(CommandLine, TellsEachCodeOnceWithItsRemedyOnStandardError) {
  EXPECT_THAT(
      run().err,
      AllOf(HasSubstr("5003 error        1  '29/08/2016' in column 'start_date' is no date (MM/DD/YYYY) "
                      "(line 295)\n"),
            HasSubstr("Merge the persons in Campus.\n")));
}

TEST_F(CommandLine, IsQuietWhenAsked) {
  EXPECT_EQ(run({"--quiet"}).err, "");
}

TEST_F(CommandLine, TellsWhereTheTimeWentWhenAsked) {
  const Ran ran = run({"--profile", "--quiet"});

  EXPECT_THAT(ran.err, MatchesRegex("  stage +rows +batches +seconds +MB allocated\n(.*\n)+"));
  EXPECT_THAT(ran.err, HasSubstr("\n  student "));
  EXPECT_THAT(ran.err, HasSubstr("\n  (the rest) "));
  EXPECT_THAT(run({"--profile", "--quiet", "--format", "json"}).out,
              HasSubstr("\"profile\":{\"stages\":[{\"stage\":\"pos\",\"plugin\":\"local_file\",\"rows\":0,"));
}

TEST_F(CommandLine, ExitsWith1WhereRecordsAreRejectedAndThatIsNotWanted) {
  EXPECT_EQ(run({"--strict"}).exit, 1);
  EXPECT_EQ(run().exit, 0);
}

TEST_F(CommandLine, RefusesAYearThatIsOverBeforeItReads) {
  as_of_ = "2017-07-01";

  const Json refused = answer();

  EXPECT_EQ(refused["exit"], 4);
  EXPECT_EQ(refused["status"], "refused");
  EXPECT_EQ(refused["read"], 0);
  EXPECT_EQ(refused["findings"], Json::parse(R"({"5010": 1})"));
}

TEST_F(CommandLine, HoldsAPipelineThatIsNotActive) {
  write_file(folder_ / "held.xml",
             R"(<pipeline name="held" district="Nowhere" school_year="2016-17" active="no">
    <source plugin="local_file" path="none.csv"><format plugin="delimited"><column as="a"/></format></source>
    <sink plugin="null"/></pipeline>)");

  const Ran ran = program({"run", "held.xml", "--state", "state", "--format", "json"});

  EXPECT_EQ(ran.exit, 4);
  EXPECT_EQ(Json::parse(ran.out)["status"], "held");
}

TEST_F(CommandLine, GivesTheWorstExitOfSeveralPipelinesAndALineEach) {
  write_file(folder_ / "good.xml", R"(<pipeline name="good" district="Nowhere" school_year="2016-17">
    <source plugin="local_file" path="IC_Eligibility.txt"><format plugin="delimited"><column as="a"/><column as="b"/>
    <column as="c"/><column as="d"/><column as="e"/><column as="f"/><column as="g"/><column as="h"/><column as="i"/>
    </format></source><sink plugin="null"/></pipeline>)");
  write_file(folder_ / "bad.xml", "<pipeline/>");

  const Ran ran = program({"run", "good.xml", "bad.xml", "good.xml", "--state", "state", "--jobs", "2"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 3);
}

TEST_F(CommandLine, ListsShowsAndClearsTheLog) {
  const std::string run_name = answer()["run"];

  EXPECT_THAT(program({"log", "--state", "state"}).out,
              AllOf(HasSubstr("successful"), HasSubstr("22 errors"), HasSubstr(run_name)));
  EXPECT_THAT(
      program({"log", "show", run_name, "--state", "state"}).out,
      AllOf(HasSubstr("388 read"),
            HasSubstr("Line 324: ERROR 2001 - Multiple matches found for Student State ID '******0315'")));
  EXPECT_EQ(Json::parse(program({"log", "sample-pos", "--state", "state", "--format", "json"}).out)["errors"],
            22);
  EXPECT_EQ(program({"log", "clear", "--state", "state"}).out, "1 entries cleared\n");
  EXPECT_EQ(program({"log", "--state", "state"}).out, "");
}

TEST_F(CommandLine, DescribesEveryStageFromItsOwnDeclaration) {
  EXPECT_THAT(program({"describe"}).out,
              AllOf(HasSubstr("source.local_file"), HasSubstr("sink.ic_database")));
  EXPECT_THAT(program({"describe", "year_mapping"}).out,
              AllOf(HasSubstr("wrong_year_percent : number, at least 0, at most 100 = 20"),
                    HasSubstr("5001 error  Record contains End Date before Start Date")));
}

TEST_F(CommandLine, LeavesACampusDatabaseAsItIsWhenItIsMadeAgain) {
  const std::string before = campus_bytes();

  const Ran ran = program({"campus", "init", "campus.db"});

  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, HasSubstr("already"));
  EXPECT_TRUE(campus_bytes() == before);
}

TEST_F(CommandLine, TakesVariablesFromTheEnvironmentToo) {
  const std::string sample = MEALSYNC_PIPELINES "/sample/pos_to_campus.xml";

  const Ran ran = run_program(
      folder_, {"run", sample, "--as-of", "2016-09-06", "--state", "state", "--test", "--format", "json"},
      {"MEALSYNC_VAR_campus=campus.db", "MEALSYNC_VAR_pos=IC_Eligibility.txt",
       "MEALSYNC_VAR_reports=reports"});

  EXPECT_EQ(Json::parse(ran.out)["read"], 388);
}

}  // namespace
}  // namespace mealsync::testing
