#include <engine/ledger.hpp>

#include <gmock/gmock.h>

#include <thread>

#include <finding/render.hpp>

namespace mealsync {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

ms_str text(std::string_view words) {
  return {words.data(), words.size()};
}

class LedgerOfAStage : public ::testing::Test {
 protected:
  LedgerOfAStage() {
    stage_.size = sizeof stage_;
    stage_.rules = rules_.data();
    stage_.rule_count = rules_.size();
    planned_.stage = &stage_;
    planned_.spec.id = "pos";
  }

  void report(std::uint32_t code, Severity severity, std::uint32_t flags = 0, std::string_view reason = {}) {
    ms_finding finding{};
    finding.size = sizeof finding;
    finding.code = code;
    finding.severity = static_cast<std::uint32_t>(severity);
    finding.flags = flags;
    finding.message = text("Words");
    finding.reason = text(reason);
    ledger_.report(planned_, 2, is_reader_, finding);
  }

  const std::array<ms_rule, 2> rules_{ms_rule{9003, MS_FATAL, text("a"), text("Copy the file")},
                                      ms_rule{9003, MS_WARNING, text("b"), text("Look at the file")}};
  ms_stage stage_{};
  PlannedStage planned_;
  bool is_reader_ = false;
  Ledger ledger_;
};

TEST_F(LedgerOfAStage, TakesTheRemedyOfTheStagesRuleOfThatSeverity) {
  report(9003, Severity::warning);
  report(9003, Severity::fatal);
  report(9003, Severity::error);
  report(9004, Severity::error);

  std::vector<std::string> remedies;
  ledger_.take_findings().each([&](const Finding& finding) { remedies.push_back(finding.remedy); });

  EXPECT_THAT(remedies, ElementsAre("Look at the file", "Copy the file", "Copy the file", ""));
}

TEST_F(LedgerOfAStage, ReadsASeverityThatIsNoneAsFatal) {
  report(1, static_cast<Severity>(99));

  EXPECT_EQ(ledger_.worst(), Severity::fatal);
}

TEST_F(LedgerOfAStage, CountsARecordThatStopsInItsReaderAsRead) {
  is_reader_ = true;
  report(1, Severity::error, MS_STOPS_RECORD);
  report(2, Severity::error);
  report(3, Severity::info, MS_STOPS_RECORD, "cep");

  EXPECT_EQ(ledger_.read(), 2U);
  EXPECT_EQ(ledger_.errors(), 1U);
  EXPECT_EQ(ledger_.skipped(), 1U);
}

TEST_F(LedgerOfAStage, DoesNotCountARecordThatStopsLaterAsRead) {
  report(1, Severity::error, MS_STOPS_RECORD);

  EXPECT_EQ(ledger_.read(), 0U);
  EXPECT_EQ(ledger_.errors(), 1U);
}

TEST_F(LedgerOfAStage, KeepsCountersOfTheEngineApartFromThoseOfStages) {
  ledger_.count("read", 70);
  ledger_.count("ended", 2);
  ledger_.count("ended", 3);
  ledger_.count_read(4);
  report(1, Severity::warning, MS_STOPS_RECORD, "cep");

  EXPECT_THAT(ledger_.counts(),
              ElementsAre(Pair("ended", 5), Pair("errors", 0), Pair("existing", 0), Pair("new", 0),
                          Pair("read", 4), Pair("skipped.cep", 1), Pair("updated", 0), Pair("warnings", 1)));
}

TEST_F(LedgerOfAStage, EndsAtARefusalOrFatalFindingAndKeepsTheWordsOfTheWorstAsTheReason) {
  report(1, Severity::error);
  EXPECT_FALSE(ledger_.has_ended());
  EXPECT_EQ(ledger_.reason(), "");

  Finding refusal;
  refusal.severity = Severity::refusal;
  refusal.message = "Key \x1f is 900-12-3456";
  refusal.key = "1234567890";
  ledger_.add(refusal);
  report(2, Severity::error);

  EXPECT_TRUE(ledger_.has_ended());
  EXPECT_EQ(ledger_.worst(), Severity::refusal);
  EXPECT_EQ(ledger_.reason(), "Key ******7890 is ***********");

  report(3, Severity::fatal);

  EXPECT_EQ(ledger_.worst(), Severity::fatal);
  EXPECT_EQ(ledger_.reason(), "Words");
}

TEST_F(LedgerOfAStage, GoesOnAfterWhatMayBeAccepted) {
  report(8, Severity::refusal, MS_MAY_BE_ACCEPTED);
  EXPECT_FALSE(ledger_.has_ended());
  EXPECT_EQ(ledger_.objections().size(), 1U);

  ledger_.refuse();

  EXPECT_TRUE(ledger_.has_ended());
  EXPECT_EQ(ledger_.reason(), "Words");
  EXPECT_EQ(ledger_.take_findings().run_ending().size(), 1U);
}

TEST_F(LedgerOfAStage, KeepsWhatWasAcceptedAsAWarning) {
  report(8, Severity::refusal, MS_MAY_BE_ACCEPTED);

  ledger_.let_through();
  ledger_.refuse();

  EXPECT_FALSE(ledger_.has_ended());
  EXPECT_EQ(ledger_.counts()["warnings"], 1U);
  EXPECT_TRUE(ledger_.take_findings().groups().contains({8, Severity::warning}));
}

TEST_F(LedgerOfAStage, NamesTheThreeMostFrequentErrorsInTheReasonOfARefusal) {
  for (const std::uint32_t code : {1U, 2U, 2U, 2U, 3U, 3U, 4U, 4U})
    report(code, Severity::error);
  report(5, Severity::warning);
  report(8, Severity::refusal, MS_MAY_BE_ACCEPTED);

  ledger_.refuse();

  EXPECT_EQ(ledger_.reason(), "Words; errors: 3 x 2 (Words), 2 x 3 (Words), 2 x 4 (Words)");
}

TEST_F(LedgerOfAStage, CountsForTheGuardsInNoAnswer) {
  ledger_.count(MS_GUARD_COUNTER "lost", 3);
  ledger_.count_read(4);
  ledger_.count_fate(Fate::existing, 2);

  EXPECT_FALSE(ledger_.counts().contains(MS_GUARD_COUNTER "lost"));
  EXPECT_EQ(ledger_.measures(), (Measures{{"lost", 3}, {"read", 4}, {"imported", 2}}));
}

TEST_F(LedgerOfAStage, HandsItsFindingsOverOnce) {
  report(1, Severity::error);

  EXPECT_EQ(ledger_.take_findings().groups().size(), 1U);
  EXPECT_EQ(ledger_.take_findings().groups().size(), 0U);
}

TEST_F(LedgerOfAStage, MayBeWrittenToByTwoThreads) {
  constexpr int times = 10'000;
  const auto work = [&] {
    for (int i = 0; i < times; ++i) {
      report(1, Severity::error, MS_STOPS_RECORD);
      ledger_.count("ended", 1);
    }
  };
  {
    const std::jthread other(work);
    work();
  }

  EXPECT_EQ(ledger_.errors(), 2U * times);
  EXPECT_EQ(ledger_.counts()["ended"], 2U * times);
  EXPECT_EQ(ledger_.take_findings().groups().at({1, Severity::error}).count, 2U * times);
}

}  // namespace
}  // namespace mealsync
