#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mealsync/trial.hpp>
#include <string>
#include <vector>

#include "built_stage.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Settings = std::vector<Setting>;

const ms_stage& fixed_width() {
  return stage("fixed_width");
}

Setting column(const std::string& as, int start, int length, Settings more = {}) {
  more.insert(more.begin(),
              {{"as", as}, {"start", std::to_string(start)}, {"length", std::to_string(length)}});
  return {"column", "", std::move(more)};
}

/// A name of five characters, then a code of two.
Trial two_columns(std::string_view bytes, Settings more = {}, std::size_t block_bytes = 1 << 20) {
  more.push_back(column("name", 1, 5));
  more.push_back(column("code", 6, 2));
  return decode(fixed_width(), more, bytes, block_bytes);
}

TEST(FixedWidth, ReadsEachColumnFromItsPlaceInAnyOrderAndPassesOverTheRest) {
  const auto trial = decode(fixed_width(),
                            {column("start", 12, 6, {{"type", "date"}, {"pattern", "YYMMDD"}}),
                             column("id", 1, 10), column("grade", 19, 2, {{"type", "int"}})},
                            "0000000001x160810 05 filler\n0000000002y991231 -1\n0000000003z         \n");

  EXPECT_EQ(trial.columns, "start:date | id | grade:int");
  EXPECT_EQ(trial.rows, "2016-08-10 | 0000000001 | 5\n1999-12-31 | 0000000002 | -1\n | 0000000003 | \n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(FixedWidth, CountsCharactersAndNotBytes) {
  EXPECT_EQ(two_columns("Zo\u00EB  F1\nA\u0301da F2\n\u4E2D\u6587   F3\nPlainF4\n").rows,
            "Zo\u00EB | F1\nA\u0301da | F2\n\u4E2D\u6587 | F3\nPlain | F4\n");
  EXPECT_EQ(two_columns("Zo\xEB  F1\n\x80\x9F...F2\n").rows, "Zo\u00EB | F1\n\u20AC\u0178... | F2\n");
  EXPECT_EQ(two_columns("Zo\xC3\xAB F1\n", {{"encoding", "windows-1252"}}).rows, "Zo\u00C3\u00AB | F1\n");
}

TEST(FixedWidth, TakesALineForOneEncodingFromEndToEnd) {
  // Cell by cell the first name would be UTF-8, and the place of all that follows another.
  EXPECT_EQ(two_columns("\xC3\xAB   \xEB.\n").rows, "\u00C3\u00AB | \u00EB.\n");
}

TEST(FixedWidth, RejectsALineThatIsNoTextOfItsEncoding) {
  const auto trial = two_columns("Zo\xEB  F1\nAda  F2\n", {{"encoding", "utf-8"}});

  EXPECT_EQ(trial.rows, "Ada | F2\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4011, 1, "Line cannot be read as UTF-8"}));
  EXPECT_THAT(two_columns("Zo\x81  F1\n").findings,
              ElementsAre(Finding{4011, 1, "Line cannot be read as UTF-8 or Windows-1252"}));
  EXPECT_THAT(two_columns({"Zo\0  F1\n", 8}).findings,
              ElementsAre(Finding{4011, 1, "Line holds a NUL byte"}));
}

TEST(FixedWidth, RejectsAShortLineAndNamesTheColumnsThatItLacks) {
  const auto trial = two_columns("Ada  F1\nAda  F\nAda\nZo\u00EB  F\nAda  F2 more\n");

  EXPECT_EQ(trial.rows, "Ada | F1\nAda | F2\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4010, 2, "Line of 6 characters is too short for 'code'"},
                          Finding{4010, 3, "Line of 3 characters is too short for 'name', 'code'"},
                          Finding{4010, 4, "Line of 6 characters is too short for 'code'"}));
  EXPECT_EQ(trial.stopped, 3U);
}

TEST(FixedWidth, TellsAllFaultsOfALine) {
  const auto trial =
      decode(fixed_width(),
             {column("id", 1, 2, {{"required", "yes"}}), column("grade", 3, 2, {{"type", "int"}}),
              column("start", 5, 8, {{"type", "date"}, {"pattern", "YYYYMMDD"}}), column("code", 13, 1)},
             "  xx20161301\n");

  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4010, 1, "Line of 12 characters is too short for 'code'"},
                          Finding{4002, 1, "Required field [id] has no value"},
                          Finding{4010, 1, "A value in column 'grade' is no whole number"},
                          Finding{5003, 1, "'20161301' in column 'start' is no date (YYYYMMDD)"}));
  EXPECT_EQ(trial.stopped, 1U);
}

TEST(FixedWidth, TakesWindowsLineEndsAByteOrderMarkAndALastLineWithoutAnEnd) {
  const auto trial = two_columns(
      "\xEF\xBB\xBF"
      "Ada  F1\r\n\r\n \t \r\nBo   F2");

  EXPECT_EQ(trial.rows, "Ada | F1\nBo | F2\n");
  EXPECT_THAT(trial.findings, IsEmpty());
  EXPECT_THAT(two_columns("\n\nAda").findings,
              ElementsAre(Finding{4010, 3, "Line of 3 characters is too short for 'name', 'code'"}));
}

TEST(FixedWidth, PassesOverTheHeader) {
  EXPECT_EQ(two_columns("\nNAME CO\nAda  F1\n", {{"header", "yes"}}).rows, "Ada | F1\n");
}

TEST(FixedWidth, GivesTheSameHoweverTheFileIsCut) {
  const std::string file = "\xEF\xBB\xBFNAME CO\r\nAda  F1\r\nZo\u00EB  F2\nBo\n\nZo\xEB  F3\nEnd  F4";
  const auto whole = two_columns(file, {{"header", "yes"}});

  for (std::size_t size = 1; size < file.size(); ++size) {
    const auto cut = two_columns(file, {{"header", "yes"}}, size);
    EXPECT_EQ(cut.rows, whole.rows) << size;
    EXPECT_EQ(cut.findings, whole.findings) << size;
  }
  EXPECT_EQ(whole.rows, "Ada | F1\nZo\u00EB | F2\nZo\u00EB | F3\nEnd | F4\n");
}

TEST(FixedWidth, EndsTheRunWhereTheFileIsUtf16) {
  EXPECT_EQ(two_columns({"\xFF\xFE"
                         "A\0\n\0",
                         6})
                .status,
            MS_FAILED);
}

TEST(FixedWidth, SaysWhatIsWrongWithItsColumns) {
  const auto faults = [](const Settings& settings) { return plan(fixed_width(), settings, "").findings; };

  EXPECT_THAT(faults({}),
              ElementsAre(Finding{own(5001), 0, "There is no <column> to say what the file holds"}));
  EXPECT_THAT(faults({column("a", 1, 4), column("b", 5, 1), column("c", 4, 2)}),
              ElementsAre(Finding{own(5001), 0, "Columns 'a' and 'c' overlap: 1 to 4 and 4 to 5"},
                          Finding{own(5001), 0, "Columns 'b' and 'c' overlap: 5 to 5 and 4 to 5"}));
}

}  // namespace
}  // namespace mealsync::testing
