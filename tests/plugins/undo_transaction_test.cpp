// What stands against an undo, record by record.

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <campus/store/import_transaction.hpp>
#include <campus/store/undo_transaction.hpp>

#include "campus_database.hpp"
#include "meal_notation.hpp"

namespace mealsync::testing {
namespace {

using campus::Access;
using campus::CampusStore;
using campus::ImportRun;
using campus::Obstacle;
using Lines = std::vector<std::string>;
using Path = std::filesystem::path;

constexpr auto records = R"(
  INSERT INTO POSEligibility VALUES
    (1, 7, 2016, 'Meal', 'R', 'N', 'Income', '2015-08-10', '2016-10-02', 88, 0, 5, NULL, '2015-08-10'),
    (2, 7, 2017, 'Meal', 'S', 'N', 'Denied by letter', '2016-10-03', '', NULL, 1, 5, NULL, NULL);)";
constexpr auto all_records = "SELECT * FROM POSEligibility ORDER BY eligibilityID";
constexpr auto first = "2016: R/N Income 2015-08-10..2016-10-02 application";
constexpr auto second = "P/N Unknown 2016-10-03..";

ImportRun named(std::string_view name) {
  return {name, {17050}, "pos-to-campus", {2017}, "2016-09-06T01:00:00Z"};
}

/// An import that does what `changes` says.
template <class Changes>
void run_import(const Path& path, std::string_view name, Changes changes) {
  CampusStore store(path, Access::read_write);
  campus::ImportTransaction transaction(store, named(name));
  changes([&](Action action, std::int64_t id, const std::string& before, const std::string& after) {
    transaction.apply(7, action, before.empty() ? MealRecord{} : read_record(before, id),
                      after.empty() ? MealRecord{} : read_record(after, id));
  });
  transaction.commit("2016-09-06T01:00:09Z", "successful", "");
}

/// What stands against it, a line each; nothing where it was undone.
Lines undo(const Path& path, std::string_view undone, std::string_view name) {
  CampusStore store(path, Access::read_write);
  campus::UndoTransaction undo(store, store.find_run(undone).value(), named(name));
  Lines obstacles;
  const bool is_done = undo.put_back([&](const Obstacle& each) {
    constexpr const char* kinds[] = {"changed", "no student", "overlapping"};
    obstacles.push_back(std::string(kinds[each.kind]) + " " + std::to_string(each.record) + " " +
                        std::string(each.state_id) + " " + std::string(each.run));
  });
  EXPECT_EQ(is_done, obstacles.empty());
  if (is_done) undo.commit("2016-09-06T02:00:09Z", "successful");
  return obstacles;
}

TEST(UndoTransaction, RestoresWhatWasChangedSeveralTimesInOneRun) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  const auto before = sql(path, all_records);
  run_import(path, "one", [](auto change) {
    change(Action::update, 2, second, "P/N Income 2016-10-03..");
    change(Action::end, 2, "P/N Income 2016-10-03..", "P/N Income 2016-10-03..2016-10-30");
    change(Action::insert, 0, "", "F/D Foster 2016-11-01..2016-12-31");
    change(Action::update, 3, "F/D Foster 2016-11-01..2016-12-31", "F/D SNAP 2016-11-01..2016-12-31");
    change(Action::remove, 1, first, "");
  });

  EXPECT_EQ(undo(path, "one", "two"), Lines{});

  EXPECT_EQ(sql(path, all_records), before);
  EXPECT_EQ(
      sql(path, "SELECT eligibilityID, action FROM ImportChange WHERE importRunID = 2 ORDER BY sequence"),
      (Lines{"1|insert", "2|update", "3|remove"}));
  EXPECT_EQ(sql(path, "SELECT run, inserted, updated, removed, undoesRunID FROM ImportRun ORDER BY 1"),
            (Lines{"one|1|2|1|NULL", "two|1|1|1|1"}));
}

TEST(UndoTransaction, KeepsARecordThatIsExtendedAsItIs) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  {
    CampusStore store(path, Access::read_write);
    campus::ImportTransaction transaction(store, named("one"));
    transaction.apply(8, Action::insert, {}, read_record("F/D Foster 2016-11-01..2016-12-31", 0), true);
    transaction.commit("2016-09-06T01:00:09Z", "successful", "");
  }
  const auto after = sql(path, all_records);

  EXPECT_EQ(undo(path, "one", "two"), Lines{});
  EXPECT_EQ(undo(path, "two", "three"), Lines{});

  EXPECT_EQ(sql(path, all_records), after);
}

class EveryColumn : public ::testing::TestWithParam<const char*> {};

TEST_P(EveryColumn, IsLookedAtBeforeAnUndo) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  run_import(path, "one", [](auto change) { change(Action::update, 2, second, "P/N Income 2016-10-03.."); });
  sql(path, std::string("UPDATE POSEligibility SET ") + GetParam() + " WHERE eligibilityID = 2");
  const auto changed = sql(path, all_records);

  EXPECT_EQ(undo(path, "one", "two"), Lines{"changed 2 1000000007 "});

  EXPECT_EQ(sql(path, all_records), changed);
}

INSTANTIATE_TEST_SUITE_P(Column, EveryColumn,
                         ::testing::Values("personID = 8", "endYear = 2018", "eligType = 'SES'",
                                           "eligibility = 'F'", "source = 'D'", "type = 'income'",
                                           "startDate = '2016-10-04'", "endDate = NULL", "applicationID = 4",
                                           "extended = 0", "districtID = NULL", "importRunID = NULL",
                                           "modifiedDate = '2016-09-07'"));

TEST(UndoTransaction, NamesTheRunThatChangedARecordSince) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  run_import(path, "one", [](auto change) { change(Action::remove, 1, first, ""); });
  run_import(path, "two", [](auto change) { change(Action::update, 2, second, "P/N Income 2016-10-03.."); });
  run_import(path, "three", [](auto change) { change(Action::remove, 2, "P/N Income 2016-10-03..", ""); });

  EXPECT_EQ(undo(path, "two", "four"), Lines{"changed 2 1000000007 three"});
  EXPECT_EQ(undo(path, "one", "five"), Lines{});
}

TEST(UndoTransaction, BringsNoRecordBackThatWouldOverlapALaterOne) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  run_import(path, "one", [](auto change) {
    change(Action::end, 1, first, "2016: R/N Income 2015-08-10..2016-09-05 application");
  });
  run_import(path, "two",
             [](auto change) { change(Action::insert, 0, "", "F/D Foster 2016-09-06..2016-10-02"); });
  const auto after = sql(path, all_records);

  EXPECT_EQ(undo(path, "one", "three"), Lines{"overlapping 3 1000000007 two"});

  EXPECT_EQ(sql(path, all_records), after);
}

TEST(UndoTransaction, BringsNoRecordBackOfAStudentWhoIsGone) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  run_import(path, "one", [](auto change) {
    change(Action::remove, 1, first, "");
    change(Action::remove, 2, second, "");
  });
  sql(path, "DELETE FROM Person WHERE personID = 7");

  EXPECT_EQ(undo(path, "one", "two"), (Lines{"no student 1  ", "no student 2  "}));
}

TEST(UndoTransaction, KnowsWhichRunHasUndoneAnother) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  run_import(path, "one", [](auto change) { change(Action::remove, 1, first, ""); });
  const auto undone_by = [&](std::string_view run) {
    return CampusStore(path, Access::read_only).find_run(run).value().undone_by;
  };

  EXPECT_EQ(undone_by("one"), "");
  EXPECT_EQ(undo(path, "one", "two"), Lines{});
  EXPECT_EQ(undone_by("one"), "two");
  EXPECT_EQ(undo(path, "two", "three"), Lines{});
  EXPECT_EQ(undone_by("one"), "");
  EXPECT_EQ(undone_by("two"), "three");
  EXPECT_FALSE(CampusStore(path, Access::read_only).find_run("four"));
}

}  // namespace
}  // namespace mealsync::testing
