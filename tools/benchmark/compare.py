"""Whether two programs did the same: counts, the eligibility rows they leave, what they tell of a line."""

import csv
import hashlib
import itertools
import sqlite3
from collections import Counter
from typing import NamedTuple

from .codes import add_meanings

# The peers have one code for what mealsync tells apart, or calls by another number.
PEERS_CODE = {"4001": "3001", "5001": "3010", "5002": "3011", "1010": "1001", "3040": "3037", "3041": "3037"}

# What a peer counts, and how mealsync calls that.
COUNTS = {"rows": "read", "new": "new", "ended": "ended", "removed": "removed", "existing": "existing",
          "errors": "errors", "warnings": "warnings"}
SAME_FILE = "9004"  # mealsync warns where a file is the one of the last import; no peer does
NONE_HERE = ("updated", "trimmed", "extended", "carryover_ended")  # the bench's data give no reason for these

BENCH_ROWS = """
SELECT person_id || '|' || school_year || '|' || status || '|' || elig_type || '|' || cert_type || '|' ||
       rank || '|' || start_date || '|' || end_date || '|' || source
FROM eligibility ORDER BY person_id, start_date, end_date"""

# In the bench's words; what has no such word stays as it is and differs.
CAMPUS_ROWS = """
SELECT personID || '|' || printf('%02d-%02d', endYear % 100 - 1, endYear % 100) || '|' ||
       coalesce(status || '|' || elig_type || '|' || cert_type || '|' || rank,
                quote(eligType) || quote(eligibility) || quote(source) || quote(type)) || '|' ||
       coalesce(startDate, '') || '|' || coalesce(endDate, '') || '|POS'
FROM POSEligibility LEFT JOIN meaning
  ON eligType = 'Meal' AND eligibility = campus_eligibility AND source = campus_source AND type = campus_type
ORDER BY personID, startDate, endDate"""


class Outcome(NamedTuple):
    counts: dict
    rows: tuple  # how many, and their digest
    told: tuple  # how many by code, and the digest of (line, code)
    text: str = ""  # the digest of a peer's list of errors: peers use the same words


def open_existing(database):
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True)


def rows(database):
    """The eligibility rows of a bench or a Campus database but for their key, a line each, in order."""
    db = open_existing(database)
    is_campus = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'POSEligibility'").fetchone()[0]
    if is_campus:
        add_meanings(db)
    for row, in db.execute(CAMPUS_ROWS if is_campus else BENCH_ROWS):
        yield row
    db.close()


def digest_of_rows(lines):
    count, whole = 0, hashlib.sha256()
    for line in lines:
        count += 1
        whole.update(f"{line}\n".encode())
    return count, whole.hexdigest()


def digest_of_meals(campus):
    """Of the whole table of Campus, by every column."""
    db, whole = open_existing(campus), hashlib.sha256()
    for row in db.execute("SELECT * FROM POSEligibility ORDER BY eligibilityID"):
        whole.update(repr(row).encode())
    db.close()
    return whole.hexdigest()


def digest_of_file(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def summary(told):
    """Of (line, code) pairs, in any order."""
    told = sorted(told)
    return Counter(code for _, code in told), hashlib.sha256(repr(told).encode()).hexdigest()


def told_by_peer(errors):
    """`Line 12: ERROR 3001 - …`, a line each."""
    with open(errors, encoding="utf-8", newline="\n") as file:
        for line in file:
            _, number, _, code, _ = line.split(" ", 4)
            yield int(number[:-1]), code


def told_by_report(report):
    """The errors and warnings in mealsync's CSV report, by the peers' codes."""
    with open(report, encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file))
        at, severity, code = (names.index(name) for name in ("line", "severity", "code"))
        for row in csv.reader(line for line in file if line.startswith("message,")):
            if row[severity] in ("error", "warning"):
                yield int(row[at] or 0), PEERS_CODE.get(row[code], row[code])


def peers_counts(line):
    return {name: int(count) for name, count in (word.split("=") for word in line.split())}


def mealsyncs_counts(answer):
    counts = {name: answer[key] for name, key in COUNTS.items()}
    unexpected = {name: answer[name] for name in NONE_HERE if answer[name]}
    skipped = dict(answer["skipped"])
    return {**counts, "cep": skipped.pop("cep", 0), **skipped, **unexpected}


def differences(outcome, name, other):
    """In words, what of an outcome is not as in the one of `name`."""
    for what in sorted(outcome.counts.keys() | other.counts.keys()):
        here, there = outcome.counts.get(what, 0), other.counts.get(what, 0)
        if here != there:
            yield f"counts {here} {what}, {name} {there}"
    if outcome.rows != other.rows:
        yield (f"leaves other eligibility rows than {name} ({outcome.rows[0]} and {other.rows[0]}): "
               "--keep keeps both databases, --compare shows the rows")
    (codes, _), (other_codes, _) = outcome.told, other.told
    for code in sorted(codes.keys() | other_codes.keys()):
        if codes[code] != other_codes[code]:
            yield f"tells {code} {codes[code]} times, {name} {other_codes[code]} times"
    if codes == other_codes and outcome.told != other.told:
        yield f"tells its codes of other lines than {name}"
    if outcome.text and other.text and outcome.text != other.text:
        yield f"writes another list of errors than {name}"


def show_rows(one, other, most=10):
    """Prints the rows that only one of two databases has; tells whether they are the same."""
    ours, theirs = Counter(rows(one)), Counter(rows(other))
    for database, surplus in ((one, ours - theirs), (other, theirs - ours)):
        for row in itertools.islice(sorted(surplus.elements()), most):
            print(f"only in {database}: {row}")
        if surplus.total() > most:
            print(f"only in {database}: {surplus.total() - most} more")
    if ours == theirs:
        print(f"{ours.total()} eligibility rows are the same")
    return ours == theirs
