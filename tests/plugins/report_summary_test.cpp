// A summary may be shown to anyone: each report writer is given what must not be in one, and what has to.
#include <string>
#include <string_view>
#include <vector>

#include "report_trial.hpp"

namespace {

using namespace mealsync;
using namespace mealsync::testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class ReportSummary : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static std::string written(const std::string& profile, const Facts& facts) {
    return report_of(stage(GetParam()), rows, facts, found(), {{"profile", profile}, {"details", "yes"}});
  }
  /// A run that stopped for a reason, and says it with a key.
  [[nodiscard]] static Facts stopped() {
    Facts facts;
    facts.commit = false;
    facts.status = "unsuccessful";
    facts.reason = "Person 'Quillfeather' of '900-11-2233' has changed meanwhile";
    facts.inputs = {{"IC_Eligibility.txt", "9f86d081", 4096}};
    facts.counts = {{"read", 907},
                    {"existing", 805},
                    {"skipped.cep", 44},
                    {"skipped.Quillfeather, Odo", 31},
                    {"skipped.900112233", 22},
                    {"unmapped Thornapple", 2}};
    return facts;
  }

  static constexpr auto rows = R"(
    state_id    | student_name      | last_name    | fate:fate | action:action | start_date:date | eligibility:eligibility
    1990004711  | Quillfeather, Odo | Quillfeather | new       | insert        | 2016-09-09      | Reduced
    900-11-2233 | Thornapple, Zoë   | Thornapple   | existing  | none          | 2016-09-09      | Reduced
    900112233   | =Thornapple       | Thornapple   | updated   | update        | 2016-09-09      | Reduced
  )";
  [[nodiscard]] static std::vector<ToldFinding> found() {
    return {
        {9009, 0, "Person 'Quillfeather' of '\x1f' has changed meanwhile", Severity::fatal,
         "Run the import again.", "900-11-2233"},
        {1001, 6613, "State ID '\x1f' not found", Severity::error, "Correct it in the POS.", "1990004711"},
        {4001, 6614, "Invalid [status] 'Thornapple 900112233'", Severity::error, "Map the value."},
        {4001, 6615, "Invalid [status] 'Quillfeather'", Severity::error, "Map the value."},
        {3037, 6616, "Was Reduced since 2016-09-09", Severity::warning, "Nothing is to be done."},
        {7001, 6617, "Odo is at a CEP school", Severity::info, "", "900112233", "cep"}};
  }
  static constexpr std::string_view secrets[] = {
      "Quillfeather", "Odo",       "Thornapple",  "Zoë",       "1990004711", "4711",
      "900-11-2233",  "900112233", "2233",        "Reduced",   "2016-09-09", "6613",
      "6614",         "6616",      "has changed", "not found", "Invalid"};
};

TEST_P(ReportSummary, HoldsNothingOfAnyStudent) {
  const std::string detail = written("detail", stopped());
  const std::string summary = written("summary", stopped());

  std::vector<std::string_view> unseen, shown;
  for (const std::string_view secret : secrets) {
    if (detail.find(secret) == std::string::npos) unseen.push_back(secret);
    if (summary.find(secret) != std::string::npos) shown.push_back(secret);
  }
  EXPECT_THAT(shown, IsEmpty());
  // What the detail has not either would prove nothing.
  EXPECT_THAT(unseen, IsEmpty());
}

TEST_P(ReportSummary, SaysWhatCameInWhatBecameOfItAndWhatIsToBeDone) {
  const std::string summary = written("summary", stopped());

  for (const char* words :
       {"Example County", "2016-17", "unsuccessful", "IC_Eligibility.txt", "4096", "9f86d081", "907", "805",
        "9009 - Run the import again.", "4001", "Map the value.", "3037", "Nothing is to be done."})
    EXPECT_THAT(summary, HasSubstr(words));
}

TEST_P(ReportSummary, SaysThatATestWroteNothing) {
  Facts facts;
  facts.test = true;
  facts.commit = false;

  EXPECT_THAT(written("summary", facts), ::testing::ContainsRegex("TEST IMPORT|\"test\": true"));
}

INSTANTIATE_TEST_SUITE_P(Of, ReportSummary,
                         ::testing::Values("text_report", "csv_report", "json_report", "html_report"),
                         [](const auto& writer) { return std::string(writer.param); });

const std::vector<ToldFinding> refused{
    {8002, 0, "12 % of 900-11-2233", Severity::refusal, "Look at the changes, then accept them."},
    {1001, 7, "State ID '\x1f' not found", Severity::error, "Correct it in the POS.", "1990004711"},
    {1001, 9, "State ID '\x1f' not found", Severity::error, "Correct it in the POS.", "1990004712"},
    {7001, 9, "At a CEP school", Severity::info}};

Facts refused_run() {
  Facts facts;
  facts.commit = false;
  facts.status = "refused";
  facts.reason = "12 % of 900-11-2233";
  facts.inputs = {{"IC_Eligibility.txt", "9f86d081", 4096}};
  facts.counts = {{"read", 9},        {"existing", 3}, {"skipped.cep", 1}, {"skipped.Odo", 2},
                  {"skipped.b c", 1}, {"errors", 2},   {"own", 5}};
  return facts;
}

TEST(TextSummary, IsTheReportWithoutItsListsAndMessages) {
  EXPECT_EQ(report_of(stage("text_report"), "state_id\n", refused_run(), refused, {{"profile", "summary"}}),
            R"(REFUSED - nothing was written: 8002 - Look at the changes, then accept them.

Eligibility Import Report
=========================
Pipeline     trial
District     Example County
School year  2016-17
Run          1
As of        2016-09-06
Started      2016-09-06T01:00:00Z
Finished     2016-09-06T01:00:05Z
Status       refused: 8002 - Look at the changes, then accept them.
Committed    no
Profile      summary (holds no student's record)

Input               Bytes  SHA-256
IC_Eligibility.txt  4096   9f86d081

Summary
-------
New  Ended  Removed  Existing  Errors/Warnings
0    0      0        3         3

Fate            Records
new             0
updated         0
existing        3
skipped: cep    1
skipped: other  3
errors          2

9 read = 0 new + 0 updated + 3 existing + 4 skipped + 2 errors
Also changed: 0 trimmed, 0 extended, 0 carryover ended

Codes
-----
Code  Level    Count  Resolution
1001  ERROR    2      Correct it in the POS.
7001  INFO     1
8002  REFUSED  1      Look at the changes, then accept them.
)");
}

TEST(JsonSummary, IsTheReportWithoutItsListsAndMessages) {
  EXPECT_EQ(report_of(stage("json_report"), "state_id\n", refused_run(), refused, {{"profile", "summary"}}),
            R"({
  "pipeline": "trial",
  "district": "Example County",
  "school_year": "2016-17",
  "run": "1",
  "as_of": "2016-09-06",
  "profile": "summary",
  "test": false,
  "committed": false,
  "status": "refused",
  "reason": "8002 - Look at the changes, then accept them.",
  "started_at": "2016-09-06T01:00:00Z",
  "finished_at": "2016-09-06T01:00:05Z",
  "inputs": [{"file":"IC_Eligibility.txt","bytes":4096,"sha256":"9f86d081"}],
  "counts": {"read":9,"new":0,"updated":0,"existing":3,"skipped":{"cep":1,"other":3},"errors":2,"warnings":0,"inserted":0,"ended":0,"removed":0,"trimmed":0,"extended":0,"carryover_ended":0},
  "summary": {"new":0,"ended":0,"removed":0,"existing":3,"errors_warnings":3},
  "codes": [
    {"code":"1001","severity":"error","count":2,"remedy":"Correct it in the POS."},
    {"code":"7001","severity":"info","count":1,"remedy":null},
    {"code":"8002","severity":"refused","count":1,"remedy":"Look at the changes, then accept them."}
  ]
}
)");
}

TEST(CsvSummary, HasNoColumnOfTheListsAndMessages) {
  const auto report =
      report_of(stage("csv_report"), "state_id\n", refused_run(), refused, {{"profile", "summary"}});

  EXPECT_THAT(report, StartsWith("\xEF\xBB\xBFsection,item,value,file,severity,code,remedy\r\n"));
  EXPECT_THAT(report, HasSubstr("\r\nrun,status,refused,,,,\r\n"
                                "run,reason,\"8002 - Look at the changes, then accept them.\",,,,\r\n"));
  EXPECT_THAT(report, HasSubstr("\r\ncount,skipped.cep,1,,,,\r\ncount,skipped.other,3,,,,\r\n"
                                "code,count,2,,error,1001,Correct it in the POS.\r\n"
                                "code,count,1,,info,7001,\r\n"
                                "code,count,1,,refused,8002,\"Look at the changes, then accept them.\"\r\n"));
}

TEST(SummaryReason, IsTheFirstOfTheWorstThatEndedTheRun) {
  EXPECT_THAT(report_of(stage("text_report"), "state_id\n", refused_run(),
                        {{8001, 0, "guard", Severity::refusal, "Accept."},
                         {9001, 0, "lost", Severity::fatal, "Look at the host."},
                         {9002, 0, "held", Severity::fatal, "Resume."}},
                        {{"profile", "summary"}}),
              HasSubstr("\nStatus       refused: 9001 - Look at the host.\n"));
}

TEST(SummaryReason, IsNotToldWhereItHasNoCode) {
  EXPECT_THAT(report_of(stage("text_report"), "state_id\n", refused_run(), {}, {{"profile", "summary"}}),
              HasSubstr("\nStatus       refused\n"));
}

}  // namespace
