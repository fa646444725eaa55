-- Elm County, invented: three schools and nine students, in the summer of 2016.
INSERT INTO SchoolYear (endYear, startDate, endDate, active) VALUES
  (2016, '2015-07-01', '2016-06-30', 0), (2017, '2016-07-01', '2017-06-30', 1), (2018, '2017-07-01', '2018-06-30', 0);
INSERT INTO School (schoolID, number, name) VALUES (1, '010', 'Elm Elementary'), (2, '020', 'Oak Middle'), (3, '030', 'Ash High');
INSERT INTO SchoolProvision (schoolID, endYear, provision) VALUES (1, 2017, 'CEP'), (1, 2018, 'CEP');
INSERT INTO Calendar (calendarID, schoolID, endYear, name)
  SELECT schoolID + 3 * (endYear - 2016), schoolID, endYear, name FROM School, SchoolYear;
INSERT INTO Person (personID, stateID, studentNumber, currentIdentityID)
  WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9)
  SELECT i, '199000000' || i, '7000' || i, i FROM n;
INSERT INTO Identity (identityID, personID, lastName, firstName, birthdate)
  SELECT personID, personID, 'Sample', 'Student', '2004-01-01' FROM Person;
-- 1 to 4 at Oak Middle, 5 to 7 at Ash High, 8 at Elm Elementary, which feeds everybody; 9 comes in January.
INSERT INTO Enrollment (personID, calendarID, endYear, startDate)
  SELECT personID, CASE WHEN personID < 5 OR personID = 9 THEN 2 WHEN personID < 8 THEN 3 ELSE 1 END + 3 * (endYear - 2016), endYear,
    CASE WHEN personID = 9 AND endYear = 2017 THEN '2017-01-09' ELSE endYear - 1 || '-08-10' END
  FROM Person, SchoolYear WHERE endYear > 2016 OR personID < 8;
-- Two families: 2 and 3, 5 and 6.
INSERT INTO Household (householdID) VALUES (1), (2);
INSERT INTO HouseholdMember (householdID, personID) VALUES (1, 2), (1, 3), (2, 5), (2, 6);
-- What the year before left, carried over into the first thirty school days.
INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, type, startDate, endDate, modifiedDate) VALUES
  (1, 2016, 'Meal', 'F', 'N', 'Income', '2015-08-12', '2016-09-20', '2015-08-12'),
  (4, 2016, 'Meal', 'R', 'N', 'Income', '2015-08-12', '2016-09-20', '2015-08-12');
