"""The bench's district as a Campus database: what mealsync imports into. Made before anything is measured."""

import hashlib
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from .codes import add_meanings

# In the order of the keys, so that the tables are as compact as if they had grown with the district.
TABLES = """
INSERT INTO SchoolYear(endYear, startDate, endDate, active) VALUES(2017, '2016-07-01', '2017-06-30', 1);
INSERT INTO School(schoolID, number, name)
  SELECT row_number() OVER (ORDER BY school_code), school_code, name FROM bench.school ORDER BY school_code;
INSERT INTO Calendar(calendarID, schoolID, endYear, name)
  SELECT schoolID, schoolID, 2017, '16-17' FROM School ORDER BY schoolID;
INSERT INTO SchoolProvision(schoolID, endYear, provision)
  SELECT schoolID, 2017, 'CEP'
  FROM School JOIN bench.school ON school_code = number WHERE cep ORDER BY schoolID;
INSERT INTO Person(personID, stateID, studentNumber, currentIdentityID)
  SELECT person_id, state_id, student_number, person_id FROM bench.student ORDER BY person_id;
INSERT INTO Identity(identityID, personID, lastName, firstName, birthdate)
  SELECT person_id, person_id, last_name, first_name, birth_date FROM bench.student ORDER BY person_id;
INSERT INTO Enrollment(enrollmentID, personID, calendarID, endYear, startDate)
  SELECT person_id, person_id, schoolID, 2017, '2016-08-10'
  FROM bench.student CROSS JOIN School ON number = school_code ORDER BY person_id;
INSERT INTO POSEligibility(
    eligibilityID, personID, endYear, eligType, eligibility, source, type, startDate, endDate)
  SELECT elig_id, person_id, 2017, 'Meal', campus_eligibility, campus_source, campus_type, start_date,
         end_date
  FROM bench.eligibility CROSS JOIN meaning USING (status, elig_type, cert_type) ORDER BY elig_id;
"""


def found(mealsync, path):
    """An empty Campus database."""
    subprocess.run([mealsync, "campus", "init", path], check=True, stdout=subprocess.DEVNULL)


def schema(mealsync):
    """A digest of the tables that this program makes: when they change, so must the database."""
    with tempfile.TemporaryDirectory() as folder:
        found(mealsync, Path(folder) / "campus.db")
        db = sqlite3.connect(Path(folder) / "campus.db")
        tables = db.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
        version = db.execute("PRAGMA user_version").fetchone()
        db.close()
    return hashlib.sha256(repr((tables, version)).encode()).hexdigest()


def make(mealsync, bench, path):
    """Loads the bench's database into a new Campus one, which is one file afterwards and can be copied."""
    found(mealsync, path)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("ATTACH ? AS bench", (str(bench),))
    db.execute("PRAGMA cache_size = -262144")
    add_meanings(db)
    db.execute("CREATE INDEX temp.meaning_of_cert_type ON meaning(cert_type)")
    db.execute("BEGIN")
    for statement in TABLES.split(";\n"):
        db.execute(statement)
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
