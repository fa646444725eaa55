#!/usr/bin/env python3
"""One generated district, from nothing to its second import: what mealsync says and what it leaves in Campus are
what tools/make_district says must come out, by its own reasoning.

Usage: districts_test.py MEALSYNC MAKE_DISTRICT OPTION…       OPTION: of make_district

Each thing that differs is one line on stderr; the exit code is 1 when there is one.
"""

import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

COUNTS = ("read", "new", "updated", "existing", "skipped", "errors", "warnings", "inserted", "ended", "removed",
          "trimmed", "extended", "carryover_ended", "findings")
OF_ITS_OWN = ("run", "test", "seconds", "reports")  # what two runs of one file may differ in
RECORDS = """SELECT stateID, endYear, eligType, eligibility, source, type, startDate, endDate, applicationID
             FROM POSEligibility JOIN Person USING (personID)"""
SKIPPED_AT_SCHOOL = "7001"
SAME_FILE = "9004"
ROSTER = {
    "schools": "SELECT count(*) FROM School",
    "provisions": "SELECT count(*) FROM SchoolProvision",
    "persons": "SELECT count(*) FROM Person WHERE stateID <> ''",
    "enrollments": "SELECT count(*) FROM Enrollment",
    "households": "SELECT count(*) FROM Household",
    "members": "SELECT count(*) FROM HouseholdMember",
}
SSN_SHAPED = re.compile(rb"(?<!\d)(?:\d{9}|\d{3}-\d\d-\d{4})(?!\d)")
faults = []


def expect(what, found, wanted):
    if found != wanted:
        faults.append(f"{what}: {found}, not {wanted}")


class District:
    def __init__(self, mealsync, folder):
        self.mealsync, self.folder = mealsync, folder
        self.said = b""  # all that the program said
        self.truth = json.loads((folder / "truth.json").read_text())
        self.second = {**self.truth, **self.truth["second_run"]}
        self.second["warnings"] += 1
        self.second["findings"] = {**self.second["findings"], SAME_FILE: 1}
        self.second["lines"] = {**self.second["lines"], SAME_FILE: [0]}

    def program(self, *arguments):
        ran = subprocess.run([self.mealsync, *arguments], cwd=self.folder, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, check=False)
        if ran.returncode != 0:
            sys.exit(f"mealsync {' '.join(arguments)}: exit code {ran.returncode}\n"
                     + (ran.stdout + ran.stderr).decode(errors="replace"))
        return ran

    def found(self):
        self.program("campus", "init", "campus.db")
        loaded = self.program("campus", "load", "campus.db", "--oneroster", "oneroster", "--provisions",
                              "provisions.csv", "--households", "households.csv")
        self.said += loaded.stdout + loaded.stderr
        with self.campus() as campus:
            for what, query in ROSTER.items():
                expect(f"{what} of the roster", campus.execute(query).fetchone()[0], self.truth["roster"][what])
            campus.executescript((self.folder / "existing.sql").read_text(encoding="utf-8"))
        campus.close()

    def campus(self):
        return sqlite3.connect(self.folder / "campus.db")

    def digest(self):
        return hashlib.sha256((self.folder / "campus.db").read_bytes()).hexdigest()

    def meals(self):
        """The whole table, by every column."""
        campus, rows = self.campus(), hashlib.sha256()
        for row in campus.execute("SELECT * FROM POSEligibility ORDER BY eligibilityID"):
            rows.update(repr(row).encode())
        campus.close()
        return rows.hexdigest()

    def records(self):
        campus = self.campus()
        rows = ["|".join("" if value is None else str(value) for value in row) for row in campus.execute(RECORDS)]
        campus.close()
        return "\n".join(sorted(rows)) + "\n"

    def run(self, *options):
        """The answer of a run, and what was found: (line, code, message, how many alike) each."""
        ran = self.program("run", "pipeline.xml", "--as-of", self.truth["as_of"], "--state", "state", "--format",
                           "json", *options)
        answer = json.loads(ran.stdout)
        shown = self.program("log", "show", answer["run"], "--state", "state", "--format", "json").stdout
        self.said += ran.stdout + ran.stderr + shown
        messages = json.loads(shown)["messages"]
        return answer, [(found["line"], found["code"], found["message"], found["count"]) for found in messages]

    def compare(self, what, answer, found, truth):
        for name in COUNTS:
            expect(f"{what}: {name}", answer[name], truth[name])
        lines, records = {}, {}
        for line, code, _, count in found:
            lines.setdefault(code, []).append(line)
            records[code] = records.get(code, 0) + count
        for code in sorted(lines.keys() | truth["lines"].keys()):
            here, wanted = sorted(lines.get(code, [])), sorted(truth["lines"].get(code, []))
            if code == SKIPPED_AT_SCHOOL:  # told once a school, at its first line
                expect(f"{what}: records of {code}", records.get(code, 0), len(wanted))
                expect(f"{what}: first line of {code}", here[:1], wanted[:1])
                expect(f"{what}: lines of {code} that are none", sorted(set(here) - set(wanted)), [])
            elif here != wanted:
                odd = sorted(set(here) ^ set(wanted))[:10]
                expect(f"{what}: lines of {code}, which differ at {odd}", len(here), len(wanted))

    def compare_records(self):
        records = self.records()
        if hashlib.sha256(records.encode()).hexdigest() != self.truth["records"]:
            found = set(records.splitlines())
            wanted = set((self.folder / "records.txt").read_text(encoding="utf-8").splitlines())
            faults.extend(f"Campus has {record}" for record in islice(sorted(found - wanted), 10))
            faults.extend(f"Campus lacks {record}" for record in islice(sorted(wanted - found), 10))
            faults.append("the records of Campus are not those of truth.json")

    def expect_no_ssn(self):
        """What has the form of a Social Security number comes out nowhere."""
        inputs = [path for path in self.folder.rglob("*") if path.suffix in (".txt", ".csv", ".sql")
                  and "reports" not in path.parts and path.name != "records.txt"]
        secrets = {value for path in inputs for value in SSN_SHAPED.findall(path.read_bytes())}
        if not secrets or not all(value.startswith(b"000") for value in secrets):
            faults.append("the district has no number of SSN shape, or one of an area that is issued")
        outputs = [path for kind in ("reports", "state", "campus.db*") for found in self.folder.glob(kind)
                   for path in (found, *found.rglob("*")) if path.is_file()]
        if len(outputs) < 8:
            faults.append(f"six reports, a journal and a database should be there: {outputs}")
        shown = set(re.findall(rb"000[-\d]{6,8}", self.said))
        for path in outputs:
            shown.update(re.findall(rb"000[-\d]{6,8}", path.read_bytes()))
        for text in shown:
            if any(each in text for each in secrets):
                faults.append("a number of SSN shape is shown")

    def test(self):
        self.found()
        before = self.digest()
        tried, tried_found = self.run("--test")
        expect("the database after a test import", self.digest(), before)

        ran, found = self.run()
        self.compare("first import", ran, found, self.truth)
        expect("what a test import says",
               {name: value for name, value in tried.items() if name not in OF_ITS_OWN},
               {name: value for name, value in ran.items() if name not in OF_ITS_OWN})
        if tried_found != found:
            faults.append("the test import and the import find other things")
        self.compare_records()

        meals = self.meals()
        again, found = self.run()
        self.compare("second import", again, found, self.second)
        expect("the meal records after a second import", self.meals(), meals)
        self.expect_no_ssn()


def main():
    mealsync, make_district, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([make_district, folder, *options], check=True)
        District(os.path.abspath(mealsync), Path(folder)).test()
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
