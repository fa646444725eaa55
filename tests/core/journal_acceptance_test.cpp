#include "journal_folder.hpp"

namespace mealsync {
namespace {

using JournalOfAcceptance = JournalFolder;

const AcceptanceRecord by_anna{"7F3A-9C21-04D5-B8E6", "anna", "2016-09-06T08:00:00Z"};

TEST_F(JournalOfAcceptance, ShowsTheTokenOfARefusedRun) {
  Journal journal = open_journal();
  Findings findings;
  RunRecord record = nightly();
  ASSERT_TRUE(journal.begin(record, findings));
  record.status = "refused";
  record.token = by_anna.token;
  ASSERT_TRUE(journal.finish(record, {}, findings));

  EXPECT_EQ(shown(journal, record.run).token, by_anna.token);
  EXPECT_FALSE(shown(journal, record.run).accepted);
}

TEST_F(JournalOfAcceptance, ShowsWhoLetARunThrough) {
  Journal journal = open_journal();
  Findings findings;
  const RunRecord record = finished(journal);
  ASSERT_TRUE(journal.accept(record, by_anna, findings));

  const auto accepted = shown(journal, record.run).accepted;

  ASSERT_TRUE(accepted);
  EXPECT_EQ(accepted->token, by_anna.token);
  EXPECT_EQ(accepted->user, "anna");
  EXPECT_EQ(accepted->accepted_at, "2016-09-06T08:00:00Z");
}

TEST_F(JournalOfAcceptance, KeepsATokenOnce) {
  Journal journal = open_journal();
  Findings findings;
  ASSERT_TRUE(journal.accept(finished(journal), by_anna, findings));

  EXPECT_FALSE(journal.accept(finished(journal), by_anna, findings));
  EXPECT_EQ(told(findings), "");
}

TEST_F(JournalOfAcceptance, RemembersUsedTokensWhenTheLogIsCleared) {
  Journal journal = open_journal();
  Findings findings;
  ASSERT_TRUE(journal.accept(finished(journal), by_anna, findings));
  ASSERT_TRUE(journal.clear("", findings));

  EXPECT_EQ(journal.accepted("jefferson-pos", findings), 1U);
  EXPECT_EQ(journal.accepted("other", findings), 0U);
}

TEST_F(JournalOfAcceptance, KeepsOneBaselineForEachPipelineAndYear) {
  Journal journal = open_journal();
  Findings findings;
  RunRecord record = finished(journal);
  record.run = "20160906-010000-0001";
  ASSERT_TRUE(journal.keep_baseline(record, {{"read", 100}, {"school.records.010", 40}}, findings));
  record.run = "20160906-010000-0000";
  ASSERT_TRUE(journal.keep_baseline(record, {{"read", 90}}, findings));

  EXPECT_EQ(journal.baseline("jefferson-pos", "2016-17", findings), (Journal::Measures{{"read", 90}}));
  EXPECT_EQ(journal.baseline("jefferson-pos", "2017-18", findings), Journal::Measures{});
  EXPECT_EQ(journal.baseline("other", "2016-17", findings), Journal::Measures{});

  ASSERT_TRUE(journal.forget_baseline("20160906-010000-0000", findings));
  EXPECT_EQ(journal.baseline("jefferson-pos", "2016-17", findings),
            (Journal::Measures{{"read", 100}, {"school.records.010", 40}}));
}

TEST_F(JournalOfAcceptance, IsAddedToAJournalOfTheVersionBefore) {
  std::ignore = open_journal();
  execute("DROP TABLE run_token; DROP TABLE acceptance; DROP TABLE baseline; PRAGMA user_version = 4");

  Journal journal = open_journal();

  Findings findings;
  EXPECT_TRUE(journal.accept(finished(journal), by_anna, findings));
}

}  // namespace
}  // namespace mealsync
