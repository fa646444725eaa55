#include "lab.hpp"

namespace mealsync {
namespace {

/// A stage that is wrong at one door. Whatever happens, nothing is committed, and the report is told.
class FailureOfARun : public Lab {
 protected:
  std::string account_of(std::string_view source, std::string_view transform, std::string_view loader = {}) {
    return account(run(std::string(source) + std::string(transform) +
                       "<sink plugin=\"report\" path=\"log\" as=\"report\"/>"
                       "<sink plugin=\"loader\" path=\"log\" as=\"loader\" " +
                       std::string(loader) + "/>"));
  }
};

constexpr auto two_records =
    R"(<source plugin="given"><file name="f" text="ann/bob/"/><format plugin="lines"/></source>)";

constexpr auto nothing_written = R"(report is made
loader is made
report is told 0:0 The stage broke down: the door 'read' is broken (given)
report concludes: unsuccessful, not committed
loader is gone
report is gone
)";

TEST_F(FailureOfARun, InTheSource) {
  EXPECT_EQ(
      account_of(
          R"(<source plugin="given" breaks_at="read"><file name="f"/><format plugin="lines"/></source>)", ""),
      R"(unsuccessful, not committed: The stage broke down: the door 'read' is broken
failed MS5005: The stage broke down: the door 'read' is broken
)");
  EXPECT_EQ(log(), nothing_written);
}

TEST_F(FailureOfARun, InASourceOfRows) {
  EXPECT_EQ(
      account_of(R"(<source plugin="counted" breaks_at="read" by="number"/>)", ""),
      R"(unsuccessful, not committed: The stage broke down: something was thrown that is no std::exception
failed MS5005: The stage broke down: something was thrown that is no std::exception
)");
}

TEST_F(FailureOfARun, InTheFormat) {
  EXPECT_EQ(account_of(
                R"(<source plugin="given"><file name="f" text="ann"/><format plugin="lines" breaks_at="decode"
                          by="failure"/></source>)",
                ""),
            R"(unsuccessful, not committed: The stage cannot go on at 'decode'
failed 10001: The stage cannot go on at 'decode'
)");
}

TEST_F(FailureOfARun, InTheFramingOfBlocks) {
  EXPECT_EQ(account_of(R"(<source plugin="given"><file name="f" text="ann"/><format plugin="framed_blocks"
                          breaks_at="frame"/></source>)",
                       ""),
            R"(unsuccessful, not committed: The stage broke down: the door 'frame' is broken
failed MS5005: The stage broke down: the door 'frame' is broken
)");
}

TEST_F(FailureOfARun, InATransform) {
  EXPECT_EQ(
      account_of(two_records, R"(<transform plugin="obey" breaks_at="process" by="number"/>)"),
      R"(unsuccessful, not committed: The stage broke down: something was thrown that is no std::exception
read 2
skipped.undecided 2
failed MS5005: The stage broke down: something was thrown that is no std::exception
)");
}

TEST_F(FailureOfARun, InATransformThatRefuses) {
  EXPECT_EQ(account_of(two_records, R"(<transform plugin="obey" breaks_at="process" by="refusal"/>)"),
            R"(refused, not committed: The stage refuses at 'process'
read 2
skipped.undecided 2
refused 10002: The stage refuses at 'process'
)");
}

TEST_F(FailureOfARun, InATransformThatFinishes) {
  EXPECT_EQ(account_of(two_records, R"(<transform plugin="obey" breaks_at="finish"/>)"),
            R"(unsuccessful, not committed: The stage broke down: the door 'finish' is broken
new 2
read 2
failed MS5005: The stage broke down: the door 'finish' is broken
)");
}

TEST_F(FailureOfARun, AtARecordInTheMiddle) {
  EXPECT_EQ(account_of(R"(<source plugin="given" at_once="4"><file name="f" text="ann/break/bob/"/>
                          <format plugin="lines"/></source>)",
                       R"(<transform plugin="obey"/>)"),
            R"(unsuccessful, not committed: The stage broke down: it was told to
new 1
read 2
skipped.undecided 1
failed MS5005: The stage broke down: it was told to
)");
}

TEST_F(FailureOfARun, InALoaderThatWrites) {
  EXPECT_EQ(account_of(two_records, "", R"(breaks_at="write")"),
            R"(unsuccessful, not committed: The stage broke down: the door 'write' is broken
new 2
read 2
failed MS5005: The stage broke down: the door 'write' is broken
)");
  EXPECT_EQ(log(), R"(report is made
loader is made
report writes ann
report writes bob
report is told 0:0 The stage broke down: the door 'write' is broken (loader)
report concludes: unsuccessful, not committed
loader is gone
report is gone
)");
}

TEST_F(FailureOfARun, InALoaderThatCommits) {
  EXPECT_EQ(
      account_of(two_records, "", R"(breaks_at="commit" by="number")"),
      R"(unsuccessful, not committed: The stage broke down: something was thrown that is no std::exception
new 2
read 2
failed MS5005: The stage broke down: something was thrown that is no std::exception
)");
}

TEST_F(FailureOfARun, InALoaderThatRefusesToCommit) {
  EXPECT_EQ(account_of(two_records, "", R"(breaks_at="commit" by="refusal")"),
            R"(refused, not committed: The stage refuses at 'commit'
new 2
read 2
refused 10002: The stage refuses at 'commit'
)");
}

TEST_F(FailureOfARun, InTheFirstOfTwoLoadersSparesTheSecond) {
  run(std::string(two_records) +
      R"(<sink id="one" plugin="loader" path="log" as="one" breaks_at="commit"/>
         <sink id="two" plugin="loader" path="log" as="two" lists="no"/>)");

  EXPECT_EQ(log(), R"(one is made
two is made
one writes ann
one writes bob
two is gone
one is gone
)");
}

TEST_F(FailureOfARun, InALoaderOfAFileSparesTheDatabaseThatStandsBeforeIt) {
  const Outcome outcome =
      run(std::string(two_records) +
          R"(<sink id="database" plugin="database_loader" path="log" as="database" lists="no"/>
                                 <sink plugin="loader" path="log" breaks_at="commit"/>)");

  EXPECT_EQ(account(outcome),
            R"(unsuccessful, not committed: The stage broke down: the door 'commit' is broken
new 2
read 2
failed MS5005: The stage broke down: the door 'commit' is broken
)");
  EXPECT_EQ(log(), "database is made\ndatabase is gone\n");
}

TEST_F(FailureOfARun, InTheDatabaseIsNoCommitThoughAFileIsWritten) {
  EXPECT_EQ(account(run(std::string(two_records) +
                        R"(<sink plugin="loader" path="log"/>
                           <sink plugin="database_loader" path="log" breaks_at="commit"/>)")),
            R"(unsuccessful, not committed: The stage broke down: the door 'commit' is broken
loaded 2
new 2
read 2
failed MS5005: The stage broke down: the door 'commit' is broken
)");
}

TEST_F(FailureOfARun, InTheSecondOfTwoFilesDoesNotHideThatTheFirstIsWritten) {
  EXPECT_EQ(account(run(std::string(two_records) +
                        R"(<sink id="one" plugin="loader" path="log"/>
                           <sink id="two" plugin="loader" path="log" breaks_at="commit"/>)")),
            R"(unsuccessful, committed: The stage broke down: the door 'commit' is broken
loaded 2
new 2
read 2
failed MS5005: The stage broke down: the door 'commit' is broken
)");
}

TEST_F(FailureOfARun, InAReportThatWritesStopsTheCommit) {
  EXPECT_EQ(account(run(std::string(two_records) + R"(<sink plugin="loader" path="log"/>
                        <sink plugin="report" path="log" breaks_at="write"/>)")),
            R"(unsuccessful, not committed: The stage broke down: the door 'write' is broken
new 2
read 2
failed MS5005: The stage broke down: the door 'write' is broken
)");
}

TEST_F(FailureOfARun, InAReportThatIsToldComesTooLateToChangeWhatWasDone) {
  EXPECT_EQ(
      account(run(R"(<source plugin="given"><file name="f" text="ann/bad"/><format plugin="lines"/></source>
                           <sink plugin="loader" path="log"/>
                           <sink plugin="report" path="log" breaks_at="found"/>)")),
      R"(successful, committed
errors 1
loaded 1
new 1
read 2
failed MS5005: The stage broke down: the door 'found' is broken
Line 2: ERROR 10011 - Line 'bad' is bad
)");
}

TEST_F(FailureOfARun, InTheSourceThatIsToldOfTheCommitIsToldAndUndoesNothing) {
  const Outcome outcome = run(R"(<source plugin="given" breaks_at="committed" by="failure">
               <file name="f" text="ann/bob"/><format plugin="lines"/></source>
             <sink plugin="report" path="log" as="report" lists="no"/>
             <sink plugin="loader" path="log"/>)");

  EXPECT_EQ(account(outcome), R"(successful, committed
loaded 2
new 2
read 2
failed 10001: The stage cannot go on at 'committed'
)");
  EXPECT_EQ(log(), R"(report is made
report concludes: successful, committed
report is gone
)");
}

TEST_F(FailureOfARun, InALoaderKeepsTheCommitFromTheSource) {
  run(R"(<source plugin="given" log="log"><file name="f" text="ann/bob"/><format plugin="lines"/></source>
         <sink id="one" plugin="loader" path="log"/>
         <sink id="two" plugin="loader" path="log" breaks_at="commit"/>)");

  EXPECT_EQ(log(), "");
}

TEST_F(FailureOfARun, InAReportThatConcludesLetsTheOthersConclude) {
  EXPECT_EQ(account(run(std::string(two_records) +
                        R"(<sink plugin="report" path="other-log" breaks_at="conclude" by="number"/>
                           <sink plugin="report" id="other" path="log" as="other" lists="no"/>)")),
            R"(successful, not committed
new 2
read 2
failed MS5005: The stage broke down: something was thrown that is no std::exception
)");
  EXPECT_EQ(log(), R"(other is made
other concludes: successful, not committed
other is gone
)");
}

TEST_F(FailureOfARun, WhereStagesCannotBeMadeTellsOfAllOfThem) {
  EXPECT_EQ(account_of(R"(<source plugin="given" breaks_at="constructor"><file name="f"/>
                          <format plugin="lines" breaks_at="constructor" by="failure"/></source>)",
                       R"(<transform plugin="obey" breaks_at="constructor" by="refusal"/>)",
                       R"(breaks_at="constructor" by="number")"),
            R"(unsuccessful, not committed: The stage broke down: the door 'constructor' is broken
failed MS5005: The stage broke down: the door 'constructor' is broken
failed 10001: The stage cannot go on at 'constructor'
refused 10002: The stage refuses at 'constructor'
failed MS5005: The stage broke down: something was thrown that is no std::exception
)");
  EXPECT_EQ(log(), R"(report is made
report is told 0:0 The stage broke down: the door 'constructor' is broken (given)
report is told 0:0 The stage cannot go on at 'constructor' (lines)
report is told 0:0 The stage refuses at 'constructor' (obey)
report is told 0:0 The stage broke down: something was thrown that is no std::exception (loader)
report concludes: unsuccessful, not committed
report is gone
)");
}

TEST_F(FailureOfARun, OfASinkStopsReadingHoweverMuchThereIs) {
  const Outcome outcome = run(R"(<source plugin="counted" rows="1000000000000"/>
                                 <sink plugin="loader" path="log" breaks_at="write" by="failure"/>)");

  EXPECT_EQ(outcome.status, "unsuccessful");
  EXPECT_EQ(outcome.reason, "The stage cannot go on at 'write'");
  EXPECT_EQ(outcome.findings.groups().size(), 1U);
}

class LawlessStage : public FailureOfARun {
 protected:
  std::string account_of_transform(std::string_view plugin) {
    return account_of(two_records, "<transform plugin=\"" + std::string(plugin) + "\"/>");
  }
};

TEST_F(LawlessStage, ThatGivesAnotherNumberOfColumns) {
  EXPECT_EQ(account_of_transform("emits_a_column_less"),
            R"(unsuccessful, not committed: The stage 'emits_a_column_less' gave 0 columns, and planned 1
read 2
skipped.undecided 2
failed MS3108: The stage 'emits_a_column_less' gave 0 columns, and planned 1
)");
}

TEST_F(LawlessStage, ThatFailsWithoutAWord) {
  EXPECT_EQ(account_of_transform("fails_in_process"),
            R"(unsuccessful, not committed: The stage 'fails_in_process' failed without a word
read 2
skipped.undecided 2
failed MS3101: The stage 'fails_in_process' failed without a word
)");
}

TEST_F(LawlessStage, ThatEndsInTheMiddle) {
  EXPECT_EQ(account_of_transform("ends_in_process"),
            R"(unsuccessful, not committed: The stage 'ends_in_process' failed without a word
read 2
skipped.undecided 2
failed MS3101: The stage 'ends_in_process' failed without a word
)");
}

TEST_F(LawlessStage, ThatEndsBeforeItIsMade) {
  EXPECT_EQ(account_of_transform("ends_in_create"),
            R"(unsuccessful, not committed: The stage 'ends_in_create' failed without a word
failed MS3101: The stage 'ends_in_create' failed without a word
)");
}

TEST_F(LawlessStage, ThatGivesAnAnswerWhichIsNone) {
  EXPECT_EQ(account_of_transform("answers_nine"),
            R"(unsuccessful, not committed: The stage 'answers_nine' failed without a word
read 2
skipped.undecided 2
failed MS3101: The stage 'answers_nine' failed without a word
)");
}

TEST_F(LawlessStage, ThatRefusesAndGoesOnIsRefused) {
  EXPECT_EQ(account_of_transform("refuses_and_goes_on"), R"(refused, not committed: I refuse
new 2
read 2
refused 10031: I refuse
)");
}

TEST_F(LawlessStage, ThatFailsToWriteWithoutAWord) {
  EXPECT_EQ(account(run(std::string(two_records) + R"(<sink plugin="fails_in_write"/>)")),
            R"(unsuccessful, not committed: The stage 'fails_in_write' failed without a word
new 2
read 2
failed MS3101: The stage 'fails_in_write' failed without a word
)");
}

TEST_F(LawlessStage, ThatGivesRowsWhereNobodyTakesThem) {
  EXPECT_EQ(account(run(R"(<source plugin="three"/><sink plugin="emits_from_a_sink"/>)")),
            R"(unsuccessful, not committed: The stage 'emits_from_a_sink' gave records where none are taken
new 3
read 3
failed MS3109: The stage 'emits_from_a_sink' gave records where none are taken
)");
}

}  // namespace
}  // namespace mealsync
