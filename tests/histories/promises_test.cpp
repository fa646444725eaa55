// Each promise can be broken: an import that kept them all is made worse by hand.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "promises.hpp"

namespace mealsync::testing {
namespace {

const History& history() {
  static const History history = read_history(R"(
    student   | 1 | 1000000001
    student   | 2 | 1000000002
    student   | 3 | 1000000003
    student   | 4 | 1000000004
    enrolment | 1 | 010 | 2017 | P | 2016-07-01 |
    enrolment | 4 | 010 | 2017 | P | 2016-07-01 |
    record    | 1 | 2017 | Meal | R | N | Income | 2016-07-05 | 2016-07-20 |
    record    | 1 | 2018 | Meal | R | N | Income | 2017-07-05 | 2017-07-20 |
    record    | 1 | 2017 | SES  | F | N | Income | 2016-07-05 |            |
    record    | 2 | 2017 | Meal | F | N | Income | 2016-07-05 | 2016-07-20 |
    record    | 3 | 2017 | Meal | E | N | Income | 2016-07-05 | 2016-07-20 |
    record    | 4 | 2016 | Meal | F | N | Income | 2016-06-05 | 2016-07-20 | 901
    line      | 1000000001,F,SNAP,07/10/2016,07/30/2016
    line      | 1000000003,F,SNAP,07/10/2016,07/30/2016
    line      | 1000000004,R,INC,07/10/2016,07/30/2016
    line      | 1000000009,R,INC,07/10/2016,07/30/2016
  )");
  return history;
}

const Imported& kept() {
  static const Imported imported = import_history(history());
  return imported;
}

/// The promise that is broken once `spoil` has been at what came of the import; nothing where none is.
std::string promise_broken_by(const std::function<void(Imported&)>& spoil) {
  Imported spoilt = kept();
  spoil(spoilt);
  const auto found = broken(history(), spoilt);
  return found ? found->promise : "";
}

TEST(Promises, AreKeptByAnImport) {
  EXPECT_EQ(promise_broken_by([](Imported&) {}), "");
}

TEST(Promises, OfTheRunsAreBrokenWhereOneDoesNotEndWell) {
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.test.committed = true; }),
            "a test import comes to its end");
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.first.status = "refused"; }), "the run comes to its end");
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.second.committed = false; }),
            "the second run comes to its end");
}

TEST(Promises, OfTheFatesAreBrokenByARecordTooMany) {
  EXPECT_EQ(promise_broken_by([](Imported& i) { ++i.test.counts["read"]; }),
            "the fates of a test import add up");
  EXPECT_EQ(promise_broken_by([](Imported& i) { ++i.first.counts["skipped.held"]; }), "the fates add up");
  EXPECT_EQ(promise_broken_by([](Imported& i) { ++i.second.counts["errors"]; }),
            "the fates of the second run add up");
}

TEST(Promises, OfATestImportAreBrokenByATraceAndByAnotherAnswer) {
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.traces.emplace_back("campus.db-wal is new"); }),
            "a test import leaves the bytes as they were");
  EXPECT_EQ(promise_broken_by([](Imported& i) { ++i.test.counts["warnings"]; }),
            "a test import foretells the run");
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.test.findings.back().words += '!'; }),
            "a test import foretells the run");
}

TEST(Promises, OfTheCountersAreBrokenByOneThatCountsOtherwise) {
  EXPECT_EQ(promise_broken_by([](Imported& i) { ++i.first.kept["trimmed"]; }),
            "the counters are what is changed");
  EXPECT_EQ(promise_broken_by([](Imported& i) { ++i.second.kept["ended"]; }),
            "the counters are what the second run changes");
  EXPECT_EQ(promise_broken_by([](Imported& i) {
              ++i.test.counts["carryover_ended"];
              ++i.first.counts["carryover_ended"];
            }),
            "the counters are what is changed");
}

TEST(Promises, OfTheRecordsAreBrokenByAnOverlap) {
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.after["1"].front()[meal::end] = "2016-07-10"; }),
            "records never overlap");
}

TEST(Promises, OfThoseWhoAreLeftAloneAreBrokenByAnyChange) {
  const std::string promise = "whom the file leaves out, or who is held, is left alone";
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.after["2"].front()[meal::type] = "SNAP"; }), promise);
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.after["3"].front()[meal::eligibility] = "F"; }), promise);
}

TEST(Promises, OfWhatIsSafeAreBrokenByALaterYearByAnotherTypeAndByApplications) {
  const std::string promise = "SES, other years and applications are safe";
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.after["1"].at(1)[meal::modified] = "now"; }), promise);
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.after["1"].at(2)[meal::eligibility] = "R"; }), promise);
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.after["4"].front()[meal::type] = "SNAP"; }), promise);
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.after["4"].erase(i.after["4"].begin()); }), promise);
}

TEST(Promises, OfUndoAreBrokenByAnyColumnThatIsNotAsItWas) {
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.without_first["1"].front()[meal::modified] = "never"; }),
            "an undo of the first run leaves nothing of it");
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.without_second["1"].front()[meal::end] = "2016-07-08"; }),
            "an undo of the second run leaves nothing of it");
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.with_first["1"].front()[meal::modified] = "never"; }),
            "an undo of an undo leaves what was undone");
  EXPECT_EQ(promise_broken_by([](Imported& i) { i.obstacles = "record 1"; }),
            "the last import can be undone, then the one before it, then its undo");
}

TEST(Promises, OfNamesAreBrokenByAnEndThatIsLater) {
  EXPECT_EQ(promise_broken_by([](Imported& i) {
              i.before["1"].front()[meal::end] = "2016-07-02";
              i.first.changes["1"].front()[change::was_end] = "2016-07-02";
            }),
            "changes are what they are called");
}

TEST(Promises, OfWhatIsImportedAreBrokenWhereItIsNotThereForADay) {
  EXPECT_EQ(promise_broken_by([](Imported& i) {
              i.after["1"].back()[meal::start] = "2016-07-11";
              i.first.changes["1"].back()[change::start] = "2016-07-11";
              i.again = i.after;
            }),
            "what is imported without a word is there");
}

TEST(Promises, OfTheSecondRunAreBrokenByAnyChange) {
  EXPECT_EQ(promise_broken_by([](Imported& i) {
              i.second.changes["1"].push_back(i.first.changes["1"].back());
              i.second.changes["1"].back()[change::action] = "update";
              Cells& kept = i.second.changes["1"].back();
              Cells& row = i.again["1"].back();
              for (std::size_t column = change::end_year; column <= change::end; ++column)
                kept[column - change::end_year + change::was_end_year] = kept[column];
              kept[change::was_application] = row[meal::application];
              kept[change::was_extended] = row[meal::extended];
              kept[change::was_district] = row[meal::district];
              kept[change::was_run] = row[meal::run];
              kept[change::was_modified] = row[meal::modified];
              kept[change::type] = row[meal::type] = "TANF";
              ++i.second.kept["updated"];
            }),
            "the second run changes nothing");
}

}  // namespace
}  // namespace mealsync::testing
