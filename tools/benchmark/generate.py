"""The benchmark's invented district: ic.db, the bench's own database, and IC_Eligibility.txt, the file of its
POS, with a record a student. The same number of students gives the same rows and the same bytes, everywhere.

Chance is random() and nothing else, which is the same in every Python, and it is asked in one order: for the
students, for what the database holds of each, for the order of the file, for its lines. To change that order,
or a list, is to make another district.
"""

import random
import sqlite3
from array import array
from datetime import date, timedelta

from .codes import CODES
from .names import FIRST_NAMES, LAST_NAMES, QUOTED_LAST_NAMES

SEED = 1000004
SALT = 112648
SCHOOL_YEAR = "16-17"
LINES_A_WRITE = 20_000
UNMAPPED_CODES = ("MEDICAID", "DC-FDPIR", "HEADSTART", "SNAPX", "")

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
CREATE TABLE school(school_code TEXT PRIMARY KEY, name TEXT NOT NULL, cep INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE code_map(
  vendor_code TEXT NOT NULL, pos_status TEXT NOT NULL, cert_type TEXT NOT NULL, elig_type TEXT NOT NULL,
  rank INTEGER NOT NULL, PRIMARY KEY(vendor_code, pos_status)) WITHOUT ROWID;
CREATE TABLE student(
  person_id INTEGER PRIMARY KEY, state_id TEXT NOT NULL, student_number TEXT NOT NULL,
  last_name TEXT NOT NULL, first_name TEXT NOT NULL, birth_date TEXT NOT NULL, school_code TEXT NOT NULL);
CREATE TABLE eligibility(
  elig_id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL, school_year TEXT NOT NULL, status TEXT NOT NULL,
  elig_type TEXT NOT NULL, cert_type TEXT NOT NULL, rank INTEGER NOT NULL, start_date TEXT NOT NULL,
  end_date TEXT NOT NULL, source TEXT NOT NULL);
"""
INDEXES = """
CREATE INDEX ix_student_state ON student(state_id);
CREATE INDEX ix_elig_person ON eligibility(person_id, school_year);
"""


def days(first, count):
    """Each day, as the database and as the POS writes it."""
    dates = [first + timedelta(n) for n in range(count)]
    return [day.isoformat() for day in dates], [day.strftime("%m/%d/%Y") for day in dates]


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text


def state_number(n):
    """The state ID of the nth student: no two have the same, and none looks like the next."""
    return (n * 2654435761 + SALT) % 10**10


LAST = LAST_NAMES + QUOTED_LAST_NAMES
BORN, BORN_IN_POS = days(date(1998, 1, 1), 14 * 365)
DAYS, DAYS_IN_POS = days(date(2016, 7, 1), 365)
CODE_OF_THOUSAND = [number for number, code in enumerate(CODES) for _ in range(code.per_mille)]


class District:
    """The students in columns, by their number: of five million, a tuple each would fill the memory."""

    def __init__(self, count):
        self.count = count
        self.chance = random.Random(SEED).random
        number_of_schools = max(10, count // 500)
        self.schools = [f"001{n + 1:04}" for n in range(number_of_schools)]
        self.state_id = array("Q")
        self.last, self.first, self.birth, self.school = array("H"), array("H"), array("H"), array("H")
        self.code = array("B")  # what the POS sends
        self.start = array("H")
        self.populate()

    def populate(self):
        chance = self.chance
        for n in range(self.count):
            has_anothers_id = n > 10 and chance() < 0.005
            self.state_id.append(self.state_id[int(chance() * n)] if has_anothers_id else state_number(n))
            if chance() >= 0.02:
                self.last.append(int(chance() * len(LAST_NAMES)))
            else:
                self.last.append(len(LAST_NAMES) + int(chance() * len(QUOTED_LAST_NAMES)))
            self.first.append(int(chance() * len(FIRST_NAMES)))
            self.birth.append(int(chance() * len(BORN)))
            self.school.append(int(chance() * len(self.schools)))
            self.code.append(CODE_OF_THOUSAND[int(chance() * 1000)])
            early = chance()
            self.start.append(int(early * early * 270))

    def is_cep(self, n):
        return (n * 10 // len(self.schools) * 7 + n * 7) % 10 < 3

    def store(self, path):
        db = sqlite3.connect(path, isolation_level=None)
        db.executescript(TABLES)
        db.execute("BEGIN")
        db.executemany("INSERT INTO school VALUES(?, ?, ?)",
                       ((code, f"School {code}", self.is_cep(n)) for n, code in enumerate(self.schools)))
        db.executemany("INSERT INTO code_map VALUES(?, ?, ?, ?, ?)", (code[1:6] for code in CODES))
        db.executemany("INSERT INTO student VALUES(?, ?, ?, ?, ?, ?, ?)", self.student_rows())
        db.executemany("INSERT INTO eligibility VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       self.eligibility_rows())
        db.execute("COMMIT")
        db.executescript(INDEXES)
        db.close()

    def student_rows(self):
        for n in range(self.count):
            yield (n + 1, f"{self.state_id[n]:010}", f"S{n * 7 + 11:08}", LAST[self.last[n]],
                   FIRST_NAMES[self.first[n]], BORN[self.birth[n]], self.schools[self.school[n]])

    def eligibility_rows(self):
        """What the database holds: for 7 students of 10, and mostly what the POS sends."""
        chance, elig_id = self.chance, 0
        for n in range(self.count):
            if chance() >= 0.7:
                continue
            has, start = self.code[n], self.start[n]
            if chance() >= 0.85:
                has, start = CODE_OF_THOUSAND[int(chance() * 1000)], int(chance() * 60)
                if CODES[has].rank > CODES[self.code[n]].rank:
                    start = min(start, self.start[n])  # what ranks lower never starts before this one
            code = CODES[has]
            elig_id += 1
            yield (elig_id, n + 1, SCHOOL_YEAR, code.status, code.elig_type, code.cert_type, code.rank,
                   DAYS[start], "2017-06-30", "POS")

    def shuffled(self):
        chance, order = self.chance, list(range(self.count))
        for n in range(self.count - 1, 0, -1):
            other = int(chance() * (n + 1))
            order[n], order[other] = order[other], order[n]
        return order

    def write_pos_file(self, path):
        lines = []
        with open(path, "w", encoding="utf-8", newline="") as file:
            for line in self.pos_lines():
                lines.append(line)
                if len(lines) == LINES_A_WRITE:
                    file.write("".join(lines))
                    lines.clear()
            file.write("".join(lines))

    def pos_lines(self):
        chance = self.chance
        last_in_pos = [quoted(name) for name in LAST]
        meals = [[meal(code, start, "06/30/2017") for start in DAYS_IN_POS] for code in CODES]
        for n in self.shuffled():
            state_id, sent = f"{self.state_id[n]:010}", meals[self.code[n]][self.start[n]]
            kind = chance()
            if kind < 0.0045:
                state_id = self.wrong_id(n, kind)
            elif kind < 0.01:
                sent = self.wrong_meal(n, kind)
            end = "\r\n" if chance() < 0.7 else "\n"
            yield (f"{state_id},{last_in_pos[self.last[n]]},{FIRST_NAMES[self.first[n]]},"
                   f"{BORN_IN_POS[self.birth[n]]},{self.schools[self.school[n]]},{sent}{end}")

    def wrong_id(self, n, kind):
        if kind < 0.0025:
            return f"{state_number(10 * self.count + n):010}"  # nobody's
        if kind < 0.0040:
            return f"9{int(self.chance() * 10**8):08}"  # like an SSN, of an area that is never issued
        return ""

    def wrong_meal(self, n, kind):
        code, day = CODES[self.code[n]], self.start[n]
        if kind < 0.0060:
            start = DAYS_IN_POS[180 + int(self.chance() * 180)]
            return meal(code, start, DAYS_IN_POS[int(self.chance() * 170)])  # ends before it starts
        if kind < 0.0080:
            year = 2015 if day < 184 else 2018  # another school year's
            return meal(code, f"{DAYS_IN_POS[day][:6]}{year}", f"06/30/{2016 if year == 2015 else year}")
        unmapped = UNMAPPED_CODES[int(self.chance() * len(UNMAPPED_CODES))]
        return meal(code._replace(vendor_code=unmapped), DAYS_IN_POS[day], "06/30/2017")


def meal(code, start, end):
    """The last four fields of a line."""
    return f"{code.status},{code.vendor_code},{start},{end}"


def make(count, folder):
    district = District(count)
    district.store(folder / "ic.db")
    district.write_pos_file(folder / "IC_Eligibility.txt")
