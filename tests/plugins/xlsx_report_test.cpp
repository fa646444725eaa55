// Workbooks, as a reader finds them that is not ours.

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "report_trial.hpp"

namespace {

using namespace mealsync;
using namespace mealsync::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Its sheets, each with its name before it, a JSON array a row.
std::string shown(const std::string& workbook) {
  const ReportFolder folder;
  write_file(folder / "report.xlsx", workbook);
  const std::string command = MEALSYNC_SHOW_WORKBOOK " '" + folder / "report.xlsx" + "' 2>&1";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> reader(::popen(command.c_str(), "r"), ::pclose);
  std::string text;
  std::array<char, 4096> piece{};
  for (std::size_t size = 0; (size = std::fread(piece.data(), 1, piece.size(), reader.get())) > 0;)
    text.append(piece.data(), size);
  return text;
}

std::string report_of(std::string_view table, const Facts& facts = {},
                      const std::vector<ToldFinding>& found = {}, const std::vector<Setting>& settings = {}) {
  return shown(mealsync::testing::report_of(stage("xlsx_report"), table, facts, found, settings));
}

constexpr auto three_records = R"(
    state_id   | student_name | fate:fate | action:action | start_date:date | end_date:date | eligibility:eligibility | source:source | certified_type:certified_type
    2000000001 | Brandt, Zoë  | new       | insert        | 2016-09-06      | 2017-06-30    | Free                    | Direct        | SNAP
    A-4        | =1+1         | updated   | update        | 2016-08-10      |               | Free                    | Direct        | Foster
    0000000003 |              | existing  | none          | 2016-08-10      | 2017-06-30    | Paid                    | Non-Direct    |
  )";

constexpr auto whole_report = R"(== Run
["About", "Item", "Value"]
["run", "pipeline", "jefferson-pos"]
["run", "district", "Jefferson County"]
["run", "school year", "2016-17"]
["run", "run", "20160906"]
["run", "as of", "2016-09-06"]
["run", "profile", "detail"]
["run", "committed", "yes"]
["run", "status", "successful"]
["run", "reason", null]
["run", "started at", "2016-09-06T01:00:00Z"]
["run", "finished at", "2016-09-06T01:00:05Z"]
["input", "file", "monday.txt"]
["input", "bytes", 4096]
["input", "SHA-256", "9f86d081"]
["summary", "New", 1]
["summary", "Ended", 0]
["summary", "Removed", 0]
["summary", "Existing", 1]
["summary", "Errors/Warnings", 2]
["count", "read", 6]
["count", "new", 1]
["count", "updated", 1]
["count", "existing", 1]
["count", "skipped", 2]
["count", "errors", 1]
["count", "warnings", 0]
["count", "inserted", 1]
["count", "ended", 0]
["count", "removed", 0]
["count", "trimmed", 0]
["count", "extended", 0]
["count", "carryover_ended", 0]
["count", "skipped: cep", 2]
["count", "unmapped", 1]
== Codes
["Code", "Severity", "Count", "What to do"]
["1001", "error", 1, "Correct it in the POS."]
["3037", "warning", 1, "Nothing is to be done."]
== Messages
["File", "Line", "Severity", "Code", "Message"]
["monday.txt", 2, "error", "1001", "State ID '299' not found"]
["monday.txt", 4, "warning", "3037", "Existing record updated"]
== Updated records
["Type", "Name", "State ID", "School Year", "Start Date", "End Date", "Eligibility Type", "Eligibility", "Source", "Certified Type"]
["New", "Brandt, Zoë", "2000000001", "2016-17", "2016-09-06", "2017-06-30", "Meal", "Free", "Direct", "SNAP"]
["Updated", "=1+1", "A-4", "2016-17", "2016-08-10", null, "Meal", "Free", "Direct", "Foster"]
== Existing records
["Name", "State ID", "School Year", "Start Date", "End Date", "Eligibility Type", "Eligibility", "Source", "Certified Type"]
[null, "0000000003", "2016-17", "2016-08-10", "2017-06-30", "Meal", "Paid", "Non-Direct", null]
)";

TEST(XlsxReport, HasASheetForTheRunTheCodesTheMessagesAndTheRecords) {
  Facts facts;
  facts.pipeline = "jefferson-pos";
  facts.district = "Jefferson County";
  facts.name = "20160906";
  facts.inputs = {{"monday.txt", "9f86d081", 4096}};
  facts.counts = {{"read", 6},   {"new", 1},      {"updated", 1},     {"existing", 1},
                  {"errors", 1}, {"inserted", 1}, {"skipped.cep", 2}, {"unmapped", 1}};

  EXPECT_EQ(
      report_of(three_records, facts,
                {{3037, 4, "Existing record updated", Severity::warning, "Nothing is to be done."},
                 {1001, 2, "State ID '\x1f' not found", Severity::error, "Correct it in the POS.", "299"}}),
      whole_report);
}

TEST(XlsxReport, CountsBySchoolWhereAMergeTellsIt) {
  const auto report = report_of(R"(
    person_id:int | enrolled_school | action:action | was_eligibility:eligibility | eligibility:eligibility
    1             | 010             | update        | Paid                        | Free
    2             | 010             | insert        |                             | Reduced
  )");

  EXPECT_THAT(report, HasSubstr("\n[\"010\", 2, 0, 1, 0, 1, 1, 0, 1, 0]\n== Codes\n"));
}

TEST(XlsxReport, OfASummaryHasCountsAndCodesOnly) {
  const auto report =
      report_of(three_records, {}, {{1001, 2, "State ID '\x1f' not found", Severity::error, "", "299"}},
                {{"profile", "summary"}});

  EXPECT_THAT(report, AllOf(HasSubstr("== Codes\n"), Not(HasSubstr("== Messages")), Not(HasSubstr("299")),
                            Not(HasSubstr("records\n")), Not(HasSubstr("Brandt"))));
}

TEST(XlsxReport, SaysInItsFirstRowThatATestWroteNothing) {
  Facts facts;
  facts.test = true;
  facts.commit = false;

  EXPECT_THAT(
      report_of("state_id\n", facts),
      HasSubstr("\n[\"run\", \"banner\", \"TEST IMPORT - nothing was written\"]\n[\"run\", \"pipeline\""));
}

TEST(XlsxReport, CanBeReadWhateverTextsHold) {
  Facts facts;
  facts.inputs = {{"\xff\xfe.txt", "9f86d081", 1}};

  const auto report = report_of("state_id\n", facts,
                                {{1001, 1, "<&>\"\x01\x1f", Severity::error, "", std::string(40'000, 'x')}});

  EXPECT_THAT(report, AllOf(HasSubstr("[\"input\", \"file\", \"\uFFFD\uFFFD.txt\"]"), HasSubstr("\"<&>\\\""),
                            HasSubstr("xxx…\"]")));
}

TEST(XlsxReport, HoldsEveryRecordOnce) {
  constexpr int records = 6000;
  std::string table = "state_id | fate:fate\n", expected;
  for (int i = 0; i < records; ++i) {
    const std::string id = std::to_string(1'000'000'000 + i);
    table += id + " | existing\n";
    expected += "[\"" + id + "\", \"2016-17\", null, null, \"Meal\", null, null, null]\n";
  }

  EXPECT_TRUE(report_of(table).ends_with("\"Certified Type\"]\n" + expected));
}

}  // namespace
