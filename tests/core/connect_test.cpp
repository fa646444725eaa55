// What a pipeline reads from is reached, and nothing is read.

#include <gmock/gmock.h>

#include <engine/connect.hpp>

#include "lab.hpp"

namespace mealsync {
namespace {

using ::testing::ElementsAre;

class Connect : public Lab {
 protected:
  /// How it ended, with why; the steps until then are in `steps_`.
  std::string connect(std::string_view source) {
    const Plan made = plan(std::string(source) + R"(
      <sink plugin="report" path="log" as="report"/>
      <sink plugin="loader" path="log" as="loader"/>)");
    EXPECT_EQ(told(), "");
    RunFacts listening = facts(true);
    listening.step = [&](const std::string& step) { steps_.push_back(step); };
    const Connection connection = connect_pipeline(made, listening);
    std::string text = connection.reason + '\n';
    connection.findings.each([&](const Finding& finding) { text += render(finding) + '\n'; });
    return text;
  }

  std::vector<std::string> steps_;
};

TEST_F(Connect, ReachesTheSourceAndReadsNothing) {
  EXPECT_EQ(connect(R"(<source plugin="given" log="log" breaks_at="read"><file name="pos.txt" text="ann/"/>
                       <format plugin="lines" breaks_at="constructor"/></source>)"),
            "\n");
  EXPECT_THAT(steps_, ElementsAre("1 files are there", "File 'pos.txt' can be read"));
}

TEST_F(Connect, MakesNoSinkAndTellsNobodyThatAnythingIsCommitted) {
  connect(R"(<source plugin="given" log="log"><file name="pos.txt"/><format plugin="lines"/></source>)");

  EXPECT_EQ(log(), "");
}

TEST_F(Connect, SaysWhyTheSourceCannotBeMade) {
  EXPECT_EQ(connect(R"(<source plugin="given" breaks_at="constructor" by="failure">
                       <file name="pos.txt"/><format plugin="lines"/></source>)"),
            "The stage cannot go on at 'constructor'\n"
            "failed 10001: The stage cannot go on at 'constructor'\n");
  EXPECT_THAT(steps_, ElementsAre("1 files are there"));
}

TEST_F(Connect, SaysWhyTheTestFails) {
  EXPECT_EQ(connect(R"(<source plugin="given" breaks_at="test" by="refusal">
                       <file name="pos.txt"/><format plugin="lines"/></source>)"),
            "The stage refuses at 'test'\n"
            "refused 10002: The stage refuses at 'test'\n");
}

TEST_F(Connect, IsToMakeASourceThatGivesRows) {
  EXPECT_EQ(connect(R"(<source plugin="counted" breaks_at="read"/>)"), "\n");
}

TEST_F(Connect, ShowsNoStepThatCouldBeASocialSecurityNumberOrMoreThanALine) {
  connect(R"(<source plugin="given"><file name="123-45-6789&#x9;.txt"/><format plugin="lines"/></source>)");

  EXPECT_THAT(steps_, ElementsAre("1 files are there", "File '***********?.txt' can be read"));
}

}  // namespace
}  // namespace mealsync
