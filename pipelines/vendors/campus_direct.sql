-- The invented families of the lists of direct certifications beside this file, for a database made by
-- `mealsync campus init`. README.md says what is with each of them.
BEGIN;

INSERT INTO SchoolYear (endYear, startDate, endDate, active) VALUES
  (2017, '2016-07-01', '2017-06-30', 1),
  (2025, '2024-07-01', '2025-06-30', 0);

INSERT INTO School (schoolID, number, name) VALUES
  (1, '010', 'Cedar Hollow Elementary'),
  (2, '020', 'Mill Creek Elementary');

INSERT INTO SchoolProvision (schoolID, endYear, provision) VALUES (2, 2017, 'CEP'), (2, 2025, 'CEP');

INSERT INTO Calendar (calendarID, schoolID, endYear, name) VALUES
  (11, 1, 2017, '16-17'),
  (12, 2, 2017, '16-17'),
  (91, 1, 2025, '24-25'),
  (92, 2, 2025, '24-25');

-- 21 and on are of a state whose IDs have nine digits.
INSERT INTO Person (personID, stateID, studentNumber, currentIdentityID) VALUES
  (1, '1990000001', '70001', 1),
  (2, '1990000002', '70002', 2),
  (3, '1990000003', '70003', 3),
  (4, '1990000004', '70004', 4),
  (5, '1990000005', '70005', 5),
  (6, '1990000006', '70006', 6),
  (7, '1990000007', '70007', 7),
  (8, '1990000008', '70008', 8),
  (9, '1990000009', '70009', 9),
  (10, '1990000010', '70010', 10),
  (11, '1990000011', '70011', 11),
  (12, '1990000012', '70012', 12),
  (13, '1990000013', '70013', 13),
  (14, NULL, NULL, 14),
  (21, '000900021', '70021', 21),
  (22, '000900022', '70022', 22),
  (23, '000900023', '70023', 23);

INSERT INTO Identity (identityID, personID, lastName, firstName, birthdate) VALUES
  (1, 1, 'Sample', 'Ada', '2012-03-09'),
  (2, 2, 'Sample', 'Bo', '2010-07-15'),
  (3, 3, 'Dummy', 'Cy', '2009-11-30'),
  (4, 4, 'Dummy', 'Di', '2011-01-20'),
  (5, 5, 'Placeholder', 'Ed', '2010-02-28'),
  (6, 6, 'Placeholder', 'Flo', '2011-08-01'),
  (7, 7, 'Placeholder', 'Gus', '2012-12-24'),
  (8, 8, 'Example', 'Hal', '2010-05-05'),
  (9, 9, 'Example', 'Ivy', '2012-06-06'),
  (10, 10, 'Instance', 'Jo', '2011-10-10'),
  (11, 11, 'Specimen', 'Kay', '2010-09-09'),
  (12, 12, 'Twin', 'Lu', '2010-04-01'),
  (13, 13, 'Twin', 'Lu', '2010-04-01'),
  (14, 14, 'Sample', 'Pat', '1980-01-01'),
  (21, 21, 'Prairie', 'Max', '2011-02-03'),
  (22, 22, 'Prairie', 'Nan', '2012-02-03'),
  (23, 23, 'Meadow', 'Oz', '2010-11-12');

INSERT INTO Enrollment (personID, calendarID, endYear, startDate)
  SELECT personID, CASE personID WHEN 11 THEN 12 ELSE 11 END, 2017, '2016-08-10' FROM Person WHERE personID <> 14
  UNION ALL
  SELECT personID, CASE personID WHEN 11 THEN 92 ELSE 91 END, 2025, '2024-08-12' FROM Person WHERE personID <> 14;

INSERT INTO Household (householdID) VALUES (1), (2), (3), (4), (5);
INSERT INTO HouseholdMember (householdID, personID) VALUES
  (1, 1), (1, 2), (1, 14),
  (2, 3), (2, 4),
  (3, 5), (3, 6), (3, 7),
  (4, 8), (4, 9),
  (5, 21), (5, 22);

INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, type, startDate, endDate) VALUES
  (8, 2017, 'Meal', 'F', 'D', 'SNAP', '2016-08-10', '2017-06-30'),
  (8, 2025, 'Meal', 'F', 'D', 'SNAP', '2024-08-12', '2025-06-30'),
  (9, 2017, 'Meal', 'R', 'N', 'Income', '2016-08-10', '2017-06-30'),
  (9, 2025, 'Meal', 'R', 'N', 'Income', '2024-08-12', '2025-06-30'),
  (10, 2017, 'Meal', 'F', 'N', 'Income', '2016-08-10', '2017-06-30'),
  (10, 2025, 'Meal', 'F', 'N', 'Income', '2024-08-12', '2025-06-30'),
  (23, 2017, 'Meal', 'R', 'N', 'Income', '2016-08-10', '2017-06-30');

COMMIT;
