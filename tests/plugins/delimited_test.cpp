#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <mealsync/trial.hpp>
#include <string>
#include <vector>

#include "built_stage.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Settings = std::vector<Setting>;

const ms_stage& delimited() {
  return stage("delimited");
}

Setting column(Settings attributes) {
  return {"column", "", std::move(attributes)};
}
Setting text(std::string as) {
  return column({{"as", std::move(as)}});
}
Setting date(std::string as, std::string pattern) {
  return column({{"as", std::move(as)}, {"type", "date"}, {"pattern", std::move(pattern)}});
}
Setting skipped() {
  return column({{"skip", "yes"}});
}
Setting by_header(std::string header, std::string as) {
  return column({{"header", std::move(header)}, {"as", std::move(as)}});
}

/// What a file with the columns id and code becomes.
Trial two_columns(std::string_view bytes, Settings more = {}) {
  more.push_back(text("id"));
  more.push_back(text("code"));
  return decode(delimited(), more, bytes);
}

// Columns

TEST(Delimited, GivesTheColumnsThatItIsTold) {
  const auto planned = plan(
      delimited(),
      {text("id"), skipped(), date("start", "MM/DD/YYYY"), column({{"as", "grade"}, {"type", "int"}})}, "");

  EXPECT_EQ(planned.columns, "id | start:date | grade:int");
  EXPECT_THAT(planned.findings, IsEmpty());
}

TEST(Delimited, ReadsTextDatesAndNumbersInTheOrderOfTheFile) {
  const auto trial = decode(delimited(),
                            {text("id"), skipped(), column({{"as", "start"}, {"type", "date"}}),
                             date("end", "D.M.YY"), column({{"as", "grade"}, {"type", "int"}})},
                            "0000000001,x,08/10/2016,30.6.17,5\n"
                            "0000000002,y,,,-1\n");

  EXPECT_EQ(trial.rows,
            "0000000001 | 2016-08-10 | 2017-06-30 | 5\n"
            "0000000002 |  |  | -1\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(Delimited, TrimsBlanksTabsAndNoBreakSpacesFromEveryCell) {
  const auto trial =
      decode(delimited(), {text("id"), date("start", "YYYYMMDD"), column({{"as", "grade"}, {"type", "int"}})},
             " \t1 001\u00A0,\u00A020160810 ,\" 5 \"\n"
             "\xA0"
             "1002\xA0 , \t ,\" \"\n");

  EXPECT_EQ(trial.rows, "1 001 | 2016-08-10 | 5\n1002 |  | \n");
}

TEST(Delimited, ReadsAnySeparatorAndQuote) {
  EXPECT_EQ(two_columns("1^F\n", {{"separator", "^"}}).rows, "1 | F\n");
  EXPECT_EQ(two_columns("1\tF\n", {{"separator", "tab"}}).rows, "1 | F\n");
  EXPECT_EQ(two_columns("'1','F,''R'\n", {{"quote", "'"}}).rows, "1 | F,'R\n");
  EXPECT_EQ(two_columns("\"1,F\"\n", {{"quote", "none"}}).rows, "\"1 | F\"\n");
}

TEST(Delimited, KeepsWhatIsInsideQuotes) {
  const auto trial = two_columns("\"1,\"\"a\"\"\",\"F\r\nG\"\n2,R\n");

  EXPECT_EQ(trial.rows, "1,\"a\" | F\r\nG\n2 | R\n");
}

TEST(Delimited, TellsTheLineInWhichARecordBegins) {
  const auto trial = two_columns("\n1,F\r\n \t\n\"2\n\n\",R\n3\n");

  EXPECT_EQ(trial.rows, "1 | F\n2\n\n | R\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4010, 7, "Wrong number of columns: 1, expected 2"}));
}

TEST(Delimited, TakesALineOfTabsForARecordWhereTabsSeparate) {
  EXPECT_EQ(two_columns("\t\n \n1\tF\n", {{"separator", "tab"}}).rows, " | \n1 | F\n");
}

TEST(Delimited, MakesNothingOfAnEmptyFile) {
  EXPECT_EQ(two_columns("").rows, "");
  EXPECT_THAT(two_columns("\xEF\xBB\xBF", {{"header", "yes"}}).findings, IsEmpty());
}

// Headers

TEST(Delimited, PassesOverTheHeader) {
  EXPECT_EQ(two_columns("\xEF\xBB\xBF\nID,Code\n1,F\n", {{"header", "yes"}}).rows, "1 | F\n");
  EXPECT_EQ(two_columns("ID,Code", {{"header", "yes"}}).rows, "");
}

TEST(Delimited, FindsColumnsByTheirHeaderWhateverTheirOrder) {
  const auto trial = decode(delimited(),
                            {{"header", "yes"},
                             by_header("student id", "id"),
                             by_header("STATUS", "code"),
                             by_header("Status", "sent")},
                            "\xEF\xBB\xBF\"Status \",Name,Student ID\nF,Sample,1\nR,Dummy,2\n");

  EXPECT_EQ(trial.columns, "id | code | sent");
  EXPECT_EQ(trial.rows, "1 | F | F\n2 | R | R\n");
}

TEST(Delimited, ExpectsAsManyColumnsAsTheHeaderHas) {
  const auto trial =
      decode(delimited(), {{"header", "yes"}, by_header("ID", "id")}, "ID,Name\n1,Sample\n2\n");

  EXPECT_EQ(trial.rows, "1\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4010, 3, "Wrong number of columns: 1, expected 2"}));
}

TEST(Delimited, EndsTheRunWhereTheHeaderLacksAColumn) {
  const auto trial =
      decode(delimited(),
             {{"header", "yes"}, by_header("ID", "id"), by_header("Start", "start"), by_header("End", "end")},
             "ID,Status,Begin\n1,F,08/10/2016\n");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4010, 0,
                                                  "The header has no column 'Start', 'End'; its columns are: "
                                                  "'ID', 'Status', 'Begin'"}));
}

TEST(Delimited, ShowsNothingOfAFirstLineThatIsNoHeader) {
  const auto trial = decode(
      delimited(), {{"header", "yes"}, by_header("ID", "id"), by_header("Status", "code")}, "1990000001,F\n");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4010, 0, "The first line has none of the columns 'ID', 'Status'"}));
}

TEST(Delimited, EndsTheRunWhereTheHeaderHasAColumnTwice) {
  const auto trial = decode(delimited(), {{"header", "yes"}, by_header("ID", "id")}, "ID,id\n1,2\n");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4010, 0, "The header has more than one column 'ID'"}));
}

TEST(Delimited, EndsTheRunWhereTheHeaderIsOfAnotherLayout) {
  const auto trial = two_columns("ID\n1,F\n", {{"header", "yes"}});

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4010, 0, "The header has the wrong number of columns: 1, expected 2"}));
}

TEST(Delimited, EndsTheRunWhereTheHeaderCannotBeRead) {
  const auto trial = two_columns("\n\"ID,Code\n1,F\n", {{"header", "yes"}});

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4010, 0, "The header in line 2 cannot be read"}));
}

// Faults of records

TEST(Delimited, RejectsALineWithTooFewOrTooManyColumns) {
  const auto trial = two_columns("1\n2,F\n3,F,x\n");

  EXPECT_EQ(trial.rows, "2 | F\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4010, 1, "Wrong number of columns: 1, expected 2"},
                                          Finding{4010, 3, "Wrong number of columns: 3, expected 2"}));
  EXPECT_EQ(trial.stopped, 2u);
}

TEST(Delimited, TellsEveryFaultOfARecordAndCountsItOnce) {
  const auto trial = decode(delimited(),
                            {column({{"as", "id"}, {"required", "yes"}}), date("start", "MM/DD/YYYY"),
                             date("end", "YYYYMMDD"), column({{"as", "grade"}, {"type", "int"}})},
                            " ,02/30/2016,2016,K\n1,02/29/2016,20160630,5\n");

  EXPECT_EQ(trial.rows, "1 | 2016-02-29 | 2016-06-30 | 5\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4002, 1, "Required field [id] has no value"},
                          Finding{5003, 1, "'02/30/2016' in column 'start' is no date (MM/DD/YYYY)"},
                          Finding{5003, 1, "'2016' in column 'end' is no date (YYYYMMDD)"},
                          Finding{4010, 1, "A value in column 'grade' is no whole number"}));
  EXPECT_EQ(trial.stopped, 1u);
}

TEST(Delimited, ShowsAnUnreadableValueOnlyWhereItCannotBeANameOrABirthDate) {
  const auto trial = decode(delimited(), {date("start", "MM/DD/YYYY"), date("birth_date", "MM/DD/YYYY")},
                            "Alderbrook,\n"
                            "31/12/2016,31/12/2009\n"
                            "1111111111111111111111,\n");

  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{5003, 1, "A value in column 'start' is no date (MM/DD/YYYY)"},
                          Finding{5003, 2, "'31/12/2016' in column 'start' is no date (MM/DD/YYYY)"},
                          Finding{5003, 2, "A value in column 'birth_date' is no date (MM/DD/YYYY)"},
                          Finding{5003, 3, "A value in column 'start' is no date (MM/DD/YYYY)"}));
}

TEST(Delimited, GoesOnAfterALineOfAMegabyte) {
  const auto trial = two_columns("1,F\n2," + std::string(1 << 20, 'x') + "\n3,R\n");

  EXPECT_EQ(trial.rows, "1 | F\n3 | R\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4010, 2, "Line is longer than 65536 bytes"}));
}

TEST(Delimited, TakesALongerRecordWhereMaxRecordAllowsIt) {
  const std::string bytes = "1," + std::string(62, 'x') + "\n2," + std::string(63, 'x') + "\n";

  EXPECT_EQ(two_columns(bytes, {{"max_record", "64"}}).stopped, 1u);
  EXPECT_EQ(two_columns(bytes, {{"max_record", "65"}}).stopped, 0u);
}

TEST(Delimited, GoesOnAfterAFileThatIsCutInTheMiddleOfAQuote) {
  const auto trial = two_columns("1,F\n2,\"R\n3,P\n4,\"F, ");

  EXPECT_EQ(trial.rows, "1 | F\n3 | P\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(
          Finding{4010, 2,
                  "A quote opens in this line, and none closes it in a record of at most 65536 bytes"},
          Finding{4010, 4,
                  "A quote opens in this line, and none closes it in a record of at most 65536 bytes"}));
}

TEST(Delimited, RejectsTextAfterAClosingQuote) {
  const auto trial = two_columns("1,\"F\" R\n2,\"F\"\n");

  EXPECT_EQ(trial.rows, "2 | F\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4010, 1, "Text follows the closing quote of a column"}));
}

// Characters

TEST(Delimited, TellsTheEncodingOfEachCell) {
  const auto trial = two_columns("Zo\u00EB,Zo\xEB\n\"\"\"\xEB\",\x80\n");

  EXPECT_EQ(trial.rows, "Zo\u00EB | Zo\u00EB\n\"\u00EB | \u20AC\n");
}

TEST(Delimited, RejectsTextThatCannotBeDecoded) {
  const auto trial = two_columns("1,\x81\n2,F\n");

  EXPECT_EQ(trial.rows, "2 | F\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4011, 1, "Text in column 'code' cannot be read as UTF-8 or Windows-1252"}));
}

TEST(Delimited, ReadsTheEncodingThatItIsTold) {
  EXPECT_EQ(two_columns("1,\xC3\xAB\n", {{"encoding", "windows-1252"}}).rows, "1 | \u00C3\u00AB\n");
  EXPECT_THAT(two_columns("1,\xEB\n", {{"encoding", "utf-8"}}).findings,
              ElementsAre(Finding{4011, 1, "Text in column 'code' cannot be read as UTF-8"}));
}

TEST(Delimited, DoesNotMindWhatASkippedColumnHolds) {
  EXPECT_EQ(decode(delimited(), {text("id"), skipped()}, "1,\x81\n").rows, "1\n");
}

TEST(Delimited, RejectsALineWithANulByte) {
  const auto trial = two_columns({"1,F\0\n\0\n2,R\n", 11});

  EXPECT_EQ(trial.rows, "2 | R\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4011, 1, "Line holds a NUL byte"},
                                          Finding{4011, 2, "Line holds a NUL byte"}));
}

TEST(Delimited, EndsTheRunAtAFileInUtf16) {
  const auto little = two_columns({"\xFF\xFE\x31\0\x2C\0\x46\0\x0A\0", 10});
  const auto big = two_columns({"\xFE\xFF\0\x31\0\x2C\0\x46\0\x0A", 10});

  EXPECT_THAT(little.findings,
              ElementsAre(Finding{4011, 0, "The file is UTF-16, and UTF-8 or Windows-1252 is expected"}));
  EXPECT_EQ(big.findings, little.findings);
  EXPECT_EQ(little.status, MS_FAILED);
}

// Faults of the pipeline

std::vector<std::string> faults(const Settings& settings) {
  std::vector<std::string> messages;
  for (const Finding& finding : plan(delimited(), settings, "").findings)
    messages.push_back(finding.message);
  return messages;
}

TEST(Delimited, RefusesSignsThatCannotDivideOrQuote) {
  EXPECT_THAT(faults({{"separator", ""}, {"quote", "ab"}, text("id")}),
              ElementsAre("Separator '' divides nothing", "Quote 'ab' quotes nothing"));
  EXPECT_THAT(faults({{"separator", "\n"}, text("id")}), ElementsAre("Separator '?' divides nothing"));
  EXPECT_THAT(faults({{"separator", "x"}, text("id")}), ElementsAre("Separator 'x' divides nothing"));
  EXPECT_THAT(faults({{"separator", ";"}, {"quote", ";"}, text("id")}),
              ElementsAre("Quote ';' quotes nothing"));
}

TEST(Delimited, RefusesColumnsThatSayTooLittleOrTooMuch) {
  EXPECT_THAT(faults({}), ElementsAre("There is no <column> to say what the file holds"));
  EXPECT_THAT(faults({text("id"), column({{"type", "date"}}), column({{"as", "x"}, {"skip", "yes"}})}),
              ElementsAre("Column 2 has neither 'as' nor 'skip'", "Column 3 is skipped and has 'as'"));
  EXPECT_THAT(faults({text("id"), text("id")}), ElementsAre("Column 'id' is given twice by this stage"));
}

TEST(Delimited, ReadsADateInAnyOfItsColumnsPatterns) {
  const auto trial = decode(delimited(), {text("id"), date("start", "M/D/YYYY|YYYY/M/D|YYYYMMDD")},
                            "1,9/19/2023\n2,2023/9/19\n3,20230919\n4,19.9.2023\n");

  EXPECT_EQ(trial.rows, "1 | 2023-09-19\n2 | 2023-09-19\n3 | 2023-09-19\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{5003, 4, "'19.9.2023' in column 'start' is no date (M/D/YYYY|YYYY/M/D|YYYYMMDD)"}));
}

TEST(Delimited, RefusesPatternsThatReadOneTextAsTwoDays) {
  EXPECT_THAT(faults({date("a", "MM/DD/YYYY|DD/MM/YYYY"), date("b", "M/D/YY|YY/M/D"),
                      date("c", "YYYYMMDD|MMDDYYYY|MM/DD/YYYY|M/D/YYYY")}),
              ElementsAre("The patterns 'MM/DD/YYYY|DD/MM/YYYY' of column 'a' read the same text as two days",
                          "The patterns 'M/D/YY|YY/M/D' of column 'b' read the same text as two days"));
}

TEST(Delimited, RefusesEachOfSeveralPatternsThatIsNone) {
  EXPECT_THAT(faults({date("a", "MM/DD|YYYY-MM-DD|")}),
              ElementsAre("Pattern 'MM/DD' of column 'a' is no pattern of dates",
                          "Pattern '' of column 'a' is no pattern of dates"));
}

TEST(Delimited, RefusesPatternsThatAreOfNoUse) {
  EXPECT_THAT(faults({date("start", "MM/DD"), column({{"as", "id"}, {"pattern", "MM/DD/YYYY"}})}),
              ElementsAre("Pattern 'MM/DD' of column 'start' is no pattern of dates",
                          "Column 'id' has a pattern and is no date"));
}

TEST(Delimited, RefusesHeaderNamesForSomeColumnsOrWithoutAHeader) {
  EXPECT_THAT(faults({{"header", "yes"}, by_header("ID", "id"), text("code")}),
              ElementsAre("Some columns have a header name and some have none"));
  EXPECT_THAT(faults({by_header("ID", "id")}), ElementsAre("Columns have header names, and header is 'no'"));
  EXPECT_THAT(faults({{"header", "yes"}, column({{"header", "ID"}, {"skip", "yes"}})}),
              ElementsAre("Column 1 is skipped and has 'header'"));
}

}  // namespace
}  // namespace mealsync::testing
