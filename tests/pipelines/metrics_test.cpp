// Metrics of runs, read back by Prometheus's own parser of OpenMetrics.

#include <gmock/gmock.h>

#include <sys/stat.h>

#include <map>
#include <memory>
#include <sstream>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

/// Prints `name{label=value,…} number` for each sample; labels by name.
constexpr auto parser = R"(
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
for family in text_string_to_metric_families(open(sys.argv[1]).read()):
    for sample in family.samples:
        labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
        print(f"{sample.name}{{{labels}}}\t{sample.value:g}" if sample.value < 1e6 else
              f"{sample.name}{{{labels}}}\t{sample.value:.0f}")
)";

class MetricsOfRuns : public District {
 protected:
  [[nodiscard]] std::map<std::string, std::string> samples(const std::string& file = "m.prom") const {
    write_file(folder_ / "parser.py", parser);
    const std::string command = "/usr/bin/python3 '" + (folder_ / "parser.py").string() + "' '" +
                                (folder_ / file).string() + "' 2>&1";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string line;
    std::map<std::string, std::string> all;
    for (int c = 0; (c = fgetc(pipe.get())) != EOF;) {
      if (c != '\n') {
        line += static_cast<char>(c);
        continue;
      }
      const auto tab = line.find('\t');
      EXPECT_NE(tab, std::string::npos) << line;
      all[line.substr(0, tab)] = tab == std::string::npos ? "" : line.substr(tab + 1);
      line.clear();
    }
    return all;
  }
  /// A pipeline that reads nothing, or `file`.
  void write_pipeline(const std::string& name, const std::string& file = "none.csv") const {
    write_file(folder_ / (name + ".xml"),
               "<pipeline name=\"" + name + R"(" school_year="2016-17">
      <source plugin="local_file" path=")" +
                   file + R"("><format plugin="delimited"><column as="a"/></format></source>
      <sink plugin="null"/></pipeline>)");
  }
  [[nodiscard]] Ran run_small(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "run");
    arguments.insert(arguments.end(), {"--as-of", "2016-09-06", "--state", "state"});
    return run_program(folder_, arguments);
  }
};

TEST_F(MetricsOfRuns, CountRecordsByFateAndFindingsByCode) {
  EXPECT_EQ(run({"--metrics", "m.prom"}).exit, 0);

  EXPECT_THAT(samples(),
              AllOf(Contains(Pair("mealsync_run_records{fate=new,pipeline=sample-pos}", "81")),
                    Contains(Pair("mealsync_run_records{fate=updated,pipeline=sample-pos}", "7")),
                    Contains(Pair("mealsync_run_records{fate=existing,pipeline=sample-pos}", "231")),
                    Contains(Pair("mealsync_run_records{fate=skipped,pipeline=sample-pos}", "47")),
                    Contains(Pair("mealsync_run_records{fate=rejected,pipeline=sample-pos}", "22")),
                    Contains(Pair("mealsync_run_findings{code=5003,pipeline=sample-pos}", "1")),
                    Contains(Pair("mealsync_run_status{pipeline=sample-pos,status=successful}", "1")),
                    Contains(Pair("mealsync_run_status{pipeline=sample-pos,status=refused}", "0"))));
}

TEST_F(MetricsOfRuns, KeepTheLastSuccessOfAPipelineThatFails) {
  write_pipeline("small", "small.csv");
  write_file(folder_ / "small.csv", "1001\n");
  ASSERT_EQ(run_small({"small.xml", "--metrics", "m.prom"}).exit, 0);
  const auto before = samples();
  std::filesystem::remove(folder_ / "small.csv");

  EXPECT_EQ(run_small({"small.xml", "--metrics", "m.prom"}).exit, 3);

  const auto after = samples();
  for (const char* name : {"mealsync_last_success_timestamp_seconds{pipeline=small}",
                           "mealsync_last_input_timestamp_seconds{pipeline=small}"})
    EXPECT_EQ(after.at(name), before.at(name));
  EXPECT_EQ(after.at("mealsync_run_status{pipeline=small,status=unsuccessful}"), "1");
  EXPECT_EQ(after.at("mealsync_runs_total{pipeline=small,status=successful}"), "1");
  EXPECT_EQ(after.at("mealsync_runs_total{pipeline=small,status=unsuccessful}"), "1");
}

TEST_F(MetricsOfRuns, KeepTheLastSuccessOfAPipelineThatIsRefusedOrHeld) {
  ASSERT_EQ(run({"--metrics", "m.prom"}).exit, 0);
  const auto before = samples();
  const std::string as_it_was = before.at("mealsync_last_success_timestamp_seconds{pipeline=sample-pos}");
  const auto became = [&](const std::string& status) {
    return AllOf(Contains(Pair("mealsync_last_success_timestamp_seconds{pipeline=sample-pos}", as_it_was)),
                 Contains(Pair("mealsync_run_status{pipeline=sample-pos,status=" + status + "}", "1")),
                 Contains(Pair("mealsync_run_status{pipeline=sample-pos,status=successful}", "0")),
                 Contains(Pair("mealsync_run_records{fate=new,pipeline=sample-pos}", "0")));
  };

  as_of_ = "2019-09-06";  // its school year is over
  EXPECT_EQ(run({"--metrics", "m.prom"}).exit, 4);
  EXPECT_THAT(samples(), became("refused"));

  const std::string pipeline = MEALSYNC_PIPELINES "/sample/pos_to_campus.xml";
  ASSERT_EQ(run_program(folder_, {"hold", pipeline, "--reason", "a new file", "--state", "state"}).exit, 0);
  EXPECT_EQ(run({"--metrics", "m.prom"}).exit, 4);
  EXPECT_THAT(samples(), became("held"));
}

TEST_F(MetricsOfRuns, DoNotTakeAnUndoForAnImport) {
  const Json imported = answer_of(run({"--format", "json"}));
  sql(folder_ / "state/journal.db", "UPDATE run SET finished_at = '2016-09-06T01:00:00Z'");
  ASSERT_EQ(run_program(folder_, {"undo", imported["run"], "--state", "state"}).exit, 0);
  EXPECT_THAT(run_program(folder_, {"log", "--state", "state"}).out, HasSubstr("  undo\n"));
  as_of_ = "2019-09-06";  // its school year is over

  ASSERT_EQ(run({"--metrics", "m.prom"}).exit, 4);

  EXPECT_EQ(samples().at("mealsync_last_success_timestamp_seconds{pipeline=sample-pos}"), "1473123600");
}

TEST_F(MetricsOfRuns, SayWhenTheFileCameForTheFirstTime) {
  write_pipeline("small", "small.csv");
  write_file(folder_ / "small.csv", "1001\n");
  ASSERT_EQ(run_small({"small.xml"}).exit, 0);
  sql(folder_ / "state/journal.db", "UPDATE run SET started_at = '2016-09-01T00:00:00Z'");
  constexpr auto name = "mealsync_last_input_timestamp_seconds{pipeline=small}";

  ASSERT_EQ(run_small({"small.xml", "--metrics", "m.prom"}).exit, 0);
  EXPECT_EQ(samples().at(name), "1472688000");
  write_file(folder_ / "small.csv", "1002\n");
  ASSERT_EQ(run_small({"small.xml", "--metrics", "m.prom"}).exit, 0);
  EXPECT_NE(samples().at(name), "1472688000");
}

TEST_F(MetricsOfRuns, HoldAllPipelinesOfOneCommand) {
  write_pipeline("first");
  write_pipeline("second");
  write_file(folder_ / "a \"b\"\\.xml", "<pipeline/>");

  EXPECT_EQ(run_small({"first.xml", "second.xml", "second.xml", "a \"b\"\\.xml", "--metrics", "m.prom",
                       "--jobs", "2"})
                .exit,
            3);

  EXPECT_THAT(samples(), AllOf(Contains(Key("mealsync_run_duration_seconds{pipeline=first}")),
                               Contains(Key("mealsync_run_duration_seconds{pipeline=second}")),
                               Not(Contains(Key(HasSubstr("last_success"))))));
  EXPECT_THAT(samples(), Contains(Pair(R"(mealsync_run_findings{code=MS1304,pipeline=a "b"\.xml})", "2")));
}

TEST_F(MetricsOfRuns, AreThereForEverybodyToReadAndNothingBesideThem) {
  std::filesystem::create_directory(folder_ / "metrics");
  ASSERT_EQ(run({"--metrics", "metrics/m.prom"}).exit, 0);
  ASSERT_EQ(run({"--metrics", "metrics/m.prom"}).exit, 0);

  struct stat status {};
  ASSERT_EQ(::stat((folder_ / "metrics/m.prom").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0644U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_ / "metrics"), {}), 1);
  EXPECT_THAT(bytes_of(folder_ / "metrics/m.prom"), ::testing::EndsWith("\n# EOF\n"));
}

TEST_F(MetricsOfRuns, ThatCannotBeWrittenAreNoPlainSuccess) {
  const Ran ran = run({"--metrics", "none/m.prom"});

  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.err,
              HasSubstr("MS6601: Metrics 'none/m.prom' cannot be written: No such file or directory"));
  EXPECT_EQ(run({"--test", "--metrics", "m.prom"}).exit, 2);
}

}  // namespace
}  // namespace mealsync::testing
