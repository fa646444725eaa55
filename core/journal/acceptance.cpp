#include <journal/acceptance.hpp>

#include <journal/connection.hpp>

namespace mealsync {

namespace journal_file {

void offer_token(Database& database, std::uint64_t run_id, std::string_view token) {
  Statement(database, "INSERT INTO run_token (run_id, token) VALUES (?, ?)").run(run_id, token);
}

std::string offered_token(Database& database, std::uint64_t run_id) {
  Statement row(database, "SELECT token FROM run_token WHERE run_id = ?");
  row.bind(run_id);
  return row.next() ? row.text(0) : std::string();
}

std::optional<AcceptanceRecord> acceptance_of(Database& database, std::string_view run) {
  Statement row(database, "SELECT token, user, accepted_at FROM acceptance WHERE run = ?");
  row.bind(run);
  if (!row.next()) return std::nullopt;
  return AcceptanceRecord{row.text(0), row.text(1), row.text(2)};
}

}  // namespace journal_file

using journal_file::attempt;
using journal_file::Database;
using journal_file::Statement;
using journal_file::Transaction;

std::optional<std::uint64_t> Journal::accepted(std::string_view pipeline, Findings& findings) const {
  std::uint64_t used = 0;
  const bool is_read = attempt(connection_->file, findings, [&] {
    Statement row(connection_->database, "SELECT count(*) FROM acceptance WHERE pipeline = ?");
    row.bind(pipeline);
    row.next();
    used = row.number(0);
  });
  if (!is_read) return std::nullopt;
  return used;
}

bool Journal::accept(const RunRecord& record, const AcceptanceRecord& acceptance, Findings& findings) {
  bool is_first = false;
  const bool is_kept = attempt(connection_->file, findings, [&] {
    Statement(connection_->database,
              "INSERT INTO acceptance (token, pipeline, run, user, accepted_at) VALUES (?, ?, ?, ?, ?) "
              "ON CONFLICT (token) DO NOTHING")
        .run(acceptance.token, record.pipeline, record.run, acceptance.user, acceptance.accepted_at);
    is_first = connection_->database.changes() > 0;
  });
  return is_kept && is_first;
}

std::optional<Journal::Measures> Journal::baseline(std::string_view pipeline, std::string_view school_year,
                                                   Findings& findings) const {
  Measures baseline;
  const bool is_read = attempt(connection_->file, findings, [&] {
    Statement row(connection_->database,
                  "SELECT name, value FROM baseline WHERE pipeline = ?1 AND school_year = ?2 AND number = "
                  "(SELECT max(number) FROM baseline WHERE pipeline = ?1 AND school_year = ?2)");
    row.bind(pipeline, school_year);
    while (row.next())
      baseline.emplace(row.text(0), row.number(1));
  });
  if (!is_read) return std::nullopt;
  return baseline;
}

std::optional<std::vector<InputFile>> Journal::last_inputs(std::string_view pipeline,
                                                           Findings& findings) const {
  std::vector<InputFile> inputs;
  const bool is_read = attempt(connection_->file, findings, [&] {
    Statement row(connection_->database, R"(
      SELECT file, bytes, sha256 FROM run_input
      WHERE run_id = (SELECT id FROM run WHERE run =
        (SELECT run FROM baseline WHERE pipeline = ? ORDER BY number DESC LIMIT 1))
      ORDER BY position)");
    row.bind(pipeline);
    while (row.next())
      inputs.push_back({row.text(0), row.number(1), row.text(2)});
  });
  if (!is_read) return std::nullopt;
  return inputs;
}

bool Journal::keep_baseline(const RunRecord& record, const Measures& baseline, Findings& findings) {
  return attempt(connection_->file, findings, [&] {
    Database& database = connection_->database;
    Transaction transaction(database);
    Statement last(database, "SELECT coalesce(max(number), 0) FROM baseline");
    last.next();
    const std::uint64_t number = last.number(0) + 1;
    Statement insert(database,
                     "INSERT INTO baseline (pipeline, school_year, number, run, name, value) "
                     "VALUES (?, ?, ?, ?, ?, ?)");
    for (const auto& [name, value] : baseline)
      insert.run(record.pipeline, record.school_year, number, record.run, name, value);
    // Enough for the runs that somebody may still undo in turn.
    Statement(database,
              "DELETE FROM baseline WHERE pipeline = ?1 AND school_year = ?2 AND number NOT IN "
              "(SELECT DISTINCT number FROM baseline WHERE pipeline = ?1 AND school_year = ?2 "
              "ORDER BY number DESC LIMIT 30)")
        .run(record.pipeline, record.school_year);
    transaction.commit();
  });
}

bool Journal::forget_baseline(std::string_view run, Findings& findings) {
  return attempt(connection_->file, findings,
                 [&] { Statement(connection_->database, "DELETE FROM baseline WHERE run = ?").run(run); });
}

}  // namespace mealsync
