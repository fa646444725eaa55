// An import that somebody stops for a while, and starts again.

#include <gmock/gmock.h>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr auto pipeline = MEALSYNC_PIPELINES "/sample/pos_to_campus.xml";

class Held : public District {
 protected:
  [[nodiscard]] Ran program(const std::string& command, std::vector<std::string> more) const {
    std::vector<std::string> arguments{command, pipeline, "--state", "state"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(folder_, arguments);
  }
  [[nodiscard]] Ran hold(std::vector<std::string> more) const { return program("hold", std::move(more)); }
  [[nodiscard]] Ran resume(std::vector<std::string> more = {}) const {
    return program("resume", std::move(more));
  }
  /// What the log warns of on a day.
  [[nodiscard]] std::string warnings_on(const std::string& day) const {
    return run_program(folder_, {"log", "--state", "state", "--as-of", day}).err;
  }
};

TEST_F(Held, DoesNothingAndSaysWhoWantsItAndWhy) {
  const std::string before = eligibility();
  EXPECT_EQ(hold({"--reason", "the POS rolls over", "--as-of", "2016-09-01"}).out,
            "sample-pos is held from now on: the POS rolls over\n");

  const Ran ran = run({"--format", "json"});

  const Json answer = answer_of(ran);
  EXPECT_EQ(answer["exit"], 4);
  EXPECT_EQ(answer["status"], "held");
  EXPECT_EQ(answer["read"], 0);
  EXPECT_EQ(answer["findings"], Json::parse(R"({"9002": 1})"));
  EXPECT_THAT(answer["reason"].get<std::string>(),
              MatchesRegex("Pipeline 'sample-pos' is held by .+ since 2016-09-01: the POS rolls over"));
  EXPECT_THAT(ran.err, HasSubstr("start it again with mealsync resume"));
  EXPECT_EQ(run({"--test"}).exit, 4);
  EXPECT_EQ(eligibility(), before);
}

TEST_F(Held, RunsAgainOnceItIsResumed) {
  EXPECT_EQ(hold({"--reason", "wrong codes", "--as-of", "2016-09-01"}).exit, 0);

  EXPECT_THAT(resume().out,
              MatchesRegex("sample-pos runs again; it was held by .+ since 2016-09-01: wrong codes\n"));

  EXPECT_EQ(run().exit, 0);
  EXPECT_EQ(resume().out, "sample-pos was not held\n");
}

TEST_F(Held, RunsAgainByItselfOnTheDayThatWasNamedAndSaysSoOnce) {
  EXPECT_EQ(hold({"--reason", "roll over", "--until", "2016-09-06", "--as-of", "2016-09-01"}).out,
            "sample-pos is held from now on until 2016-09-06: roll over\n");
  as_of_ = "2016-09-05";
  EXPECT_EQ(run().exit, 4);
  as_of_ = "2016-09-06";
  EXPECT_EQ(run({"--test"}).exit, 0);

  const Ran first = run(), second = run();

  EXPECT_EQ(first.exit, 0);
  EXPECT_THAT(first.err, HasSubstr("from 2016-09-01 until 2016-09-06, and runs again: roll over"));
  EXPECT_EQ(second.exit, 0);
  EXPECT_THAT(second.err, Not(HasSubstr("9002")));
}

TEST_F(Held, NeedsAReasonAndALaterDay) {
  EXPECT_EQ(hold({}).exit, 2);
  EXPECT_EQ(hold({"--reason", "  "}).exit, 2);
  EXPECT_EQ(hold({"--reason", "why", "--until", "08/10/2016"}).exit, 2);
  EXPECT_EQ(hold({"--reason", "why", "--until", "2016-08-10", "--as-of", "2016-08-10"}).exit, 2);
  EXPECT_EQ(run_program(folder_, {"hold", "--reason", "why"}).exit, 2);
  EXPECT_EQ(run_program(folder_, {"hold", "none.xml", "--reason", "why"}).exit, 2);
  EXPECT_EQ(run().exit, 0);
}

TEST_F(Held, AnswersWithAnObjectWhenAsked) {
  const Json held = Json::parse(
      hold({"--reason", "why", "--until", "2016-08-10", "--as-of", "2016-07-01", "--format", "json"}).out);
  const Json resumed = Json::parse(resume({"--format", "json"}).out);

  EXPECT_EQ(held["held"], true);
  EXPECT_EQ(held["until"], "2016-08-10");
  EXPECT_EQ(resumed["held"], false);
  EXPECT_EQ(resumed["reason"], "why");
}

TEST_F(Held, IsStillHeldByItsOwnFileAndResumeSaysSo) {
  write_file(folder_ / "off.xml",
             R"(<pipeline name="off" district="Nowhere" school_year="2016-17" active="no">
    <source plugin="local_file" path="${unknown}"><format plugin="delimited"><column as="a"/></format></source>
    <sink plugin="null"/></pipeline>)");
  EXPECT_EQ(run_program(folder_, {"hold", "off.xml", "--reason", "why", "--state", "state"}).exit, 0);

  EXPECT_THAT(run_program(folder_, {"resume", "off.xml", "--state", "state"}).out,
              HasSubstr("it still does nothing, because the pipeline says active=\"no\""));
}

TEST_F(Held, IsMissedByTheLogWhenItLooksForgotten) {
  EXPECT_EQ(hold({"--reason", "roll over", "--as-of", "2016-06-28"}).exit, 0);

  EXPECT_EQ(warnings_on("2016-08-14"), "");
  EXPECT_THAT(warnings_on("2016-08-15"),
              AllOf(HasSubstr("warning 9002: Pipeline 'sample-pos' is still held by "),
                    HasSubstr(" since 2016-06-28: roll over"), HasSubstr("mealsync resume")));

  EXPECT_EQ(hold({"--reason", "roll over", "--until", "2016-08-01", "--as-of", "2016-06-28"}).exit, 0);
  EXPECT_EQ(warnings_on("2016-08-01"), "");
  EXPECT_THAT(warnings_on("2016-08-02"), HasSubstr(" since 2016-06-28 until 2016-08-01: roll over"));
}

}  // namespace
}  // namespace mealsync::testing
