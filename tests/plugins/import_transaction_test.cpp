// One run's changes in a Campus database: all of them with what was there before, or none.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <campus/store/import_transaction.hpp>
#include <campus/store/store.hpp>

#include "campus_database.hpp"
#include "meal_notation.hpp"

namespace mealsync::testing {
namespace {

using campus::Access;
using campus::CampusStore;
using campus::Fault;
using campus::ImportRun;
using campus::ImportTransaction;
using Lines = std::vector<std::string>;

const ImportRun run{"20160906-010000-7f3a", {17050}, "pos-to-campus", {2017}, "2016-09-06T01:00:00Z"};
constexpr std::string_view sha256 = "e3b0c44298fc1c149afb";
constexpr std::string_view finished = "2016-09-06T01:00:09Z";

/// Seven's five records, as a district has them, and one of another type.
constexpr auto records = R"(
  INSERT INTO POSEligibility VALUES
    (1, 7, 2016, 'Meal', 'R', 'N', 'Income', '2015-08-10', '2016-10-02', 88, 0, 5, NULL, '2015-08-10'),
    (2, 7, 2017, 'Meal', 'S', 'N', 'Denied by letter', '2016-10-03', '2016-10-31', NULL, 0, 5, NULL, NULL),
    (3, 7, 2017, 'Meal', 'F', 'N', 'Income', '2016-11-01', '2016-12-31', NULL, 1, NULL, NULL, NULL),
    (4, 7, 2017, 'Meal', 'R', 'D', 'medicaid (reduced)', '2017-01-01', NULL, NULL, 0, NULL, NULL, NULL),
    (5, 7, 2017, 'SES', 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL, 0, NULL, NULL, NULL);)";

constexpr auto all_records =
    "SELECT eligibilityID, personID, endYear, eligType, eligibility, source, type, startDate, endDate,"
    " applicationID, extended, districtID, importRunID, modifiedDate FROM POSEligibility ORDER BY 1";

MealRecord record(const std::string& line, std::int64_t id = 0) {
  return read_record(line, id);
}

/// Puts `after` in the place of record `id`, which was read as `before`.
void change(ImportTransaction& import, Action action, std::int64_t id, const std::string& before,
            const std::string& after) {
  import.apply(7, action, record(before, id), after.empty() ? MealRecord{} : record(after, id));
}

constexpr auto second = "P/N Unknown 2016-10-03..2016-10-31";

TEST(Import, MakesEveryKindOfChange) {
  const Folder folder;
  const auto path = campus_with(folder, records);

  {
    CampusStore store(path, Access::read_write);
    ImportTransaction import(store, run);
    change(import, Action::end, 1, "2016: R/N Income 2015-08-10..2016-10-02 application",
           "2016: R/N Income 2015-08-10..2016-09-05 application");
    change(import, Action::trim, 2, second, "P/N Unknown 2016-10-04..2016-10-31");
    change(import, Action::remove, 3, "F/N Income 2016-11-01..2016-12-31", "");
    change(import, Action::update, 4, "R/D Unknown 2017-01-01..", "R/D SNAP 2017-01-01..");
    import.apply(7, Action::insert, {}, record("F/D Foster 2016-11-01..2016-12-31"));
    import.apply(8, Action::none, {}, record("F/D Foster 2016-11-01..2016-12-31"));
    import.assert_no_overlap();
    import.commit(finished, "successful", sha256);
  }

  EXPECT_EQ(sql(path, all_records),
            (Lines{"1|7|2016|Meal|R|N|Income|2015-08-10|2016-09-05|88|0|5|1|2016-09-06T01:00:00Z",
                   "2|7|2017|Meal|S|N|Denied by letter|2016-10-04|2016-10-31|NULL|0|5|1|2016-09-06T01:00:00Z",
                   "4|7|2017|Meal|R|D|SNAP|2017-01-01|NULL|NULL|0|NULL|1|2016-09-06T01:00:00Z",
                   "5|7|2017|SES|F|N|Income|2016-08-10|2017-06-30|NULL|0|NULL|NULL|NULL",
                   "6|7|2017|Meal|F|D|Foster|2016-11-01|2016-12-31|NULL|0|NULL|1|2016-09-06T01:00:00Z"}));
}

TEST(Import, KeepsWhatWasThereBeforeEveryChange) {
  const Folder folder;
  const auto path = campus_with(folder, records);

  {
    CampusStore store(path, Access::read_write);
    ImportTransaction import(store, run);
    change(import, Action::end, 1, "2016: R/N Income 2015-08-10..2016-10-02 application",
           "2016: R/N Income 2015-08-10..2016-09-05 application");
    change(import, Action::remove, 2, second, "");
    change(import, Action::update, 4, "R/D Unknown 2017-01-01..", "R/D SNAP 2017-01-01..2017-06-30");
    import.apply(7, Action::insert, {}, record("F/D Foster 2016-10-03..2016-10-31"));
    import.commit(finished, "successful", sha256);
  }

  EXPECT_EQ(sql(path, "SELECT * FROM ImportChange ORDER BY sequence"),
            (Lines{"1|1|1|7|end|2016|R|N|Income|2015-08-10|2016-09-05|"
                   "2016|R|N|Income|2015-08-10|2016-10-02|88|0|5|NULL|2015-08-10",
                   "1|2|2|7|remove|NULL|NULL|NULL|NULL|NULL|NULL|"
                   "2017|S|N|Denied by letter|2016-10-03|2016-10-31|NULL|0|5|NULL|NULL",
                   "1|3|4|7|update|2017|R|D|SNAP|2017-01-01|2017-06-30|"
                   "2017|R|D|medicaid (reduced)|2017-01-01|NULL|NULL|0|NULL|NULL|NULL",
                   "1|4|6|7|insert|2017|F|D|Foster|2016-10-03|2016-10-31|"
                   "NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL"}));
}

TEST(Import, WritesDownTheRunWithItsCounts) {
  const Folder folder;
  const auto path = campus_with(folder, records);

  {
    CampusStore store(path, Access::read_write);
    ImportTransaction import(store, run);
    change(import, Action::trim, 2, second, "P/N Unknown 2016-10-04..2016-10-31");
    change(import, Action::end, 2, "P/N Unknown 2016-10-04..2016-10-31",
           "P/N Unknown 2016-10-04..2016-10-30");
    change(import, Action::remove, 3, "F/N Income 2016-11-01..2016-12-31", "");
    import.apply(8, Action::insert, {}, record("F/D Foster 2016-09-06..2016-12-16"));
    import.apply(8, Action::insert, {}, record("F/D Foster 2017-01-09..2017-06-30"));
    import.commit(finished, "successful", sha256);
  }

  EXPECT_EQ(sql(path,
                "SELECT run, asOf, pipeline, endYear, startedAt, finishedAt, status, inputSHA256,"
                " inserted, updated, ended, removed, trimmed FROM ImportRun"),
            (Lines{"20160906-010000-7f3a|2016-09-06|pos-to-campus|2017|2016-09-06T01:00:00Z|"
                   "2016-09-06T01:00:09Z|successful|e3b0c44298fc1c149afb|2|0|1|1|1"}));
}

TEST(Import, LeavesTheFolderAsItWasUnlessItIsCommitted) {
  const Folder folder;
  const auto path = campus_with(folder, records);
  const auto before = folder.content();

  {
    CampusStore store(path, Access::read_write);
    ImportTransaction import(store, run);
    change(import, Action::remove, 2, second, "");
    for (int count = 0; count < 50'000; ++count)  // more than SQLite keeps in memory
      import.apply(8, Action::insert, {}, record("F/D Foster 2016-09-06..2016-12-16"));
  }

  EXPECT_EQ(folder.content(), before);
}

TEST(Import, RefusesARecordThatIsNotWhatItWas) {
  const Folder folder;
  CampusStore store(campus_with(folder, records), Access::read_write);
  ImportTransaction import(store, run);
  const auto refusal_of = [&](std::int64_t id, const std::string& before) {
    return fault_of([&] { change(import, Action::remove, id, before, ""); });
  };
  const auto changed = [](const std::string& id) {
    return std::pair(Fault::changed_meanwhile,
                     "eligibility record " + id + " is not what it was when it was read");
  };

  EXPECT_EQ(refusal_of(2, "2016: P/N Unknown 2016-10-03..2016-10-31"), changed("2"));
  EXPECT_EQ(refusal_of(2, "R/N Unknown 2016-10-03..2016-10-31"), changed("2"));
  EXPECT_EQ(refusal_of(2, "P/D Unknown 2016-10-03..2016-10-31"), changed("2"));
  EXPECT_EQ(refusal_of(2, "P/N Income 2016-10-03..2016-10-31"), changed("2"));
  EXPECT_EQ(refusal_of(2, "P/N Unknown 2016-10-02..2016-10-31"), changed("2"));
  EXPECT_EQ(refusal_of(2, "P/N Unknown 2016-10-03..2016-10-30"), changed("2"));
  EXPECT_EQ(refusal_of(2, "P/N Unknown 2016-10-03.."), changed("2"));
  EXPECT_EQ(refusal_of(2, "P/N Unknown 2016-10-03..2016-10-31 application"), changed("2"));
  EXPECT_EQ(refusal_of(99, second), changed("99"));
}

TEST(Import, RefusesARecordOfAnotherStudent) {
  const Folder folder;
  CampusStore store(campus_with(folder, records), Access::read_write);
  ImportTransaction import(store, run);

  EXPECT_EQ(fault_of([&] { import.apply(8, Action::remove, record(second, 2), {}); }).first,
            Fault::changed_meanwhile);
}

TEST(Import, NeverTouchesARecordOfAnotherType) {
  const Folder folder;
  CampusStore store(campus_with(folder, records), Access::read_write);
  ImportTransaction import(store, run);

  EXPECT_EQ(
      fault_of([&] { change(import, Action::remove, 5, "F/N Income 2016-08-10..2017-06-30", ""); }).first,
      Fault::changed_meanwhile);
}

TEST(Import, RefusesAStudentWhoIsNotThere) {
  const Folder folder;
  CampusStore store(campus_with(folder, ""), Access::read_write);
  ImportTransaction import(store, run);

  import.apply(99, Action::insert, {}, record("F/D Foster 2016-09-06..2016-12-16"));

  EXPECT_EQ(fault_of([&] { import.commit(finished, "successful", sha256); }),
            std::pair(Fault::changed_meanwhile, std::string("student 99 is no longer there")));
}

TEST(Import, RefusesASecondRunOfOneName) {
  const Folder folder;
  CampusStore store(campus_with(folder, ""), Access::read_write);
  ImportTransaction(store, run).commit(finished, "successful", sha256);

  EXPECT_EQ(fault_of([&] { ImportTransaction(store, run); }),
            std::pair(Fault::failed, std::string("run 20160906-010000-7f3a has been imported before")));
}

TEST(Import, WaitsNoLongerThanItsPatienceForAnotherWriter) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  OtherProgram other(path);
  other.run("BEGIN IMMEDIATE; UPDATE School SET name = 'x'");
  CampusStore store(path, Access::read_write, std::chrono::milliseconds(1));

  EXPECT_EQ(fault_of([&] { ImportTransaction(store, run); }),
            std::pair(Fault::locked, std::string("database is locked")));
}

TEST(Import, CannotWriteIntoAStoreThatWasOpenedToBeRead) {
  const Folder folder;
  CampusStore store(campus_with(folder, ""), Access::read_only);

  EXPECT_EQ(fault_of([&] { ImportTransaction(store, run); }).first, Fault::read_only);
}

TEST(NoOverlap, HoldsForRecordsThatFollowOneAnother) {
  const Folder folder;
  CampusStore store(campus_with(folder, ""), Access::read_write);
  ImportTransaction import(store, run);

  import.apply(7, Action::insert, {}, record("F/D Foster 2016-09-06..2016-12-16"));
  import.apply(7, Action::insert, {}, record("R/N Income 2016-12-17..2017-06-30"));

  EXPECT_NO_THROW(import.assert_no_overlap());
}

TEST(NoOverlap, FailsForOneDayThatTwoRecordsShare) {
  const Folder folder;
  CampusStore store(campus_with(folder, ""), Access::read_write);
  ImportTransaction import(store, run);

  import.apply(8, Action::insert, {}, record("F/D Foster 2016-09-06..2016-12-16"));
  import.apply(8, Action::insert, {}, record("R/N Income 2016-12-16..2017-06-30"));

  EXPECT_EQ(fault_of([&] { import.assert_no_overlap(); }),
            std::pair(Fault::overlapping,
                      std::string("eligibility record 2 would begin before another one of its student"
                                  " has ended")));
}

TEST(NoOverlap, FailsWhereALongRecordIsNotTheOneJustBefore) {
  const Folder folder;
  CampusStore store(campus_with(folder, ""), Access::read_write);
  ImportTransaction import(store, run);

  import.apply(8, Action::insert, {}, record("F/D Foster 2016-08-10..2017-06-30"));
  import.apply(8, Action::insert, {}, record("P/N Denied 2016-09-06..2016-08-10"));
  import.apply(8, Action::insert, {}, record("R/N Income 2017-06-30..2017-06-30"));

  EXPECT_EQ(fault_of([&] { import.assert_no_overlap(); }).first, Fault::overlapping);
}

/// Of each student a record, the last of whom gets a second one on its days; the first was there before.
std::pair<Fault, std::string> overlapping_among(std::int64_t students, std::int64_t step) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  sql(path, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                std::to_string(students) + ") INSERT INTO Person (personID) SELECT 100 + i * " +
                std::to_string(step) + " FROM n");
  const std::int64_t last = 100 + students * step;
  sql(path,
      "INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, startDate, endDate)"
      " VALUES (" +
          std::to_string(last) + ", 2017, 'Meal', 'R', 'N', '2016-08-10', '2017-06-30')");
  CampusStore store(path, Access::read_write);
  ImportTransaction import(store, run);
  for (std::int64_t i = 1; i <= students; ++i)
    import.apply(100 + i * step, Action::insert, {}, record("F/D Foster 2016-09-06..2016-12-16"));
  return fault_of([&] { import.assert_no_overlap(); });
}

TEST(NoOverlap, IsSeenAmongManyStudentsWhetherTheirNumbersAreNearOrFar) {
  for (const std::int64_t step : {1, 1000})
    EXPECT_EQ(overlapping_among(1200, step).first, Fault::overlapping) << step;
}

TEST(NoOverlap, IsAskedOfWhatStandsInTheEndNotOfTheWayThere) {
  const Folder folder;
  CampusStore store(campus_with(folder, records), Access::read_write);
  ImportTransaction import(store, run);
  for (int i = 0; i < 600; ++i)  // more than are written at a time
    import.apply(8, Action::insert, {}, record("F/D Foster 2016-09-06..2016-09-05"));
  import.apply(7, Action::insert, {}, record("F/D Foster 2016-10-03..2016-10-31"));
  for (int i = 0; i < 600; ++i)
    import.apply(8, Action::insert, {}, record("F/D Foster 2016-09-06..2016-09-05"));
  change(import, Action::remove, 2, second, "");

  EXPECT_NO_THROW(import.assert_no_overlap());
}

TEST(NoOverlap, TakesAnOpenRecordToLastUntilJune30) {
  const Folder folder;
  CampusStore store(campus_with(folder, ""), Access::read_write);
  ImportTransaction import(store, run);

  import.apply(7, Action::insert, {}, record("2016: F/D Foster 2015-08-10.."));
  import.apply(7, Action::insert, {}, record("R/N Income 2016-07-01..2017-06-30"));
  EXPECT_NO_THROW(import.assert_no_overlap());

  import.apply(8, Action::insert, {}, record("2016: F/D Foster 2015-08-10.."));
  import.apply(8, Action::insert, {}, record("R/N Income 2016-06-30..2017-06-30"));
  EXPECT_EQ(fault_of([&] { import.assert_no_overlap(); }).first, Fault::overlapping);
}

TEST(NoOverlap, IsNotAskedOfWhatTheRunLeftAlone) {
  const Folder folder;
  CampusStore store(campus_with(folder, R"(
    INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, startDate, endDate) VALUES
      (7, 2017, 'Meal', 'F', 'N', '2016-08-10', '2017-06-30'),
      (7, 2017, 'Meal', 'R', 'N', '2016-08-10', NULL),
      (8, 2017, 'SES', 'F', 'N', '2016-08-10', '2017-06-30'),
      (8, 2017, 'Meal', 'E', 'N', '2016-08-10', NULL),
      (8, 2017, 'Meal', 'F', 'N', '2016-12-31', '2016-08-10'),
      (8, 2017, 'Meal', 'F', 'N', 'August', NULL))"),
                    Access::read_write);
  ImportTransaction import(store, run);

  import.apply(8, Action::insert, {}, record("F/D Foster 2016-08-10..2017-06-30"));

  EXPECT_NO_THROW(import.assert_no_overlap());
}

}  // namespace
}  // namespace mealsync::testing
