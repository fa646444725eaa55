// Every folder of tests/golden is a test: read by the program's own pipeline reader, planned with the plugins that were
// built, and run by the engine three times: as a test, for real, and for real again. README.md says what is compared.

#include <gtest/gtest.h>

#include <chrono>
#include <tuple>

#include <catalog/catalog.hpp>
#include <engine/run.hpp>
#include <finding/render.hpp>

#include "campus_notation.hpp"
#include "golden_case.hpp"
#include "shapes.hpp"

namespace mealsync::testing {
namespace {

using Counts = std::map<std::string, std::uint64_t>;

/// What a run came to.
struct Account {
  std::string status;
  Counts counts;
  std::string findings;
};

/// "successful: read 2, new 1, errors 1, inserted 1"
std::string in_words(const Account& account) {
  std::string words;
  const auto add = [&](const std::string& name, std::uint64_t value) {
    if (value != 0) words += (words.empty() ? "" : ", ") + name + ' ' + std::to_string(value);
  };
  Counts counts = account.counts;
  for (const char* first : {"read", "new", "updated", "existing", "errors", "warnings", "inserted", "ended",
                            "removed", "trimmed"}) {
    add(first, counts[first]);
    counts.erase(first);
  }
  for (const auto& [name, value] : counts)
    add(name, value);
  return account.status + ": " + (words.empty() ? "nothing" : words) + '\n';
}

/// What the same file comes to the second time: row 43 of the decision table. Its warnings are of what is left to do, and
/// may be fewer.
std::string second_time(Account account, std::uint64_t warnings) {
  Counts& counts = account.counts;
  if (account.status == "successful") counts["existing"] += counts["new"] + counts["updated"];
  if (account.status == "successful")
    for (const char* change :
         {"new", "updated", "inserted", "ended", "removed", "trimmed", "extended", "carryover_ended"})
      counts.erase(change);
  counts["warnings"] = warnings;
  return in_words(account);
}

/// As `mealsync check` prints them: the pipeline file first, then by place.
std::vector<Finding> in_order(std::vector<Finding> findings) {
  const auto place = [](const Finding& finding) {
    const Position& at = finding.at;
    return std::tuple(at.file != "pipeline.xml", at.file, at.line, at.column);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
  return findings;
}

class Golden : public ::testing::TestWithParam<std::string> {
 protected:
  Golden() : case_(GetParam()) { case_.copy_to(folder_.path()); }

  /// Lines as they are shown, each with the plugin that says it.
  [[nodiscard]] std::string shown(const std::vector<Finding>& findings, const Plan& plan) const {
    std::string text;
    for (const Finding& finding : findings) {
      text += render(finding);
      for (const PlannedStage& stage : plan.stages)
        if (stage.spec.id == finding.stage) text += "  [" + stage.spec.plugin + "]";
      text += '\n';
    }
    return without_folders(text);
  }

  [[nodiscard]] Account run(const Plan& plan, const std::string& name, bool is_test) const {
    RunFacts facts{
        name, case_.as_of(), is_test, "2016-09-06T01:00:00Z", [] { return "2016-09-06T01:00:05Z"; }, {}};
    facts.baseline = case_.baseline();
    const Outcome outcome = run_pipeline(plan, facts);
    EXPECT_EQ(outcome.committed, !is_test && outcome.status == "successful");
    std::vector<Finding> found;
    outcome.findings.each([&](const Finding& finding) { found.push_back(finding); });
    Account account{outcome.status, outcome.counts, shown(found, plan)};
    account.counts.erase("existing_records");  // what Campus had is no answer of the run
    return account;
  }

  void make_campus() {
    static_cast<void>(campus::init("campus.db"));
    sql("campus.db", CampusWriter().read(case_.text("campus.txt")));
  }
  /// The database, and what SQLite put beside it, byte for byte.
  [[nodiscard]] static std::map<std::string, std::string> campus_bytes() {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator("."))
      if (const auto name = entry.path().filename().string(); name.starts_with("campus.db"))
        files[name] = bytes_of(entry.path());
    return files;
  }

  /// Nothing that has the shape of an SSN in an input may stand in what people get to see.
  void expect_no_ssn(const std::string& text, const std::string& what) const {
    for (const std::string& ssn : ssns_of(folder_.path()))
      EXPECT_EQ(text.find(ssn), std::string::npos) << what << " shows " << ssn;
  }

  GoldenCase case_;
  TemporaryFolder folder_;

 private:
  [[nodiscard]] std::string without_folders(std::string text) const {
    const auto replace = [&](const std::string& folder, std::string_view by) {
      for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
        text.replace(at, folder.size(), by);
    };
    replace(fs::canonical(folder_.path()).string() + "/", "");
    replace(folder_.path().string() + "/", "");
    replace(MEALSYNC_PLUGIN_FOLDER, "plugins");
    return text;
  }

  WorkingFolder here_{folder_.path()};
};

TEST_P(Golden, Holds) {
  if (const auto day = case_.written()) {
    const std::chrono::sys_seconds written(std::chrono::days(day->days));
    for (const auto& entry : fs::recursive_directory_iterator("."))
      fs::last_write_time(entry.path(), std::chrono::file_clock::from_sys(written));
  }
  Catalog catalog({MEALSYNC_PLUGIN_FOLDER});
  Findings faults;
  auto pipeline = read_pipeline("pipeline.xml", {case_.variables(), {}}, faults);
  const Plan plan = pipeline ? make_plan(*std::move(pipeline), catalog, faults) : Plan{};
  if (faults.failed()) return case_.expect("findings.txt", shown(in_order(faults.all()), plan));

  make_campus();
  const std::string before = read_campus("campus.db");
  const auto bytes = campus_bytes();

  const Account test = run(plan, "test", true);
  EXPECT_EQ(campus_bytes(), bytes);

  const Account real = run(plan, "real", false);
  EXPECT_EQ(in_words(test), in_words(real));
  EXPECT_EQ(test.findings, real.findings);
  const std::string after = read_campus("campus.db");
  if (real.status != "successful") {
    EXPECT_EQ(after, before);
  }
  case_.expect("findings.txt", shown(faults.all(), plan) + real.findings);
  case_.expect("counts.txt", in_words(real));
  case_.expect("records.txt", after, before);

  const Account again = run(plan, "again", false);
  case_.expect("again.txt", in_words(again), second_time(real, again.counts.at("warnings")));
  if (!case_.has("again.txt")) {
    EXPECT_EQ(read_campus("campus.db"), after);
  }

  expect_no_ssn(real.findings + again.findings, "a finding");
  if (fs::exists("reports"))
    for (const auto& report : fs::directory_iterator("reports"))
      expect_no_ssn(bytes_of(report.path()), report.path().string());
}

std::string name_of(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, ::testing::ValuesIn(golden_cases()), name_of);

}  // namespace
}  // namespace mealsync::testing
