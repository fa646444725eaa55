#include <gmock/gmock.h>

#include "journal_folder.hpp"

namespace mealsync {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

using JournalOfAYear = JournalFolder;

TEST_F(JournalOfAYear, KeepsTheCountsOfTheLastImportThroughAClearing) {
  Journal journal = open_journal();
  RunRecord counted = nightly();
  counted.counts = {{"read", 100}};
  finished(journal, {}, counted);
  const std::string last = finished(journal, {}, counted).run;
  RunRecord tested = counted;
  tested.test = true;
  finished(journal, {}, tested);

  EXPECT_EQ(clear(journal, ""), 3U);
  EXPECT_EQ(clear(journal, ""), 0U);

  EXPECT_THAT(names(journal, ""), SizeIs(0));
  EXPECT_EQ(value_of("SELECT group_concat(run) FROM run"), last);
}

TEST_F(JournalOfAYear, SaysWithWhichPluginsARunBeganAndWhichReportsItWrote) {
  Journal journal = open_journal();
  RunRecord record = nightly();
  record.plugins = {{"campus", "0.1.0"}, {"acme", "2.3.0"}};
  record.reports = {"b.html", "a.csv"};

  const RunRecord found = shown(journal, finished(journal, {}, record).run);

  EXPECT_EQ(found.plugins, record.plugins);
  EXPECT_EQ(found.reports, record.reports);
}

TEST_F(JournalOfAYear, TellsWhichImportsOfAPipelineWereInterrupted) {
  Journal journal = open_journal();
  finished(journal);
  RunRecord tested = nightly();
  tested.test = true;
  begin(journal, tested);
  begin(journal, nightly("shelby-pos"));
  const std::string dead = begin(journal);
  execute("UPDATE run SET process_start = 1");
  begin(journal);
  begin(journal, nightly("shelby-pos"));
  Findings findings;

  EXPECT_THAT(*journal.interrupted("jefferson-pos", findings), ElementsAre(dead));
}

}  // namespace
}  // namespace mealsync
