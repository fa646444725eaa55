// Whose record it is where the key is no state ID, and what of a key may be told.

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

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Invented students, all enrolled: 9 has no state ID, 10 and 11 share everything, 12 was called otherwise once, 13 has
/// no current identity.
constexpr auto students = R"(
  INSERT INTO Person VALUES
    (9, NULL, '0090', 9), (10, '1000000010', '555', 10), (11, '1000000011', '555', 11),
    (12, '1000000012', '403990010', 12), (13, '1000000013', '', NULL);
  INSERT INTO Identity (identityID, personID, lastName, firstName, birthdate, ssn) VALUES
    (7, 7, 'Sample', 'Ada', '2010-03-09', '000-00-0007'), (9, 9, 'Núñez', 'Bo', '2011-11-30', '000000009'),
    (10, 10, 'Twin', 'Cy', '2012-01-01', '000000010'), (11, 11, 'TWIN', 'CY ', '2012-01-01', '000-00-0010'),
    (12, 12, 'Dummy', 'Dee', '2009-05-05', 'unknown'), (112, 12, 'Sample', 'Dee', '2009-05-05', '000000112'),
    (13, 13, 'Adrift', 'Ed', '2009-05-06', '000000013'), (14, 8, 'Blank', 'Flo', NULL, NULL);
  UPDATE Person SET currentIdentityID = 7 WHERE personID = 7;
  UPDATE Person SET currentIdentityID = 14 WHERE personID = 8;
  INSERT INTO Enrollment (personID, calendarID, endYear) VALUES
    (7, 1, 2017), (8, 2, 2017), (9, 2, 2017), (10, 1, 2017), (11, 1, 2017), (12, 1, 2017), (13, 1, 2017);)";

Trial match(const char* key, std::string_view table, std::vector<Setting> settings = {}) {
  const Folder folder;
  settings.push_back({"database", campus_with(folder, students).string()});
  settings.push_back({"key", key});
  return run(stage("match_student"), settings, table);
}

Trial planned(const char* key, std::string_view header) {
  return plan(stage("match_student"), {{"database", "none"}, {"key", key}}, header);
}

TEST(MatchStudentByNumber, GivesTheStateIdOfCampusNextToThePerson) {
  const auto trial = match("student_number", R"(
    student_number | state_id
    A7             | of the file
    0090           | of the file
    A8             |
  )");

  EXPECT_EQ(trial.columns, "student_number | state_id | person_id:int | enrolled_school");
  EXPECT_EQ(trial.rows, "A7 | 1000000007 | 7 | 010\n0090 |  | 9 | 020\nA8 |  | 8 | 020\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(MatchStudentByNumber, TellsWhatItDoesNotFindAndWhatItFindsTwice) {
  const auto trial = match("student_number", R"(
    student_number
    90
    ""
    555
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{1002, 2, "Student Number '90' not found"},
                          Finding{1002, 3, "Student Number '' not found"},
                          Finding{2002, 4, "Multiple matches found for Student Number '555'"}));
  EXPECT_EQ(trial.stopped, 3U);
}

TEST(MatchStudentByNumber, TakesNineDigitsForANumberAndHyphensForAnSsn) {
  const auto trial = match("student_number", R"(
    student_number
    403990010
    403-99-0010
  )");

  EXPECT_EQ(trial.rows, "403990010 | 1000000012 | 12 | 010\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{1010, 3, "Student Number '403-99-0010' has the form of a Social Security Number"}));
}

TEST(MatchStudentByNumber, RejectsWhatASpreadsheetMakesOfANumber) {
  const auto trial = match("student_number", R"(
    student_number
    4.03E+08
    403990010.0
  )");

  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{1011, 2, "Student Number '4.03E+08' was changed by a spreadsheet"},
                          Finding{1011, 3, "Student Number '403990010.0' was changed by a spreadsheet"}));
}

TEST(MatchStudentByPersonId, TakesWholeNumbers) {
  const auto trial = match("person_id", R"(
    person_id | lunch
    7         | 1
    0009      | 2
    70        | 3
              | 4
    99999999999999999999 | 5
  )");

  EXPECT_EQ(trial.columns, "person_id:int | lunch | state_id | enrolled_school");
  EXPECT_EQ(trial.rows, "7 | 1 | 1000000007 | 010\n9 | 2 |  | 020\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{1003, 4, "Person ID '70' not found"},
                                          Finding{1003, 5, "Person ID '' not found"},
                                          Finding{1003, 6, "Person ID '99999999999999999999' not found"}));
}

TEST(MatchStudentByPersonId, RejectsWhatIsNoWholeNumber) {
  const auto trial = match("person_id", R"(
    person_id
    7.0
    -7
    A7
    000-00-0007
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{1011, 2, "Person ID '7.0' is no whole number"},
                  Finding{1011, 3, "Person ID '-7' is no whole number"},
                  Finding{1011, 4, "Person ID 'A7' is no whole number"},
                  Finding{1010, 5, "Person ID '000-00-0007' has the form of a Social Security Number"}));
}

TEST(MatchStudentBySsn, ComparesDigitsAndPassesNoSsnOn) {
  const auto trial = match("ssn", R"(
    ssn         | lunch
    000000007   | 1
    000-00-0009 | 2
  )");

  EXPECT_EQ(trial.columns, "ssn | lunch | state_id | person_id:int | enrolled_school");
  EXPECT_EQ(trial.rows, " | 1 | 1000000007 | 7 | 010\n | 2 |  | 9 | 020\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(MatchStudentBySsn, ShowsNothingOfAnSsn) {
  const auto trial = match("ssn", R"(
    ssn
    000000008
    000-00-0010
    00000007
    7.0E+00
    unknown
    ""
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{1004, 2, "SSN '********' not found"},
                                          Finding{2004, 3, "Multiple matches found for SSN '********'"},
                                          Finding{1011, 4, "SSN '********' is not made of nine digits"},
                                          Finding{1011, 5, "SSN '********' is not made of nine digits"},
                                          Finding{1011, 6, "SSN '********' is not made of nine digits"},
                                          Finding{1004, 7, "SSN '' not found"}));
}

TEST(MatchStudentBySsn, KnowsThePersonsCurrentIdentityOnly) {
  const auto trial = match("ssn", R"(
    ssn
    000000112
    000000013
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{1004, 2, "SSN '********' not found"},
                                          Finding{1004, 3, "SSN '********' not found"}));
}

TEST(MatchStudentByName, ComparesAllThreeWithoutCase) {
  const auto trial = match("name_birth_date", R"(
    last_name | first_name | birth_date:date
    SAMPLE    | ada        | 2010-03-09
    NÚÑEZ     | BO         | 2011-11-30
    dummy     | Dee        | 2009-05-05
  )");

  EXPECT_EQ(trial.columns,
            "last_name | first_name | birth_date:date | state_id | person_id:int | enrolled_school");
  EXPECT_EQ(trial.rows,
            "SAMPLE | ada | 2010-03-09 | 1000000007 | 7 | 010\n"
            "NÚÑEZ | BO | 2011-11-30 |  | 9 | 020\n"
            "dummy | Dee | 2009-05-05 | 1000000012 | 12 | 010\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(MatchStudentByName, TellsNeitherNameNorBirthDate) {
  const auto trial = match("name_birth_date", R"(
    last_name | first_name | birth_date:date
    Sample    | Ada        | 2010-03-10
    Nunez     | Bo         | 2011-11-30
    Sample    | Dee        | 2009-05-05
    Adrift    | Ed         | 2009-05-06
    Twin      | Cy         | 2012-01-01
    1.99E+09  | Ada        | 2010-03-09
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{1005, 2, "No student has this name and birth date"},
                                          Finding{1005, 3, "No student has this name and birth date"},
                                          Finding{1005, 4, "No student has this name and birth date"},
                                          Finding{1005, 5, "No student has this name and birth date"},
                                          Finding{2005, 6, "Several students have this name and birth date"},
                                          Finding{1011, 7, "The name was changed by a spreadsheet"}));
}

TEST(MatchStudentByName, FindsNobodyWhereOneOfTheThreeIsBlank) {
  const auto trial = match("name_birth_date", R"(
    last_name | first_name | birth_date:date
              | Ada        | 2010-03-09
    Sample    |            | 2010-03-09
    Sample    | Ada        |
    Blank     | Flo        |
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{1005, 2, "No student has this name and birth date"},
                                          Finding{1005, 3, "No student has this name and birth date"},
                                          Finding{1005, 4, "No student has this name and birth date"},
                                          Finding{1005, 5, "No student has this name and birth date"}));
}

TEST(MatchStudentByName, NamesAStudentWithoutEnrolmentByHisStateId) {
  const Folder folder;
  const auto campus = campus_with(folder, std::string(students) + "DELETE FROM Enrollment;").string();

  const auto trial = run(stage("match_student"), {{"database", campus}, {"key", "name_birth_date"}},
                         "last_name | first_name | birth_date:date\nSample | Ada | 2010-03-09\n");

  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{6001, 2, "The student with state ID '1000000007' has no enrolment in 2016-17"}));
}

TEST(MatchStudentKeys, AreNeededOnlyWhereTheyAreTheKey) {
  EXPECT_EQ(planned("state_id", "state_id").status, MS_OK);
  EXPECT_EQ(planned("student_number", "student_number").status, MS_OK);
  EXPECT_EQ(planned("person_id", "person_id").status, MS_OK);
  EXPECT_EQ(planned("ssn", "ssn").status, MS_OK);
  EXPECT_EQ(planned("name_birth_date", "last_name | first_name | birth_date:date").status, MS_OK);
  EXPECT_THAT(
      planned("student_number", "state_id").findings,
      ElementsAre(Finding{own(5002), 0, "No column 'student_number' comes in; the columns are: state_id"}));
  EXPECT_THAT(
      planned("name_birth_date", "last_name").findings,
      ElementsAre(Finding{own(5002), 0, "No column 'first_name' comes in; the columns are: last_name"},
                  Finding{own(5002), 0, "No column 'birth_date' comes in; the columns are: last_name"}));
}

/// The severities of the findings come with `worst`; one who is not found is no error in a state's list.
Trial direct(const char* key, std::string_view table) {
  return match(key, table, {{"feed", "direct"}});
}

TEST(MatchStudentOfADirectFeed, SkipsWhoIsNotOurs) {
  const auto trial = direct("state_id", R"(
    state_id
    1999999999
    ""
    1000000007
  )");

  EXPECT_EQ(trial.rows, "1000000007 | 7 | 010\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{1001, 2, "State ID '1999999999' not found"},
                                          Finding{1001, 3, "State ID '' not found"}));
  EXPECT_EQ(trial.worst, Severity::info);
  EXPECT_EQ(trial.counters, (std::map<std::string, std::uint64_t>{{"skipped.not_ours", 2}}));
}

TEST(MatchStudentOfADirectFeed, SkipsWhoIsNotOursByEveryKey) {
  EXPECT_THAT(direct("student_number", "student_number\n1\n").worst, Severity::info);
  EXPECT_THAT(direct("person_id", "person_id\n1\n").worst, Severity::info);
  EXPECT_THAT(direct("ssn", "ssn\n000000001\n").worst, Severity::info);
  EXPECT_THAT(
      direct("name_birth_date", "last_name | first_name | birth_date:date\nA | B | 2010-01-01\n").worst,
      Severity::info);
}

TEST(MatchStudentOfADirectFeed, StillRejectsAKeyInDoubt) {
  const auto trial = direct("state_id", R"(
    state_id
    000000043
    1.99E+09
  )");

  EXPECT_EQ(trial.worst, Severity::error);
  EXPECT_EQ(trial.stopped, 2U);
  EXPECT_THAT(trial.counters, IsEmpty());
}

}  // namespace
}  // namespace mealsync::testing
