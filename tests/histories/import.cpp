#include "import.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <campus/store/undo_transaction.hpp>
#include <catalog/catalog.hpp>
#include <engine/run.hpp>
#include <finding/render.hpp>
#include <mealsync/context.hpp>
#include <plugins/campus_database.hpp>

#include "invent.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* schools = R"sql(
  INSERT INTO School VALUES (1, '010', 'Birch Hill'), (2, '020', 'Stone Creek'), (3, '030', 'Mill Run'),
                            (4, '040', 'Fox Meadow');
  INSERT INTO Calendar SELECT 10 * year + schoolID, schoolID, 2015 + year, NULL
    FROM School, (SELECT 1 AS year UNION SELECT 2 UNION SELECT 3);
  INSERT INTO SchoolProvision VALUES (2, 2017, 'CEP', NULL, NULL), (3, 2017, 'Provision 2', NULL, NULL),
                                     (4, 2016, 'CEP', NULL, NULL);
)sql";

/// A database that is open while a history is put into it or looked at.
class Campus {
 public:
  explicit Campus(const fs::path& path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("cannot open");
  }
  ~Campus() { sqlite3_close(handle_); }
  Campus(const Campus&) = delete;
  Campus& operator=(const Campus&) = delete;

  void execute(const char* sql) { check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }

  /// The statement once for each of `rows`, with its cells.
  void insert(const char* sql, const std::vector<Cells>& rows) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr));
    for (const Cells& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        const int parameter = static_cast<int>(i) + 1;
        if (row[i].empty())
          sqlite3_bind_null(statement, parameter);
        else
          sqlite3_bind_text(statement, parameter, row[i] == "''" ? "" : row[i].c_str(), -1, SQLITE_TRANSIENT);
      }
      sqlite3_step(statement);
      check(sqlite3_reset(statement));
    }
    sqlite3_finalize(statement);
  }

  std::vector<Cells> ask(const std::string& sql) {
    std::vector<Cells> rows;
    const auto take = [](void* to, int count, char** values, char**) {
      Cells row;
      for (int i = 0; i < count; ++i)
        row.emplace_back(values[i] != nullptr ? values[i] : "NULL");
      static_cast<std::vector<Cells>*>(to)->push_back(std::move(row));
      return 0;
    };
    check(sqlite3_exec(handle_, sql.c_str(), take, &rows, nullptr));
    return rows;
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle_));
  }

  sqlite3* handle_ = nullptr;
};

void make_campus(const fs::path& path, const History& history) {
  static_cast<void>(campus::init(path));
  Campus campus(path);
  campus.execute("BEGIN");
  campus.execute(schools);
  for (const Case& each : history.cases) {
    campus.insert("INSERT INTO Person (personID, stateID) VALUES (?, ?)", each.students);
    campus.insert(
        "INSERT INTO Enrollment (personID, calendarID, endYear, serviceType, startDate, endDate) VALUES (?1,"
        " (SELECT 10 * (?3 - 2015) + schoolID FROM School WHERE number = ?2), ?3, ?4, ?5, ?6)",
        each.enrolments);
    campus.insert(
        "INSERT INTO POSEligibility (personID, endYear, eligType, eligibility, source, type, startDate,"
        " endDate, applicationID, extended, districtID, modifiedDate) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, "
        "5,"
        " '2016-06-01T01:00:00Z')",
        each.records);
  }
  campus.execute("COMMIT");
}

void make_file(const fs::path& path, const History& history) {
  std::ofstream out(path, std::ios::binary);
  for (const Case& each : history.cases)
    for (const std::string& line : each.lines)
      out << line << '\n';
}

std::string transform(const History& history, const std::string& name, const std::string& more,
                      const std::string& children = "") {
  std::string text = compose("  <transform plugin=\"{}\" {}", name, more);
  if (const auto options = history.options.find(name); options != history.options.end())
    for (const auto& [option, value] : options->second)
      text += compose(" {}=\"{}\"", option, value);
  return text + (children.empty() ? "/>\n" : ">\n" + children + "  </transform>\n");
}

/// Nothing is refused for being much: what holds of a district has to hold without the guards, too.
void make_pipeline(const fs::path& path, const History& history) {
  std::string maps;
  for (const Meaning& each : meanings)
    maps += compose("    <map when=\"{}|{}\" eligibility=\"{}\" source=\"{}\" certified_type=\"{}\"/>\n",
                    each.status, each.code, each.eligibility, each.source, each.type);
  const std::string campus = "database=\"campus.db\"";
  std::ofstream(path) << R"(<pipeline name="history" district="Example County" school_year="2016-17">
  <guard rejected_percent="100" changed_percent="100" ended_percent="100" lost_percent="100"
         school_changed_percent="100" school_ended_percent="100" school_lost_percent="100"/>
  <source plugin="local_file" path="IC_Eligibility.txt">
    <format plugin="delimited" separator="," header="no">
      <column as="state_id"/> <column as="status"/> <column as="code"/>
      <column as="start_date" type="date"/> <column as="end_date" type="date"/>
    </format>
  </source>
)" << transform(history, "map_values", "from=\"status code\"", maps)
                      << transform(history, "year_mapping", "wrong_year_percent=\"100\"")
                      << transform(history, "match_student", campus)
                      << transform(history, "cep_filter", campus)
                      << transform(history, "merge_eligibility", campus) << "  <sink plugin=\"ic_database\" "
                      << campus << "/>\n</pipeline>\n";
}

Catalog& plugins() {
  static Catalog catalog({MEALSYNC_PLUGIN_FOLDER});
  return catalog;
}

Plan plan(const fs::path& file) {
  Findings findings;
  auto pipeline = read_pipeline(file, {}, findings);
  Plan made = pipeline ? make_plan(*std::move(pipeline), plugins(), findings) : Plan{};
  if (findings.failed()) throw std::runtime_error(render(findings.all().front()));
  return made;
}

Ran run(const Plan& plan, const History& history, const std::string& name, bool test) {
  const Outcome outcome =
      run_pipeline(plan, {name,
                          date_from_iso(option(history.options, "run", "as_of", "2016-09-06")).value(),
                          test,
                          "2016-09-06T01:00:00Z",
                          [] { return "2016-09-06T01:00:05Z"; },
                          {}});
  Ran ran;
  ran.status = outcome.status + (outcome.reason.empty() ? "" : ": " + outcome.reason);
  ran.committed = outcome.committed;
  ran.counts = outcome.counts;
  outcome.findings.each([&](const Finding& each) {
    ran.findings.push_back({Place{each.place}.line(), each.code, each.severity >= Severity::error,
                            render(each) + " (" + each.stage + ", " + each.key + ")"});
  });
  return ran;
}

Table by_person(const std::vector<Cells>& rows, std::size_t person) {
  Table table;
  for (const Cells& row : rows)
    table[row[person]].push_back(row);
  return table;
}

Table meals(const fs::path& path) {
  return by_person(Campus(path).ask("SELECT * FROM POSEligibility ORDER BY eligibilityID"), meal::person);
}

void read_journal(const fs::path& path, const std::string& name, Ran& ran) {
  Campus campus(path);
  const std::string which = " FROM ImportRun WHERE run = '" + name + "'";
  const auto counters = campus.ask("SELECT inserted, updated, ended, removed, trimmed" + which);
  if (counters.empty()) return;
  constexpr const char* names[] = {"inserted", "updated", "ended", "removed", "trimmed"};
  for (std::size_t i = 0; i < std::size(names); ++i)
    ran.kept[names[i]] = std::stoull(counters[0][i]);
  ran.changes = by_person(
      campus.ask("SELECT eligibilityID, personID, action, endYear, eligibility, source, type, startDate,"
                 " endDate, was_endYear, was_eligibility, was_source, was_type, was_startDate, was_endDate,"
                 " was_applicationID, was_extended, was_districtID, was_importRunID, was_modifiedDate"
                 " FROM ImportChange WHERE importRunID = (SELECT importRunID" +
                 which + ") ORDER BY sequence"),
      change::person);
}

/// Undoes a run as the program would. What stands against it, or nothing.
std::string undo(const fs::path& path, const std::string& undone, const std::string& name) {
  campus::CampusStore store(path, campus::Access::read_write);
  const auto known = store.find_run(undone);
  if (!known) return "the database knows of no run " + undone;
  campus::UndoTransaction undo(store, *known, {name, {17050}, "history", year, "2016-09-06T02:00:00Z"});
  std::string obstacles;
  const bool is_done = undo.put_back([&](const campus::Obstacle& each) {
    obstacles += compose("record {}: kind {}, run {}\n", each.record, int{each.kind}, each.run);
  });
  if (is_done) undo.commit("2016-09-06T02:00:05Z", "successful");
  return obstacles;
}

std::vector<std::string> differences(const std::map<std::string, std::string>& before,
                                     const std::map<std::string, std::string>& after) {
  std::vector<std::string> names;
  for (const auto& [name, bytes] : before)
    if (!after.contains(name)) names.push_back(name + " is gone");
  for (const auto& [name, bytes] : after) {
    const auto was = before.find(name);
    if (was == before.end())
      names.push_back(name + " is new");
    else if (was->second != bytes)
      names.push_back(name + " has other bytes");
  }
  return names;
}

/// Memory, where the machine has a folder that is: a hundred databases are made.
std::string quick_folder() {
  std::error_code none;
  return fs::is_directory("/dev/shm", none) ? "/dev/shm/" : ::testing::TempDir();
}

}  // namespace

Imported import_history(const History& history) {
  const Folder folder(quick_folder());
  const auto campus = folder / "campus.db";
  make_campus(campus, history);
  make_file(folder / "IC_Eligibility.txt", history);
  make_pipeline(folder / "history.xml", history);
  const Plan made = plan(folder / "history.xml");

  Imported imported;
  imported.before = meals(campus);
  const auto untouched = folder.content();
  imported.test = run(made, history, "1", true);
  imported.traces = differences(untouched, folder.content());
  imported.first = run(made, history, "2", false);
  read_journal(campus, "2", imported.first);
  imported.after = meals(campus);
  imported.second = run(made, history, "3", false);
  read_journal(campus, "3", imported.second);
  imported.again = meals(campus);
  imported.obstacles += undo(campus, "3", "4");
  imported.without_second = meals(campus);
  imported.obstacles += undo(campus, "2", "5");
  imported.without_first = meals(campus);
  imported.obstacles += undo(campus, "5", "6");
  imported.with_first = meals(campus);
  return imported;
}

InTurn import_in_turn(const std::vector<History>& histories) {
  const Folder folder(quick_folder());
  const auto campus = folder / "campus.db";
  make_campus(campus, histories.front());
  const auto name = [](std::size_t i) { return std::to_string(i + 1); };

  InTurn made;
  made.states.push_back(meals(campus));
  for (std::size_t i = 0; i < histories.size(); ++i) {
    make_file(folder / "IC_Eligibility.txt", histories[i]);
    make_pipeline(folder / "history.xml", histories[i]);
    Ran ran = run(plan(folder / "history.xml"), histories[i], name(i), false);
    read_journal(campus, name(i), ran);
    made.changes.push_back(std::move(ran.changes));
    made.states.push_back(meals(campus));
  }
  for (std::size_t i = 0; i < histories.size(); ++i) {
    InTurn::OutOfTurn& each = made.out_of_turn.emplace_back();
    each.is_refused = !undo(campus, name(i), "undo " + name(i)).empty();
    each.undone = meals(campus);
    if (!each.is_refused) made.obstacles += undo(campus, "undo " + name(i), "redo " + name(i));
    each.redone = meals(campus);
  }
  for (std::size_t i = histories.size(); i-- > 0;) {
    made.obstacles += undo(campus, name(i), "take back " + name(i));
    made.undone.push_back(meals(campus));
  }
  return made;
}

}  // namespace mealsync::testing
