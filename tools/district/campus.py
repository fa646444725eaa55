"""The records of Campus: before the import as SQL, after it as sorted text."""

import hashlib

from .notation import CODES

ROWS_A_STATEMENT = 400

PLANTED = """-- What Campus holds before the import, for a database into which the roster was loaded.
BEGIN;
CREATE TEMP TABLE planted (
  stateID TEXT, endYear INTEGER, eligType TEXT, eligibility TEXT, source TEXT, type TEXT, startDate TEXT,
  endDate TEXT, applicationID INTEGER
);
"""
MOVED = """INSERT INTO POSEligibility
  (personID, endYear, eligType, eligibility, source, type, startDate, endDate, applicationID)
SELECT personID, endYear, eligType, eligibility, source, type, startDate, endDate, applicationID
FROM planted CROSS JOIN Person USING (stateID) ORDER BY planted.rowid;
DROP TABLE planted;
COMMIT;
"""


class Campus:
    def __init__(self, students, year):
        days = year.written("%Y-%m-%d")
        days[None] = None
        self.end_year = year.end_year
        self.before, self.after = [], []
        for s in students:
            case = s.case
            has = [self.stored(s, record, days) for record in case.has]
            self.before += has
            self.after += has if case.leaves == case.has else [self.stored(s, r, days) for r in case.leaves]

    def stored(self, s, record, days):
        eligibility, source, kind = CODES[record.code(s.luck)]
        return (s.state_id, self.end_year + record.year, record.kind, eligibility, source, kind,
                days[record.first_day(s.days)], days[record.last_day(s.days)],
                900000 + s.n if record.application else None)

    def sql(self):
        values = [
            f"('{state_id}',{year},'{kind}','{eligibility}','{source}','{type_}','{start}',"
            f"{'NULL' if end is None else repr(end)},{application or 'NULL'})"
            for state_id, year, kind, eligibility, source, type_, start, end, application in self.before]
        inserts = ["INSERT INTO planted VALUES\n" + ",\n".join(values[i:i + ROWS_A_STATEMENT]) + ";\n"
                   for i in range(0, len(values), ROWS_A_STATEMENT)]
        return PLANTED + "".join(inserts) + MOVED


def listed(records):
    """A line a record, sorted: what two databases with the same records have in common."""
    lines = ["|".join("" if value is None else str(value) for value in record) for record in records]
    lines.sort()
    return "\n".join(lines) + "\n"


def digest(listing):
    return hashlib.sha256(listing.encode()).hexdigest()
