#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report_trial.hpp"

namespace {

using namespace mealsync;
using namespace mealsync::testing;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// From a section's title to the next empty line.
std::string section(const std::string& report, const std::string& title) {
  const auto first = report.find("\n" + title + "\n") + 1;
  return report.substr(first, report.find("\n\n", first) + 1 - first);
}

/// Writes with each row at the line that its column `line`, the first, says: the rows of one record share it.
ms_status write_at_lines(void* handle, const ms_batch* batch, const ms_host* host) {
  const auto* const lines = static_cast<const std::int64_t*>(batch->columns[0].values);
  const std::vector<std::uint64_t> places(lines, lines + batch->rows);
  ms_batch placed = *batch;
  placed.places = places.data();
  return stage("text_report").write(handle, &placed, host);
}

std::string report_of(std::string_view table, const Facts& facts = {},
                      const std::vector<ToldFinding>& found = {}, const std::vector<Setting>& settings = {}) {
  ms_stage report = stage("text_report");
  report.write = write_at_lines;
  return mealsync::testing::report_of(report, table, facts, found, settings);
}

constexpr auto no_rows = "line:int\n";

Facts september() {
  Facts facts;
  facts.pipeline = "jefferson-pos";
  facts.district = "Jefferson County";
  facts.name = "jefferson-pos-7";
  facts.inputs = {{"IC_Eligibility.txt", "9f86d081", 4096}};
  return facts;
}

TEST(TextReport, WritesEverySectionInTheOrderOfTheDeck) {
  Facts facts = september();
  facts.counts = {
      {"read", 8},         {"new", 2},     {"updated", 1},  {"existing", 1},       {"skipped.cep", 1},
      {"skipped.held", 1}, {"errors", 2},  {"warnings", 1}, {"inserted", 2},       {"ended", 1},
      {"removed", 0},      {"trimmed", 0}, {"extended", 0}, {"carryover_ended", 1}};

  const auto report = report_of(
      R"(
    line:int | state_id   | fate:fate | action:action | start_date:date | end_date:date | school_year:int | eligibility:eligibility | source:source | certified_type:certified_type
    2        | 2000000001 |           | end           | 2015-08-12      | 2016-09-05    | 2016                | Paid                    | Non-Direct    | DidNotApply
    2        | 2000000001 | new       | insert        | 2016-09-06      | 2017-06-30    |                     | Free                    | Direct        | SNAP
    3        | 2000000002 |           | end           | 2016-08-10      | 2016-09-05    | 2017                | Reduced                 | Non-Direct    | Income
    3        | 2000000002 | new       | insert        | 2016-09-06      |               |                     | Free                    | Direct        | Foster
    4        | 2000000003 | updated   | update        | 2016-08-10      | 2017-06-30    | 2017                | Free                    | Direct        | Runaway
    5        | Zoë-4      | existing  | none          | 2016-08-10      | 2017-06-30    | 2017                | Paid                    | Non-Direct    |
  )",
      facts,
      {{1001, 6, "State ID '\x1f' not found", Severity::error,
        "Find the student's SSID and correct it in the POS.", "2999999999"},
       {7001, 7, "The student's school is a CEP school", Severity::info},
       {3037, 4, "Existing record updated with the Direct type", Severity::warning, "Nothing is to be done."},
       {1001, 9, "State ID '\x1f' not found", Severity::error,
        "Find the student's SSID and correct it in the POS.", ""}});

  EXPECT_EQ(report, R"(Eligibility Import Report
=========================
Pipeline     jefferson-pos
District     Jefferson County
School year  2016-17
Run          jefferson-pos-7
As of        2016-09-06
Started      2016-09-06T01:00:00Z
Finished     2016-09-06T01:00:05Z
Status       successful
Committed    yes
Profile      detail (confidential)

Input               Bytes  SHA-256
IC_Eligibility.txt  4096   9f86d081

Summary
-------
New  Ended  Removed  Existing  Errors/Warnings
2    1      0        1         3

Fate           Records
new            2
updated        1
existing       1
skipped: cep   1
skipped: held  1
errors         2

8 read = 2 new + 1 updated + 1 existing + 2 skipped + 2 errors
Also changed: 0 trimmed, 0 extended, 1 carryover ended

Updated Records
---------------
Type         State ID    School Year  Start Date  End Date    Eligibility Type  Eligibility  Source  Certified Type
New          2000000001  2016-17      2016-09-06  2017-06-30  Meal              Free         Direct  SNAP
New / Ended  2000000002  2016-17      2016-09-06              Meal              Free         Direct  Foster
Updated      2000000003  2016-17      2016-08-10  2017-06-30  Meal              Free         Direct  Runaway

Error/Warning
-------------
Line 6: ERROR 1001 - State ID '2999999999' not found
Line 9: ERROR 1001 - State ID '' not found
Line 4: WARNING 3037 - Existing record updated with the Direct type
Line 7: INFO 7001 - The student's school is a CEP school

Existing Eligibility Records
----------------------------
State ID  School Year  Start Date  End Date    Eligibility Type  Eligibility  Source      Certified Type
Zoë-4     2016-17      2016-08-10  2017-06-30  Meal              Paid         Non-Direct

Codes
-----
Code  Level    Count  Resolution
1001  ERROR    2      Find the student's SSID and correct it in the POS.
3037  WARNING  1      Nothing is to be done.
7001  INFO     1
)");
}

TEST(TextReport, SaysInItsFirstLineThatATestWroteNothing) {
  Facts facts;
  facts.test = true;
  facts.commit = false;

  EXPECT_THAT(report_of(no_rows, facts),
              StartsWith("TEST IMPORT - nothing was written\n\nEligibility Import Report\n"));
}

TEST(TextReport, SaysInItsFirstLineWhyARefusedRunWroteNothing) {
  Facts facts = september();
  facts.commit = false;
  facts.status = "refused";
  facts.reason = "12 % of the records would change";
  facts.counts = {{"read", 3}, {"errors", 1}};

  const auto report = report_of(no_rows, facts,
                                {{8002, 0, "12 % of the records would change", Severity::refusal,
                                  "Look at the changes, then accept them with the token."}},
                                {{"details", "no"}});

  EXPECT_EQ(report, R"(REFUSED - nothing was written: 12 % of the records would change

Eligibility Import Report
=========================
Pipeline     jefferson-pos
District     Jefferson County
School year  2016-17
Run          jefferson-pos-7
As of        2016-09-06
Started      2016-09-06T01:00:00Z
Finished     2016-09-06T01:00:05Z
Status       refused: 12 % of the records would change
Committed    no
Profile      detail (confidential)

Input               Bytes  SHA-256
IC_Eligibility.txt  4096   9f86d081

Summary
-------
New  Ended  Removed  Existing  Errors/Warnings
0    0      0        0         1

Fate      Records
new       0
updated   0
existing  0
errors    1

3 read != 0 new + 0 updated + 0 existing + 0 skipped + 1 errors
Also changed: 0 trimmed, 0 extended, 0 carryover ended

Error/Warning
-------------
REFUSED 8002 - 12 % of the records would change

Codes
-----
Code  Level    Count  Resolution
8002  REFUSED  1      Look at the changes, then accept them with the token.
)");
}

TEST(TextReport, SaysThatAFailedTestWroteNothing) {
  Facts facts;
  facts.test = true;
  facts.commit = false;
  facts.status = "unsuccessful";
  facts.reason = "the database is locked";

  EXPECT_THAT(report_of(no_rows, facts),
              StartsWith("TEST IMPORT - nothing was written\n"
                         "UNSUCCESSFUL - nothing was written: the database is locked\n"));
}

TEST(TextReport, DoesNotSayThatNothingWasWrittenWhereItWas) {
  Facts facts;
  facts.status = "unsuccessful";
  facts.reason = "a report could not be written";

  EXPECT_THAT(report_of(no_rows, facts),
              StartsWith("UNSUCCESSFUL - the changes were written: a report could not be written\n"));
}

TEST(TextReport, PutsTheChangesOfOneRecordTogether) {
  const auto report = report_of(R"(
    line:int | state_id | fate:fate | action:action | start_date:date | school_year:int
    2        | ends     |           | end           | 2016-08-10      | 2017
    2        | ends     | new       | insert        | 2016-09-06      |
    3        | removes  |           | remove        |                 | 2017
    3        | removes  | new       | insert        | 2016-09-06      |
    4        | trims    |           | trim          | 2016-12-01      | 2017
    4        | trims    | new       | insert        | 2016-09-06      |
    5        | all      |           | end           | 2016-08-10      | 2017
    5        | all      |           | remove        |                 | 2017
    5        | all      | updated   | update        | 2016-09-06      | 2017
    6        | carried  |           | end           | 2016-02-01      | 2016
    6        | carried  | new       | insert        | 2016-09-06      |
    7        | parts    | new       | insert        | 2016-09-06      |
    7        | parts    |           | insert        | 2017-01-09      |
    7        | parts    |           | update        | 2017-03-01      | 2017
    8        | shorter  | updated   | end           | 2016-09-06      | 2017
  )");

  EXPECT_EQ(section(report, "Updated Records"), R"(Updated Records
---------------
Type                       State ID  School Year  Start Date  End Date  Eligibility Type  Eligibility  Source  Certified Type
New / Ended                ends      2016-17      2016-09-06            Meal
New / Removed              removes   2016-17      2016-09-06            Meal
New / Trimmed              trims     2016-17      2016-09-06            Meal
Updated / Ended / Removed  all       2016-17      2016-09-06            Meal
New                        carried   2016-17      2016-09-06            Meal
New                        parts     2016-17      2016-09-06            Meal
New                        parts     2016-17      2017-01-09            Meal
Updated                    parts     2016-17      2017-03-01            Meal
Updated                    shorter   2016-17      2016-09-06            Meal
)");
}

TEST(TextReport, TakesRowsWithoutAPlaceForRecordsOfTheirOwn) {
  const auto report = report_of(R"(
    line:int | state_id | fate:fate | action:action
    0        | one      |           | end
    0        | two      | new       | insert
  )");

  EXPECT_EQ(section(report, "Updated Records"), R"(Updated Records
---------------
Type   State ID  School Year  Start Date  End Date  Eligibility Type  Eligibility  Source  Certified Type
Ended  one       2016-17                            Meal
New    two       2016-17                            Meal
)");
}

TEST(TextReport, ListsMessagesErrorsFirstWithTheirFilesWhereThereAreSeveral) {
  Facts facts;
  facts.inputs = {{"monday.txt", "", 10}, {"tuesday.txt", "", 20}};

  const auto report = report_of(no_rows, facts,
                                {{own(3001), 0, "The stage broke down", Severity::fatal},
                                 {5004, 2, "late", Severity::warning},
                                 {4001, 3, "Invalid [status] 'M'"},
                                 {4001, 0, "Unmapped 1 time: 'M'", Severity::info},
                                 {5003, 2, "unreadable", Severity::error, "", "", "", "", 1}});

  EXPECT_EQ(section(report, "Error/Warning"), R"(Error/Warning
-------------
FAILED MS3001 - The stage broke down
monday.txt: Line 3: ERROR 4001 - Invalid [status] 'M'
tuesday.txt: Line 2: ERROR 5003 - unreadable
monday.txt: Line 2: WARNING 5004 - late
INFO 4001 - Unmapped 1 time: 'M'
)");
}

TEST(TextReport, SaysHowManyRecordsAMessageStandsFor) {
  const auto report = report_of(no_rows, {},
                                {{.code = 7001,
                                  .line = 4,
                                  .message = "At school '010'",
                                  .severity = Severity::info,
                                  .remedy = "Nothing.",
                                  .count = 512}});

  EXPECT_THAT(report, HasSubstr("Line 4: INFO 7001 - At school '010' (512 records)\n"));
}

TEST(TextReport, GivesEachCodeOnceWithTheRemedyOfItsWorst) {
  const auto report = report_of(no_rows, {},
                                {{4001, 0, "Unmapped 1 time: 'M'", Severity::info, "Copy the line."},
                                 {4001, 3, "Invalid [status] 'M'", Severity::error, "Map the value."},
                                 {4001, 4, "Invalid [status] 'M'", Severity::error, "Map the value."},
                                 {5004, 4, "late", Severity::warning}});

  EXPECT_EQ(section(report, "Codes"), R"(Codes
-----
Code  Level    Count  Resolution
4001  ERROR    3      Map the value.
5004  WARNING  1
)");
}

TEST(TextReport, ShowsThatARunWhichFailedHalfwayLeftRecordsWithoutAFate) {
  Facts facts;
  facts.counts = {{"read", 5}, {"errors", 1}, {"skipped.cep", 1}};

  EXPECT_THAT(report_of(no_rows, facts),
              HasSubstr("\n5 read != 0 new + 0 updated + 0 existing + 1 skipped + 1 errors\n"));
}

TEST(TextReport, KeepsControlCharactersOut) {
  Facts facts;
  facts.district = "Two\nLines";

  const auto report = report_of("line:int | state_id | fate:fate\n 2 | 1\t2\x1b[2J | existing\n", facts,
                                {{1001, 2, "State ID '\x1f' not found", Severity::error, "", "1\x1b]2\n"}});

  EXPECT_THAT(report, HasSubstr("District     Two?Lines\n"));
  EXPECT_THAT(report, HasSubstr("\n1?2?[2J "));
  EXPECT_THAT(report, HasSubstr("State ID '1?]2?' not found\n"));
}

TEST(TextReport, LetsAVeryWideCellPushAsideItsOwnRowOnly) {
  const std::string wide(50, '9');

  const auto report =
      report_of("line:int | state_id | fate:fate\n 2 | " + wide + " | existing\n 3 | 1 | existing\n");

  EXPECT_EQ(section(report, "Existing Eligibility Records"), R"(Existing Eligibility Records
----------------------------
State ID                                  School Year  Start Date  End Date  Eligibility Type  Eligibility  Source  Certified Type
99999999999999999999999999999999999999999999999999  2016-17                            Meal
1                                         2016-17                            Meal
)");
}

TEST(TextReport, ListsNothingOfAPipelineWithoutAMerge) {
  const auto report = report_of("line:int | state_id | eligibility\n 2 | 2000000001 | F\n");

  EXPECT_THAT(report, HasSubstr("\nUpdated Records\n---------------\nNone\n"));
  EXPECT_THAT(report, HasSubstr("\nExisting Eligibility Records\n----------------------------\nNone\n"));
}

TEST(TextReport, NamesTheStudentsWhereTheirNamesComeIn) {
  const auto report = report_of(R"(
    line:int | state_id | student_name  | fate:fate | action:action
    2        | 1        | Brandt, Zoë   | new       | insert
    3        | 2        |               | existing  | none
  )");

  EXPECT_EQ(section(report, "Updated Records"), R"(Updated Records
---------------
Type  Name         State ID  School Year  Start Date  End Date  Eligibility Type  Eligibility  Source  Certified Type
New   Brandt, Zoë  1         2016-17                            Meal
)");
  EXPECT_EQ(section(report, "Existing Eligibility Records"), R"(Existing Eligibility Records
----------------------------
Name  State ID  School Year  Start Date  End Date  Eligibility Type  Eligibility  Source  Certified Type
      2         2016-17                            Meal
)");
}

TEST(TextReport, NamesNobodyWithoutDetails) {
  const auto report =
      report_of("line:int | student_name | fate:fate\n 2 | Brandt, Zoë | new\n", {}, {}, {{"details", "no"}});

  EXPECT_THAT(report, Not(HasSubstr("Brandt")));
}

}  // namespace
