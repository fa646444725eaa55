#!/usr/bin/env python3
"""The benchmark's job (../README.md) as a careful user writes it in Python: csv and sqlite3, look-ups in
dictionaries, one transaction.

Usage: python.py DATABASE POS_FILE ERRORS
"""

import csv
import datetime
import sqlite3
import sys

INSERT = """INSERT INTO eligibility(person_id, school_year, status, elig_type, cert_type, rank, start_date,
              end_date, source) VALUES(?, '16-17', ?, ?, ?, ?, ?, ?, 'POS')"""
SEVERAL = -1


class IsoDays(dict):
    """2016-08-31 of 08/31/2016, each made once: a year has few."""

    def __missing__(self, text):
        day = self[text] = f"{text[6:]}-{text[:2]}-{text[3:5]}"
        return day


def day_before(day):
    return (datetime.date.fromisoformat(day) - datetime.timedelta(1)).isoformat()


def persons_by_state_id(db):
    persons = {}
    for person, state_id in db.execute("SELECT person_id, state_id FROM student"):
        persons[state_id] = SEVERAL if state_id in persons else person
    return persons


def main():
    database, pos_file, errors_file = sys.argv[1:]
    db = sqlite3.connect(database, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -262144"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN IMMEDIATE")
    cep_schools = {code for code, in db.execute("SELECT school_code FROM school WHERE cep = 1")}
    meanings = {row[:2]: row[2:] for row in db.execute(
        "SELECT vendor_code, pos_status, elig_type, cert_type, rank FROM code_map")}
    persons = persons_by_state_id(db)
    existing = {person: (elig_id, rank, start) for person, elig_id, rank, start in db.execute(
        "SELECT person_id, elig_id, rank, start_date FROM eligibility WHERE school_year = '16-17'")}

    line = cep = kept = errors = warnings = 0
    inserts, ends, removals = [], [], []
    iso = IsoDays()
    with (open(pos_file, encoding="utf-8", newline="") as file,
          open(errors_file, "w", encoding="utf-8", newline="") as told):
        for line, (state_id, _, _, _, school, status, code, start, end) in enumerate(csv.reader(file), 1):
            if school in cep_schools:
                cep += 1
                continue
            meaning = meanings.get((code, status))
            if meaning is None:
                errors += 1
                told.write(f"Line {line}: ERROR 3001 - Invalid [CertType] '{code}'\n")
                continue
            start, end = iso[start], iso[end]
            if end < start:
                errors += 1
                told.write(f"Line {line}: ERROR 3010 - Record contains End Date before Start Date\n")
                continue
            if start < "2016-07-01" or end > "2017-06-30":
                errors += 1
                told.write(f"Line {line}: ERROR 3011 - Record is outside school year 16-17\n")
                continue
            person = persons.get(state_id)
            if person is None:
                errors += 1
                shown = "*****" + state_id[5:] if len(state_id) == 9 else state_id  # may be an SSN
                told.write(f"Line {line}: ERROR 1001 - State ID '{shown}' not found\n")
                continue
            if person == SEVERAL:
                errors += 1
                told.write(f"Line {line}: ERROR 2001 - Multiple matches found for Student State ID "
                           f"'{state_id}'\n")
                continue
            elig_type, cert_type, rank = meaning
            old = existing.get(person)
            if old is not None:
                old_id, old_rank, old_start = old
                if rank <= old_rank:
                    kept += 1
                    if rank < old_rank:
                        warnings += 1
                        told.write(f"Line {line}: WARNING 3037 - The record cannot be updated with the "
                                   f"{elig_type} Type\n")
                    continue
                if start > old_start:
                    ends.append((day_before(start), old_id))
                else:
                    removals.append((old_id,))
            inserts.append((person, status, elig_type, cert_type, rank, start, end))

    inserts.sort()
    db.executemany("UPDATE eligibility SET end_date = ? WHERE elig_id = ?", ends)
    db.executemany("DELETE FROM eligibility WHERE elig_id = ?", removals)
    db.executemany(INSERT, inserts)
    db.execute("COMMIT")
    db.close()
    print(f"rows={line} new={len(inserts)} ended={len(ends)} removed={len(removals)} existing={kept} "
          f"errors={errors} warnings={warnings} cep={cep}")


if __name__ == "__main__":
    main()
