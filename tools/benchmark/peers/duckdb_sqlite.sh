#!/usr/bin/env bash
# The benchmark's job (../README.md) with DuckDB's joins, in a database of SQLite. DuckDB's package for Node
# cannot open that, so the two meet in CSV files.
#
# Usage: duckdb_sqlite.sh DATABASE POS_FILE ERRORS PARALLEL FOLDER      FOLDER: for those files
set -euo pipefail

if [[ $# != 5 || $5 == *[\"\\]* ]]; then
  echo "duckdb_sqlite.sh: five arguments, and no quote or backslash in FOLDER" >&2
  exit 2
fi
here=$(dirname "${BASH_SOURCE[0]}")
mkdir -p "$5"

sqlite3 -batch "$1" <<SQL
.mode csv
.separator , "\n"
.output "$5/student.csv"
SELECT person_id, state_id FROM student;
.output "$5/eligibility.csv"
SELECT elig_id, person_id, rank, start_date FROM eligibility WHERE school_year = '16-17';
.output "$5/school.csv"
SELECT school_code, cep FROM school;
.output "$5/code_map.csv"
SELECT vendor_code, pos_status, cert_type, elig_type, rank FROM code_map;
SQL

node "$here/duckdb.cjs" diff "$5" "$2" "$3" "$4"

sqlite3 -batch "$1" <<SQL
.bail on
.output /dev/null
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -262144;
PRAGMA temp_store = MEMORY;
.output
CREATE TEMP TABLE ends(elig_id INTEGER PRIMARY KEY, last_day TEXT);
CREATE TEMP TABLE removals(elig_id INTEGER PRIMARY KEY);
CREATE TEMP TABLE inserts(
  person_id, school_year, status, elig_type, cert_type, rank, start_date, end_date, source);
.mode csv
.import --schema temp "$5/ends.csv" ends
.import --schema temp "$5/removals.csv" removals
.import --schema temp "$5/inserts.csv" inserts
BEGIN IMMEDIATE;
UPDATE eligibility SET end_date = last_day FROM temp.ends WHERE ends.elig_id = eligibility.elig_id;
DELETE FROM eligibility WHERE elig_id IN (SELECT elig_id FROM temp.removals);
INSERT INTO eligibility(
    person_id, school_year, status, elig_type, cert_type, rank, start_date, end_date, source)
  SELECT * FROM temp.inserts;
COMMIT;
SQL
