#include <gmock/gmock.h>

#include "lab.hpp"

namespace mealsync {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Run : public Lab {};

constexpr auto two_records = R"(
  <source plugin="given"><file name="pos.txt" text="ann/bob/"/><format plugin="lines"/></source>
  <sink plugin="report" path="log" as="report"/>
  <sink plugin="loader" path="log" as="loader"/>
)";

TEST_F(Run, CommitsAfterTheLastRecordAndConcludesAfterTheCommit) {
  const Outcome outcome = run(two_records);

  EXPECT_EQ(account(outcome), R"(successful, committed
loaded 2
new 2
read 2
)");
  EXPECT_EQ(log(), R"(report is made
loader is made
report writes ann
report writes bob
loader writes ann
loader writes bob
loader commits 2 of 2
report concludes: successful, committed
loader is gone
report is gone
)");
}

TEST_F(Run, OfATestIsTheSameButForTheCommit) {
  const Outcome outcome = run(two_records, true);

  EXPECT_EQ(account(outcome), R"(successful, not committed
new 2
read 2
)");
  EXPECT_EQ(log(), R"(report is made
loader is made
report writes ann
report writes bob
loader writes ann
loader writes bob
report concludes: successful, not committed
loader is gone
report is gone
)");
}

TEST_F(Run, TellsItsInputsItsReportsAndWhenItEnded) {
  const Outcome outcome = run(two_records);

  ASSERT_EQ(outcome.inputs.size(), 1U);
  EXPECT_EQ(outcome.inputs[0].file, "pos.txt");
  EXPECT_EQ(outcome.inputs[0].bytes, 8U);
  EXPECT_THAT(outcome.reports, ElementsAre((folder_ / "log").string()));
  EXPECT_EQ(outcome.finished_at, "2016-09-06T01:00:05Z");
}

TEST_F(Run, CommitsLoadersInTheOrderOfTheFileButTheDatabaseLast) {
  run(R"(
    <source plugin="given"><file name="f" text="ann"/><format plugin="lines"/></source>
    <sink id="database" plugin="database_loader" path="log" as="database"/>
    <sink id="one" plugin="loader" path="log" as="one"/>
    <sink id="two" plugin="loader" path="log" as="two"/>
  )");

  EXPECT_EQ(log(), R"(database is made
one is made
two is made
database writes ann
one writes ann
two writes ann
one commits 1 of 1
two commits 1 of 1
database commits 1 of 1
two is gone
one is gone
database is gone
)");
}

constexpr auto told_source = R"(
  <source plugin="given" log="log"><file name="f" text="ann"/><format plugin="lines"/></source>
  <sink plugin="report" path="log" as="report"/>
  <sink plugin="database_loader" path="log" as="database"/>
  <sink plugin="loader" path="log" as="loader"/>
)";

TEST_F(Run, TellsTheSourceOnceEveryLoaderHasCommitted) {
  run(told_source);

  EXPECT_EQ(log(), R"(report is made
database is made
loader is made
report writes ann
database writes ann
loader writes ann
loader commits 1 of 1
database commits 1 of 1
given knows it is committed
report concludes: successful, committed
loader is gone
database is gone
report is gone
)");
}

TEST_F(Run, OfATestTellsTheSourceNothing) {
  run(told_source, true);

  EXPECT_THAT(log(), Not(HasSubstr("given knows")));
}

TEST_F(Run, WithoutALoaderTellsTheSourceNothing) {
  run(R"(
    <source plugin="given" log="log"><file name="f" text="ann"/><format plugin="lines"/></source>
    <sink plugin="report" path="log"/>
  )");

  EXPECT_EQ(log(), "");
}

TEST_F(Run, TakesASourceWhoseTableIsOlderThanWhatItMayBeTold) {
  EXPECT_EQ(
      account(run(R"(<source plugin="older"/><sink plugin="loader" path="log" as="loader" lists="no"/>)")),
      R"(successful, committed
loaded 1
new 1
read 1
)");
}

TEST_F(Run, TellsWhatItsSourceHasReached) {
  std::string reached;
  RunFacts listening = facts();
  listening.step = [&](const std::string& step) { reached += step + '\n'; };

  static_cast<void>(run_pipeline(plan(two_records), listening));

  EXPECT_EQ(reached, "1 files are there\n");
}

TEST_F(Run, WithoutALoaderCommitsNothing) {
  EXPECT_EQ(account(run(R"(
              <source plugin="given"><file name="f" text="ann"/><format plugin="lines"/></source>
              <sink plugin="report" path="log"/>
            )")),
            R"(successful, not committed
new 1
read 1
)");
}

TEST_F(Run, SendsWhatATransformKeptThroughTheTransformsAfterIt) {
  run(R"(
    <source plugin="given"><file name="f" text="keep/ann/keep/"/><format plugin="lines"/></source>
    <transform plugin="obey"/>
    <transform plugin="obey" id="again"/>
    <sink plugin="loader" path="log" as="loader"/>
  )");

  EXPECT_EQ(log(), R"(loader is made
loader writes ann
loader writes kept
loader writes kept
loader commits 3 of 3
loader is gone
)");
}

TEST_F(Run, TakesRowsOfASourceThatNeedsNoFormat) {
  EXPECT_EQ(account(run(R"(
              <source plugin="counted" rows="2500"/>
              <sink plugin="loader" path="log" as="loader" lists="no"/>
            )")),
            R"(successful, committed
loaded 2500
new 2500
read 2500
)");
}

TEST_F(Run, TakesRowsOfAPluginInPlainC) {
  EXPECT_EQ(account(run(R"(
              <source plugin="three"/>
              <sink plugin="loader" path="log" as="loader" lists="no"/>
            )")),
            R"(successful, committed
loaded 3
new 3
read 3
)");
}

TEST_F(Run, OfAMillionRecordsEnds) {
  EXPECT_EQ(account(run(R"(
              <source plugin="counted" rows="1000000"/>
              <transform plugin="adds" column="person"/>
              <sink plugin="loader" path="log" lists="no"/>
              <sink plugin="report" path="log" lists="no"/>
            )")),
            R"(successful, committed
loaded 1000000
new 1000000
read 1000000
)");
}

TEST_F(Run, GivesTheRunsOwnVariablesToItsStages) {
  const Outcome outcome = run(R"(
    <source plugin="given"><file name="f" text="ann"/><format plugin="lines"/></source>
    <sink plugin="report" path="${pipeline}-${run}-${date}.txt"/>
  )");

  EXPECT_THAT(outcome.reports, ElementsAre((folder_ / "lab-17-2016-09-06.txt").string()));
  EXPECT_TRUE(std::filesystem::exists(outcome.reports.front()));
}

TEST_F(Run, ShowsHowFarItHasCome) {
  const Plan made = plan(R"(
    <source plugin="given" at_once="4"><file name="f" text="ann/bob/"/><format plugin="lines"/></source>
    <sink plugin="loader" path="log"/>
  )");
  std::string shown;
  RunFacts watched = facts();
  watched.progress = [&](const Progress& p) {
    shown += compose("{} bytes, {} records; ", p.bytes, p.records);
  };

  static_cast<void>(run_pipeline(made, watched));

  EXPECT_EQ(shown, "4 bytes, 1 records; 8 bytes, 2 records; ");
}

}  // namespace
}  // namespace mealsync
