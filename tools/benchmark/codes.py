"""The codes of the benchmark's POS: what each means in the bench's own tables, and what Campus calls that."""

from typing import NamedTuple


class Code(NamedTuple):
    per_mille: int  # of the students
    vendor_code: str
    status: str
    cert_type: str
    elig_type: str
    rank: int  # the higher one is the better one
    campus_type: str

    @property
    def campus_eligibility(self):
        return "S" if self.status == "P" else self.status

    @property
    def campus_source(self):
        return self.elig_type[0]


CODES = (
    Code(280, "DC-SNAP", "F", "SNAP", "Direct", 4, "SNAP"),
    Code(30, "DC-TANF", "F", "TANF", "Direct", 4, "TANF"),
    Code(120, "DC-MED-F", "F", "Medicaid Free", "Direct", 4, "Medicaid"),
    Code(20, "HOMELESS", "F", "Homeless", "Direct", 4, "Homeless"),
    Code(5, "MIGRANT", "F", "Migrant", "Direct", 4, "Migrant"),
    Code(15, "FOSTER", "F", "Foster", "Direct", 4, "Foster"),
    Code(100, "APP", "F", "Income Application", "Non-Direct", 3, "Income"),
    Code(60, "APP", "R", "Income Application", "Non-Direct", 2, "Income"),
    Code(40, "DENIED", "P", "Denied", "Non-Direct", 1, "Denied"),
    Code(330, "NONE", "P", "Did Not Apply", "Non-Direct", 1, "DidNotApply"),
)


def add_meanings(db):
    """Makes the table temp.meaning, a row a code, for joins between the bench's words and those of Campus."""
    db.execute("""CREATE TABLE temp.meaning(status TEXT, cert_type TEXT, elig_type TEXT, rank INTEGER,
                    campus_eligibility TEXT, campus_type TEXT, campus_source TEXT)""")
    db.executemany("INSERT INTO temp.meaning VALUES(?, ?, ?, ?, ?, ?, ?)",
                   ((code.status, code.cert_type, code.elig_type, code.rank,
                     code.campus_eligibility, code.campus_type, code.campus_source) for code in CODES))
