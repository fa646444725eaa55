// The year's end: a pipeline goes into the next school year, or says where that stops.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "program.hpp"

namespace mealsync::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// Odd on purpose: nothing of it may be written otherwise but the year.
constexpr auto written =
    "\xEF\xBB\xBF<?xml version='1.0'?>\r\n"
    "<!-- the year is changed in July: school_year=\"2016-17\" -->\r\n"
    "<pipeline name=\"elm-pos\" district=\"Elm &amp; Oak\"\r\n"
    "          school_year = '2016-17'>   <!-- was \"2015-16\" -->\r\n"
    "  <source plugin=\"local_file\" path=\"IC_Eligibility.txt\">\r\n"
    "    <format plugin='delimited'><column as=\"state_id\"/>\t"
    "<column as=\"start_date\" type=\"date\" pattern=\"MM/DD/YYYY\"/></format>\r\n"
    "  </source>\r\n"
    "  <transform plugin=\"year_mapping\"/>\r\n"
    "  <sink plugin=\"null\"/>\r\n"
    "</pipeline>";

std::string replaced(std::string text, const std::string& old, const std::string& by) {
  const auto at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  if (at != std::string::npos) text.replace(at, old.size(), by);
  return text;
}

class Rollover : public ::testing::Test {
 protected:
  Rollover() {
    write_file(file(), written);
    write_pos("08/01/2017");
  }

  [[nodiscard]] std::filesystem::path file(const std::string& name = "elm.xml") const {
    return folder_ / name;
  }
  void write_pos(const std::string& start) const {
    std::string rows;
    for (int student = 0; student < 60; ++student)
      rows += "19000000" + std::to_string(10 + student) + "," + start + "\n";
    write_file(folder_ / "IC_Eligibility.txt", rows);
  }
  void hold(const std::string& name = "elm.xml") const {
    const Ran ran = run_program(
        folder_, {"hold", name, "--reason", "rollover", "--as-of", "2017-06-20", "--state", "state"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
  }
  [[nodiscard]] Ran roll(std::vector<std::string> more = {}, const std::string& as_of = "2017-08-01") const {
    std::vector<std::string> arguments{"rollover", "elm.xml", "--to",    "2017-18",
                                       "--as-of",  as_of,     "--state", "state"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(folder_, arguments);
  }
  [[nodiscard]] Ran run(const std::string& as_of) const {
    return run_program(folder_, {"run", "elm.xml", "--as-of", as_of, "--state", "state"});
  }
  /// Nothing is left beside the files.
  [[nodiscard]] std::size_t candidates() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      count += entry.path().filename().string().ends_with(".rollover") ? 1 : 0;
    return count;
  }

  TemporaryFolder folder_;
};

TEST_F(Rollover, ChangesTheYearAndNotAnotherByteAndStartsTheImportAgain) {
  hold();
  EXPECT_EQ(run("2017-08-01").exit, 4);

  const Ran ran = roll();

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(bytes_of(file()), replaced(written, "= '2016-17'", "= '2017-18'"));
  EXPECT_EQ(run("2017-08-02").exit, 0);
  EXPECT_EQ(candidates(), 0U);
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("elm-pos: to 2017-18\n  ok    stopped      held by "),
                    HasSubstr("  ok    school year  2016-17 becomes 2017-18\n  ok    connection   "),
                    HasSubstr("  ok    newest file  IC_Eligibility.txt fits 2017-18\n  ok    test import  "),
                    HasSubstr("  ok    written      2017-18 in elm.xml\n  ok    resumed      "),
                    HasSubstr("\nelm-pos: rolled over\n")));
}

TEST_F(Rollover, DoesNotBeginBeforeTheImportIsStopped) {
  const Ran ran = roll();

  EXPECT_EQ(ran.exit, 4);
  EXPECT_EQ(bytes_of(file()), written);
  EXPECT_THAT(ran.out, HasSubstr("STOP  stopped      Pipeline 'elm-pos' is not stopped"));
  EXPECT_THAT(ran.err, HasSubstr("mealsync hold P.xml"));
}

TEST_F(Rollover, WaitsForAFileOfTheNewYearAndCanBeRepeated) {
  hold();
  write_pos("08/15/2016");

  const Ran early = roll();

  EXPECT_EQ(early.exit, 4);
  EXPECT_THAT(early.out, HasSubstr("STOP  newest file  the newest file is not of the new year"));
  EXPECT_EQ(bytes_of(file()), written);
  EXPECT_EQ(candidates(), 0U);
  EXPECT_EQ(run("2017-08-01").exit, 4) << "it is still held";

  write_pos("08/01/2017");
  EXPECT_EQ(roll().exit, 0);
  const Ran again = roll();
  EXPECT_EQ(again.exit, 0);
  EXPECT_EQ(again.out, "elm-pos: already: it is of school year 2017-18 already, and runs\n");
}

TEST_F(Rollover, GoesOnWhereTheYearWasChangedByHand) {
  hold();
  const std::string changed = replaced(written, "= '2016-17'", "= '2017-18'");
  write_file(file(), changed);

  const Ran ran = roll();

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("school year  2017-18 already"));
  EXPECT_EQ(bytes_of(file()), changed);
  EXPECT_EQ(run("2017-08-02").exit, 0);
}

TEST_F(Rollover, StopsWhereTheSourceIsNotReached) {
  hold();
  std::filesystem::remove(folder_ / "IC_Eligibility.txt");

  const Ran ran = roll();

  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.out, HasSubstr("STOP  connection   "));
  EXPECT_EQ(bytes_of(file()), written);
}

TEST_F(Rollover, OnlyShowsWhatItWouldDoWhenDry) {
  hold();

  const Ran ran = roll({"--dry-run"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("written      would write 2017-18 in elm.xml"),
                             HasSubstr("resumed      would start it again"), HasSubstr("elm-pos: ready\n")));
  EXPECT_EQ(bytes_of(file()), written);
  EXPECT_EQ(run("2017-08-01").exit, 4) << "it is still held";
}

TEST_F(Rollover, SetsActiveAgain) {
  const std::string off = replaced(written, "<pipeline ", "<pipeline active='no' ");
  write_file(file(), off);

  EXPECT_EQ(roll().exit, 0);

  EXPECT_EQ(bytes_of(file()), replaced(replaced(off, "= '2016-17'", "= '2017-18'"), "'no'", "'yes'"));
}

TEST_F(Rollover, ChangesAVariableWhereItHasItsValue) {
  const std::string variable =
      replaced(replaced(written, "= '2016-17'>", "= '${year}'>\r\n<variable name=\"year\" value=\"16-17\"/>"),
               "path=\"IC", "path=\"${year}/IC");
  write_file(file(), variable);
  std::filesystem::create_directory(folder_ / "2017-18");
  std::filesystem::rename(folder_ / "IC_Eligibility.txt", folder_ / "2017-18/IC_Eligibility.txt");
  hold();

  const Ran ran = roll();

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(bytes_of(file()), replaced(variable, "\"16-17\"", "\"2017-18\""));
}

TEST_F(Rollover, LeavesToAPersonWhatIsNotInTheFileAlone) {
  write_file(folder_ / "year.xml",
             "<fragment><variable name=\"year\" value=\"2016-17\"/>"
             "<variable name=\"end\" value=\"17\"/></fragment>");
  hold();
  const std::string included =
      replaced(written, "= '2016-17'>", "= '${year}'>\r\n<include href=\"year.xml\"/>");
  write_file(file(), included);

  const Ran of_include = roll();
  const Ran of_option = roll({"--set", "year=2016-17"});
  write_file(file(), replaced(included, "${year}", "2016-${end}"));
  const Ran of_parts = roll();

  EXPECT_EQ(of_include.exit, 2);
  EXPECT_THAT(of_include.err,
              HasSubstr("elm.xml:4:11: error MS6703: school_year comes from an included file"));
  EXPECT_EQ(of_option.exit, 2);
  EXPECT_THAT(of_option.err, HasSubstr("MS6703: school_year comes from --set or the environment"));
  EXPECT_EQ(of_parts.exit, 2);
  EXPECT_THAT(of_parts.err, HasSubstr("elm.xml:4:11: error MS6704: school_year is '2016-${end}'"));
}

TEST_F(Rollover, AsksForTheNewExpirationDate) {
  const std::string expiring =
      replaced(written, "\"year_mapping\"", "\"year_mapping\" default_expiration=\"2017-10-02\"");
  write_file(file(), expiring);
  hold();

  const Ran asked = roll();
  EXPECT_EQ(asked.exit, 2);
  EXPECT_THAT(asked.err,
              HasSubstr("error MS6705: default_expiration 2017-10-02 is not of school year 2017-18"));
  const Ran told = roll({"--expiration", "2018-10-01"});

  EXPECT_EQ(told.exit, 0) << told.err;
  EXPECT_EQ(bytes_of(file()),
            replaced(replaced(expiring, "= '2016-17'", "= '2017-18'"), "2017-10-02", "2018-10-01"));
}

TEST_F(Rollover, FindsTheVariableOfADistrictBehindAStageThatManyShare) {
  write_file(
      folder_ / "nightly.xml",
      "<fragment><transform plugin=\"year_mapping\" default_expiration=\"${expiration}\"/></fragment>");
  const std::string including =
      replaced(written, "<transform plugin=\"year_mapping\"/>",
               "<include href=\"nightly.xml\"/><variable name=\"expiration\" value=\"2017-10-02\"/>");
  write_file(file(), including);
  hold();

  const Ran ran = roll({"--expiration", "2018-10-01"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(bytes_of(file()),
            replaced(replaced(including, "= '2016-17'", "= '2017-18'"), "2017-10-02", "2018-10-01"));
}

TEST_F(Rollover, TakesEachOfManyByItself) {
  for (const std::string name : {"oak", "ash"}) {
    write_file(file(name + ".xml"), replaced(written, "elm-pos", name + "-pos"));
    hold(name + ".xml");
  }

  const Ran ran = roll({"oak.xml", "ash.xml", "none.xml", "--format", "json"});

  std::vector<std::string> lines;
  for (std::size_t at = 0; at < ran.out.size(); at = ran.out.find('\n', at) + 1) {
    const json line = json::parse(ran.out.substr(at, ran.out.find('\n', at) - at));
    lines.push_back(line["pipeline"].get<std::string>() + " " + line["status"].get<std::string>());
  }
  EXPECT_THAT(lines, ::testing::ElementsAre("elm-pos refused", "oak-pos rolled over", "ash-pos rolled over",
                                            "none.xml unsuccessful"));
  EXPECT_EQ(ran.exit, 2);
}

TEST_F(Rollover, KnowsWhichYearsCanFollow) {
  hold();
  EXPECT_EQ(roll({}, "2017-06-28").exit, 0) << "the new year may be set up before it begins";
  EXPECT_EQ(roll({}, "2016-06-30").exit, 2);
  EXPECT_EQ(roll({}, "2018-07-01").exit, 2);
  EXPECT_EQ(run_program(folder_, {"rollover", "elm.xml", "--to", "2071"}).exit, 2);
  EXPECT_EQ(run_program(folder_, {"rollover", "elm.xml"}).exit, 2);
  EXPECT_EQ(run_program(folder_, {"rollover", "--to", "2017-18"}).exit, 2);
}

TEST_F(Rollover, DoesNotGoBack) {
  hold();
  write_file(file(), replaced(written, "= '2016-17'", "= '2018-19'"));

  const Ran ran = roll();

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("MS6702: Pipeline 'elm-pos' is of school year 2018-19 already"));
}

TEST_F(Rollover, ProvesAPipelineByItsLinkWithTheFilesBesideTheLink) {
  hold();
  std::filesystem::create_directory(folder_ / "shared");
  write_pos("08/01/2017");
  std::filesystem::rename(folder_ / "IC_Eligibility.txt", folder_ / "shared" / "IC_Eligibility.txt");
  std::filesystem::rename(file(), folder_ / "shared" / "elm.xml");
  std::filesystem::create_symlink("shared/elm.xml", file());
  write_pos("08/10/2016");

  EXPECT_EQ(roll().exit, 4);
  write_pos("08/01/2017");
  EXPECT_EQ(roll().exit, 0);

  EXPECT_TRUE(std::filesystem::is_symlink(file()));
  EXPECT_THAT(bytes_of(folder_ / "shared" / "elm.xml"), HasSubstr("'2017-18'"));
}

TEST_F(Rollover, StopsAtTheFileOfTheLastImport) {
  const std::string undated =
      replaced(written, "year_mapping\"", "year_mapping\" start_date_policy=\"as_of\"");
  write_file(file(), replaced(undated, "<column as=\"start_date\" type=\"date\" pattern=\"MM/DD/YYYY\"/>",
                              "<column as=\"status\"/>"));
  write_pos("F");
  ASSERT_EQ(run("2017-06-19").exit, 0);
  hold();

  const Ran ran = roll();

  EXPECT_EQ(ran.exit, 4);
  EXPECT_THAT(ran.out, HasSubstr("STOP  newest file  it is the one of the last import, byte for byte"));
}

TEST_F(Rollover, ReadsNothingThatIsNoFile) {
  std::filesystem::remove(file());
  ASSERT_EQ(mkfifo(file().c_str(), 0600), 0);

  const Ran ran = roll({"--format", "json"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("MS1103"));
  EXPECT_THAT(ran.out, HasSubstr("\"from\":\"\""));
}

TEST_F(Rollover, LeavesTheRightsOfTheFileAsTheyAre) {
  hold();
  std::filesystem::permissions(file(),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                               std::filesystem::perm_options::replace);
  EXPECT_EQ(roll().exit, 0);
  EXPECT_EQ(std::filesystem::status(file()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace mealsync::testing
