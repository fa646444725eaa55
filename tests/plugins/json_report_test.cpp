#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "report_trial.hpp"

namespace {

namespace fs = std::filesystem;
using namespace mealsync;
using namespace mealsync::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string report_of(std::string_view table, const Facts& facts = {},
                      const std::vector<ToldFinding>& found = {}, const std::vector<Setting>& settings = {}) {
  return mealsync::testing::report_of(stage("json_report"), table, facts, found, settings);
}

constexpr auto no_rows = "state_id\n";

TEST(JsonReport, WritesEverySectionInTheOrderOfTheDeck) {
  Facts facts;
  facts.pipeline = "jefferson-pos";
  facts.district = "Jefferson County";
  facts.name = "jefferson-pos-7";
  facts.inputs = {{"monday.txt", "9f86d081", 4096}, {"tuesday.txt", "60303ae2", 0}};
  facts.counts = {{"read", 6},     {"new", 1},         {"updated", 1},      {"existing", 1}, {"errors", 2},
                  {"inserted", 1}, {"skipped.cep", 1}, {"skipped.held", 0}, {"warnings", 1}, {"unmapped", 1}};

  const auto report = report_of(
      R"(
    state_id   | fate:fate | action:action | start_date:date | end_date:date | eligibility:eligibility | source:source | certified_type:certified_type
    2000000001 | new       | insert        | 2016-09-06      | 2017-06-30    | Free                    | Direct        | SNAP
    2000000002 | updated   | update        | 2016-08-10      |               | Free                    | Direct        | Foster
    Zoë"4      | existing  | none          | 2016-08-10      | 2017-06-30    | Paid                    | Non-Direct    |
  )",
      facts,
      {{5011, 0, "Most records are of another year", Severity::refusal},
       {3037, 4, "Existing record updated with the Direct type", Severity::warning, "Nothing is to be done."},
       {1001, 2, "State ID '\x1f' not found", Severity::error,
        "Find the student's SSID and correct it in the POS.", "2999999999", "", "", 1},
       {7001, 3, "The student's school is a CEP school", Severity::info, "", "", "", "", 1}});

  EXPECT_EQ(report, R"({
  "pipeline": "jefferson-pos",
  "district": "Jefferson County",
  "school_year": "2016-17",
  "run": "jefferson-pos-7",
  "as_of": "2016-09-06",
  "profile": "detail",
  "test": false,
  "committed": true,
  "status": "successful",
  "reason": null,
  "started_at": "2016-09-06T01:00:00Z",
  "finished_at": "2016-09-06T01:00:05Z",
  "inputs": [{"file":"monday.txt","bytes":4096,"sha256":"9f86d081"},{"file":"tuesday.txt","bytes":0,"sha256":"60303ae2"}],
  "counts": {"read":6,"new":1,"updated":1,"existing":1,"skipped":{"cep":1,"held":0},"errors":2,"warnings":1,"inserted":1,"ended":0,"removed":0,"trimmed":0,"extended":0,"carryover_ended":0,"unmapped":1},
  "summary": {"new":1,"ended":0,"removed":0,"existing":1,"errors_warnings":3},
  "updated": [
    {"type":"New","state_id":"2000000001","school_year":"2016-17","start_date":"2016-09-06","end_date":"2017-06-30","eligibility_type":"Meal","eligibility":"Free","source":"Direct","certified_type":"SNAP"},
    {"type":"Updated","state_id":"2000000002","school_year":"2016-17","start_date":"2016-08-10","end_date":null,"eligibility_type":"Meal","eligibility":"Free","source":"Direct","certified_type":"Foster"}
  ],
  "messages": [
    {"line":null,"file":null,"severity":"refused","code":"5011","message":"Most records are of another year"},
    {"line":2,"file":"tuesday.txt","severity":"error","code":"1001","message":"State ID '2999999999' not found"},
    {"line":4,"file":"monday.txt","severity":"warning","code":"3037","message":"Existing record updated with the Direct type"},
    {"line":3,"file":"tuesday.txt","severity":"info","code":"7001","message":"The student's school is a CEP school"}
  ],
  "existing": [
    {"state_id":"Zoë\"4","school_year":"2016-17","start_date":"2016-08-10","end_date":"2017-06-30","eligibility_type":"Meal","eligibility":"Paid","source":"Non-Direct","certified_type":null}
  ],
  "codes": [
    {"code":"1001","severity":"error","count":1,"remedy":"Find the student's SSID and correct it in the POS."},
    {"code":"3037","severity":"warning","count":1,"remedy":"Nothing is to be done."},
    {"code":"5011","severity":"refused","count":1,"remedy":null},
    {"code":"7001","severity":"info","count":1,"remedy":null}
  ]
}
)");
}

TEST(JsonReport, SaysThatARefusedTestWroteNothingAndWhy) {
  Facts facts;
  facts.test = true;
  facts.commit = false;
  facts.status = "refused";
  facts.reason = "12 % of the records would change";

  const auto report = report_of(no_rows, facts);

  EXPECT_EQ(report, R"({
  "pipeline": "trial",
  "district": "Example County",
  "school_year": "2016-17",
  "run": "1",
  "as_of": "2016-09-06",
  "profile": "detail",
  "test": true,
  "committed": false,
  "status": "refused",
  "reason": "12 % of the records would change",
  "started_at": "2016-09-06T01:00:00Z",
  "finished_at": "2016-09-06T01:00:05Z",
  "inputs": [],
  "counts": {"read":0,"new":0,"updated":0,"existing":0,"skipped":{},"errors":0,"warnings":0,"inserted":0,"ended":0,"removed":0,"trimmed":0,"extended":0,"carryover_ended":0},
  "summary": {"new":0,"ended":0,"removed":0,"existing":0,"errors_warnings":0},
  "updated": [],
  "messages": [],
  "existing": [],
  "codes": []
}
)");
}

TEST(JsonReport, LeavesOutTheRecordsWithoutDetails) {
  const auto report =
      report_of("state_id | fate:fate\n 1 | existing\n 2 | new\n", {}, {}, {{"details", "no"}});

  EXPECT_EQ(report, R"({
  "pipeline": "trial",
  "district": "Example County",
  "school_year": "2016-17",
  "run": "1",
  "as_of": "2016-09-06",
  "profile": "detail",
  "test": false,
  "committed": true,
  "status": "successful",
  "reason": null,
  "started_at": "2016-09-06T01:00:00Z",
  "finished_at": "2016-09-06T01:00:05Z",
  "inputs": [],
  "counts": {"read":0,"new":0,"updated":0,"existing":0,"skipped":{},"errors":0,"warnings":0,"inserted":0,"ended":0,"removed":0,"trimmed":0,"extended":0,"carryover_ended":0},
  "summary": {"new":0,"ended":0,"removed":0,"existing":0,"errors_warnings":0},
  "messages": [],
  "codes": []
}
)");
}

TEST(JsonReport, NamesTheStudentsWhereTheirNamesComeIn) {
  EXPECT_THAT(report_of("state_id | student_name | fate:fate\n 1 | Brandt, Zoë | existing\n"),
              HasSubstr(R"({"name":"Brandt, Zoë","state_id":"1",)"));
}

TEST(JsonReport, ShowsBytesThatAreNoUtf8AsReplaced) {
  EXPECT_THAT(report_of("state_id | fate:fate\n 1\xff\t2 | new\n"),
              HasSubstr("\"state_id\":\"1\xEF\xBF\xBD?2\""));
}

TEST(JsonReport, IsForItsOwnerAloneInFoldersMadeForIt) {
  const ReportFolder folder;

  const auto trial = load(stage("json_report"), {{"path", folder / "a/b/report.json"}}, no_rows);

  EXPECT_THAT(trial.findings, IsEmpty());
  EXPECT_EQ(fs::status(folder / "a").permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(folder / "a/b").permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(folder / "a/b/report.json").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST(JsonReport, TakesThePlaceOfAnEarlierReportAndLeavesNothingBesideIt) {
  const ReportFolder folder;
  write_file(folder / "report.json", "earlier");

  const auto trial = load(stage("json_report"), {{"path", folder / "report.json"}}, no_rows);

  EXPECT_THAT(trial.findings, IsEmpty());
  EXPECT_THAT(text_of_file(folder / "report.json"), StartsWith("{\n"));
  EXPECT_EQ(std::distance(fs::directory_iterator(fs::path(folder / "report.json").parent_path()), {}), 1);
}

TEST(JsonReport, LeavesTheEarlierReportWhereItIsNotConcluded) {
  const ReportFolder folder;
  write_file(folder / "report.json", "earlier");
  ms_stage stopped = stage("json_report");
  stopped.conclude = [](void*, const ms_summary*, const ms_host*) { return ms_status{MS_OK}; };

  static_cast<void>(load(stopped, {{"path", folder / "report.json"}}, no_rows));

  EXPECT_EQ(text_of_file(folder / "report.json"), "earlier");
  EXPECT_FALSE(fs::exists(folder / "report.json.part"));
}

TEST(JsonReport, FailsBeforeTheImportWhereItsFolderCannotBeMade) {
  const ReportFolder folder;
  write_file(folder / "taken", "");

  const auto trial = load(stage("json_report"), {{"path", folder / "taken/report.json"}}, no_rows);

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings, ElementsAre(Finding{9006, 0,
                                                  "The report '" + folder / "taken/report.json" +
                                                      "' cannot be written: Not a directory"}));
}

TEST(JsonReport, FailsBeforeTheImportWhereSomethingElseHasItsName) {
  const ReportFolder folder;
  fs::create_directory(folder / "report.json");

  const auto trial = load(stage("json_report"), {{"path", folder / "report.json"}}, no_rows);

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{9006, 0,
                                  "The report '" + folder / "report.json" +
                                      "' cannot be written: there is something of that name that is "
                                      "no regular file"}));
}

TEST(JsonReport, SaysThatItIsNotWrittenWhereItsNameIsTakenMeanwhile) {
  const ReportFolder folder;
  static std::string path;
  path = folder / "report.json";
  ms_stage overtaken = stage("json_report");
  overtaken.conclude = [](void* handle, const ms_summary* summary, const ms_host* host) {
    fs::create_directory(path);
    return stage("json_report").conclude(handle, summary, host);
  };

  const auto trial = load(overtaken, {{"path", path}}, no_rows);

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{9009, 0, "The report '" + path + "' is not written: Is a directory"}));
  EXPECT_FALSE(fs::exists(path + ".part"));
}

}  // namespace
