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

std::string report_of(std::string_view table, const Facts& facts = {},
                      const std::vector<ToldFinding>& found = {}, const std::vector<Setting>& settings = {}) {
  return mealsync::testing::report_of(stage("csv_report"), table, facts, found, settings);
}

/// The lines of a section, ended as in a text of ours.
std::string section(const std::string& report, std::string_view name) {
  std::string lines;
  for (std::size_t first = 0; first < report.size();) {
    const auto end = report.find("\r\n", first);
    const auto line = report.substr(first, end - first);
    if (line.starts_with(std::string(name) + ",")) lines += line + "\n";
    first = end + 2;
  }
  return lines;
}

constexpr auto no_rows = "state_id\n";

TEST(CsvReport, IsOneTableThatBeginsWithAByteOrderMarkAndEndsItsLinesAsSpreadsheetsDo) {
  Facts facts;
  facts.pipeline = "jefferson-pos";
  facts.district = "Jefferson County";
  facts.name = "jefferson-pos-7";
  facts.inputs = {{"monday.txt", "9f86d081", 4096}, {"tuesday.txt", "60303ae2", 0}};
  facts.counts = {{"read", 6},     {"new", 1},         {"updated", 1},      {"existing", 1}, {"errors", 1},
                  {"inserted", 1}, {"skipped.cep", 1}, {"skipped.held", 1}, {"warnings", 1}, {"unmapped", 1}};

  const auto report = report_of(
      R"(
    state_id   | student_name | fate:fate | action:action | start_date:date | end_date:date | eligibility:eligibility | source:source | certified_type:certified_type
    2000000001 | Brandt, Zoë  | new       | insert        | 2016-09-06      | 2017-06-30    | Free                    | Direct        | SNAP
    A-4        | Arnold, Ida  | updated   | update        | 2016-08-10      |               | Free                    | Direct        | Foster
    0000000003 |              | existing  | none          | 2016-08-10      | 2017-06-30    | Paid                    | Non-Direct    |
  )",
      facts,
      {{3037, 4, "Existing record updated, \"direct\"", Severity::warning, "Nothing is to be done."},
       {1001, 2, "State ID '\x1f' not found", Severity::error,
        "Find the student's SSID and correct it in the POS.", "2999999999", "", "", 1},
       {7002, 0, "No school takes part", Severity::info}});

  std::string expected = "\xEF\xBB\xBF";
  for (
      const char c : std::string_view(
          R"(section,item,value,file,line,severity,code,message,remedy,type,name,state_id,school_year,start_date,end_date,eligibility_type,eligibility,source,certified_type
run,pipeline,jefferson-pos,,,,,,,,,,,,,,,,
run,district,Jefferson County,,,,,,,,,,,,,,,,
run,school_year,2016-17,,,,,,,,,,,,,,,,
run,run,jefferson-pos-7,,,,,,,,,,,,,,,,
run,as_of,2016-09-06,,,,,,,,,,,,,,,,
run,profile,detail,,,,,,,,,,,,,,,,
run,test,no,,,,,,,,,,,,,,,,
run,committed,yes,,,,,,,,,,,,,,,,
run,status,successful,,,,,,,,,,,,,,,,
run,reason,,,,,,,,,,,,,,,,,
run,started_at,2016-09-06T01:00:00Z,,,,,,,,,,,,,,,,
run,finished_at,2016-09-06T01:00:05Z,,,,,,,,,,,,,,,,
input,bytes,4096,monday.txt,,,,,,,,,,,,,,,
input,sha256,9f86d081,monday.txt,,,,,,,,,,,,,,,
input,bytes,0,tuesday.txt,,,,,,,,,,,,,,,
input,sha256,60303ae2,tuesday.txt,,,,,,,,,,,,,,,
summary,new,1,,,,,,,,,,,,,,,,
summary,ended,0,,,,,,,,,,,,,,,,
summary,removed,0,,,,,,,,,,,,,,,,
summary,existing,1,,,,,,,,,,,,,,,,
summary,errors_warnings,2,,,,,,,,,,,,,,,,
count,read,6,,,,,,,,,,,,,,,,
count,new,1,,,,,,,,,,,,,,,,
count,updated,1,,,,,,,,,,,,,,,,
count,existing,1,,,,,,,,,,,,,,,,
count,errors,1,,,,,,,,,,,,,,,,
count,warnings,1,,,,,,,,,,,,,,,,
count,inserted,1,,,,,,,,,,,,,,,,
count,ended,0,,,,,,,,,,,,,,,,
count,removed,0,,,,,,,,,,,,,,,,
count,trimmed,0,,,,,,,,,,,,,,,,
count,extended,0,,,,,,,,,,,,,,,,
count,carryover_ended,0,,,,,,,,,,,,,,,,
count,skipped.cep,1,,,,,,,,,,,,,,,,
count,skipped.held,1,,,,,,,,,,,,,,,,
count,unmapped,1,,,,,,,,,,,,,,,,
updated,,,,,,,,,New,"Brandt, Zoë",'2000000001,2016-17,2016-09-06,2017-06-30,Meal,Free,Direct,SNAP
updated,,,,,,,,,Updated,"Arnold, Ida",A-4,2016-17,2016-08-10,,Meal,Free,Direct,Foster
message,,,tuesday.txt,2,error,1001,State ID '2999999999' not found,,,,,,,,,,,
message,,,monday.txt,4,warning,3037,"Existing record updated, ""direct""",,,,,,,,,,,
message,,,,,info,7002,No school takes part,,,,,,,,,,,
existing,,,,,,,,,,,'0000000003,2016-17,2016-08-10,2017-06-30,Meal,Paid,Non-Direct,
code,count,1,,,error,1001,,Find the student's SSID and correct it in the POS.,,,,,,,,,,
code,count,1,,,warning,3037,,Nothing is to be done.,,,,,,,,,,
code,count,1,,,info,7002,,,,,,,,,,,,
)"))
    expected += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(report, expected);
}

TEST(CsvReport, LeavesOutTheRecordsAndTheirColumnsWithoutDetails) {
  const auto report =
      report_of("state_id | student_name | fate:fate\n 1 | Brandt, Zoë | existing\n", {},
                {{1001, 2, "State ID '\x1f' not found", Severity::error, "", "29"}}, {{"details", "no"}});

  EXPECT_THAT(report,
              StartsWith("\xEF\xBB\xBFsection,item,value,file,line,severity,code,message,remedy\r\n"));
  EXPECT_EQ(section(report, "message"), "message,,,,2,error,1001,State ID '29' not found,\n");
  EXPECT_THAT(report, Not(HasSubstr("Brandt")));
}

TEST(CsvReport, HasNoColumnForNamesWhereNoneComeIn) {
  EXPECT_THAT(report_of("state_id | fate:fate\n 1 | existing\n"), HasSubstr(",type,state_id,"));
}

TEST(CsvReport, SaysInItsFirstRowThatATestWroteNothing) {
  Facts facts;
  facts.test = true;
  facts.commit = false;

  const auto report = report_of(no_rows, facts, {}, {{"details", "no"}});

  EXPECT_THAT(section(report, "run"), StartsWith("run,banner,TEST IMPORT - nothing was written,,,,,,\n"));
  EXPECT_THAT(section(report, "run"), HasSubstr("run,test,yes,,,,,,\nrun,committed,no,,,,,,\n"));
}

TEST(CsvReport, SaysWhyARunWasRefused) {
  Facts facts;
  facts.commit = false;
  facts.status = "refused";
  facts.reason = "12 % of the records would change, too many";

  EXPECT_THAT(section(report_of(no_rows, facts, {}, {{"details", "no"}}), "run"),
              HasSubstr("run,status,refused,,,,,,\n"
                        "run,reason,\"12 % of the records would change, too many\",,,,,,\n"));
}

TEST(CsvReport, LetsNoCellBeRunAsAFormula) {
  Facts facts;
  facts.pipeline = "@SUM(A1)";
  facts.district = "  =1+1";
  facts.inputs = {{"-2+3.txt", "00", 1}};

  const auto report = report_of(R"(
    state_id | student_name                  | fate:fate
    =1+1     | =HYPERLINK("x", "y")          | existing
    +1       | -1,2                          | existing
    -        | Arnold-Brandt, Ida @ Zoë =1+1 | existing
  )",
                                facts, {{1001, 2, "=cmd|'/c calc'!A0", Severity::error}});

  EXPECT_THAT(section(report, "run"), HasSubstr("run,pipeline,'@SUM(A1),"));
  EXPECT_THAT(section(report, "run"), HasSubstr("run,district,'  =1+1,"));
  EXPECT_THAT(section(report, "input"), HasSubstr("input,bytes,1,'-2+3.txt,"));
  EXPECT_THAT(section(report, "message"), HasSubstr(",1001,'=cmd|'/c calc'!A0,"));
  EXPECT_EQ(section(report, "existing"),
            R"csv(existing,,,,,,,,,,"'=HYPERLINK(""x"", ""y"")",'=1+1,2016-17,,,Meal,,,
existing,,,,,,,,,,"'-1,2",'+1,2016-17,,,Meal,,,
existing,,,,,,,,,,"Arnold-Brandt, Ida @ Zoë =1+1",'-,2016-17,,,Meal,,,
)csv");
}

TEST(CsvReport, KeepsControlCharactersOutSoThatARowIsALine) {
  const auto report = report_of("state_id | fate:fate\n A\r\x1b[2 | existing\n", {},
                                {{1001, 2, "two\nlines\t", Severity::error}}, {});

  EXPECT_THAT(section(report, "existing"), HasSubstr(",A??[2,"));
  EXPECT_THAT(section(report, "message"), HasSubstr(",two?lines?,"));
}

TEST(CsvReport, KeepsTheLettersThatBeginAsAControlCharacterDoes) {
  const auto report =
      report_of("state_id | student_name | fate:fate\n \xC2\x85\xC2\xA9, | \"\xC2\xBF\xC2\" =1 | existing\n");

  EXPECT_THAT(section(report, "existing"), HasSubstr(",\"\"\"\xC2\xBF\xC2\"\" =1\",\"?\xC2\xA9,\",2016-17,"));
}

TEST(CsvReport, QuotesAndCleansACellThatNeedsBothAndIsAFormula) {
  const auto report = report_of("state_id | student_name | fate:fate\n 1\x1f,2 | =\x7f\"a\", | existing\n");

  EXPECT_THAT(section(report, "existing"), HasSubstr(R"(,"'=?""a"",","'1?,2",2016-17,)"));
}

}  // namespace
