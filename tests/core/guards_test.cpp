#include <engine/guards.hpp>

#include <gtest/gtest.h>

#include <finding/render.hpp>

namespace mealsync {
namespace {

/// What a run came to. What is not said is 0.
struct Came {
  std::uint64_t read = 0, made = 0, updated = 0, existing = 0, errors = 0;
  std::uint64_t before = 0, ended = 0, removed = 0;
  Measures counted = {};  // for the guards, beside what follows from the numbers
  bool is_counted = true;
};

std::string told(const Came& came, const Guard& guard = {}, const Measures& baseline = {}) {
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
  if (came.is_counted) {
    ledger.count(std::string(MS_GUARD_COUNTER) + "changed", came.updated + came.ended + came.removed);
    ledger.count(std::string(MS_GUARD_COUNTER) + "ended", came.ended);
  }
  for (const auto& [name, value] : came.counted)
    ledger.count(MS_GUARD_COUNTER + name, value);
  ms_finding error{};
  error.severity = MS_ERROR;
  error.flags = MS_STOPS_RECORD;
  for (std::uint64_t i = 0; i < came.errors; ++i)
    ledger.report(stage, 1, false, error);
  static_cast<void>(ledger.take_findings());

  check_guards(guard, baseline, ledger);
  ledger.refuse();
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
  Guard guard;
  guard.rejected.percent = 50;
  guard.district.changed.percent = 60;
  guard.district.ended.percent = 0;

  EXPECT_EQ(told({.read = 100, .updated = 50, .errors = 50, .before = 100}, guard), "");
  EXPECT_EQ(told({.read = 200, .updated = 99, .errors = 101, .before = 100, .ended = 1}, guard),
            "refused 8001: 101 of 200 records are rejected, more than 50 %\n"
            "refused 8002: 100 of the district's 100 records of the year would change, more than 60 %\n"
            "refused 8003: 1 of the district's 100 records of the year would end, more than 0 %\n");
}

TEST(Guards, OfAHundredPercentAreOff) {
  Guard guard;
  guard.rejected.percent = 100;
  guard.district.changed.percent = guard.district.ended.percent = 100;

  EXPECT_EQ(told({.read = 100, .errors = 100, .before = 100, .ended = 100}, guard), "");
}

TEST(Guards, RefuseANumberWhateverItsShare) {
  Guard guard;
  guard.rejected.count = 5;
  guard.district.changed.count = 3;

  EXPECT_EQ(told({.read = 40, .updated = 3, .existing = 32, .errors = 5, .before = 40}, guard), "");
  EXPECT_EQ(told({.read = 40, .updated = 4, .existing = 30, .errors = 6, .before = 40}, guard),
            "refused 8001: 6 of 40 records are rejected, more than 5\n"
            "refused 8002: 4 of the district's 40 records of the year would change, more than 3\n");
}

TEST(Guards, JudgeSharesFromTheLeastBaseOn) {
  Guard guard;
  guard.district.least_base = 5;

  EXPECT_EQ(told({.read = 4, .made = 3, .errors = 1}, guard), "");
  EXPECT_EQ(told({.read = 5, .made = 4, .errors = 1}, guard),
            "refused 8001: 1 of 5 records are rejected, more than 10 %\n");
}

TEST(Guards, AreTighterForStudentsWhoLoseFreeOrReduced) {
  EXPECT_EQ(told({.read = 5, .made = 5, .before = 100, .ended = 5, .counted = {{"lost", 5}}}), "");
  EXPECT_EQ(told({.read = 6, .made = 6, .before = 100, .ended = 6, .counted = {{"lost", 6}}}),
            "refused 8007: 6 students would lose Free or Reduced; the district has 100 records of the year, "
            "and the limit is 5 %\n");
  EXPECT_EQ(told({.read = 6, .made = 6, .before = 100, .ended = 6}), "");
}

TEST(Guards, LetTheShareOfFreeAndReducedFallByTenPoints) {
  const Measures baseline{{"imported", 200}, {"free_or_reduced", 120}};

  EXPECT_EQ(told({.read = 100, .made = 100, .counted = {{"free_or_reduced", 50}}}, {}, baseline), "");
  EXPECT_EQ(told({.read = 100, .made = 100, .counted = {{"free_or_reduced", 100}}}, {}, baseline), "");
}

TEST(Guards, RefuseAShareOfFreeAndReducedThatFellByMore) {
  const Measures baseline{{"imported", 200}, {"free_or_reduced", 120}};

  EXPECT_EQ(told({.read = 100, .made = 100, .counted = {{"free_or_reduced", 49}}}, {}, baseline),
            "refused 8004: 49 of 100 records are Free or Reduced, in the last run 120 of 200: the share fell "
            "by more than 10 points\n");
  EXPECT_EQ(told({.read = 49, .made = 49}, {}, baseline), "");
}

TEST(Guards, RefuseAnInputWithLessThanHalfTheRecordsOfTheLastRun) {
  EXPECT_EQ(told({.read = 50, .made = 50}, {}, {{"read", 100}}), "");
  EXPECT_EQ(told({.read = 49, .made = 49}, {}, {{"read", 100}}),
            "refused 8006: The input holds 49 records, and in the last run it held 100: less than 50 %\n");
  EXPECT_EQ(told({.read = 1, .made = 1}, {}, {{"read", 49}}), "");
}

TEST(Guards, RefuseAnInputThatLacksASchool) {
  const Measures baseline{
      {"school.records.010", 100}, {"school.records.020", 200}, {"school.records.030", 99}};

  EXPECT_EQ(
      told({.read = 150, .made = 150, .counted = {{"school.records.010", 50}, {"school.records.020", 100}}},
           {}, baseline),
      "");
  EXPECT_EQ(
      told({.read = 100, .made = 100, .counted = {{"school.records.010", 100}}}, {}, baseline),
      "refused 8006: School '020' has 0 records in the input, and in the last run it had 200: less than "
      "50 %\n");
  EXPECT_EQ(
      told({.read = 49, .made = 49, .counted = {{"school.records.010", 49}}}, {}, baseline),
      "refused 8006: School '020' has 0 records in the input, and in the last run it had 200: less than "
      "50 % (and at 1 other school)\n");
}

TEST(Guards, DoNotMissSchoolsWhereNobodyHasCountedAny) {
  EXPECT_EQ(
      told({.read = 100, .made = 100, .is_counted = false}, {}, {{"read", 100}, {"school.records.010", 100}}),
      "");
}

TEST(Guards, MissASchoolAlsoWhereTheFileHasNoneThatIsKnown) {
  EXPECT_EQ(
      told({.read = 100, .made = 100}, {}, {{"read", 100}, {"school.records.010", 100}}),
      "refused 8006: School '010' has 0 records in the input, and in the last run it had 100: less than "
      "50 %\n");
}

TEST(Guards, JudgeASchoolThatShrinksByWhatItHad) {
  Came came{.read = 60, .existing = 60, .before = 9000};
  came.counted = {{"school.records.010", 60}, {"school.lost.010", 30}};

  EXPECT_EQ(told(came), "");
  EXPECT_EQ(
      told(came, {}, {{"school.records.010", 110}}),
      "refused 8007: At school '010' 30 students would lose Free or Reduced, of 110 records more than 25 "
      "%\n");
}

TEST(Guards, JudgeEachSchoolOfAHundredRecordsByLimitsOfItsOwn) {
  Came came{.read = 299, .existing = 299, .before = 9000};
  came.counted = {{"school.records.010", 100}, {"school.changed.010", 50}, {"school.ended.010", 40},
                  {"school.lost.010", 25},     {"school.records.020", 99}, {"school.changed.020", 99},
                  {"school.ended.020", 99},    {"school.lost.020", 99}};
  EXPECT_EQ(told(came), "");

  came.counted["school.changed.010"] = 51;
  came.counted["school.ended.010"] = 41;
  came.counted["school.lost.010"] = 26;
  EXPECT_EQ(
      told(came),
      "refused 8007: At school '010' 26 students would lose Free or Reduced, of 100 records more than 25 "
      "%\n"
      "refused 8002: At school '010' 51 of 100 records would change, more than 50 %\n"
      "refused 8003: At school '010' 41 of 100 records would end, more than 40 %\n");
}

TEST(Guards, KeepForTheNextRunWhatItIsComparedWith) {
  const Measures measures{{"read", 12}, {"imported", 10},           {"free_or_reduced", 4},
                          {"lost", 1},  {"school.records.010", 10}, {"school.lost.010", 1}};

  EXPECT_EQ(baseline_of(measures, {}),
            (Measures{{"read", 12}, {"imported", 10}, {"free_or_reduced", 4}, {"school.records.010", 10}}));
  EXPECT_EQ(baseline_of({{"read", 0}, {"imported", 0}}, {}), Measures{});
  EXPECT_EQ(baseline_of({{"read", 9}, {"imported", 0}}, {{"imported", 9}}), Measures{})
      << "a file of nobody known";
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
