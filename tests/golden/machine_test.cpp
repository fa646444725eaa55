// What no file of a case can hold, and no other test raises: a machine that fails in the middle of an import, and a plugin
// that breaks the contract of abi.h. elsewhere.txt names this file for them.

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <optional>

#include <catalog/catalog.hpp>
#include <engine/ledger.hpp>
#include <engine/run.hpp>
#include <finding/render.hpp>
#include <journal/journal.hpp>

#include "../plugins/unusable_database.hpp"
#include "campus_notation.hpp"
#include "golden_case.hpp"

namespace mealsync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// No file grows while it lives: a disk that is full.
class FullDisk {
 public:
  FullDisk() : usual_signal_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &usual_);
    const rlimit none{0, usual_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &usual_);
    std::signal(SIGXFSZ, usual_signal_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit usual_{};
  void (*usual_signal_)(int);
};

/// The import of a case, of which one stage is another.
class Machine : public ::testing::Test {
 protected:
  Machine() {
    const GoldenCase first("row_01_nothing_there");
    first.copy_to(folder_.path());
    static_cast<void>(campus::init("campus.db"));
    sql("campus.db", CampusWriter().read(first.text("campus.txt")));
    plan();
  }

  void plan() {
    Catalog catalog({MEALSYNC_PLUGIN_FOLDER});
    plan_ = make_plan(read_pipeline("pipeline.xml", {}, faults_).value(), catalog, faults_);
  }

  /// A copy of the stage in the plan, to be changed before the run.
  ms_stage& stage(std::string_view plugin) {
    const auto planned = std::find_if(plan_.stages.begin(), plan_.stages.end(),
                                      [&](const PlannedStage& each) { return each.spec.plugin == plugin; });
    usual = planned->stage;
    changed_ = *usual;
    planned->stage = &changed_;
    return changed_;
  }

  /// Each finding with the stage that tells it, a line each.
  [[nodiscard]] std::string findings() const {
    std::string text;
    run().findings.each([&](const mealsync::Finding& finding) { text += shown(finding); });
    return text;
  }

  /// What ends an import when the disk is full from the first byte of the input on.
  [[nodiscard]] std::string ended_on_a_full_disk() {
    stage("local_file").read = [](void* handle, ms_bytes* into, const ms_host* host) {
      if (!full) full.emplace();
      return usual->read(handle, into, host);
    };
    const Outcome outcome = run();
    full.reset();
    std::string text;
    for (const mealsync::Finding& finding : outcome.findings.run_ending())
      text += shown(finding);
    return text;
  }

  TemporaryFolder folder_;
  WorkingFolder here_{folder_.path()};
  inline static const ms_stage* usual = nullptr;  // what `stage` copied last
  inline static std::optional<FullDisk> full;

 private:
  [[nodiscard]] Outcome run() const {
    EXPECT_FALSE(faults_.failed());
    return run_pipeline(plan_,
                        {"1", *Date::of(2016, 9, 6), false, "2016-09-06T01:00:00Z", [] { return ""; }, {}});
  }
  [[nodiscard]] std::string shown(const mealsync::Finding& finding) const {
    std::string text = finding.stage + (finding.stage.empty() ? "" : ": ") + render(finding) + '\n';
    for (const std::string& path : {folder_.path().string() + "/", fs::current_path().string() + "/"})
      for (auto at = text.find(path); at != std::string::npos; at = text.find(path))
        text.erase(at, path.size());
    return text;
  }

  ms_stage changed_{};
  Findings faults_;
  Plan plan_;
};

TEST_F(Machine, TellsThatTheCepFilterMissesATable) {
  sql("campus.db", "DROP TABLE SchoolProvision");

  EXPECT_EQ(findings(),
            "cep_filter: failed 9009: Campus database 'campus.db' failed: no such table: SchoolProvision\n");
}

TEST_F(Machine, TellsThatMatchingMissesATable) {
  sql("campus.db", "PRAGMA foreign_keys = OFF; DROP TABLE Person");

  EXPECT_EQ(findings(),
            "match_student: failed 9009: Campus database 'campus.db' failed: no such table: Person\n");
}

TEST_F(Machine, TellsThatTheMergeMissesATable) {
  sql("campus.db", "DROP VIEW v_POSEligibilityCurrent; DROP TABLE POSEligibility");

  EXPECT_EQ(
      findings(),
      "merge_eligibility: failed 9009: Campus database 'campus.db' failed: no such table: POSEligibility\n");
}

class Report : public Machine, public ::testing::WithParamInterface<std::string> {};

TEST_P(Report, TellsThatItsRecordsHaveNoRoom) {
  stage(GetParam() + "_report").write = [](void* handle, const ms_batch* batch, const ms_host* host) {
    const FullDisk now;
    ms_status status = MS_OK;
    // Again and again as another record, until they are more than wait in memory.
    for (std::uint64_t line = 2; line < 20'000 && status == MS_OK; ++line) {
      const std::vector<std::uint64_t> places(batch->rows, line);
      ms_batch again = *batch;
      again.places = places.data();
      status = usual->write(handle, &again, host);
    }
    return status;
  };

  EXPECT_EQ(findings(),
            GetParam() + "_report: failed 9009: The report's lines cannot be kept in the temporary folder: " +
                "File too large\n");
}

TEST_P(Report, TellsThatItIsNotWritten) {
  stage(GetParam() + "_report").conclude = [](void* handle, const ms_summary* summary, const ms_host* host) {
    const FullDisk now;
    return usual->conclude(handle, summary, host);
  };

  const std::string end = GetParam() == "text" ? "txt" : GetParam();
  const std::string what = GetParam() == "xlsx" ? "The report's lines cannot be kept in the temporary folder"
                                                : "The report 'reports/1." + end + "' is not written";
  EXPECT_EQ(findings(), GetParam() + "_report: failed 9009: " + what + ": File too large\n");
}

TEST_P(Report, TellsThatItLosesItsName) {
  stage(GetParam() + "_report").conclude = [](void* handle, const ms_summary* summary, const ms_host* host) {
    for (const char* name : {"reports/1.txt", "reports/1.json", "reports/1.csv", "reports/1.html",
                             "reports/1.table", "reports/1.xlsx"})
      if (!fs::exists(name)) fs::create_directory(name);
    return usual->conclude(handle, summary, host);
  };

  EXPECT_THAT(findings(), HasSubstr(GetParam() + "_report: failed 9009: The report 'reports/1."));
}

INSTANTIATE_TEST_SUITE_P(Machine, Report, ::testing::Values("text", "json", "csv", "html", "table", "xlsx"),
                         [](const auto& kind) { return kind.param; });

TEST_F(Machine, HasNoRoomForRecordsThatAreHeld) {
  const std::string long_id(4000, 'A');
  sql("campus.db", "UPDATE Person SET stateID = '" + long_id + "'");
  write_file("pipeline.xml", R"(<pipeline name="held" school_year="2016-17"><include href="import.xml"/>
    <transform plugin="match_student" database="campus.db" id_digits="0"/></pipeline>)");
  plan();
  std::string lines;
  for (int i = 0; i < 9000; ++i)
    lines.append(long_id).append(",F,N,Income,2016-09-06,2017-06-30\n");
  write_file("input.txt", lines);

  EXPECT_THAT(
      ended_on_a_full_disk(),
      StartsWith("merge_eligibility: failed MS5006: There is no room for records that are held: File too "
                 "large\n"));
}

TEST(Ledger, HasNoRoomForFindings) {
  mealsync::Finding finding;
  finding.message = std::string(1 << 20, 'a');
  finding.key = "1900000001";  // what says the same of many records is kept once
  Ledger ledger;
  const FullDisk full;
  for (int i = 0; i < 64 && !ledger.has_ended(); ++i)
    ledger.add(finding);

  EXPECT_EQ(ledger.reason(), "There is no room to keep what was found: File too large");  // MS3110
}

TEST_F(Machine, BelievesNoSourceThatReadsMoreThanThereIsRoomFor) {
  stage("local_file").read = [](void*, ms_bytes* into, const ms_host*) {
    into->used = into->capacity + 1;
    return ms_status{MS_OK};
  };

  EXPECT_THAT(findings(),
              ::testing::MatchesRegex(
                  "failed MS3106: The stage 'local_file' says it read [0-9]+ bytes into [0-9]+\n"));
}

TEST_F(Machine, TakesNoBytesOfNoFile) {
  stage("local_file").read = [](void*, ms_bytes* into, const ms_host*) {
    into->used = 1;
    return ms_status{MS_OK};
  };

  EXPECT_EQ(findings(), "failed MS3105: The source 'local_file' gave bytes of no file\n");
}

TEST_F(Machine, TellsThatTheJournalIsHeld) {
  Findings findings;
  ASSERT_TRUE(Journal::open("state", findings));
  fs::path file;
  for (const auto& entry : fs::directory_iterator("state"))
    if (entry.path().extension() == ".db") file = entry.path();
  OtherProgram other(file);
  other.run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  const NoWaiting no_waiting;

  EXPECT_FALSE(Journal::open("state", findings));

  ASSERT_EQ(findings.all().size(), 1U);
  EXPECT_EQ(render(findings.all().front()),
            "failed MS4003: Journal '" + file.string() + "' is held by another program: database is locked");
}

}  // namespace
}  // namespace mealsync::testing
