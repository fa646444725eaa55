// A set that is loaded again: what is updated, what stays, and who is whom.

#include <gmock/gmock.h>

#include "oneroster_set.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OneRosterReload : public OneRosterSet {
 protected:
  void students(const std::string& rows) const {
    write("users.csv", "sourcedId,role,orgSourcedIds,givenName,familyName,identifier,grades\n" + rows);
  }
  void enrolled(const std::string& rows) const {
    write("enrollments.csv", "classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate\n" + rows);
  }
};

TEST_F(OneRosterReload, ChangesNothingWhereNothingChanged) {
  load();

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(changes(), (Lines{"SchoolYear +0 ~0 =1 -0", "School +0 ~0 =2 -0", "Calendar +0 ~0 =2 -0",
                              "Person +0 ~0 =2 -0", "Enrollment +0 ~0 =2 -0"}));
}

TEST_F(OneRosterReload, SaysWhatChanged) {
  load();
  write("orgs.csv",
        "sourcedId,name,type,identifier\n"
        "s1,Birch Hill,school,010\n"
        "s2,Stone Creek Elementary,school,021\n"
        "s3,Mill Creek,school,030\n");
  students(
      "u1,student,s1,Ann,Reed-Hill,1000000001,04\n"
      "u3,student,s3,Cam,Ford,1000000003,02\n");
  enrolled(
      "c1,s1,u1,student,2016-08-10,2017-05-26\n"
      "c3,s3,u3,student,2016-09-01,2017-05-26\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(changes(), (Lines{"SchoolYear +0 ~0 =1 -0", "School +1 ~1 =1 -0", "Calendar +1 ~0 =1 -0",
                              "Person +1 ~1 =0 -0", "Enrollment +1 ~1 =0 -1"}));
  EXPECT_EQ(enrollments(), (Lines{"1000000001 010 2017 P 04 2016-08-10..2017-05-26",
                                  "1000000003 030 2017 P 02 2016-09-01..2017-05-26"}));
  EXPECT_EQ(ask("SELECT stateID FROM Person ORDER BY 1"), (Lines{"1000000001", "1000000002", "1000000003"}));
}

TEST_F(OneRosterReload, KnowsAStudentBySourcedIdWhenHisStateIdChanges) {
  load();
  students(
      "u1,student,s1,Ann,Reed,1000000091,03\n"
      "u2,student,s2,Ben,Stone,1000000002,04\n");

  load();

  EXPECT_EQ(ask("SELECT personID, stateID FROM Person ORDER BY 1"), (Lines{"1|1000000091", "2|1000000002"}));
}

TEST_F(OneRosterReload, KnowsAStudentByStateIdWhenHisSourcedIdChanges) {
  load();
  students(
      "new1,student,s1,Ann,Reed,1000000001,03\n"
      "u2,student,s2,Ben,Stone,1000000002,04\n");
  enrolled(
      "c1,s1,new1,student,2016-08-10,2017-05-26\n"
      "c2,s2,u2,student,2016-08-10,2017-05-26\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(ask("SELECT personID, stateID, studentNumber FROM Person ORDER BY 1"),
            (Lines{"1|1000000001|new1", "2|1000000002|u2"}));
  EXPECT_EQ(ask("SELECT sourcedID, ID FROM OneRosterKey WHERE kind = 'person'"), (Lines{"new1|1", "u2|2"}));
}

TEST_F(OneRosterReload, KeepsWhatTheSetLeavesBlank) {
  write("demographics.csv", "sourcedId,birthDate,sex\nu1,2007-11-30,female\n");
  load();
  leave_out("demographics.csv");
  students(
      "u1,student,s1,Ann,,,\n"
      "u2,student,s2,Ben,Stone,1000000002,04\n");

  load();

  EXPECT_EQ(
      ask("SELECT stateID, lastName, birthdate, gender, grade FROM student JOIN Identity USING (personID,"
          " lastName, birthdate) WHERE personID = 1"),
      (Lines{"1000000001|Reed|2007-11-30|F|03"}));
}

TEST_F(OneRosterReload, NeverGuessesWhichOfTwoPersonsAStudentIs) {
  ask("INSERT INTO Person (personID, stateID) VALUES (7, '1000000001'), (8, '1000000001');"
      "INSERT INTO School VALUES (1, '010', 'Birch Hill'); INSERT INTO Calendar VALUES (1, 1, 2017, '16-17');"
      "INSERT INTO Enrollment (personID, calendarID, endYear, startDate) VALUES (7, 1, 2017, '2016-08-01')");

  EXPECT_THAT(load(), ElementsAre("users.csv:2 MS6020 error Which student of the database has state ID "
                                  "'[1000000001]' cannot be told; he is left as he is"));

  EXPECT_EQ(ask("SELECT personID, stateID, studentNumber FROM Person ORDER BY 1"),
            (Lines{"7|1000000001|NULL", "8|1000000001|NULL", "9|1000000002|u2"}));
  EXPECT_EQ(ask("SELECT personID, startDate FROM Enrollment ORDER BY 1"),
            (Lines{"7|2016-08-01", "9|2016-08-10"}));
}

TEST_F(OneRosterReload, GivesNobodyAStateIdThatAnotherPersonHas) {
  load();
  ask("INSERT INTO Person (personID, stateID) VALUES (7, '1000000091')");
  students(
      "u1,student,s1,Ann,Reed,1000000091,03\n"
      "u2,student,s2,Ben,Stone,1000000002,04\n");

  EXPECT_THAT(load(), ElementsAre("users.csv:2 MS6020 error Which student of the database has state ID "
                                  "'[1000000091]' cannot be told; he is left as he is"));

  EXPECT_EQ(ask("SELECT personID, stateID FROM Person ORDER BY 1"),
            (Lines{"1|1000000001", "2|1000000002", "7|1000000091"}));
}

TEST_F(OneRosterReload, NeverGuessesWhichOfTwoStudentsAPersonIs) {
  ask("INSERT INTO Person (personID, stateID) VALUES (7, '1000000001')");
  students(
      "u1,student,s1,Ann,Reed,1000000001,03\n"
      "u2,student,s2,Ben,Stone,1000000001,04\n");

  EXPECT_THAT(load(),
              ElementsAre("users.csv:3 MS6017 warning State ID '[1000000001]' is that of the student in "
                          "line 2 too",
                          "users.csv:2 MS6020 error Which student of the database has state ID "
                          "'[1000000001]' cannot be told; he is left as he is",
                          "users.csv:3 MS6020 error Which student of the database has state ID "
                          "'[1000000001]' cannot be told; he is left as he is"));

  EXPECT_EQ(ask("SELECT count(*) FROM Person"), (Lines{"1"}));
}

TEST_F(OneRosterReload, LoadsTwoStudentsWithOneStateIdAndKnowsThemAgain) {
  students(
      "u1,student,s1,Ann,Reed,1000000001,03\n"
      "u2,student,s2,Ben,Stone,1000000001,04\n");
  load();

  EXPECT_THAT(load(),
              ElementsAre("users.csv:3 MS6017 warning State ID '[1000000001]' is that of the student in "
                          "line 2 too"));

  EXPECT_EQ(changes()[3], "Person +0 ~0 =2 -0");
}

TEST_F(OneRosterReload, TakesTheSchoolThatHasTheNumber) {
  ask("INSERT INTO School VALUES (5, '020', 'Stone Crk')");

  load();

  EXPECT_EQ(ask("SELECT * FROM School ORDER BY 1"), (Lines{"5|020|Stone Creek", "6|010|Birch Hill"}));
}

TEST_F(OneRosterReload, NeverGuessesWhichOfTwoSchoolsASchoolIs) {
  ask("INSERT INTO School VALUES (5, '020', 'Stone Creek'), (6, '020', 'Stone Creek Annex')");

  EXPECT_THAT(load(),
              ElementsAre("orgs.csv:4 MS6021 error Which school of the database has number '020' cannot be "
                          "told; it is left as it is"));

  EXPECT_EQ(enrollments(), (Lines{"1000000001 010 2017 P 03 2016-08-10..2017-05-26"}));
}

TEST_F(OneRosterReload, RemovesNothingOfOtherSchoolsYearsAndServices) {
  ask("INSERT INTO School VALUES (1, '010', 'Birch Hill'), (9, '099', 'Other');"
      "INSERT INTO Calendar VALUES (1, 1, 2017, ''), (2, 9, 2017, ''), (3, 1, 2016, '');"
      "INSERT INTO Person (personID, stateID) VALUES (7, '1000000007');"
      "INSERT INTO Enrollment (personID, calendarID, endYear, serviceType, startDate, endDate) VALUES"
      " (7, 1, 2017, 'P', '1', ''), (7, 1, 2017, 'N', '2', ''), (7, 2, 2017, 'P', '3', ''),"
      " (7, 3, 2016, 'P', '4', '')");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(changes().back(), "Enrollment +2 ~0 =0 -1");
  EXPECT_EQ(ask("SELECT startDate FROM Enrollment WHERE personID = 7"), (Lines{"2", "3", "4"}));
}

TEST_F(OneRosterReload, RemovesNothingOfAStudentOfWhomARowIsBad) {
  load();
  enrolled(
      "c1,s1,u1,student,someday,2017-05-26\n"
      "c2,s2,u2,student,2016-08-10,2017-05-26\n");

  EXPECT_THAT(load(), ElementsAre("enrollments.csv:2 5003 error The value of column 'beginDate' is no date "
                                  "(YYYY-MM-DD)"));

  EXPECT_EQ(changes().back(), "Enrollment +0 ~0 =1 -0");
}

TEST_F(OneRosterReload, RemovesNothingWhereNobodyKnowsWhomARowIsAbout) {
  load();
  enrolled(
      "c1,s1\n"
      "c2,s2,u2,student,2016-08-10,2017-05-26\n");

  EXPECT_THAT(load(),
              ElementsAre("enrollments.csv:2 4010 error Wrong number of columns: 2, expected 6",
                          "enrollments.csv MS6019 warning Rows cannot be read, so that no enrollment is "
                          "removed: 1 of them"));

  EXPECT_EQ(changes().back(), "Enrollment +0 ~0 =1 -0");
}

TEST_F(OneRosterReload, RemovesNothingWhereAClassIsLostThatMaySayTheYear) {
  load();
  write("classes.csv", "sourcedId,schoolSourcedId,termSourcedIds\nc1\n");
  enrolled("c1,s1,u1,student,2016-08-10,2017-05-26\n");

  EXPECT_THAT(load(),
              ElementsAre("classes.csv:2 4010 error Wrong number of columns: 1, expected 3",
                          "enrollments.csv MS6019 warning Rows cannot be read, so that no enrollment is "
                          "removed: 1 of them"));

  EXPECT_EQ(changes().back(), "Enrollment +0 ~0 =1 -0");
}

TEST_F(OneRosterReload, KeepsTheLaterYearActiveWhenAnEarlierOneIsLoadedAgain) {
  ask("INSERT INTO SchoolYear VALUES (2018, '2017-08-10', '2018-05-26', 1)");

  load();

  EXPECT_EQ(ask("SELECT endYear, active FROM SchoolYear ORDER BY 1"), (Lines{"2017|0", "2018|1"}));
}

TEST_F(OneRosterReload, LeavesTheDatabaseAsItWasWhereSomethingStopsIt) {
  load();
  const Lines before = enrollments();
  enrolled("c1,s1,u1,student,2016-09-09,2017-05-26\n");
  ask("CREATE TRIGGER full BEFORE DELETE ON Enrollment BEGIN SELECT RAISE(ABORT, 'full'); END");

  EXPECT_EQ(fault_of([&] { load(); }), std::pair(campus::Fault::failed, std::string("full")));

  EXPECT_EQ(enrollments(), before);
}

}  // namespace
}  // namespace mealsync::testing
