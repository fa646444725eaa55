// campus/store/schema.hpp -- the tables of a Campus database. Names are Campus's own, so that districts' SQL
// runs here.
//
// The IDs of eligibility records and runs are never given twice, so that what a run removed can be put back.
//
// Units    Dates are ISO text. POSEligibility.eligibility: F, R, and S for Paid; source: D or N.
// Source   Public SQL of districts and states, and the vendor's ad hoc field names.
#pragma once

namespace mealsync::campus {

/// "Meal" in ASCII: tells a Campus database from any other SQLite file.
inline constexpr int application_id = 0x4d65616c;
inline constexpr int schema_version = 1;

/// Of a new database. An import goes through whole tables, and what it writes lies together: SQLite's own 4096 take a
/// tenth more of its time.
inline constexpr int page_size = 16384;

/// How rosters call what the database has: kind is school, person or household, ID that table's own. Apart from the
/// tables of Campus, and made by a load where it is missing.
inline constexpr const char* roster_keys_sql = R"sql(
CREATE TABLE IF NOT EXISTS OneRosterKey (
  kind TEXT NOT NULL,
  sourcedID TEXT NOT NULL,
  ID INTEGER NOT NULL,
  PRIMARY KEY (kind, sourcedID)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS OneRosterKeyByID ON OneRosterKey(kind, ID);
)sql";

/// Databases of before have other indexes in their place. Who is enrolled in a year, and where, is read out of the first
/// alone. The second is short, because an import writes it anew from end to end: a student has few records.
inline constexpr const char* index_sql = R"sql(
DROP INDEX IF EXISTS EnrollmentByYear;
DROP INDEX IF EXISTS EnrollmentOfYear;
CREATE INDEX IF NOT EXISTS EnrollmentInYear
  ON Enrollment(endYear, noShow, personID, enrollmentID, calendarID, serviceType, startDate, endDate);
DROP INDEX IF EXISTS POSEligibilityByPerson;
CREATE INDEX IF NOT EXISTS POSEligibilityOfPerson ON POSEligibility(personID);
)sql";

inline constexpr const char* schema_sql = R"sql(
CREATE TABLE School (
  schoolID INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  name TEXT NOT NULL
);
CREATE TABLE SchoolYear (
  endYear INTEGER PRIMARY KEY,
  startDate TEXT NOT NULL,
  endDate TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE Calendar (
  calendarID INTEGER PRIMARY KEY,
  schoolID INTEGER NOT NULL REFERENCES School(schoolID),
  endYear INTEGER NOT NULL,
  name TEXT
);
CREATE INDEX CalendarByYear ON Calendar(endYear, schoolID);
CREATE TABLE SchoolProvision (
  schoolID INTEGER NOT NULL REFERENCES School(schoolID),
  endYear INTEGER NOT NULL,
  provision TEXT NOT NULL,
  isp REAL,
  groupName TEXT,
  PRIMARY KEY (schoolID, endYear)
);

CREATE TABLE Person (
  personID INTEGER PRIMARY KEY,
  stateID TEXT,
  studentNumber TEXT,
  currentIdentityID INTEGER
);
CREATE INDEX PersonByStateID ON Person(stateID);
CREATE INDEX PersonByStudentNumber ON Person(studentNumber);
CREATE TABLE Identity (
  identityID INTEGER PRIMARY KEY,
  personID INTEGER NOT NULL REFERENCES Person(personID),
  lastName TEXT,
  firstName TEXT,
  middleName TEXT,
  gender TEXT,
  birthdate TEXT,
  ssn TEXT
);
CREATE INDEX IdentityByPerson ON Identity(personID);
CREATE TABLE Enrollment (
  enrollmentID INTEGER PRIMARY KEY,
  personID INTEGER NOT NULL REFERENCES Person(personID),
  calendarID INTEGER NOT NULL REFERENCES Calendar(calendarID),
  endYear INTEGER NOT NULL,
  serviceType TEXT NOT NULL DEFAULT 'P',
  grade TEXT,
  startDate TEXT,
  endDate TEXT,
  active INTEGER NOT NULL DEFAULT 1,
  noShow INTEGER NOT NULL DEFAULT 0,
  stateExclude INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX EnrollmentByPerson ON Enrollment(personID);
CREATE TABLE Household (
  householdID INTEGER PRIMARY KEY,
  name TEXT
);
CREATE TABLE HouseholdMember (
  memberID INTEGER PRIMARY KEY,
  householdID INTEGER NOT NULL REFERENCES Household(householdID),
  personID INTEGER NOT NULL REFERENCES Person(personID),
  secondary INTEGER NOT NULL DEFAULT 0,
  startDate TEXT,
  endDate TEXT
);
CREATE INDEX HouseholdMemberByHousehold ON HouseholdMember(householdID);
CREATE INDEX HouseholdMemberByPerson ON HouseholdMember(personID);

CREATE TABLE POSEligibility (
  eligibilityID INTEGER PRIMARY KEY AUTOINCREMENT,
  personID INTEGER NOT NULL REFERENCES Person(personID),
  endYear INTEGER NOT NULL,
  eligType TEXT NOT NULL,
  eligibility TEXT NOT NULL,
  source TEXT,
  type TEXT,
  startDate TEXT,
  endDate TEXT,
  applicationID INTEGER,
  extended INTEGER NOT NULL DEFAULT 0,
  districtID INTEGER,
  importRunID INTEGER,
  modifiedDate TEXT
);
CREATE TABLE POSEligibilityPermission (
  eligibilityID INTEGER NOT NULL,
  permission TEXT NOT NULL,
  PRIMARY KEY (eligibilityID, permission)
);

CREATE TABLE ImportRun (
  importRunID INTEGER PRIMARY KEY AUTOINCREMENT,
  run TEXT NOT NULL UNIQUE,
  asOf TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  endYear INTEGER NOT NULL,
  startedAt TEXT NOT NULL,
  finishedAt TEXT,
  status TEXT,
  inputSHA256 TEXT,
  inserted INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  ended INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  trimmed INTEGER NOT NULL DEFAULT 0,
  undoesRunID INTEGER
);
-- Written with every import and hardly ever read: it has no index. A run's changes lie together.
CREATE TABLE ImportChange (
  importRunID INTEGER NOT NULL REFERENCES ImportRun(importRunID),
  sequence INTEGER NOT NULL,
  eligibilityID INTEGER NOT NULL,
  personID INTEGER NOT NULL,
  action TEXT NOT NULL,
  endYear INTEGER,
  eligibility TEXT,
  source TEXT,
  type TEXT,
  startDate TEXT,
  endDate TEXT,
  was_endYear INTEGER,
  was_eligibility TEXT,
  was_source TEXT,
  was_type TEXT,
  was_startDate TEXT,
  was_endDate TEXT,
  was_applicationID INTEGER,
  was_extended INTEGER,
  was_districtID INTEGER,
  was_importRunID INTEGER,
  was_modifiedDate TEXT
);

CREATE VIEW student AS
SELECT p.personID, p.stateID, p.studentNumber, i.lastName, i.firstName, i.birthdate, e.grade, c.schoolID,
       e.calendarID, e.endYear, e.startDate, e.endDate
FROM Person p
JOIN Identity i ON i.identityID = p.currentIdentityID
JOIN Enrollment e ON e.personID = p.personID
JOIN Calendar c ON c.calendarID = e.calendarID;

CREATE VIEW v_POSEligibilityCurrent AS
SELECT personID,
       CASE eligibility WHEN 'F' THEN 'Free' WHEN 'R' THEN 'Reduced' WHEN 'S' THEN 'Paid' ELSE eligibility END
         AS eligibility,
       startDate, endDate
FROM POSEligibility
WHERE eligType = 'Meal' AND startDate <= date('now', 'localtime')
  AND (endDate IS NULL OR endDate >= date('now', 'localtime'));
)sql";

}  // namespace mealsync::campus
