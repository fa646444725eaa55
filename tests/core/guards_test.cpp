#include <engine/guards.hpp>

#include <gtest/gtest.h>

#include <finding/render.hpp>

namespace mealsync {
namespace {

/// What a run came to. What is not said is 0.
struct Came {
  std::uint64_t read = 0, made = 0, updated = 0, existing = 0, errors = 0;
  std::uint64_t before = 0, ended = 0, removed = 0;
};

std::string told(const Came& came, const Guard& guard = {}) {
  const ms_stage nothing{};
  PlannedStage stage;
  stage.stage = &nothing;
  Ledger ledger;
  ledger.count_read(came.read);
  ledger.count_fate(Fate::new_, came.made);
  ledger.count_fate(Fate::updated, came.updated);
  ledger.count_fate(Fate::existing, came.existing);
  ledger.count("existing_records", came.before);
  ledger.count("ended", came.ended);
  ledger.count("removed", came.removed);
  ms_finding error{};
  error.severity = MS_ERROR;
  error.flags = MS_STOPS_RECORD;
  for (std::uint64_t i = 0; i < came.errors; ++i)
    ledger.report(stage, 1, false, error);
  static_cast<void>(ledger.take_findings());

  check_guards(guard, ledger);
  std::string lines;
  ledger.take_findings().each([&](const Finding& finding) { lines += render(finding) + '\n'; });
  return lines;
}

TEST(Guards, LetAnOrdinaryRunThrough) {
  EXPECT_EQ(told({.read = 1504,
                  .made = 12,
                  .updated = 5,
                  .existing = 1480,
                  .errors = 7,
                  .before = 1500,
                  .ended = 3}),
            "");
}

TEST(Guards, RefuseAnInputWithoutRecords) {
  EXPECT_EQ(told({}), "refused 8005: The input holds no records\n");
}

TEST(Guards, LetTenPercentBeRejected) {
  EXPECT_EQ(told({.read = 50, .made = 45, .errors = 5}), "");
}

TEST(Guards, RefuseMoreThanTenPercentRejected) {
  EXPECT_EQ(told({.read = 50, .made = 44, .errors = 6}),
            "refused 8001: 6 of 50 records are rejected, more than 10 %\n");
}

TEST(Guards, RefuseOneRecordMoreThanTenPercentOfMany) {
  EXPECT_EQ(told({.read = 100'000, .made = 90'000, .errors = 10'000}), "");
  EXPECT_EQ(told({.read = 100'000, .made = 89'999, .errors = 10'001}),
            "refused 8001: 10001 of 100000 records are rejected, more than 10 %\n");
}

TEST(Guards, DoNotJudgeTheRejectedBelowFiftyRecordsUnlessNothingIsLeft) {
  EXPECT_EQ(told({.read = 49, .existing = 1, .errors = 48}), "");
  EXPECT_EQ(told({.read = 50, .existing = 1, .errors = 49}),
            "refused 8001: 49 of 50 records are rejected, more than 10 %\n");
  EXPECT_EQ(told({.read = 2, .errors = 2}), "refused 8001: 2 of 2 records are rejected, more than 10 %\n");
}

TEST(Guards, LetTwentyPercentChange) {
  EXPECT_EQ(told({.read = 10, .updated = 10, .before = 50}), "");
}

TEST(Guards, RefuseMoreThanTwentyPercentChanged) {
  EXPECT_EQ(told({.read = 11, .updated = 11, .before = 50}),
            "refused 8002: 11 of the district's 50 records of the year would change, more than 20 %\n");
}

TEST(Guards, CountWhatIsUpdatedEndedAndRemovedAsChanged) {
  EXPECT_EQ(told({.read = 10, .updated = 10, .before = 100, .ended = 6, .removed = 4}), "");
  EXPECT_EQ(told({.read = 10, .updated = 10, .before = 100, .ended = 6, .removed = 5}),
            "refused 8002: 21 of the district's 100 records of the year would change, more than 20 %\n");
}

TEST(Guards, LetTenPercentEnd) {
  EXPECT_EQ(told({.read = 5, .made = 5, .before = 50, .ended = 5}), "");
}

TEST(Guards, RefuseMoreThanTenPercentEnded) {
  EXPECT_EQ(told({.read = 6, .made = 6, .before = 50, .ended = 6}),
            "refused 8003: 6 of the district's 50 records of the year would end, more than 10 %\n");
}

TEST(Guards, DoNotJudgeChangesOfADistrictWithFewerThanFiftyRecords) {
  EXPECT_EQ(told({.read = 49, .updated = 49, .before = 49, .ended = 49}), "");
}

TEST(Guards, NeverCountNewRecordsAsChanged) {
  EXPECT_EQ(told({.read = 5000, .made = 5000, .before = 50}), "");
}

TEST(Guards, DoNotJudgeChangesWhereNobodyCountedTheRecordsBefore) {
  EXPECT_EQ(told({.read = 100, .updated = 100, .ended = 100}), "");
}

TEST(Guards, TakeTheirLimitsFromThePipeline) {
  const Guard guard{{}, 50, 60, 0};

  EXPECT_EQ(told({.read = 100, .updated = 50, .errors = 50, .before = 100}, guard), "");
  EXPECT_EQ(told({.read = 200, .updated = 99, .errors = 101, .before = 100, .ended = 1}, guard),
            "refused 8001: 101 of 200 records are rejected, more than 50 %\n"
            "refused 8002: 100 of the district's 100 records of the year would change, more than 60 %\n"
            "refused 8003: 1 of the district's 100 records of the year would end, more than 0 %\n");
}

TEST(Guards, OfAHundredPercentAreOff) {
  EXPECT_EQ(told({.read = 100, .errors = 100, .before = 100, .ended = 100}, {{}, 100, 100, 100}), "");
}

TEST(Guards, FindARecordThatIsLost) {
  EXPECT_EQ(told({.read = 10, .made = 4, .updated = 3, .existing = 1, .errors = 1}),
            "failed MS3107: Of 10 records read, 9 are accounted for: 4 new, 3 updated, 1 existing, 0 "
            "skipped, 1 errors\n");
}

TEST(Guards, FindARecordThatIsCountedTwice) {
  EXPECT_EQ(told({.read = 1, .made = 2}),
            "failed MS3107: Of 1 records read, 2 are accounted for: 2 new, 0 updated, 0 existing, 0 skipped, "
            "0 errors\n");
}

}  // namespace
}  // namespace mealsync
