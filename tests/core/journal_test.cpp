#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <sstream>
#include <thread>
#include <tuple>

#include "journal_folder.hpp"

#include <gmock/gmock.h>
#include <mealsync/context.hpp>

namespace mealsync {
namespace {

Finding saying(const std::string& words) {
  return {9009, Severity::warning, words, "", {}, 0, "", ""};
}

std::vector<std::string> words_of(const RunRecord& record) {
  std::vector<std::string> words;
  for (const Finding& finding : record.findings)
    words.push_back(finding.message);
  return words;
}

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::SizeIs;

using JournalRuns = JournalFolder;

/// A record as text, but for its name and user, which differ from run to run.
std::string text_of(const RunRecord& record) {
  std::ostringstream text;
  text << record.pipeline << " | " << record.district << " | " << record.school_year << " | " << record.as_of
       << (record.test ? " | test" : " | real") << '\n'
       << record.started_at << " to " << record.finished_at << ": " << record.status << ", " << record.reason
       << '\n';
  for (const auto& input : record.inputs)
    text << input.file << ' ' << input.bytes << ' ' << input.sha256 << '\n';
  for (const auto& [name, value] : record.counts)
    text << name << ' ' << value << '\n';
  for (const auto& finding : record.findings) {
    text << render(finding) << " | " << Place{finding.place}.file() << " | " << finding.stage << " | "
         << finding.remedy << " | key '" << finding.key << "'\n";
  }
  return text.str();
}

/// Runs `work` in a process that is gone afterwards.
void in_a_process_that_ends(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST_F(JournalRuns, GivesAWholeRecordBackWhenItIsOpenedAgain) {
  RunRecord record = nightly();
  record.test = true;
  Findings findings;
  {
    Journal journal = open_journal();
    ASSERT_TRUE(journal.begin(record, findings));
    record.finished_at = "2016-09-06T01:00:09Z";
    record.status = "refused";
    record.reason = "21 of 100 records changed";
    record.inputs = {{"pos.csv", 5'000'000'000, "a1b2"}, {"dc.txt", 0, "c3d4"}};
    record.counts = {{"read", 100}, {"skipped.cep", 3}};
    ASSERT_TRUE(journal.finish(
        record,
        log_of({{2101,
                 Severity::error,
                 "End date is before '\x1f'",
                 "Choose another.",
                 {},
                 Place::of(1, 7).packed,
                 "1900000001",
                 "year"},
                {own(1120),
                 Severity::warning,
                 "Password is written out",
                 "Use env:NAME.",
                 {"p.xml", 3, 14},
                 0,
                 "",
                 ""},
                {5011, Severity::refusal, "Too much changes", "Look at the file.", {}, 0, "", "merge"}}),
        findings));
  }

  EXPECT_EQ(text_of(shown(open_journal(), record.run)),
            "jefferson-pos | Jefferson County | 2016-17 | 2016-09-06 | test\n"
            "2016-09-06T01:00:00Z to 2016-09-06T01:00:09Z: refused, 21 of 100 records changed\n"
            "pos.csv 5000000000 a1b2\n"
            "dc.txt 0 c3d4\n"
            "read 100\n"
            "skipped.cep 3\n"
            "p.xml:3:14: warning MS1120: Password is written out | 0 |  | Use env:NAME. | key ''\n"
            "refused 5011: Too much changes | 0 | merge | Look at the file. | key ''\n"
            "Line 7: ERROR 2101 - End date is before '******0001' | 1 | year | Choose another. | key ''\n");
}

TEST_F(JournalRuns, KeepsHoweverManyFindingsInTheirOrder) {
  Journal journal = open_journal();
  for (const std::uint64_t count : {15U, 16U, 17U, 32U, 53U}) {
    std::vector<Finding> found;
    for (std::uint64_t line = 1; line <= count; ++line)
      found.push_back({1001, Severity::error, compose("No student {}", line), "", {}, line, "", ""});

    const RunRecord run = shown(journal, finished(journal, found).run);

    std::string kept, expected;
    for (const Finding& finding : run.findings)
      kept += render(finding) + '\n';
    for (std::uint64_t line = 1; line <= count; ++line)
      expected += compose("Line {}: ERROR 1001 - No student {}\n", line, line);
    EXPECT_EQ(kept, expected);
  }
}

TEST_F(JournalRuns, ShowsARunThatHasNotEnded) {
  Journal journal = open_journal();

  EXPECT_EQ(text_of(shown(journal, begin(journal))),
            "jefferson-pos | Jefferson County | 2016-17 | 2016-09-06 | real\n"
            "2016-09-06T01:00:00Z to : running, \n");
}

TEST_F(JournalRuns, TellsTheCallerWhatItWroteDownOfABegunRun) {
  Journal journal = open_journal();
  RunRecord record = nightly();
  Findings findings;
  ASSERT_TRUE(journal.begin(record, findings));

  const RunRecord kept = shown(journal, record.run);
  EXPECT_THAT(record.user, Not(""));
  EXPECT_EQ(std::tie(record.run, record.status, record.user), std::tie(kept.run, kept.status, kept.user));
}

TEST_F(JournalRuns, ListsInputsAndCountsButNoFindings) {
  Journal journal = open_journal();
  RunRecord record = nightly();
  record.inputs = {{"pos.csv", 12, "a1b2"}};
  record.counts = {{"read", 1}};
  finished(journal, {{1001, Severity::error, "No such student", "Find it.", {}, 1, "", ""}}, record);
  Findings findings;

  EXPECT_EQ(text_of(journal.list("", findings).value().front()),
            "jefferson-pos | Jefferson County | 2016-17 | 2016-09-06 | real\n"
            "2016-09-06T01:00:00Z to 2016-09-06T01:00:09Z: successful, \n"
            "pos.csv 12 a1b2\n"
            "read 1\n");
}

TEST_F(JournalRuns, NamesARunAfterItsStart) {
  Journal journal = open_journal();

  EXPECT_THAT(begin(journal), MatchesRegex("20160906-010000-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]"));
}

TEST_F(JournalRuns, NamesTwoRunsOfOneSecondApart) {
  Journal journal = open_journal();

  EXPECT_NE(begin(journal), begin(journal));
}

TEST_F(JournalRuns, FindsAFreeNameWhereNearlyAllOfASecondAreTaken) {
  Journal journal = open_journal();
  execute(R"(
    WITH RECURSIVE taken(n) AS (SELECT 0x40 UNION ALL SELECT n + 1 FROM taken WHERE n < 0xffff)
    INSERT INTO run (run, pipeline, district, school_year, as_of, test, started_at, status, user, host, process,
                     process_start)
    SELECT printf('20160906-010000-%04x', n), '', '', '', '', 0, '', 'successful', '', '', 0, 0 FROM taken)");

  EXPECT_THAT(begin(journal), MatchesRegex("20160906-010000-00[0-3][0-9a-f]"));
}

TEST_F(JournalRuns, IsOneForTwoWhoHaveItOpen) {
  Journal first = open_journal();
  Journal second = open_journal();
  const std::string run_of_first = begin(first);
  const std::string run_of_second = begin(second);

  EXPECT_THAT(names(first, ""), ElementsAre(run_of_second, run_of_first));
}

TEST_F(JournalRuns, KeepsEveryRunOfTwoThatWriteAtOnce) {
  const auto write_runs = [this] {
    Journal journal = open_journal();
    for (int i = 0; i < 3; ++i)
      finished(journal);
  };
  {
    const std::jthread first(write_runs);
    const std::jthread second(write_runs);
  }

  EXPECT_THAT(names(open_journal(), ""), SizeIs(6));
}

TEST_F(JournalRuns, ListsOnePipelineNewestFirst) {
  Journal journal = open_journal();
  const std::string older = begin(journal);
  begin(journal, nightly("shelby-pos"));
  const std::string newer = begin(journal);

  EXPECT_THAT(names(journal, "jefferson-pos"), ElementsAre(newer, older));
}

TEST_F(JournalRuns, ShowsNothingOfAnUnknownRunAndFindsNoFault) {
  Findings findings;

  EXPECT_FALSE(open_journal().show("20160906-010000-0000", findings));
  EXPECT_EQ(told(findings), "");
}

TEST_F(JournalRuns, DoesNotFinishARunThatItDoesNotHave) {
  RunRecord record = nightly();
  record.run = "20160906-010000-0000";
  Findings findings;

  EXPECT_FALSE(open_journal().finish(record, {}, findings));
  EXPECT_EQ(told(findings),
            "failed MS4008: Run '20160906-010000-0000' is not in journal '" + file().string() + "'\n");
}

TEST_F(JournalRuns, FinishesARunWholeOrNotAtAll) {
  Journal journal = open_journal();
  RunRecord record = nightly();
  Findings findings;
  ASSERT_TRUE(journal.begin(record, findings));
  record.status = "successful";
  record.counts = {{"read", 1}};
  const Finding impossible{1001, Severity{9}, "", "", {}, 0, "", ""};

  EXPECT_FALSE(journal.finish(record, log_of({impossible}), findings));
  EXPECT_EQ(told(findings),
            "failed MS4007: Journal '" + file().string() +
                "' cannot be read or written: CHECK constraint failed: severity BETWEEN 0 AND 4\n");
  EXPECT_EQ(text_of(shown(journal, record.run)),
            "jefferson-pos | Jefferson County | 2016-17 | 2016-09-06 | real\n"
            "2016-09-06T01:00:00Z to : running, \n");
}

TEST_F(JournalRuns, KeepsWhatARunFoundThoughItDiesBeforeItIsFinished) {
  in_a_process_that_ends([this] {
    Journal journal = open_journal();
    Findings findings;
    static_cast<void>(journal.keep(begin(journal), log_of({saying("found")}), findings));
  });
  Journal journal = open_journal();
  const std::string dead = names(journal, "").at(0);
  begin(journal);

  const RunRecord record = shown(journal, dead);

  EXPECT_EQ(record.status, "interrupted");
  EXPECT_EQ(words_of(record), (std::vector<std::string>{"found"}));
}

TEST_F(JournalRuns, PutsFindingsThatComeLateBehindThoseThatItHas) {
  Journal journal = open_journal();
  RunRecord record = nightly();
  Findings findings;
  ASSERT_TRUE(journal.begin(record, findings));
  record.status = "successful";

  ASSERT_TRUE(journal.keep(record.run, log_of({saying("first")}), findings));
  ASSERT_TRUE(journal.keep(record.run, log_of({saying("second")}), findings));
  ASSERT_TRUE(journal.finish(record, log_of({saying("third")}), findings));

  EXPECT_EQ(words_of(shown(journal, record.run)), (std::vector<std::string>{"first", "second", "third"}));
}

TEST_F(JournalRuns, MarksARunInterruptedWhoseProcessIsGone) {
  in_a_process_that_ends([this] {
    Journal journal = open_journal();
    begin(journal);
  });
  Journal journal = open_journal();
  const std::string dead = names(journal, "").at(0);
  begin(journal);

  EXPECT_EQ(text_of(shown(journal, dead)),
            "jefferson-pos | Jefferson County | 2016-17 | 2016-09-06 | real\n"
            "2016-09-06T01:00:00Z to : interrupted, the process ended before the run did\n");
}

TEST_F(JournalRuns, MarksARunInterruptedWhoseProcessNumberALaterOneHas) {
  Journal journal = open_journal();
  const std::string dead = begin(journal);
  execute("UPDATE run SET process_start = process_start - 1");
  begin(journal);

  EXPECT_EQ(shown(journal, dead).status, "interrupted");
}

TEST_F(JournalRuns, LeavesARunAloneWhoseProcessLives) {
  Journal journal = open_journal();
  const std::string alive = begin(journal);
  begin(journal);

  EXPECT_EQ(shown(journal, alive).status, "running");
}

TEST_F(JournalRuns, LeavesARunOfAnotherMachineAlone) {
  Journal journal = open_journal();
  const std::string elsewhere = begin(journal);
  execute("UPDATE run SET host = 'another machine', process_start = 1");
  begin(journal);

  EXPECT_EQ(shown(journal, elsewhere).status, "running");
}

TEST_F(JournalRuns, LeavesARunOfAnotherPipelineAlone) {
  Journal journal = open_journal();
  const std::string dead = begin(journal, nightly("shelby-pos"));
  execute("UPDATE run SET process_start = 1");
  begin(journal);

  EXPECT_EQ(shown(journal, dead).status, "running");
}

TEST_F(JournalRuns, ClearsOnePipeline) {
  Journal journal = open_journal();
  finished(journal);
  finished(journal);
  const RunRecord other = finished(journal, {}, nightly("shelby-pos"));

  EXPECT_EQ(clear(journal, "jefferson-pos"), 2U);
  EXPECT_THAT(names(journal, ""), ElementsAre(other.run));
}

TEST_F(JournalRuns, ClearsAllPipelinesButNotWhatStillRuns) {
  Journal journal = open_journal();
  finished(journal);
  finished(journal, {}, nightly("shelby-pos"));
  const std::string running = begin(journal);

  EXPECT_EQ(clear(journal, ""), 2U);
  EXPECT_THAT(names(journal, ""), ElementsAre(running));
}

TEST_F(JournalRuns, ClearsARunWhoseProcessIsGone) {
  Journal journal = open_journal();
  begin(journal);
  execute("UPDATE run SET process_start = 1");

  EXPECT_EQ(clear(journal, "jefferson-pos"), 1U);
}

TEST_F(JournalRuns, ClearsFindingsWithTheirRun) {
  Journal journal = open_journal();
  const Finding fault{1001, Severity::error, "No such student", "Find it.", {}, 1, "", ""};
  finished(journal, {fault});
  clear(journal, "");

  EXPECT_EQ(text_of(shown(journal, finished(journal, {fault}).run)),
            "jefferson-pos | Jefferson County | 2016-17 | 2016-09-06 | real\n"
            "2016-09-06T01:00:00Z to 2016-09-06T01:00:09Z: successful, \n"
            "Line 1: ERROR 1001 - No such student | 0 |  | Find it. | key ''\n");
}

TEST_F(JournalRuns, HoldsNoKeyAndNoSsn) {
  Journal journal = open_journal();
  RunRecord record = nightly();
  Findings findings;
  ASSERT_TRUE(journal.begin(record, findings));
  record.reason = "reason 900-00-0003";
  ASSERT_TRUE(journal.finish(
      record,
      log_of({{1001, Severity::error, "No '\x1f', nor '900000002'", "Find it.", {}, 1, "1900000001", ""}}),
      findings));

  EXPECT_THAT(file_bytes(), AllOf(HasSubstr("No '******0001', nor '*********'"),
                                  HasSubstr("reason ***********"), Not(HasSubstr("1900000001")),
                                  Not(HasSubstr("900000002")), Not(HasSubstr("900-00-0003"))));
}

}  // namespace
}  // namespace mealsync
