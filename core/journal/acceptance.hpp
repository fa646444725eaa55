// journal/acceptance.hpp -- tokens by which refused runs are let through, and what guards compare a run with.
//
// Rationale  Apart from the runs: a log that is cleared makes no used token good again, and no guard blind.
// Errors     Throws Fault.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <journal/database.hpp>
#include <journal/journal.hpp>

namespace mealsync::journal_file {

inline constexpr auto since_version_5 = R"(
  -- The token that lets a refused run through.
  CREATE TABLE run_token (
    run_id INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
    token  TEXT NOT NULL
  ) STRICT;

  -- A token that was used: in which run, by whom, when.
  CREATE TABLE acceptance (
    token       TEXT PRIMARY KEY,
    pipeline    TEXT NOT NULL,
    run         TEXT NOT NULL,
    user        TEXT NOT NULL,
    accepted_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Of runs that were committed and not undone: the last of them, in the order of their numbers.
  CREATE TABLE baseline (
    pipeline    TEXT NOT NULL,
    school_year TEXT NOT NULL,
    number      INTEGER NOT NULL,
    run         TEXT NOT NULL,
    name        TEXT NOT NULL,
    value       INTEGER NOT NULL,
    PRIMARY KEY (pipeline, school_year, number, name)
  ) STRICT, WITHOUT ROWID;
)";

void offer_token(Database& database, std::uint64_t run_id, std::string_view token);
/// Empty where the run gave none.
[[nodiscard]] std::string offered_token(Database& database, std::uint64_t run_id);
/// Of the run that used a token.
[[nodiscard]] std::optional<AcceptanceRecord> acceptance_of(Database& database, std::string_view run);

}  // namespace mealsync::journal_file
