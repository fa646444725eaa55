// The log of a year: what of it is listed, one run on a page, and what a clearing leaves.

#include <gmock/gmock.h>

#include <algorithm>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Log : public District {
 protected:
  [[nodiscard]] Ran log(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"log", "--state", "state"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(folder_, arguments);
  }
};

TEST_F(Log, ListsWhatWentWrongWhenAsked) {
  const std::string good = answer()["run"];
  as_of_ = "2017-07-01";
  const std::string refused = answer()["run"];

  EXPECT_THAT(log({"--failed"}).out, AllOf(HasSubstr(refused), Not(HasSubstr(good))));
  EXPECT_THAT(log().out, AllOf(HasSubstr(refused), HasSubstr(good)));
}

TEST_F(Log, ListsTheRunsSinceADay) {
  const std::string run_name = answer()["run"];
  const std::string today = run_name.substr(0, 4) + "-" + run_name.substr(4, 2) + "-" + run_name.substr(6, 2);

  EXPECT_THAT(log({"--since", today}).out, HasSubstr(run_name));
  EXPECT_EQ(log({"--since", "2150-01-01"}).out, "");
  EXPECT_EQ(log({"--since", "09/06/2016"}).exit, 2);
  EXPECT_EQ(log({"clear", "--failed"}).exit, 2);
}

TEST_F(Log, ShowsARunWithItsFilesPluginsReportsAndFindingsByCode) {
  const Json ran = answer();
  const std::string report = ran["reports"][0];

  const std::string page = log({"show", ran["run"]}).out;

  EXPECT_THAT(page, HasSubstr("  by "));
  EXPECT_THAT(page, HasSubstr("IC_Eligibility.txt, " + ran["input"][0]["bytes"].dump() + " bytes, SHA-256 " +
                              ran["input"][0]["sha256"].get<std::string>()));
  EXPECT_THAT(page, HasSubstr("  report " + report + "\n"));
  EXPECT_THAT(page, HasSubstr("  with mealsync "));
  EXPECT_THAT(page, HasSubstr("  2001 error, " + ran["findings"]["2001"].dump()));
  EXPECT_THAT(page, HasSubstr("Merge the persons in Campus.\n    Line "));
  EXPECT_LT(page.find(" error, "), page.find(" warning, "));
}

TEST_F(Log, SaysWhenAReportIsGone) {
  const Json ran = answer();
  const std::string report = ran["reports"][0];
  std::filesystem::remove(folder_ / report);

  EXPECT_THAT(log({"show", ran["run"]}).out,
              HasSubstr("  report " + report + ", which is no longer there\n"));
}

TEST_F(Log, TellsOfACodeTwentyTimesAndThenHowManyMoreThereAre) {
  std::string unknown;
  for (int i = 0; i < 25; ++i)
    unknown += "99999999" + std::to_string(10 + i) + ",,,,,F,DC-SNAP,08/10/2016,05/30/2017\n";
  write_file(pos(), unknown);
  const Json ran = answer();

  const std::string page = log({"show", ran["run"]}).out;

  EXPECT_THAT(page, HasSubstr("  1001 error, 25 times: "));
  EXPECT_THAT(page, HasSubstr("    and 5 more: --format json has all of them\n"));
  EXPECT_EQ(Json::parse(log({"show", ran["run"], "--format", "json"}).out)["findings"]["1001"], 25);
}

TEST_F(Log, ShowsPluginsAndReportsAsAnObjectToo) {
  const Json ran = answer();

  const Json shown = Json::parse(log({"show", ran["run"], "--format", "json"}).out);

  EXPECT_EQ(shown["reports"], ran["reports"]);
  EXPECT_TRUE(shown["plugins"].contains("mealsync"));
  EXPECT_GT(shown["plugins"].size(), 3U);
}

TEST_F(Log, SaysHowManyEntriesItClears) {
  std::ignore = answer();
  std::ignore = answer();

  EXPECT_EQ(log({"clear", "sample-pos", "--format", "json"}).out, "{\"cleared\":2}\n");
  EXPECT_EQ(log().out, "");
  EXPECT_EQ(log({"clear"}).out, "0 entries cleared\n");
}

}  // namespace
}  // namespace mealsync::testing
