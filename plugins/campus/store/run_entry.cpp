#include <campus/store/run_entry.hpp>

#include <cstddef>

#include <campus/store/connection.hpp>

namespace mealsync::campus {

RunEntry::RunEntry(Connection& connection, const ImportRun& run)
    : connection_(connection),
      run_(run.run),
      pipeline_(run.pipeline),
      started_at_(run.started_at),
      as_of_(run.as_of),
      year_(run.year) {
  // SQLite would look up the student of every record on its own: see NewRecords.
  connection_.execute("PRAGMA foreign_keys = OFF");
  connection_.execute("BEGIN IMMEDIATE");
  try {
    Statement same(connection_, "SELECT 1 FROM ImportRun WHERE run = ?");
    if (same.bind(1, run.run).step())
      throw StoreError(Fault::failed, "run " + run_ + " has been imported before");
    id_ = connection_.last_id_ever("ImportRun", "importRunID") + 1;
  } catch (const StoreError&) {
    connection_.roll_back();
    throw;
  }
}

RunEntry::~RunEntry() {
  connection_.roll_back();
}

void RunEntry::commit(std::string_view finished_at, std::string_view status, std::string_view input_sha256,
                      const ActionCounts& counts, std::int64_t undoes) {
  const auto count = [&](Action action) { return counts[static_cast<std::size_t>(action)]; };
  // Not before: a page that is written early and once more at the end has SQLite read its whole log again.
  Statement done(
      connection_,
      "INSERT INTO ImportRun (importRunID, run, asOf, pipeline, endYear, startedAt, finishedAt, status,"
      " inserted, updated, ended, removed, trimmed, inputSHA256)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  done.bind(1, id_).bind(2, run_).bind(3, as_of_).bind(4, pipeline_);
  done.bind(5, std::int64_t{year_.end_year}).bind(6, started_at_).bind(7, finished_at).bind(8, status);
  done.bind(9, count(Action::insert)).bind(10, count(Action::update)).bind(11, count(Action::end));
  done.bind(12, count(Action::remove)).bind(13, count(Action::trim)).bind(14, input_sha256).run();
  if (undoes != 0) {
    if (!keeps_undoes(connection_))
      connection_.execute("ALTER TABLE ImportRun ADD COLUMN undoesRunID INTEGER");
    Statement(connection_, "UPDATE ImportRun SET undoesRunID = ? WHERE importRunID = ?")
        .bind(1, undoes)
        .bind(2, id_)
        .run();
  }
  connection_.execute("COMMIT");
}

bool keeps_undoes(Connection& connection) {
  return connection.number("SELECT count(*) FROM pragma_table_info('ImportRun') WHERE name = 'undoesRunID'") >
         0;
}

}  // namespace mealsync::campus
