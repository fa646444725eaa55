#include <journal/run_details.hpp>

namespace mealsync::journal_file {

void write_plugins(Database& database, std::string_view run, const Plugins& plugins) {
  Statement insert(
      database, "INSERT INTO run_plugin (run_id, name, version) SELECT id, ?2, ?3 FROM run WHERE run = ?1");
  for (const auto& [name, version] : plugins)
    insert.run(run, name, version);
}

Plugins read_plugins(Database& database, std::uint64_t id) {
  Statement row(database, "SELECT name, version FROM run_plugin WHERE run_id = ?");
  row.bind(id);
  Plugins plugins;
  while (row.next())
    plugins.emplace(row.text(0), row.text(1));
  return plugins;
}

void write_reports(Database& database, std::uint64_t id, const std::vector<std::string>& paths) {
  Statement insert(database, "INSERT INTO run_report (run_id, position, path) VALUES (?, ?, ?)");
  std::size_t position = 0;
  for (const auto& path : paths)
    insert.run(id, position++, path);
}

std::vector<std::string> read_reports(Database& database, std::uint64_t id) {
  Statement row(database, "SELECT path FROM run_report WHERE run_id = ? ORDER BY position");
  row.bind(id);
  std::vector<std::string> paths;
  while (row.next())
    paths.push_back(row.text(0));
  return paths;
}

std::uint64_t clear_runs(Database& database, std::string_view pipeline) {
  constexpr std::string_view ended = "status <> 'running' AND (?1 = '' OR pipeline = ?1)";
  Statement hide(database, "UPDATE run SET is_cleared = 1 WHERE is_cleared = 0 AND " + std::string(ended));
  hide.run(pipeline);
  const std::uint64_t cleared = database.changes();
  Statement forget(database, "DELETE FROM run WHERE " + std::string(ended) +
                                 " AND id NOT IN (SELECT max(id) FROM run JOIN run_count ON run_id = id AND "
                                 "name = 'read' WHERE status = 'successful' AND test = 0 GROUP BY pipeline)");
  forget.run(pipeline);
  for (const char* details : {"run_finding", "run_plugin", "run_report"})
    database.execute(std::string("DELETE FROM ") + details +
                     " WHERE run_id IN (SELECT id FROM run WHERE is_cleared = 1)");
  return cleared;
}

}  // namespace mealsync::journal_file
