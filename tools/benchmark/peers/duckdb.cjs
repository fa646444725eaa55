#!/usr/bin/env node
// The benchmark's job (../README.md) in DuckDB. Its package @duckdb/node-api is searched for in NODE_PATH.
//
// Usage: duckdb.cjs run DATABASE POS_FILE ERRORS PARALLEL   the job, in a database of DuckDB
//        duckdb.cjs diff FOLDER POS_FILE ERRORS PARALLEL    what the job changes, from FOLDER/{student,…}.csv
//                                                           into FOLDER/{ends,removals,inserts}.csv
//        duckdb.cjs prepare DATABASE FOLDER                 makes the database of FOLDER/{student,…}.csv
//        duckdb.cjs reads POS_FILE                          says yes where it can be read in parallel, or no
//        duckdb.cjs rows DATABASE FILE                      writes the eligibility rows as compare.py does
//
// PARALLEL is yes or no: a large file of mixed line ends is refused in parallel.
"use strict";

const { DuckDBInstance } = require("@duckdb/node-api");

const TABLES = `
  CREATE TABLE school(school_code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, cep INTEGER NOT NULL);
  CREATE TABLE code_map(vendor_code VARCHAR, pos_status VARCHAR, cert_type VARCHAR, elig_type VARCHAR,
    rank INTEGER);
  CREATE TABLE student(person_id INTEGER, state_id VARCHAR, student_number VARCHAR, last_name VARCHAR,
    first_name VARCHAR, birth_date DATE, school_code VARCHAR);
  CREATE SEQUENCE elig_id START 100000000;
  CREATE TABLE eligibility(elig_id INTEGER DEFAULT nextval('elig_id'), person_id INTEGER, school_year VARCHAR,
    status VARCHAR, elig_type VARCHAR, cert_type VARCHAR, rank INTEGER, start_date DATE, end_date DATE,
    source VARCHAR);`;

// What a diff needs of each table.
const EXPORTED = {
  school: "school_code: 'VARCHAR', cep: 'INTEGER'",
  code_map: `vendor_code: 'VARCHAR', pos_status: 'VARCHAR', cert_type: 'VARCHAR', elig_type: 'VARCHAR',
    rank: 'INTEGER'`,
  student: "person_id: 'INTEGER', state_id: 'VARCHAR'",
  eligibility: "elig_id: 'INTEGER', person_id: 'INTEGER', rank: 'INTEGER', start_date: 'DATE'",
};

const CSV = `header = false, auto_detect = false, delim = ',', quote = '"', escape = '"'`;

const text = (path) => `'${path.replaceAll("'", "''")}'`;

const readPos = (path, parallel) => `
  CREATE TEMP TABLE pos AS SELECT * FROM read_csv(${text(path)}, ${CSV}, strict_mode = false,
    parallel = ${parallel}, force_not_null = ['state_id', 'code'],
    columns = {state_id: 'VARCHAR', last_name: 'VARCHAR', first_name: 'VARCHAR', birth_date: 'VARCHAR',
      school_code: 'VARCHAR', status: 'VARCHAR', code: 'VARCHAR', start_date: 'VARCHAR',
      end_date: 'VARCHAR'})`;

const DECIDE = `
  CREATE TEMP TABLE decided AS
  WITH persons AS (
    SELECT state_id, min(person_id) AS person_id, count(*) AS students FROM student GROUP BY state_id),
  record AS (
    SELECT rowid + 1 AS line, state_id, school_code, status, code,
      strptime(start_date, '%m/%d/%Y')::DATE AS first_day, strptime(end_date, '%m/%d/%Y')::DATE AS last_day
    FROM pos)
  SELECT line, record.state_id, code, record.status, code_map.cert_type, code_map.elig_type, code_map.rank,
    first_day, last_day, persons.person_id, elig_id,
    CASE
      WHEN cep = 1 THEN 'cep'
      WHEN code_map.rank IS NULL THEN '3001'
      WHEN last_day < first_day THEN '3010'
      WHEN first_day < DATE '2016-07-01' OR last_day > DATE '2017-06-30' THEN '3011'
      WHEN persons.person_id IS NULL THEN '1001'
      WHEN students > 1 THEN '2001'
      WHEN elig_id IS NULL THEN 'new'
      WHEN code_map.rank = old.rank THEN 'kept'
      WHEN code_map.rank < old.rank THEN '3037'
      WHEN first_day > old.start_date THEN 'ended'
      ELSE 'removed'
    END AS fate
  FROM record
  LEFT JOIN school USING (school_code)
  LEFT JOIN code_map ON vendor_code = code AND pos_status = record.status
  LEFT JOIN persons ON persons.state_id = record.state_id
  LEFT JOIN eligibility AS old ON old.person_id = persons.person_id AND old.school_year = '16-17'`;

const ENDS = "SELECT elig_id, first_day - 1 AS last_day FROM decided WHERE fate = 'ended'";
const REMOVALS = "SELECT elig_id FROM decided WHERE fate = 'removed'";
const INSERTS = `
  SELECT person_id, '16-17', status, elig_type, cert_type, rank, first_day, last_day, 'POS'
  FROM decided WHERE fate IN ('new', 'ended', 'removed') ORDER BY person_id`;

const ERRORS = `
  SELECT 'Line ' || line || ': ' || CASE fate
    WHEN '3001' THEN 'ERROR 3001 - Invalid [CertType] ''' || code || ''''
    WHEN '3010' THEN 'ERROR 3010 - Record contains End Date before Start Date'
    WHEN '3011' THEN 'ERROR 3011 - Record is outside school year 16-17'
    WHEN '1001' THEN 'ERROR 1001 - State ID ''' ||
      CASE WHEN length(state_id) = 9 THEN '*****' || substr(state_id, 6) ELSE state_id END || ''' not found'
    WHEN '2001' THEN 'ERROR 2001 - Multiple matches found for Student State ID ''' || state_id || ''''
    WHEN '3037' THEN 'WARNING 3037 - The record cannot be updated with the ' || elig_type || ' Type'
  END
  FROM decided WHERE fate NOT IN ('cep', 'new', 'kept', 'ended', 'removed') ORDER BY line`;

const COUNTS = `
  SELECT 'rows=' || count(*) || ' new=' || count(*) FILTER (fate IN ('new', 'ended', 'removed')) ||
    ' ended=' || count(*) FILTER (fate = 'ended') || ' removed=' || count(*) FILTER (fate = 'removed') ||
    ' existing=' || count(*) FILTER (fate IN ('kept', '3037')) ||
    ' errors=' || count(*) FILTER (fate IN ('1001', '2001', '3001', '3010', '3011')) ||
    ' warnings=' || count(*) FILTER (fate = '3037') || ' cep=' || count(*) FILTER (fate = 'cep')
  FROM decided`;

const LINES = `
  SELECT concat_ws('|', person_id, school_year, status, elig_type, cert_type, rank, start_date, end_date,
    source)
  FROM eligibility ORDER BY person_id, start_date, end_date`;

async function open(path) {
  const database = await DuckDBInstance.create(path);
  const connection = await database.connect();
  return {
    run: async (...statements) => {
      for (const sql of statements) await connection.run(sql);
    },
    copy: (query, file, format) => connection.run(`COPY (${query}) TO ${text(file)} (${format})`),
    counts: async () => (await connection.runAndReadAll(COUNTS)).getRows()[0][0],
    close: () => {
      connection.closeSync();
      database.closeSync();
    },
  };
}

const AS_CSV = "HEADER false";
const AS_LINES = "HEADER false, DELIM E'\\t', QUOTE '', ESCAPE ''";

async function run(path, posFile, errors, parallel) {
  const db = await open(path);
  await db.run(readPos(posFile, parallel === "yes"), "BEGIN", DECIDE,
    `UPDATE eligibility SET end_date = ends.last_day FROM (${ENDS}) AS ends
      WHERE ends.elig_id = eligibility.elig_id`,
    `DELETE FROM eligibility WHERE elig_id IN (${REMOVALS})`,
    `INSERT INTO eligibility(person_id, school_year, status, elig_type, cert_type, rank, start_date, end_date,
      source) ${INSERTS}`);
  await db.copy(ERRORS, errors, AS_LINES);
  const counts = await db.counts();
  await db.run("COMMIT");
  db.close();
  console.log(counts);
}

async function diff(folder, posFile, errors, parallel) {
  const db = await open(":memory:");
  for (const [table, columns] of Object.entries(EXPORTED))
    await db.run(`CREATE TABLE ${table} AS SELECT * FROM
      read_csv(${text(`${folder}/${table}.csv`)}, ${CSV}, columns = {${columns}})`);
  await db.run("ALTER TABLE eligibility ADD COLUMN school_year VARCHAR DEFAULT '16-17'",
    readPos(posFile, parallel === "yes"), DECIDE);
  await db.copy(`${ENDS} ORDER BY elig_id`, `${folder}/ends.csv`, AS_CSV);
  await db.copy(`${REMOVALS} ORDER BY elig_id`, `${folder}/removals.csv`, AS_CSV);
  await db.copy(INSERTS, `${folder}/inserts.csv`, AS_CSV);
  await db.copy(ERRORS, errors, AS_LINES);
  const counts = await db.counts();
  db.close();
  console.log(counts);
}

async function prepare(path, folder) {
  const db = await open(path);
  await db.run(TABLES);
  for (const table of Object.keys(EXPORTED))
    await db.run(`COPY ${table} FROM ${text(`${folder}/${table}.csv`)}
      (HEADER false, DELIM ',', QUOTE '"', ESCAPE '"')`);
  await db.run("CHECKPOINT");
  db.close();
}

async function reads(posFile) {
  const db = await open(":memory:");
  const answer = await db.run(readPos(posFile, true)).then(() => "yes", () => "no");
  db.close();
  console.log(answer);
}

async function rows(path, file) {
  const db = await open(path);
  await db.copy(LINES, file, AS_LINES);
  db.close();
}

const [verb, ...paths] = process.argv.slice(2);
const verbs = { run, diff, prepare, reads, rows };
if (!(verb in verbs)) throw new Error("the usage is on top of this file");
verbs[verb](...paths).catch((fault) => { console.error(fault.message); process.exit(1); });
