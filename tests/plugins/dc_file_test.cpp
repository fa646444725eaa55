#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <files/list_name.hpp>
#include <filesystem>
#include <fstream>
#include <mealsync/trial.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "as_nobody.hpp"
#include "built_stage.hpp"
#include "campus_database.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;

using files::kind_of;
using files::ListKind;
using files::NamePattern;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string month_in(const std::string& pattern, std::string_view name) {
  const auto read = NamePattern(pattern).read(name);
  if (!read) return "no";
  return read->month ? files::to_text(*read->month) : "yes";
}

TEST(ListName, SaysTheMonth) {
  constexpr auto kentucky = "SGNDC_*{YYYY}_{MON}*.csv";

  EXPECT_EQ(month_in(kentucky, "SGNDC_DCEXTEND_2016_JUL_0423.csv"), "2016-07");
  EXPECT_EQ(month_in(kentucky, "SGNDC_2016_dec.CSV"), "2016-12");
  EXPECT_EQ(month_in(kentucky, "sgndc_HISTORY_1899_2016_AUG_x.csv"), "2016-08");
  EXPECT_EQ(month_in("{MM}{YYYY}", "082016"), "2016-08");
  EXPECT_EQ(month_in("*.txt", "any.txt"), "yes");
  EXPECT_EQ(month_in("*", ""), "yes");
}

TEST(ListName, IsAnotherWhereAnythingDiffers) {
  constexpr auto kentucky = "SGNDC_*{YYYY}_{MON}*.csv";

  for (const char* other :
       {"SGNDC_DCEXTEND_2016_JUX.csv", "SGNDC_DCEXTEND_216_JUL.csv", "SGNDC_DCEXTEND_2016_JUL.csv.part",
        "XSGNDC_2016_JUL.csv", "SGNDC_2016_JU", "SGNDC_2016_JUL", "", "SGNDC_3016_JUL.csv"})
    EXPECT_EQ(month_in(kentucky, other), "no") << other;
  EXPECT_EQ(month_in("{YYYY}{MM}", "201613"), "no");
  EXPECT_EQ(month_in("{YYYY}{MM}", "2016071"), "no");
}

TEST(ListName, EndsQuicklyWhateverTheName) {
  std::string stars;
  for (int i = 0; i < 50; ++i)
    stars += "*a";
  EXPECT_EQ(month_in(stars + "b", std::string(5000, 'a')), "no");
}

TEST(ListName, HasAPatternWithAYearAndAMonthOrNeither) {
  for (const char* good : {"*", "a.csv", "*{YYYY}{MM}*", "{MON}-{YYYY}.txt"})
    EXPECT_TRUE(NamePattern(good).is_good()) << good;
  for (const char* bad :
       {"", "{YYYY}", "{MM}", "{YYYY}{MM}{MON}", "{YY}{MM}", "{YYYY}{YYYY}{MM}{MM}", "a/b", "..\\b", "{"})
    EXPECT_FALSE(NamePattern(bad).is_good()) << bad;
}

TEST(ListName, SaysTheKind) {
  EXPECT_EQ(kind_of("SGNDC_DCEXTEND_2016_JUL.csv"), ListKind::monthly);
  EXPECT_EQ(kind_of("SGNDC_HISTORY_DCEXTEND_2016_JUL.csv"), ListKind::history);
  EXPECT_EQ(kind_of("SGNDC_foster_2016_JUL.csv"), ListKind::foster);
  EXPECT_EQ(kind_of("SGNDC_HISTORY_FOSTER_2016_JUL.csv"), ListKind::foster_history);
}

/// Files are of a year long past, the higher the hour the newer.
class DcFile : public ::testing::Test {
 protected:
  void write(const std::string& name, std::string_view bytes, int hour = 0) const {
    constexpr std::chrono::sys_seconds past = std::chrono::sys_days{std::chrono::January / 2 / 2001};
    std::ofstream(folder_.path() / name) << bytes;
    fs::last_write_time(folder_.path() / name,
                        std::chrono::file_clock::from_sys(past + std::chrono::hours(hour)));
  }
  /// In the middle of October 2016.
  [[nodiscard]] Trial pick(std::vector<Setting> settings = {}) const {
    settings.push_back({"directory", folder_.path().string()});
    Facts facts;
    facts.as_of = *Date::of(2016, 10, 15);
    return read(stage("dc_file"), settings, facts);
  }
  /// The only finding, with the folder's name left out.
  [[nodiscard]] std::string only_finding(const Trial& trial) const {
    if (trial.findings.size() != 1) return ::testing::PrintToString(trial.findings);
    std::string text = code_text(trial.findings[0].code) + " " + trial.findings[0].message;
    const auto at = text.find(folder_.path().string());
    return at == std::string::npos ? text : text.replace(at, folder_.path().string().size(), "FOLDER");
  }
  void write_all() const {
    write("SGNDC_DCEXTEND_2016_JUL_1.csv", "july", 9);
    write("SGNDC_DCEXTEND_2016_SEP_1.csv", "september, again", 2);
    write("SGNDC_DCEXTEND_2016_SEP_2.csv", "september", 1);
    write("SGNDC_DCEXTEND_2016_JUN_1.csv", "last year's", 10);
    write("SGNDC_DCEXTEND_2016_OCT_1.csv.part", "on its way", 11);
    write("SGNDC_HISTORY_DCEXTEND_2016_AUG.csv", "history", 3);
    write("SGNDC_FOSTER_2016_AUG.csv", "foster", 4);
    write("IC_Eligibility.csv", "of the POS", 12);
    fs::create_directory(folder_.path() / "SGNDC_DCEXTEND_2016_NOV_1.csv");
  }

  Folder folder_;
};

TEST_F(DcFile, TakesTheLatestMonthAndOfSeveralTheNewest) {
  write_all();

  EXPECT_EQ(pick().rows, "== SGNDC_DCEXTEND_2016_SEP_1.csv\nseptember, again");
}

TEST_F(DcFile, ReachesItsListsAndReadsNothingForATest) {
  write_all();

  const Trial found =
      connect(stage("dc_file"), {{"directory", folder_.path().string()}, {"month", "2016-07"}});

  EXPECT_EQ(found.rows, "");
  EXPECT_THAT(
      found.steps,
      ElementsAre("Files in folder '" + folder_.path().string() + "': 8",
                  ::testing::StartsWith("List 'SGNDC_DCEXTEND_2016_JUL_1.csv', 4 bytes, of 2001-01-0")));
}

TEST_F(DcFile, TakesTheKindThatItIsTold) {
  write_all();

  EXPECT_EQ(pick({{"list", "history"}}).rows, "== SGNDC_HISTORY_DCEXTEND_2016_AUG.csv\nhistory");
  EXPECT_EQ(pick({{"list", "foster"}}).rows, "== SGNDC_FOSTER_2016_AUG.csv\nfoster");
}

TEST_F(DcFile, TakesTheMonthThatItIsToldAlsoOfAnotherYear) {
  write_all();

  EXPECT_EQ(pick({{"month", "2016-07"}}).rows, "== SGNDC_DCEXTEND_2016_JUL_1.csv\njuly");
  EXPECT_EQ(pick({{"month", "2016-06"}}).rows, "== SGNDC_DCEXTEND_2016_JUN_1.csv\nlast year's");
}

TEST_F(DcFile, ReadsAllListsOfTheSchoolYearWhereEachHasTheNewStudentsOnly) {
  write_all();

  EXPECT_EQ(pick({{"coverage", "incremental"}}).rows,
            "== SGNDC_DCEXTEND_2016_JUL_1.csv\njuly"
            "== SGNDC_DCEXTEND_2016_SEP_2.csv\nseptember"
            "== SGNDC_DCEXTEND_2016_SEP_1.csv\nseptember, again");
  EXPECT_EQ(pick({{"coverage", "incremental"}, {"month", "2016-08"}}).rows,
            "== SGNDC_DCEXTEND_2016_JUL_1.csv\njuly");
}

TEST_F(DcFile, TakesTheNewestFileWhereNamesHaveNoMonth) {
  write("b.txt", "older", 1);
  write("a.txt", "newer", 2);

  EXPECT_EQ(pick({{"name", "*.txt"}}).rows, "== a.txt\nnewer");
  EXPECT_EQ(pick({{"name", "*.txt"}, {"coverage", "incremental"}}).rows, "== b.txt\nolder== a.txt\nnewer");
}

TEST_F(DcFile, ReadsAnEmptyList) {
  write("SGNDC_2016_SEP.csv", "");

  EXPECT_EQ(pick().rows, "== SGNDC_2016_SEP.csv\n");
}

TEST_F(DcFile, RefusesAListThatIsTooOld) {
  write_all();

  // September ended 15 days ago.
  EXPECT_THAT(pick({{"max_age", "15d"}}).findings, IsEmpty());
  const auto trial = pick({{"max_age", "14d"}});
  EXPECT_EQ(only_finding(trial), "9004 List 'SGNDC_DCEXTEND_2016_SEP_1.csv' is 15 days old, more than 14");
  EXPECT_EQ(trial.worst, Severity::refusal);
  EXPECT_EQ(trial.rows, "");
  write("a.txt", "of 2001");
  EXPECT_EQ(pick({{"name", "*.txt"}, {"max_age", "300d"}}).worst, Severity::refusal);
}

TEST_F(DcFile, RefusesAListOfLastYear) {
  write("SGNDC_DCEXTEND_2016_JUN.csv", "last year's");

  const auto trial = pick();
  EXPECT_EQ(only_finding(trial),
            "9004 The newest monthly list in 'FOLDER' is of 2016-06, not of school year 2016-17");
  EXPECT_EQ(trial.worst, Severity::refusal);
}

TEST_F(DcFile, SaysThatThereIsNoList) {
  EXPECT_EQ(only_finding(pick()),
            "9003 No monthly list in 'FOLDER' has a name like 'SGNDC_*{YYYY}_{MON}*.csv'");
  write_all();
  EXPECT_EQ(only_finding(pick({{"month", "2016-12"}})),
            "9003 No monthly list in 'FOLDER' is of 2016-12; the newest is of 2016-09");
  EXPECT_EQ(only_finding(read(stage("dc_file"), {{"directory", "/nowhere"}})),
            "9006 Folder '/nowhere' cannot be read: No such file or directory");
}

TEST_F(DcFile, SaysThatAListMayNotBeRead) {
  write("SGNDC_2016_SEP.csv", "1");
  fs::permissions(folder_.path() / "SGNDC_2016_SEP.csv", fs::perms::none);
  fs::permissions(folder_.path(), static_cast<fs::perms>(0755));

  const AsNobody nobody;
  EXPECT_EQ(only_finding(pick()), "9006 List 'SGNDC_2016_SEP.csv' cannot be read: Permission denied");
}

TEST_F(DcFile, EndsTheRunWhereAListIsCutShortWhileItIsRead) {
  write("SGNDC_2016_SEP.csv", std::string(100, '1'));
  const Facts facts;
  detail::TrialStage reading(stage("dc_file"), {{"directory", folder_.path().string()}}, {}, MS_SOURCE,
                             facts);
  ASSERT_TRUE(reading.read());
  fs::resize_file(folder_.path() / "SGNDC_2016_SEP.csv", 20);

  while (reading.read()) {
  }
  EXPECT_EQ(only_finding(reading.result()),
            "9007 List 'SGNDC_2016_SEP.csv' is cut short while it is read: It has become shorter");
}

TEST_F(DcFile, SaysWhatIsWrongWithItsOptions) {
  const auto faults = [](std::vector<Setting> settings) {
    settings.push_back({"directory", "lists"});
    std::vector<std::string> all;
    for (const Finding& finding : plan(stage("dc_file"), settings, "").findings)
      all.push_back(finding.message);
    return all;
  };

  EXPECT_THAT(faults({{"name", "{YYYY}"}, {"month", "July"}, {"max_age", "36h"}}),
              ElementsAre("'{YYYY}' is no pattern of a list's name",
                          "month 'July' is neither latest nor a month such as 2016-07",
                          "max_age '36h' is no number of days"));
  EXPECT_THAT(faults({{"name", "*.csv"}, {"month", "2016-07"}, {"max_age", "0d"}}),
              ElementsAre("month is given, and name '*.csv' has none", "max_age '0d' is no number of days"));
}

}  // namespace
}  // namespace mealsync::testing
