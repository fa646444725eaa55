// journal/schema.hpp -- the tables of journal.db. Any change here is a new schema_version.
#pragma once

#include <cstdint>

namespace mealsync::journal_file {

/// "MELS": by this number SQLite's header tells a journal from the databases of other programs.
inline constexpr std::uint64_t application_id = 0x4D454C53;
inline constexpr std::uint64_t schema_version = 5;

/// As of version 2: what came later is made by the statements that bring an older journal up to date.
inline constexpr auto schema = R"(
  CREATE TABLE run (
    id            INTEGER PRIMARY KEY,
    run           TEXT NOT NULL UNIQUE,
    pipeline      TEXT NOT NULL,
    district      TEXT NOT NULL,
    school_year   TEXT NOT NULL,
    as_of         TEXT NOT NULL,
    test          INTEGER NOT NULL,
    started_at    TEXT NOT NULL,
    finished_at   TEXT NOT NULL DEFAULT '',
    status        TEXT NOT NULL,
    reason        TEXT NOT NULL DEFAULT '',
    user          TEXT NOT NULL,
    host          TEXT NOT NULL,
    process       INTEGER NOT NULL,
    process_start INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE run_input (
    run_id   INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    position INTEGER NOT NULL,
    file     TEXT NOT NULL,
    bytes    INTEGER NOT NULL,
    sha256   TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run_count (
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    name   TEXT NOT NULL,
    value  INTEGER NOT NULL,
    PRIMARY KEY (run_id, name)
  ) STRICT, WITHOUT ROWID;

  -- file and line are a record's place in the run's inputs; at_* is a place in a pipeline file; count is how many
  -- findings of the same words this one, the first of them, stands for.
  CREATE TABLE run_finding (
    run_id    INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    code      INTEGER NOT NULL,
    severity  INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 4),
    message   TEXT NOT NULL,
    remedy    TEXT NOT NULL,
    stage     TEXT NOT NULL,
    file      INTEGER NOT NULL,
    line      INTEGER NOT NULL,
    at_file   TEXT NOT NULL,
    at_line   INTEGER NOT NULL,
    at_column INTEGER NOT NULL,
    count     INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (run_id, position)
  ) STRICT, WITHOUT ROWID;
)";

inline constexpr auto since_version_2 = "ALTER TABLE run_finding ADD COLUMN count INTEGER NOT NULL DEFAULT 1";

/// Dates are text, 2016-07-01; a hold that nobody set an end to has an empty `until`. Of a cleared entry only the counts and inputs
/// are left: by these the next import is judged.
inline constexpr auto since_version_3 = R"(
  CREATE TABLE hold (
    pipeline TEXT PRIMARY KEY,
    reason   TEXT NOT NULL,
    user     TEXT NOT NULL,
    since    TEXT NOT NULL,
    until    TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run_plugin (
    run_id  INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    name    TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (run_id, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run_report (
    run_id   INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path     TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE run ADD COLUMN is_cleared INTEGER NOT NULL DEFAULT 0;
)";

/// Where a run's pipeline, database and inputs are on this machine; empty: elsewhere, or not known.
inline constexpr auto since_version_4 = R"(
  ALTER TABLE run ADD COLUMN pipeline_file TEXT NOT NULL DEFAULT '';
  ALTER TABLE run ADD COLUMN database TEXT NOT NULL DEFAULT '';
  ALTER TABLE run_input ADD COLUMN path TEXT NOT NULL DEFAULT '';
)";

}  // namespace mealsync::journal_file
