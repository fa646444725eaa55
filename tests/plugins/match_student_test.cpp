// Whose record it is, and where he goes to school.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/trial.hpp>

#include "built_stage.hpp"
#include "campus_database.hpp"
#include "unusable_database.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Trial match_at(const std::string& database, std::vector<Setting> settings, std::string_view table,
               const Facts& facts = {}) {
  settings.push_back({"database", database});
  return run(stage("match_student"), settings, table, facts);
}

/// With a Campus database of two schools, 010 and 020, and what `students` adds.
Trial match(const std::string& students, const std::vector<Setting>& settings, std::string_view table) {
  const Folder folder;
  return match_at(campus_with(folder, students).string(), settings, table);
}

/// Students with awkward state IDs, all of them enrolled.
constexpr auto students = R"(
  INSERT INTO Person VALUES
    (11, '0000000042', NULL, NULL), (12, '42', NULL, NULL), (13, 'KY-0042', NULL, NULL),
    (14, '000000043', NULL, NULL), (15, '1000000009', NULL, NULL), (16, '1000000009', NULL, NULL),
    (17, '1000000009', NULL, NULL), (18, '', NULL, NULL);
  INSERT INTO Enrollment (personID, calendarID, endYear) VALUES
    (7, 1, 2017), (11, 1, 2017), (12, 2, 2017), (13, 2, 2017), (14, 2, 2017), (15, 1, 2017), (16, 1, 2017),
    (17, 1, 2017), (18, 1, 2017);)";

TEST(MatchStudent, GivesThePersonAndTheSchoolNextToWhatCameIn) {
  const auto trial = match(students, {}, R"(
    state_id   | lunch
    1000000007 | 1
  )");

  EXPECT_EQ(trial.columns, "state_id | lunch | person_id:int | enrolled_school");
  EXPECT_EQ(trial.rows, "1000000007 | 1 | 7 | 010\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(MatchStudent, SaysWhomTheFileNamesAlsoWhereTheRecordIsHeld) {
  const auto trial = match(students, {{"not_enrolled", "hold"}}, R"(
    state_id
    1000000007
    1000000009
    0000000042
    1999999999
  )");

  EXPECT_THAT(trial.seen, ElementsAre(7, 11));
}

TEST(MatchStudent, TakesThePlaceOfColumnsThatTheFileHasOfItsOwn) {
  const auto trial = match("", {}, R"(
    person_id | enrolled_school | state_id
    99        | 999             | 1000000007
  )");

  EXPECT_EQ(trial.columns, "person_id:int | enrolled_school | state_id");
  EXPECT_EQ(trial.rows, "7 |  | 1000000007\n");
}

TEST(MatchStudent, KeepsLeadingZerosAndFindsNobodyByAnIdOfAnotherLength) {
  const auto trial = match(students, {}, R"(
    state_id
    0000000042
    42
    00000000042
  )");

  EXPECT_EQ(trial.rows, "0000000042 | 11 | 010\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{1001, 3, "State ID '42' not found"},
                                          Finding{1001, 4, "State ID '00000000042' not found"}));
}

TEST(MatchStudent, TakesPersonsWithNumbersOfEverySize) {
  constexpr auto table = R"(
    state_id
    1000000007
    1000000021
    1000000022
  )";
  constexpr auto large = R"(
    INSERT INTO Person VALUES (4294967303, '1000000021', NULL, NULL);
    INSERT INTO Enrollment (personID, calendarID, endYear) VALUES (7, 1, 2017), (4294967303, 2, 2017);)";
  constexpr auto negative = R"(
    INSERT INTO Person VALUES (-7, '1000000022', NULL, NULL);
    INSERT INTO Enrollment (personID, calendarID, endYear) VALUES (-7, 2, 2017), (7, 1, 2017);)";

  EXPECT_EQ(match(large, {}, table).rows, "1000000007 | 7 | 010\n1000000021 | 4294967303 | 020\n");
  EXPECT_EQ(match(negative, {}, table).rows, "1000000007 | 7 | 010\n1000000022 | -7 | 020\n");
}

TEST(MatchStudent, RejectsAnIdThatNobodyHas) {
  const auto trial = match(students, {}, R"(
    state_id
    1000000008
    1000000007
  )");

  EXPECT_EQ(trial.rows, "1000000007 | 7 | 010\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{1001, 2, "State ID '1000000008' not found"}));
  EXPECT_EQ(trial.stopped, 1U);
}

TEST(MatchStudent, FindsNobodyForABlankIdThoughPersonsHaveNone) {
  const auto trial = match(students, {}, R"(
    state_id | lunch
             | 1
    ""       | 2
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{1001, 2, "State ID '' not found"},
                                          Finding{1001, 3, "State ID '' not found"}));
}

TEST(MatchStudent, NeverPicksOneOfSeveralPersons) {
  const auto trial = match(students, {}, "state_id\n1000000009\n");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{2001, 2, "Multiple matches found for Student State ID '1000000009'"}));
}

TEST(MatchStudent, RejectsASocialSecurityNumberThoughAPersonHasIt) {
  const auto trial = match(students, {}, R"(
    state_id
    000000043
    000-00-0043
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{1010, 2, "State ID '000000043' has the form of a Social Security Number"},
                  Finding{1010, 3, "State ID '000-00-0043' has the form of a Social Security Number"}));
  EXPECT_EQ(trial.stopped, 2U);
}

TEST(MatchStudent, RejectsWhatASpreadsheetMakesOfAnId) {
  const auto trial = match(students, {}, R"(
    state_id
    1.99E+09
    1000000007.0
    10000O0007
    000.00.0043
    000-0-00043
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{1011, 2, "State ID '1.99E+09' is not made of digits alone"},
                          Finding{1011, 3, "State ID '1000000007.0' is not made of digits alone"},
                          Finding{1011, 4, "State ID '10000O0007' is not made of digits alone"},
                          Finding{1011, 5, "State ID '000.00.0043' is not made of digits alone"},
                          Finding{1011, 6, "State ID '000-0-00043' is not made of digits alone"}));
}

TEST(MatchStudent, TakesNineDigitsWhereIdsHaveNineAndStillNoHyphens) {
  const auto trial = match(students, {{"id_digits", "9"}}, R"(
    state_id
    000000043
    000-00-0043
  )");

  EXPECT_EQ(trial.rows, "000000043 | 14 | 020\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{1010, 3, "State ID '000-00-0043' has the form of a Social Security Number"}));
}

TEST(MatchStudent, TakesEveryFormButAnSsnWhereIdsMayHoldLetters) {
  const auto trial = match(students, {{"id_digits", "0"}}, R"(
    state_id
    KY-0042
    000000043
    1.99E+09
  )");

  EXPECT_EQ(trial.rows, "KY-0042 | 13 | 020\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{1010, 3, "State ID '000000043' has the form of a Social Security Number"},
                          Finding{1011, 4, "State ID '1.99E+09' was changed by a spreadsheet"}));
}

/// Seven was here last year, eleven never came.
constexpr auto not_enrolled = R"(
  INSERT INTO Calendar VALUES (4, 1, 2016, '15-16');
  INSERT INTO Person VALUES (11, '1000000011', NULL, NULL), (12, '1000000012', NULL, NULL);
  INSERT INTO Enrollment (personID, calendarID, endYear, noShow) VALUES
    (7, 4, 2016, 0), (11, 1, 2017, 1), (12, 2, 2017, 0);)";

TEST(MatchStudent, ImportsAStudentWithoutAnEnrolmentAndSaysSo) {
  const auto trial = match(not_enrolled, {}, R"(
    state_id
    1000000007
    1000000011
    1000000012
  )");

  EXPECT_EQ(trial.rows, "1000000007 | 7 | \n1000000011 | 11 | \n1000000012 | 12 | 020\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{6001, 2, "The student with state ID '1000000007' has no enrolment in 2016-17"},
                  Finding{6001, 3, "The student with state ID '1000000011' has no enrolment in 2016-17"}));
  EXPECT_EQ(trial.stopped, 0U);
}

TEST(MatchStudent, HoldsAStudentWithoutAnEnrolmentWhereTold) {
  const auto trial = match(not_enrolled, {{"not_enrolled", "hold"}}, R"(
    state_id
    1000000007
    1000000012
  )");

  EXPECT_EQ(trial.rows, "1000000012 | 12 | 020\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{6001, 2, "The student with state ID '1000000007' has no enrolment in 2016-17"}));
  EXPECT_EQ(trial.counters, (std::map<std::string, std::uint64_t>{{"skipped.held", 1}}));
}

/// Seven moves from school 010 to 020 on October 3.
constexpr auto mover = R"(
  INSERT INTO Enrollment (personID, calendarID, endYear, startDate, endDate) VALUES
    (7, 1, 2017, '2016-08-10', '2016-10-02'), (7, 2, 2017, '2016-10-03', NULL);)";

TEST(MatchStudent, FindsTheSchoolOnTheLaterOfTheStartAndTheDayOfTheRun) {
  constexpr auto table = R"(
    state_id   | start_date:date
    1000000007 | 2016-08-10
    1000000007 | 2016-10-02
    1000000007 | 2016-10-03
    1000000007 |
  )";
  const Folder folder;
  const auto campus = campus_with(folder, mover).string();
  Facts november;
  november.as_of = *Date::of(2016, 11, 1);

  EXPECT_EQ(match_at(campus, {}, table).rows, R"(1000000007 | 2016-08-10 | 7 | 010
1000000007 | 2016-10-02 | 7 | 010
1000000007 | 2016-10-03 | 7 | 020
1000000007 |  | 7 | 010
)");
  EXPECT_EQ(match_at(campus, {}, table, november).rows, R"(1000000007 | 2016-08-10 | 7 | 020
1000000007 | 2016-10-02 | 7 | 020
1000000007 | 2016-10-03 | 7 | 020
1000000007 |  | 7 | 020
)");
}

TEST(MatchStudent, TakesThePrimarySchoolBeforeOthersThenTheLatestStart) {
  const auto trial = match(R"(
    INSERT INTO Person VALUES (11, '1000000011', NULL, NULL), (12, '1000000012', NULL, NULL);
    INSERT INTO Enrollment (personID, calendarID, endYear, serviceType, startDate) VALUES
      (7, 1, 2017, 'P', '2016-08-10'), (7, 2, 2017, 'S', '2016-09-01'),
      (11, 1, 2017, 'P', '2016-08-10'), (11, 2, 2017, 'P', '2016-08-11'),
      (12, 2, 2017, 'S', '2016-08-11'), (12, 1, 2017, 'S', '2016-08-10');)",
                           {}, R"(
    state_id
    1000000007
    1000000011
    1000000012
  )");

  EXPECT_EQ(trial.rows, "1000000007 | 7 | 010\n1000000011 | 11 | 020\n1000000012 | 12 | 020\n");
}

TEST(MatchStudent, FallsBackToTheSchoolOnTheStartForAStudentWhoHasLeft) {
  const auto trial = match(R"(
    INSERT INTO Enrollment (personID, calendarID, endYear, startDate, endDate) VALUES
      (7, 2, 2017, NULL, '2016-08-31');)",
                           {}, R"(
    state_id   | start_date:date
    1000000007 | 2016-08-31
    1000000007 | 2016-09-01
    1000000007 |
  )");

  EXPECT_EQ(trial.rows,
            "1000000007 | 2016-08-31 | 7 | 020\n1000000007 | 2016-09-01 | 7 | \n1000000007 |  | 7 | \n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(MatchStudent, LeavesTheDatabaseAsItWas) {
  const Folder folder;
  const auto path = campus_with(folder, students);
  const auto before = folder.content();

  const auto trial = match_at(path.string(), {}, "state_id\n1000000007\n");

  EXPECT_EQ(trial.rows, "1000000007 | 7 | 010\n");
  EXPECT_EQ(folder.content(), before);
}

Trial open(const std::string& path) {
  return match_at(path, {}, "state_id\n");
}

TEST(MatchStudent, SaysWhyADatabaseCannotBeUsed) {
  EXPECT_EQ(faults_of_unusable_databases(open), unusable_databases);
}

TEST(MatchStudent, SaysThatADatabaseMayNotBeRead) {
  EXPECT_EQ(faults_of_a_closed_database(open), closed_database);
}

TEST(MatchStudent, SaysThatALogMayNotBeRead) {
  EXPECT_EQ(faults_of_a_log_that_cannot_be_read(open), closed_database);
}

}  // namespace
}  // namespace mealsync::testing
