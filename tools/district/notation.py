"""How a case is written: statuses, days, records of Campus and lines of the POS, as short text.

A status is a code of the POS ("F|INC"), or a class of them (FD, FN, RD, RN, P: Free, Reduced or Paid, Direct or
Non-Direct), or "any". Within one student a class is one code; each apostrophe (FN', FN'') makes it another one.

A record is `status first..last`, with the prefix last: or next: for another school year, ses: for the other
eligibility type, app: for one that an application made. A day is a letter of DAYS, with +n or -n days; a
record without last day is open, a line without one has a blank end date.

A line is a record without prefix, then `=>`, its fate, and the codes found in it.
"""

import re
from dataclasses import dataclass, field

# Code of the POS: eligibility and source as Campus stores them, certified type.
CODES = {
    "F|DC-SNAP": ("F", "D", "SNAP"),
    "F|DC-KTAP": ("F", "D", "TANF"),
    "F|DC-FDPIR": ("F", "D", "FDPIR"),
    "F|DC-MED": ("F", "D", "Medicaid"),
    "F|DC-FOSTER": ("F", "D", "Foster"),
    "F|HOMELESS": ("F", "D", "Homeless"),
    "F|MIGRANT": ("F", "D", "Migrant"),
    "F|RUNAWAY": ("F", "D", "Runaway"),
    "F|HEADSTART": ("F", "D", "HeadStart"),
    "F|EVENSTART": ("F", "D", "EvenStart"),
    "F|INC": ("F", "N", "Income"),
    "F|CASE": ("F", "N", "Categorical"),
    "F|OVR": ("F", "N", "Override"),
    "F|HOMELESS-APP": ("F", "N", "Homeless"),
    "R|DC-MED": ("R", "D", "Medicaid"),
    "R|INC": ("R", "N", "Income"),
    "R|OVR": ("R", "N", "Override"),
    "P|": ("S", "N", "DidNotApply"),
    "P|INC": ("S", "N", "Income"),
    "P|DENIED": ("S", "N", "Denied"),
    "P|DECLINED": ("S", "N", "Declined"),
    "R|CASE": ("R", "N", "Categorical"),  # not a usual combination
}
UNUSUAL = "R|CASE"
POOLS = {
    name: [code for code, (eligibility, source, _) in CODES.items()
           if (eligibility, source) == stored and code != UNUSUAL]
    for name, stored in {"FD": ("F", "D"), "FN": ("F", "N"), "RD": ("R", "D"), "RN": ("R", "N"),
                         "P": ("S", "N")}.items()
}
POOLS["any"] = ["F|DC-SNAP", "P|", "R|INC", "F|INC", "P|", "F|DC-KTAP", "P|DENIED", "F|DC-MED", "F|INC",
                "F|DC-FOSTER", "R|INC", "F|CASE", "P|DECLINED", "F|DC-SNAP", "R|DC-MED", "F|HOMELESS", "P|INC"]

# In the order of the list that SchoolYear.days_of gives.
DAYS = {
    "a": "first day of last school year",
    "y": "last day of last school year",
    "z": "last day of last year's meal status, some weeks into this year",
    "J": "July 1, first day of the year",
    "A": "when this student's year begins: August 10 to 24",
    "B": "August 29 to September 30",
    "C": "October 10 to December 9",
    "D": "January 9 to May 8",
    "L": "June 30, last day of the year",
    "N": "first day of next school year",
    "Z": "last day of this year's meal status: the default expiration",
    "W": "December 31 after it",
    "X": "last day of next year's meal status",
}
LETTERS = "".join(DAYS)

ERRORS = {"1001", "1010", "1011", "2001", "3060", "3061", "3062", "4001", "4002", "4010", "4011", "5001", "5002",
          "5003"}
WARNINGS = {"3037", "3041", "3042", "3043", "3050", "3063", "3064", "4003", "5004", "6001"}
FATES = ("new", "updated", "existing", "duplicate", "held", "cep", "rejected")

RECORD = re.compile(r"(?:(last|next|ses|app):)?(\S+?)('*) ([a-zA-Z])([+-]\d+)?\.\.(?:([a-zA-Z])([+-]\d+)?)?")


@dataclass(frozen=True)
class Record:
    """What Campus holds, or a line says, of any student of a case."""

    pool: tuple
    turn: int  # which code of the pool, from the student's own on
    first: tuple  # place in the list of days, days to add
    last: tuple  # empty: open
    year: int = 0  # before or after the pipeline's year
    kind: str = "Meal"
    application: bool = False

    def code(self, luck):
        return self.pool[(luck + self.turn) % len(self.pool)]

    def first_day(self, days):
        return days[self.first[0]] + self.first[1]

    def last_day(self, days):
        return days[self.last[0]] + self.last[1] if self.last else None


def day(letter, delta):
    return LETTERS.index(letter), int(delta or 0)


def record(text):
    match = RECORD.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is no record")
    prefix, status, marks, first, plus_first, last, plus_last = match.groups()
    return Record(
        pool=tuple(POOLS.get(status, (status,))),
        turn=len(marks),
        first=day(first, plus_first),
        last=day(last, plus_last) if last else (),
        year={"last": -1, "next": 1}.get(prefix, 0),
        kind="SES" if prefix == "ses" else "Meal",
        application=prefix == "app",
    )


@dataclass(frozen=True)
class Line:
    record: Record
    fate: str
    codes: tuple

    @property
    def is_decided_by_merge(self):
        """Whether it comes so far that a second line for the same days would be its duplicate."""
        return self.fate in ("new", "updated", "existing", "duplicate") or self.codes[-1:] in (
            ("3060",), ("3061",), ("3062",))


def line(text):
    said, _, outcome = text.partition(" => ")
    fate, *codes = outcome.split()
    if fate not in FATES or not set(codes) <= ERRORS | WARNINGS | {"7001"}:
        raise ValueError(f"'{text}' has no fate, or a code that is not known")
    return Line(record(said), fate, tuple(codes))


@dataclass
class Case:
    """A kind of student: what Campus holds of him, what the POS sends, and what must come of it."""

    row: str  # of the decision table, a row check (V1 to V11), or a word
    why: str
    has: list = field(default_factory=list)
    sends: list = field(default_factory=list)
    leaves: list = None  # None: what Campus has, and what is new
    changes: str = ""  # beside the insert of each new record: ended removed trimmed carryover_ended inserted
    per_mille: float = 1.0
    roster: str = "enrolled"  # a key of people.ENROLMENTS
    key: str = ""  # a key of pos_file.KEYS
    line: str = ""  # a key of pos_file.FIELDS or pos_file.DAMAGES
    name: str = ""  # a key of people.NAMES

    def __post_init__(self):
        self.has = [record(text) for text in self.has]
        self.sends = [line(text) for text in self.sends]
        self.changes = self.changes.split()
        new = [each.record for each in self.sends if each.fate == "new"]
        self.leaves = self.has + new if self.leaves is None else [record(text) for text in self.leaves]
        self.changes += ["inserted"] * len(new)
        grown = self.changes.count("inserted") - self.changes.count("removed")
        if len(self.leaves) != len(self.has) + grown:
            raise ValueError(f"'{self.why}' leaves another number of records than its changes make")
