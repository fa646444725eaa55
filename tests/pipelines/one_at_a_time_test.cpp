// Many runs at once, and runs that are killed: nothing runs twice, and nothing is lost.

#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <functional>
#include <sstream>

#include <gmock/gmock.h>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// Imports of a part of the sample's students each, that wait where they are told until the gate has been opened.
class AtOnce : public District {
 protected:
  AtOnce() { EXPECT_EQ(mkfifo((folder_ / "gate").c_str(), 0600), 0); }

  /// A pipeline of the lines whose number leaves `rest` when it is divided by `parts`.
  void write_pipeline(const std::string& name, const std::string& transform = "",
                      const std::string& sink = "", std::size_t rest = 0, std::size_t parts = 1) const {
    std::istringstream all(bytes_of(pos()));
    std::string part;
    std::size_t number = 0;
    for (std::string line; std::getline(all, line); ++number)
      if (std::hash<std::string>()(line.substr(0, line.find(','))) % parts == rest) part += line + "\n";
    write_file(folder_ / (name + ".txt"), part);
    write_file(folder_ / (name + ".xml"), "<pipeline name=\"" + name +
                                              R"(" district="Nowhere" school_year="2016-17">
  <include href=")" MEALSYNC_PIPELINES R"(/kentucky/codes.xml"/>
  <guard rejected_percent="100" changed_percent="100" ended_percent="100" lost_percent="100"
         school_changed_percent="100" school_ended_percent="100" school_lost_percent="100"/>
  <source plugin="local_file" path=")" + name +
                                              R"(.txt">
    <format plugin="delimited">
      <column as="state_id"/> <column as="word"/> <column skip="yes"/> <column skip="yes"/> <column skip="yes"/>
      <column as="status"/> <column as="code"/>
      <column as="start_date" type="date"/> <column as="end_date" type="date"/>
    </format>
  </source>
  <transform plugin="map_values" from="status code" use="kentucky-codes"/>
  <transform plugin="year_mapping" default_expiration="2017-10-02"/>
  <transform plugin="match_student" database="campus.db"/>
  <transform plugin="obey" )" + transform +
                                              R"(/>
  <transform plugin="cep_filter" database="campus.db"/>
  <transform plugin="merge_eligibility" database="campus.db" default_expiration="2017-10-02"/>
  <sink plugin="ic_database" database="campus.db"/>
  <sink plugin="report" path="seen.txt" )" + sink +
                                              R"(/>
</pipeline>
)");
  }

  [[nodiscard]] Started start(const std::string& pipeline, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"run",       pipeline + ".xml",
                                       "--as-of",   "2016-09-06",
                                       "--state",   "state",
                                       "--format",  "json",
                                       "--plugins", MEALSYNC_STRANGER_FOLDER "/obey",
                                       "--plugins", MEALSYNC_STRANGER_FOLDER "/witness"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return start_program(folder_, arguments, {}, std::to_string(started_++));
  }
  [[nodiscard]] Ran run_to_its_end(const std::string& pipeline, std::vector<std::string> more = {}) {
    return start(pipeline, std::move(more)).end();
  }
  /// The next of them to end.
  static Ran take_next(std::vector<Started>& running) {
    siginfo_t ended{};
    EXPECT_EQ(waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT), 0);
    const auto which = std::find_if(running.begin(), running.end(),
                                    [&](const Started& each) { return each.process() == ended.si_pid; });
    Ran ran = which->end();
    running.erase(which);
    return ran;
  }
  /// Waits until a run stands at the gate; it goes on when the stream is closed.
  [[nodiscard]] std::ofstream arrival() const { return std::ofstream(folder_ / "gate"); }

  /// The entries of the log, oldest first.
  [[nodiscard]] std::vector<Json> log() const {
    std::istringstream lines(run_program(folder_, {"log", "--state", "state", "--format", "json"}).out);
    std::vector<Json> entries;
    for (std::string line; std::getline(lines, line);)
      entries.insert(entries.begin(), Json::parse(line));
    return entries;
  }
  [[nodiscard]] std::string meals() const {
    return sql(campus(),
               "SELECT personID, endYear, eligibility, source, type, startDate, endDate FROM POSEligibility "
               "ORDER BY 1, 2, 6, 7");
  }

  int started_ = 0;
};

constexpr auto waits_before_it_reads = R"(breaks_at="constructor" by="gate")";
constexpr auto waits_after_its_commit = R"(breaks_at="conclude" by="gate")";

TEST_F(AtOnce, OneOfTwentyCopiesRunsAndTheOthersSayWhichOneDoes) {
  write_pipeline("nightly", waits_before_it_reads);
  std::vector<Started> copies;
  for (int i = 0; i < 20; ++i)
    copies.push_back(start("nightly"));

  std::vector<Ran> refused;
  while (copies.size() > 1)
    refused.push_back(take_next(copies));
  std::ofstream gate = arrival();
  refused.push_back(run_to_its_end("nightly"));
  gate.close();
  const Ran ran = copies[0].end();

  EXPECT_EQ(ran.exit, 0) << ran.err;
  for (const Ran& each : refused) {
    EXPECT_EQ(each.exit, 75);
    EXPECT_EQ(answer_of(each)["status"], "busy");
    EXPECT_THAT(each.err, AllOf(HasSubstr("MS4021"), HasSubstr("Wait until that run has ended")));
  }
  EXPECT_THAT(refused.back().out, HasSubstr("process " + std::to_string(copies[0].process()) + " of "));
  EXPECT_EQ(log().size(), 1U);
}

TEST_F(AtOnce, TenPipelinesLoadOneDatabaseAndNothingIsLost) {
  write_pipeline("whole");
  std::filesystem::copy_file(campus(), folder_ / "before.db");
  const Json whole = answer_of(run_to_its_end("whole"));
  const std::string expected = meals();
  std::filesystem::copy_file(folder_ / "before.db", campus(),
                             std::filesystem::copy_options::overwrite_existing);
  std::vector<Started> parts;
  for (std::size_t i = 0; i < 10; ++i)
    write_pipeline("part" + std::to_string(i), "", "", i, 10);

  for (std::size_t i = 0; i < 10; ++i)
    parts.push_back(start("part" + std::to_string(i)));

  std::uint64_t read = 0;
  for (const Started& part : parts) {
    const Ran ran = part.end();
    EXPECT_EQ(ran.exit, 0) << ran.err;
    read += answer_of(ran)["read"].get<std::uint64_t>();
  }
  EXPECT_EQ(read, whole["read"]);
  EXPECT_EQ(meals(), expected);
}

TEST_F(AtOnce, ATestImportRunsBesideARealOne) {
  write_pipeline("nightly", waits_before_it_reads);
  const Started real = start("nightly");
  std::ofstream gate = arrival();
  write_pipeline("nightly");

  EXPECT_EQ(run_to_its_end("nightly", {"--test"}).exit, 0);
  EXPECT_EQ(run_to_its_end("nightly").exit, 75);

  gate.close();
  EXPECT_EQ(real.end().exit, 0);
}

TEST_F(AtOnce, ARunThatFindsAnotherIsBusyInItsMetrics) {
  write_pipeline("nightly", waits_before_it_reads);
  const Started first = start("nightly");
  std::ofstream gate = arrival();

  EXPECT_EQ(run_to_its_end("nightly", {"--metrics", "m.prom"}).exit, 75);

  EXPECT_THAT(bytes_of(folder_ / "m.prom"),
              HasSubstr("mealsync_run_status{pipeline=\"nightly\",status=\"busy\"} 1\n"));
  gate.close();
  EXPECT_EQ(first.end().exit, 0);
}

TEST_F(AtOnce, AnUndoChangesNothingWhileItsPipelineRuns) {
  write_pipeline("nightly");
  const std::string imported = answer_of(run_to_its_end("nightly"))["run"], after = eligibility();
  write_pipeline("nightly", waits_before_it_reads);
  const Started real = start("nightly");
  std::ofstream gate = arrival();

  const Ran busy = run_program(folder_, {"undo", imported, "--state", "state", "--format", "json"});
  const Ran tested = run_program(folder_, {"undo", imported, "--state", "state", "--test"});

  EXPECT_EQ(busy.exit, 75);
  EXPECT_EQ(Json::parse(busy.out)["status"], "busy");
  EXPECT_THAT(busy.err, HasSubstr("MS4021"));
  EXPECT_EQ(tested.exit, 0) << tested.err;
  EXPECT_EQ(eligibility(), after);
  EXPECT_EQ(log().size(), 3U);
  gate.close();
  EXPECT_EQ(real.end().exit, 0);
}

TEST_F(AtOnce, ARunThatIsKilledIsOutOfTheWayOfTheNext) {
  const std::string before = eligibility();
  write_pipeline("nightly", waits_before_it_reads);
  const Started first = start("nightly");
  const std::ofstream gate = arrival();

  kill(first.process(), SIGKILL);
  EXPECT_EQ(first.end().exit, 128 + SIGKILL);
  EXPECT_EQ(eligibility(), before);
  write_pipeline("nightly");

  EXPECT_EQ(run_to_its_end("nightly").exit, 0);
  EXPECT_EQ(log()[0]["status"], "interrupted");
  EXPECT_EQ(log()[1]["status"], "successful");
}

TEST_F(AtOnce, ARunThatIsKilledAfterItsCommitIsASuccessInTheLog) {
  write_pipeline("nightly", "", waits_after_its_commit);
  const Started first = start("nightly");
  const std::ofstream gate = arrival();

  kill(first.process(), SIGKILL);
  EXPECT_EQ(first.end().exit, 128 + SIGKILL);
  const std::string after = meals();
  write_pipeline("nightly");

  EXPECT_EQ(run_to_its_end("nightly").exit, 0);
  const Json entry = log()[0];
  EXPECT_EQ(entry["status"], "successful");
  EXPECT_THAT(entry["reason"], HasSubstr("the process ended after the changes were written"));
  EXPECT_EQ(sql(campus(), "SELECT inserted FROM ImportRun ORDER BY importRunID LIMIT 1"),
            entry["inserted"].dump() + "\n");
  EXPECT_EQ(meals(), after);
}

}  // namespace
}  // namespace mealsync::testing
