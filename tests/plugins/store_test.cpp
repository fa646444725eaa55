// Campus databases, read without a trace.

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <campus/store/store.hpp>

#include "as_nobody.hpp"
#include "campus_database.hpp"
#include "meal_notation.hpp"

namespace mealsync::testing {
namespace {

using campus::Access;
using campus::CampusStore;
using campus::Fault;
using campus::Made;
using Lines = std::vector<std::string>;

Lines meals(CampusStore& store) {
  Lines all;
  store.read_meals([&](const campus::MealRow& row) {
    all.push_back(std::to_string(row.person) + " " + std::to_string(row.record.id) + ": " +
                  write(row.record));
    return true;
  });
  return all;
}

constexpr auto one_record =
    "INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, type, startDate, endDate)"
    " VALUES (7, 2017, 'Meal', 'F', 'N', 'Income', '2016-08-10', '2017-06-30');";

TEST(ReadStore, LeavesNoTrace) {
  const Folder folder;
  const auto path = campus_with(folder, one_record);
  const auto before = folder.content();

  {
    CampusStore store(path, Access::read_only);
    store.begin_read();
    EXPECT_EQ(meals(store), (Lines{"7 1: F/N Income 2016-08-10..2017-06-30"}));
    store.end_read();
  }

  EXPECT_EQ(folder.content(), before);
}

TEST(ReadStore, ReadsAFileAndAFolderThatCannotBeWritten) {
  const Folder folder;
  const auto path = campus_with(folder, one_record);
  const auto before = folder.content();
  chmod(path.c_str(), 0444);
  chmod(folder.path().c_str(), 0555);

  {
    const AsNobody nobody;
    CampusStore store(path, Access::read_only);
    EXPECT_EQ(meals(store), (Lines{"7 1: F/N Income 2016-08-10..2017-06-30"}));
  }

  EXPECT_EQ(folder.content(), before);
}

TEST(ReadStore, ReadsALogThatAnotherProgramLeftBehindAndLeavesItThere) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  OtherProgram other(path);
  other.run(one_record);
  const Folder copy;
  std::filesystem::copy_file(path, copy / "campus.db");
  std::filesystem::copy_file(folder / "campus.db-wal", copy / "campus.db-wal");
  const auto before = copy.content();

  {
    CampusStore store(copy / "campus.db", Access::read_only);
    EXPECT_EQ(meals(store), (Lines{"7 1: F/N Income 2016-08-10..2017-06-30"}));
  }

  const auto after = copy.content();
  EXPECT_EQ(after.at("campus.db"), before.at("campus.db"));
  EXPECT_EQ(after.at("campus.db-wal"), before.at("campus.db-wal"));
}

TEST(ReadStore, ReadsWhatIsOfOneMoment) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  CampusStore store(path, Access::read_only);

  store.begin_read();
  EXPECT_EQ(meals(store).size(), 0U);
  sql(path, one_record);
  EXPECT_EQ(meals(store).size(), 0U);
  store.end_read();
  EXPECT_EQ(meals(store).size(), 1U);
}

TEST(ReadStore, OpensAPathWithCharactersThatMeanSomethingInAUri) {
  const Folder folder;
  const auto path = folder / "50% of #1?mode=x.db";
  static_cast<void>(campus::init(path));

  {
    CampusStore store(path, Access::read_only);
    EXPECT_EQ(meals(store), Lines{});
  }

  EXPECT_EQ(folder.content().size(), 1U);
}

TEST(ReadStore, GivesPersonsInTheOrderOfTheirIds) {
  const Folder folder;
  CampusStore store(campus_with(folder, "INSERT INTO Person VALUES (1, '0000000001', NULL, NULL)"),
                    Access::read_only);
  Lines all;

  store.read_persons([&](const campus::PersonRow& row) {
    all.push_back(std::to_string(row.person) + ' ' + std::string(row.state_id) + ' ' +
                  std::string(row.student_number));
  });

  EXPECT_EQ(all, (Lines{"1 0000000001 ", "7 1000000007 A7", "8  A8"}));
}

TEST(ReadStore, GivesPersonsAsTheyAreNowCalled) {
  const Folder folder;
  CampusStore store(campus_with(folder, R"(
    INSERT INTO Identity (identityID, personID, lastName, firstName, birthdate, ssn) VALUES
      (1, 7, 'Former', 'Ada', '2010-03-09', '000000001'), (2, 7, 'Sample', 'Ada', '2010-03-09', '000000002'),
      (3, 8, 'Dummy', NULL, 'in May', NULL), (4, 9, 'Stranger', 'Bo', NULL, NULL);
    INSERT INTO Person VALUES (9, NULL, NULL, NULL), (10, NULL, NULL, 4);
    UPDATE Person SET currentIdentityID = 2 WHERE personID = 7;
    UPDATE Person SET currentIdentityID = 3 WHERE personID = 8)"),
                    Access::read_only);
  Lines all;

  store.read_identities([&](const campus::IdentityRow& row) {
    all.push_back(std::to_string(row.person) + ' ' + std::string(row.state_id) + ' ' +
                  std::string(row.last_name) + ' ' + std::string(row.first_name) + ' ' +
                  (row.birth_date ? to_text(*row.birth_date) : ""));
  });
  store.read_ssns([&](const campus::SsnRow& row) {
    all.push_back(std::to_string(row.person) + ' ' + std::string(row.state_id) + ' ' + std::string(row.ssn));
  });

  EXPECT_EQ(all,
            (Lines{"7 1000000007 Sample Ada 2010-03-09", "8  Dummy  ", "7 1000000007 000000002", "8  "}));
}

TEST(ReadStore, AsksForInitWhereADatabaseOfBeforeHasNoPlaceForSsns) {
  const Folder folder;
  const auto path = campus_with(folder, "ALTER TABLE Identity DROP COLUMN ssn");
  const auto read = [&] {
    CampusStore store(path, Access::read_only);
    store.read_identities([](const campus::IdentityRow&) {});
    store.read_ssns([](const campus::SsnRow&) {});
  };

  EXPECT_EQ(fault_of(read),
            std::pair(campus::Fault::other_version,
                      std::string("it has no place for SSNs yet; run mealsync campus init on it once")));

  EXPECT_EQ(campus::init(path), campus::Made::before);
  read();
}

/// And the numbers of the schools.
std::pair<Lines, Lines> enrollments(CampusStore& store) {
  Lines all;
  const auto numbers = store.read_enrollments({2017}, [&](const campus::EnrollmentRow& row) {
    all.push_back(std::to_string(row.person) + ' ' + std::to_string(row.school) +
                  (row.is_primary ? " primary " : " other ") + (row.start ? to_text(*row.start) : "") + ".." +
                  (row.end ? to_text(*row.end) : ""));
  });
  return {all, numbers};
}

constexpr auto some_enrollments = R"(
    INSERT INTO Enrollment
      (enrollmentID, personID, calendarID, endYear, serviceType, startDate, endDate, noShow)
    VALUES (1, 8, 2, 2017, 'P', '2016-08-10', NULL, 0), (2, 8, 1, 2017, 'S', '2016-08-10', '2016-12-16', 0),
           (3, 7, 2, 2017, 'P', NULL, NULL, 0), (4, 7, 1, 2017, 'P', '2016-08-10', NULL, 1),
           (5, 7, 3, 2015, 'P', '2014-08-10', NULL, 0);)";

TEST(ReadStore, GivesTheYearsEnrollmentsWithoutThoseWhoNeverCame) {
  const Folder folder;
  CampusStore store(campus_with(folder, some_enrollments), Access::read_only);
  std::vector<std::int64_t> enrolled;

  const auto [all, schools] = enrollments(store);
  store.read_enrolled({2017}, [&](std::int64_t person) { enrolled.push_back(person); });

  EXPECT_EQ(schools, (Lines{"030", "010", "020"}));
  EXPECT_EQ(enrolled, (std::vector<std::int64_t>{7, 8, 8}));
  EXPECT_EQ(all, (Lines{"7 2 primary ..", "8 2 primary 2016-08-10..", "8 1 other 2016-08-10..2016-12-16"}));
}

TEST(ReadStore, ReadsADatabaseOfBeforeWithoutItsIndexes) {
  const Folder folder;
  const auto path = campus_with(folder, std::string(some_enrollments) + R"(
    INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, type, startDate)
    VALUES (8, 2017, 'Meal', 'S', 'N', 'DidNotApply', '2016-09-06'),
           (7, 2017, 'Meal', 'F', 'D', 'SNAP', '2016-08-10');)");
  const auto read = [&] {
    CampusStore store(path, Access::read_only);
    return std::pair(enrollments(store), meals(store));
  };
  const auto before = read();
  sql(path, "DROP INDEX EnrollmentInYear; DROP INDEX POSEligibilityOfPerson");

  EXPECT_EQ(read(), before);
}

TEST(ReadStore, GivesTheYearsSchoolsWithTheirProvisions) {
  const Folder folder;
  CampusStore store(campus_with(folder,
                                "INSERT INTO SchoolProvision (schoolID, endYear, provision)"
                                " VALUES (2, 2017, 'CEP'), (1, 2016, 'CEP'), (3, 2015, 'Provision 2')"),
                    Access::read_only);
  Lines all;

  store.read_schools({2017}, [&](const campus::SchoolRow& row) {
    all.push_back(std::string(row.school) + ' ' + std::string(row.provision));
  });

  EXPECT_EQ(all, (Lines{"010 ", "020 CEP"}));
}

TEST(ReadStore, GivesMealRecordsOfAllYearsAndNoOthers) {
  const Folder folder;
  CampusStore store(campus_with(folder, R"(
    INSERT INTO POSEligibility
      (personID, endYear, eligType, eligibility, source, type, startDate, endDate, applicationID)
    VALUES (8, 2017, 'Meal', 'S', 'N', 'DidNotApply', '2016-09-06', NULL, NULL),
           (8, 2016, 'Meal', 'R', 'N', 'Income', '2015-08-10', '2016-09-05', 12),
           (7, 2017, 'SES', 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL),
           (7, 2017, 'Meal', 'F', 'D', 'KTAP, first list', '2016-08-10', '', NULL))"),
                    Access::read_only);

  EXPECT_EQ(meals(store), (Lines{"7 4: F/D Unknown 2016-08-10..", "8 1: P/N DidNotApply 2016-09-06..",
                                 "8 2: 2016: R/N Income 2015-08-10..2016-09-05 application"}));
}

TEST(ReadStore, NamesWhatItCannotReadOfARecord) {
  const Folder folder;
  CampusStore store(campus_with(folder, R"(
    INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, startDate, endDate)
    VALUES (7, 2017, 'Meal', 'E', 'N', '2016-08-01', NULL), (7, 2017, 'Meal', 'F', NULL, '2016-08-02', NULL),
           (7, 2017, 'Meal', 'F', 'N', '2016-08-32', NULL), (7, 2017, 'Meal', 'F', 'N', '2016-08-04', 'June'),
           (7, 17, 'Meal', 'F', 'N', '2016-08-05', NULL))"),
                    Access::read_only);
  Lines all;

  store.read_meals([&](const campus::MealRow& row) {
    all.push_back(std::to_string(row.record.id) + ' ' + std::string(row.unreadable_column) + ' ' +
                  std::string(row.unreadable_value));
    return true;
  });

  EXPECT_EQ(all, (Lines{"1 eligibility E", "2 source ", "3 startDate 2016-08-32", "4 endDate June",
                        "5 endYear 17"}));
}

}  // namespace
}  // namespace mealsync::testing
