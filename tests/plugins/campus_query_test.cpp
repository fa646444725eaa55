// What a district asks Campus: counts by school, students without a record, records with wrong dates.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <mealsync/trial.hpp>

#include "built_stage.hpp"
#include "campus_database.hpp"
#include "unusable_database.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// An elementary school, 010, and a high school, 020, both with two students; 030 eats free.
constexpr auto district = R"(
  INSERT INTO School VALUES (4, '040', 'Quarry Lane');
  INSERT INTO Calendar VALUES (4, 4, 2017, '16-17');
  INSERT INTO SchoolProvision (schoolID, endYear, provision) VALUES (4, 2017, 'CEP');
  INSERT INTO Person VALUES (11, '1000000011', 'A11', NULL), (12, '1000000012', 'A12', NULL),
    (13, '1000000013', 'A13', NULL), (14, '1000000014', 'A14', NULL), (15, '1000000015', 'A15', NULL);
  INSERT INTO Enrollment (personID, calendarID, endYear, grade, startDate) VALUES
    (11, 1, 2017, 'KG', '2016-08-10'), (12, 1, 2017, '05', '2016-08-10'),
    (13, 2, 2017, '12', '2016-08-10'), (14, 2, 2017, '09', '2016-08-10'), (15, 4, 2017, '03', '2016-08-10');)";

std::string meal(int person, const std::string& eligibility, const std::string& start, const std::string& end,
                 int end_year = 2017) {
  return "INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, startDate, endDate) VALUES "
         "(" +
         std::to_string(person) + "," + std::to_string(end_year) + ",'Meal','" + eligibility + "'," + start +
         "," + end + ");";
}

Trial ask_at(const std::string& database, const std::string& query, std::vector<Setting> settings = {},
             const Facts& facts = {}) {
  settings.push_back({"database", database});
  settings.push_back({"query", query});
  return read(stage("campus_query"), settings, facts);
}
/// Of a district with what `more` adds, on 2016-09-06.
Trial ask(const std::string& query, const std::string& more, const std::vector<Setting>& settings = {},
          const Facts& facts = {}) {
  const Folder folder;
  return ask_at(campus_with(folder, district + more).string(), query, settings, facts);
}

TEST(CampusQuery, CountsRecordsAndStudentsBySchoolHighSchoolsFirst) {
  const auto trial =
      ask("eligibility",
          meal(13, "F", "'2016-08-10'", "'2016-08-31'") + meal(13, "F", "'2016-09-01'", "NULL") +
              meal(11, "R", "'2016-08-10'", "'2017-06-30'") + meal(12, "S", "'2016-08-10'", "'2016-09-06'"));

  EXPECT_EQ(
      trial.columns,
      "school_number | school | provision | students:int | free_records:int | reduced_records:int | "
      "paid_records:int | free_students:int | reduced_students:int | paid_students:int | no_record:int | "
      "free_percent:int | reduced_percent:int | paid_percent:int | no_record_percent:int");
  EXPECT_EQ(trial.rows,
            "020 | Stone Creek |  | 2 | 2 | 0 | 0 | 1 | 0 | 0 | 1 | 50 | 0 | 0 | 50\n"
            "010 | Birch Hill |  | 2 | 0 | 1 | 1 | 0 | 1 | 1 | 0 | 0 | 50 | 50 | 0\n"
            "040 | Quarry Lane | CEP | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 100\n"
            " | District |  | 5 | 2 | 1 | 1 | 1 | 1 | 1 | 2 | 20 | 20 | 20 | 40\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(CampusQuery, CountsAStudentOfSeveralRecordsOnceByHisBestStatus) {
  const auto trial = ask("eligibility", meal(11, "S", "'2016-08-10'", "NULL") +
                                            meal(11, "F", "'2016-09-06'", "'2016-09-06'") +
                                            "DELETE FROM Enrollment WHERE personID > 11;");

  EXPECT_EQ(trial.rows,
            "010 | Birch Hill |  | 1 | 1 | 0 | 1 | 1 | 0 | 0 | 0 | 100 | 0 | 0 | 0\n"
            " | District |  | 1 | 1 | 0 | 1 | 1 | 0 | 0 | 0 | 100 | 0 | 0 | 0\n");
}

TEST(CampusQuery, ListsWhoHasNoRecordHighSchoolsAndHighGradesFirst) {
  const auto trial = ask("missing", "");

  EXPECT_EQ(trial.columns, "school_number | school | grade | state_id | student_number");
  EXPECT_EQ(trial.rows,
            "020 | Stone Creek | 12 | 1000000013 | A13\n"
            "020 | Stone Creek | 09 | 1000000014 | A14\n"
            "010 | Birch Hill | 05 | 1000000012 | A12\n"
            "010 | Birch Hill | KG | 1000000011 | A11\n");
}

TEST(CampusQuery, CallsMissingWhoseRecordDoesNotHoldOnTheDay) {
  const auto trial =
      ask("missing", meal(11, "F", "'2016-08-10'", "'2016-09-05'") + meal(12, "F", "'2016-09-07'", "NULL") +
                         meal(13, "F", "'2016-08-10'", "''") +
                         meal(14, "F", "'2015-08-10'", "'2016-10-01'", 2016));

  EXPECT_EQ(trial.rows,
            "020 | Stone Creek | 09 | 1000000014 | A14\n"
            "010 | Birch Hill | 05 | 1000000012 | A12\n"
            "010 | Birch Hill | KG | 1000000011 | A11\n");
}

TEST(CampusQuery, TakesNoSesRecordForAMealRecord) {
  const auto trial =
      ask("missing", "DELETE FROM Enrollment WHERE personID > 11;" + meal(11, "F", "'2016-08-10'", "NULL") +
                         "UPDATE POSEligibility SET eligType = 'SES';");

  EXPECT_EQ(trial.rows, "010 | Birch Hill | KG | 1000000011 | A11\n");
}

TEST(CampusQuery, CountsNobodyWhoIsNotEnrolledOnTheDay) {
  const auto trial = ask("missing", R"(
    UPDATE Enrollment SET endDate = '2016-09-05' WHERE personID = 11;
    UPDATE Enrollment SET startDate = '2016-09-07' WHERE personID = 12;
    UPDATE Enrollment SET noShow = 1 WHERE personID = 13;
    UPDATE Enrollment SET stateExclude = 1 WHERE personID = 14;)");

  EXPECT_EQ(trial.rows, "");
}

TEST(CampusQuery, CountsAStudentAtTheSchoolWhereHeWentLast) {
  const auto trial = ask("missing", R"(
    DELETE FROM Enrollment WHERE personID > 11;
    INSERT INTO Enrollment (personID, calendarID, endYear, grade, startDate, serviceType) VALUES
      (11, 2, 2017, '09', '2016-08-20', 'P'), (11, 4, 2017, '10', '2016-09-01', 'S');)");

  EXPECT_EQ(trial.rows, "020 | Stone Creek | 09 | 1000000011 | A11\n");
}

TEST(CampusQuery, ListsRecordsOfAnyYearWhoseDatesDoNotFitIt) {
  const auto trial = ask(
      "transposed",
      meal(11, "F", "'2016-08-10'", "'2017-10-02'") + meal(11, "R", "'2016-08-10'", "'2016-10-02'", 2016) +
          meal(12, "S", "'2016-06-30'", "NULL") + meal(13, "D", "'2016-09-01'", "'2016-08-01'") +
          meal(14, "F", "NULL", "'31.12.2016'") + meal(15, "F", "'2016-08-10'", "'2017-11-01'"));

  EXPECT_EQ(trial.columns,
            "eligibility_id:int | state_id | school_year | eligibility | start_date:date | end_date:date | "
            "what_is_wrong");
  EXPECT_EQ(
      trial.rows,
      "2 | 1000000011 | 2015-16 | Reduced | 2016-08-10 | 2016-10-02 | it starts after its year\n"
      "3 | 1000000012 | 2016-17 | Paid | 2016-06-30 |  | it starts before its year\n"
      "4 | 1000000013 | 2016-17 | D | 2016-09-01 | 2016-08-01 | it ends before it starts\n"
      "5 | 1000000014 | 2016-17 | Free |  |  | it has no start date that can be read; its end date cannot be "
      "read\n"
      "6 | 1000000015 | 2016-17 | Free | 2016-08-10 | 2017-11-01 | it ends after 2017-10-31\n");
}

TEST(CampusQuery, HoldsRecordsOfTheYearAgainstItsExpiration) {
  const auto trial =
      ask("transposed",
          meal(11, "F", "'2016-08-10'", "'2017-10-03'") + meal(12, "F", "'2015-08-10'", "'2016-10-03'", 2016),
          {{"expiration", "2017-10-02"}});

  EXPECT_EQ(trial.rows,
            "1 | 1000000011 | 2016-17 | Free | 2016-08-10 | 2017-10-03 | it ends after 2017-10-02\n");
}

TEST(CampusQuery, RefusesToCountOnADayOfAnotherYear) {
  Facts facts;
  facts.as_of = *Date::of(2017, 7, 1);

  const auto trial = ask("missing", "", {}, facts);

  EXPECT_THAT(trial.findings, ElementsAre(Finding{5010, 0, "2017-07-01 is no day of school year 2016-17"}));
  EXPECT_EQ(trial.worst, Severity::refusal);
  EXPECT_THAT(ask("transposed", "", {}, facts).findings, IsEmpty());
}

TEST(CampusQuery, SaysWhereNobodyIsEnrolled) {
  const auto trial = ask("eligibility", "DELETE FROM Enrollment;");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{6001, 0, "No student is enrolled on 2016-09-06 in 2016-17"}));
}

TEST(CampusQuery, LeavesTheDatabaseAsItWas) {
  const Folder folder;
  const auto path = campus_with(folder, district);
  const auto before = folder.content();

  EXPECT_NE(ask_at(path.string(), "missing").rows, "");
  EXPECT_EQ(folder.content(), before);
}

TEST(CampusQuery, SaysThatATableIsMissing) {
  const Folder folder;
  const auto path = campus_with(folder, "DROP VIEW student; DROP TABLE Enrollment;");

  EXPECT_THAT(without(folder, ask_at(path.string(), "eligibility").findings),
              ElementsAre(Finding{9009, 0, "Campus database 'campus.db' failed: no such table: Enrollment"}));
}

TEST(CampusQuery, SaysWhyADatabaseCannotBeUsed) {
  EXPECT_EQ(faults_of_unusable_databases([](const std::string& path) { return ask_at(path, "missing"); }),
            unusable_databases);
}

}  // namespace
}  // namespace mealsync::testing
