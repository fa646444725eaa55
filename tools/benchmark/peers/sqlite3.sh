#!/usr/bin/env bash
# The benchmark's job (../README.md) with SQLite's own program: .import, joins over whole tables, one
# transaction. State IDs of several students are found beforehand, and the first join is materialised:
# otherwise each student is looked up five times.
#
# Usage: sqlite3.sh DATABASE POS_FILE ERRORS
set -euo pipefail

if [[ $# != 3 || $2$3 == *[\"\\]* ]]; then
  echo "sqlite3.sh: three paths, and no quote or backslash in POS_FILE and ERRORS" >&2
  exit 2
fi

exec sqlite3 -batch "$1" <<SQL
.bail on
.output /dev/null
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -262144;
PRAGMA temp_store = MEMORY;
PRAGMA threads = 2;
.output
CREATE TEMP TABLE pos(
  state_id TEXT, last_name TEXT, first_name TEXT, birth_date TEXT, school_code TEXT, status TEXT, code TEXT,
  start_date TEXT, end_date TEXT);
.import --csv --schema temp "$2" pos
BEGIN IMMEDIATE;

CREATE TEMP TABLE several AS SELECT state_id FROM student GROUP BY state_id HAVING count(*) > 1;
CREATE UNIQUE INDEX temp.several_by_state_id ON several(state_id);

CREATE TEMP TABLE decided AS
WITH record AS MATERIALIZED (
  SELECT pos.rowid AS line, state_id, code, status, cert_type, elig_type, rank, coalesce(cep, 0) AS cep,
         substr(start_date, 7) || '-' || substr(start_date, 1, 2) || '-' || substr(start_date, 4, 2)
           AS first_day,
         substr(end_date, 7) || '-' || substr(end_date, 1, 2) || '-' || substr(end_date, 4, 2) AS last_day
  FROM temp.pos
  LEFT JOIN school USING (school_code)
  LEFT JOIN code_map ON vendor_code = code AND pos_status = status)
SELECT line, record.state_id, code, record.status, record.cert_type, record.elig_type, record.rank, first_day,
       last_day, student.person_id, elig_id,
       CASE
         WHEN cep THEN 'cep'
         WHEN record.rank IS NULL THEN '3001'
         WHEN last_day < first_day THEN '3010'
         WHEN first_day < '2016-07-01' OR last_day > '2017-06-30' THEN '3011'
         WHEN several.state_id IS NOT NULL THEN '2001'
         WHEN student.person_id IS NULL THEN '1001'
         WHEN elig_id IS NULL THEN 'new'
         WHEN record.rank = old.rank THEN 'kept'
         WHEN record.rank < old.rank THEN '3037'
         WHEN first_day > old.start_date THEN 'ended'
         ELSE 'removed'
       END AS fate
FROM record
LEFT JOIN temp.several ON several.state_id = record.state_id
LEFT JOIN student ON student.state_id = record.state_id AND several.state_id IS NULL AND cep = 0
LEFT JOIN eligibility AS old ON old.person_id = student.person_id AND old.school_year = '16-17';

UPDATE eligibility SET end_date = date(first_day, '-1 day')
  FROM temp.decided WHERE fate = 'ended' AND decided.elig_id = eligibility.elig_id;
DELETE FROM eligibility WHERE elig_id IN (SELECT elig_id FROM temp.decided WHERE fate = 'removed');
INSERT INTO eligibility(
    person_id, school_year, status, elig_type, cert_type, rank, start_date, end_date, source)
  SELECT person_id, '16-17', status, elig_type, cert_type, rank, first_day, last_day, 'POS'
  FROM temp.decided WHERE fate IN ('new', 'ended', 'removed') ORDER BY person_id;

.mode list
.output "$3"
SELECT 'Line ' || line || ': ' || CASE fate
    WHEN '3001' THEN 'ERROR 3001 - Invalid [CertType] ''' || code || ''''
    WHEN '3010' THEN 'ERROR 3010 - Record contains End Date before Start Date'
    WHEN '3011' THEN 'ERROR 3011 - Record is outside school year 16-17'
    WHEN '1001' THEN 'ERROR 1001 - State ID ''' ||
      CASE length(state_id) WHEN 9 THEN '*****' || substr(state_id, 6) ELSE state_id END || ''' not found'
    WHEN '2001' THEN 'ERROR 2001 - Multiple matches found for Student State ID ''' || state_id || ''''
    WHEN '3037' THEN 'WARNING 3037 - The record cannot be updated with the ' || elig_type || ' Type'
  END
  FROM temp.decided WHERE fate NOT IN ('cep', 'new', 'kept', 'ended', 'removed') ORDER BY line;
.output
SELECT printf('rows=%d new=%d ended=%d removed=%d existing=%d errors=%d warnings=%d cep=%d', count(*),
    sum(fate IN ('new', 'ended', 'removed')), sum(fate = 'ended'), sum(fate = 'removed'),
    sum(fate IN ('kept', '3037')), sum(fate IN ('1001', '2001', '3001', '3010', '3011')), sum(fate = '3037'),
    sum(fate = 'cep'))
  FROM temp.decided;
COMMIT;
SQL
