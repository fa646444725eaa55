// What of a OneRoster set becomes what of Campus.

#include <gmock/gmock.h>

#include "oneroster_set.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using OneRosterLoad = OneRosterSet;

TEST_F(OneRosterLoad, MakesSchoolsYearsCalendarsStudentsAndEnrolments) {
  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(changes(), (Lines{"SchoolYear +1 ~0 =0 -0", "School +2 ~0 =0 -0", "Calendar +2 ~0 =0 -0",
                              "Person +2 ~0 =0 -0", "Enrollment +2 ~0 =0 -0"}));
  EXPECT_EQ(ask("SELECT * FROM School"), (Lines{"1|010|Birch Hill", "2|020|Stone Creek"}));
  EXPECT_EQ(ask("SELECT * FROM SchoolYear"), (Lines{"2017|2016-08-10|2017-05-26|1"}));
  EXPECT_EQ(ask("SELECT * FROM Calendar"),
            (Lines{"1|1|2017|16-17 Birch Hill", "2|2|2017|16-17 Stone Creek"}));
  EXPECT_EQ(ask("SELECT * FROM student"),
            (Lines{"1|1000000001|u1|Reed|Ann|NULL|03|1|1|2017|2016-08-10|2017-05-26",
                   "2|1000000002|u2|Stone|Ben|NULL|04|2|2|2017|2016-08-10|2017-05-26"}));
}

TEST_F(OneRosterLoad, MakesOneEnrolmentOfAllClassesAtASchool) {
  write("enrollments.csv",
        "classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate\n"
        "c1,s1,u1,student,2016-09-01,2016-12-20\n"
        "c2,s1,u1,student,2016-08-22,2016-12-20\n"
        "c3,s1,u1,student,2017-01-05,2017-05-20\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(enrollments(), (Lines{"1000000001 010 2017 P 03 2016-08-22..2017-05-20"}));
}

TEST_F(OneRosterLoad, TakesTheYearsDaysWhereAnEnrolmentHasNone) {
  write("enrollments.csv",
        "classSourcedId,schoolSourcedId,userSourcedId,role\n"
        "c1,s1,u1,student\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(enrollments(), (Lines{"1000000001 010 2017 P 03 2016-08-10..2017-05-26"}));
}

TEST_F(OneRosterLoad, HasOnePrimaryEnrolmentAStudentTheOneAtHisFirstSchool) {
  write("users.csv",
        "sourcedId,role,orgSourcedIds,givenName,familyName,identifier\n"
        "u1,student,\"s2, s1\",Ann,Reed,1000000001\n"
        "u2,student,,Ben,Stone,1000000002\n");
  write("enrollments.csv",
        "classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate\n"
        "c1,s1,u1,student,2016-08-10,2017-05-26\n"
        "c2,s2,u1,student,2016-08-29,2017-05-26\n"
        "c2,s2,u2,student,2016-08-29,2017-05-26\n"
        "c1,s1,u2,student,2016-08-10,2017-05-26\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(enrollments(), (Lines{"1000000001 010 2017 S - 2016-08-10..2017-05-26",
                                  "1000000001 020 2017 P - 2016-08-29..2017-05-26",
                                  "1000000002 010 2017 P - 2016-08-10..2017-05-26",
                                  "1000000002 020 2017 S - 2016-08-29..2017-05-26"}));
}

TEST_F(OneRosterLoad, KnowsStudentsAndTheirPrimarySchoolsByRolesInASetOf12) {
  write("manifest.csv", "propertyName,value\noneroster.version,1.2\nfile.users,bulk\n");
  write("users.csv",
        "sourcedId,givenName,familyName,identifier\n"
        "u1,Ann,Reed,1000000001\n"
        "u2,Ben,Stone,1000000002\n"
        "t1,Tom,Hill,\n");
  write("roles.csv",
        "sourcedId,status,userSourcedId,roleType,role,orgSourcedId\n"
        "r1,active,u1,secondary,student,s1\n"
        "r2,active,u1,primary,student,s2\n"
        "r3,active,u2,primary,student,s1\n"
        "r4,active,t1,primary,teacher,s1\n");
  write("enrollments.csv",
        "classSourcedId,schoolSourcedId,userSourcedId,role\n"
        "c1,s1,u1,student\n"
        "c2,s2,u1,student\n"
        "c1,s1,u2,student\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(enrollments(), (Lines{"1000000001 010 2017 S - 2016-08-10..2017-05-26",
                                  "1000000001 020 2017 P - 2016-08-10..2017-05-26",
                                  "1000000002 010 2017 P - 2016-08-10..2017-05-26"}));
  EXPECT_EQ(ask("SELECT count(*) FROM Person"), (Lines{"2"}));
}

TEST_F(OneRosterLoad, TakesBirthDateAndSexFromDemographics) {
  write("demographics.csv",
        "sourcedId,birthDate,sex\n"
        "u2,2006-03-04T00:00:00Z,male\n"
        "t1,1970-01-01,male\n"
        "u1,2007-11-30,female\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(ask("SELECT firstName, birthdate, gender FROM Identity ORDER BY 1"),
            (Lines{"Ann|2007-11-30|F", "Ben|2006-03-04|M"}));
}

TEST_F(OneRosterLoad, FindsTheKeysOfStudentsWhereItIsTold) {
  write("users.csv",
        "sourcedId,role,givenName,familyName,userIds,metadata.lunch\n"
        "u1,student,Ann,Reed,\"{SIS:77},{State:1000000001}\",501\n"
        "u2,student,Ben,Stone,state: 1000000002,502\n");
  write("demographics.csv", "sourcedId,metadata.ssn\nu1,900-11-1111\n");
  auto told = options();
  told.state_id = "userIds:STATE";
  told.student_number = "metadata.lunch";
  told.ssn = "metadata.ssn";

  EXPECT_THAT(load(told), IsEmpty());

  EXPECT_EQ(ask("SELECT stateID, studentNumber, ssn FROM Person JOIN Identity USING (personID) ORDER BY 1"),
            (Lines{"1000000001|501|900-11-1111", "1000000002|502|NULL"}));
}

TEST_F(OneRosterLoad, ReadsNoSsnThatNobodyAskedFor) {
  write("demographics.csv", "sourcedId,ssn,metadata.ssn\nu1,900-11-1111,900-11-1111\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(ask("SELECT count(*) FROM Identity WHERE ssn IS NOT NULL"), (Lines{"0"}));
}

TEST_F(OneRosterLoad, NumbersASchoolBySourcedIdWhereItHasNoNumber) {
  write("orgs.csv",
        "sourcedId,name,type,identifier,metadata.number\n"
        "s1,Birch Hill,school,x,010\n"
        "s2,Stone Creek,School,y,\n");
  auto told = options();
  told.school_number = "metadata.number";

  EXPECT_THAT(load(told), IsEmpty());

  EXPECT_EQ(ask("SELECT number FROM School"), (Lines{"010", "s2"}));
}

TEST_F(OneRosterLoad, TakesTheYearOfAnEnrolmentFromTheTermOfItsClass) {
  write("academicSessions.csv",
        "sourcedId,type,startDate,endDate,parentSourcedId,schoolYear\n"
        "y16,schoolYear,2015-08-10,2016-05-26,,2016\n"
        "y17,schoolYear,2016-08-10,2017-05-26,,2016-2017\n"
        "summer,term,2016-06-01,2016-07-20,y16,\n");
  write("classes.csv",
        "sourcedId,schoolSourcedId,termSourcedIds\n"
        "c1,s1,summer\n"
        "c2,s2,\"none,y17\"\n");
  write("enrollments.csv",
        "classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate\n"
        "c1,,u1,student,2016-07-05,2016-07-20\n"
        "c2,s2,u2,student,,\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(enrollments(), (Lines{"1000000001 010 2016 P 03 2016-07-05..2016-07-20",
                                  "1000000002 020 2017 P 04 2016-08-10..2017-05-26"}));
}

TEST_F(OneRosterLoad, TakesTheYearOfAnEnrolmentFromItsDaysWhereThereAreNoClasses) {
  write("academicSessions.csv",
        "sourcedId,type,startDate,endDate,schoolYear\n"
        "y16,schoolYear,2015-08-10,2016-05-26,2016\n"
        "y17,schoolYear,2016-08-10,2017-05-26,2017\n");
  write("enrollments.csv",
        "classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate\n"
        "c,s1,u1,student,2015-08-10,2016-05-26\n"
        "c,s1,u2,student,2014-08-10,\n"
        "c,s2,u1,student,2016-07-05,\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(enrollments(), (Lines{"1000000001 010 2016 P 03 2015-08-10..2016-05-26",
                                  "1000000001 020 2017 P 03 2016-07-05..2017-05-26",
                                  "1000000002 010 2017 P 04 2014-08-10..2017-05-26"}));
}

TEST_F(OneRosterLoad, MakesTheLatestYearWithStudentsTheActiveOneOrTheOneThatIsTold) {
  write("academicSessions.csv",
        "sourcedId,type,startDate,endDate,schoolYear\n"
        "y16,schoolYear,2015-08-10,2016-05-26,2016\n"
        "y17,schoolYear,2016-08-10,2017-05-26,2017\n"
        "y18,schoolYear,2017-08-10,2018-05-26,2018\n");
  auto told = options();
  told.school_year = SchoolYear{2016};

  load();
  EXPECT_EQ(ask("SELECT endYear FROM SchoolYear WHERE active = 1"), (Lines{"2017"}));
  load(told);
  EXPECT_EQ(ask("SELECT endYear FROM SchoolYear WHERE active = 1"), (Lines{"2016"}));
}

TEST_F(OneRosterLoad, BelievesTheDaysOfASessionMoreThanItsYear) {
  write("academicSessions.csv",
        "sourcedId,type,startDate,endDate,schoolYear\n"
        "y,schoolYear,2016-08-10,2017-05-26,2016\n");

  EXPECT_THAT(load(), ElementsAre("academicSessions.csv:2 MS6011 warning Session of 2016-17 says school year "
                                  "'2016'; its dates are taken"));

  EXPECT_EQ(ask("SELECT endYear FROM SchoolYear"), (Lines{"2017"}));
}

TEST_F(OneRosterLoad, MakesAYearOfTermsWhereThatIsAllThereIs) {
  write("academicSessions.csv",
        "sourcedId,type,startDate,endDate,schoolYear\n"
        "t2,term,2017-01-05,2017-05-26,2017\n"
        "t1,term,2016-08-10,2016-12-20,2017\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(ask("SELECT * FROM SchoolYear"), (Lines{"2017|2016-08-10|2017-05-26|1"}));
}

TEST_F(OneRosterLoad, PassesOverWhatIsToBeDeleted) {
  write("users.csv",
        "sourcedId,status,role,givenName,familyName,identifier\n"
        "u1,active,student,Ann,Reed,1000000001\n"
        "u2,toBeDeleted,student,Ben,Stone,1000000002\n");
  write("enrollments.csv",
        "status,classSourcedId,schoolSourcedId,userSourcedId,role\n"
        "tobedeleted,c1,s1,u1,student\n"
        "active,c2,s2,u1,student\n"
        "active,c2,s2,u2,student\n");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(enrollments(), (Lines{"1000000001 020 2017 P - 2016-08-10..2017-05-26"}));
  EXPECT_EQ(ask("SELECT count(*) FROM Person"), (Lines{"1"}));
}

TEST_F(OneRosterLoad, NeverTouchesMealStatus) {
  ask("INSERT INTO Person (personID, stateID) VALUES (9, '1000000001');"
      "INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, startDate)"
      " VALUES (9, 2017, 'Meal', 'F', 'D', '2016-08-10')");
  const Lines before = ask("SELECT * FROM POSEligibility");

  load();

  EXPECT_EQ(ask("SELECT * FROM POSEligibility"), before);
  EXPECT_EQ(ask("SELECT personID FROM Person WHERE stateID = '1000000001'"), (Lines{"9"}));
}

TEST_F(OneRosterLoad, LoadsADatabaseThatWasMadeBeforeRostersWere) {
  ask("DROP TABLE OneRosterKey");

  EXPECT_THAT(load(), IsEmpty());

  EXPECT_EQ(ask("SELECT count(*) FROM OneRosterKey"), (Lines{"4"}));
}

}  // namespace
}  // namespace mealsync::testing
