#include <campus/store/connection.hpp>
#include <campus/store/run_entry.hpp>
#include <campus/store/store.hpp>

namespace mealsync::campus {
namespace {

/// The latest run that undoes this one and still stands: one that is undone itself has undone nothing.
std::string undone_by(Connection& connection, std::int64_t id) {
  Statement undo(connection,
                 "SELECT importRunID, run FROM ImportRun WHERE undoesRunID = ? ORDER BY importRunID DESC");
  undo.bind(1, id);
  while (undo.step())
    if (undone_by(connection, undo.integer(0)).empty()) return std::string(undo.text(1));
  return {};
}

}  // namespace

std::optional<KnownRun> CampusStore::find_run(std::string_view run) {
  const bool has_undoes = keeps_undoes(*connection_);
  Statement row(*connection_,
                has_undoes
                    ? "SELECT importRunID, pipeline, startedAt, endYear, coalesce(undoesRunID, 0)"
                      " FROM ImportRun WHERE run = ?"
                    : "SELECT importRunID, pipeline, startedAt, endYear, 0 FROM ImportRun WHERE run = ?");
  row.bind(1, run);
  if (!row.step()) return std::nullopt;
  KnownRun known{row.integer(0),
                 std::string(run),
                 std::string(row.text(1)),
                 std::string(row.text(2)),
                 {static_cast<int>(row.integer(3))},
                 row.integer(4),
                 {}};
  if (has_undoes) known.undone_by = undone_by(*connection_, known.id);
  return known;
}

}  // namespace mealsync::campus
