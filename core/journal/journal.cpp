#include <journal/journal.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <random>
#include <system_error>
#include <utility>

#include <finding/render.hpp>
#include <journal/acceptance.hpp>
#include <journal/connection.hpp>
#include <journal/database.hpp>
#include <journal/finding_rows.hpp>
#include <journal/process.hpp>
#include <journal/rules.hpp>
#include <journal/run_details.hpp>
#include <journal/schema.hpp>
#include <journal/tables.hpp>
#include <mealsync/context.hpp>

namespace mealsync {
namespace {

using journal_file::attempt;
using journal_file::Database;
using journal_file::Statement;
using journal_file::Transaction;

bool make_folder(const std::filesystem::path& folder, Findings& findings) {
  std::error_code fault;
  const bool is_new = !std::filesystem::exists(folder, fault);
  std::filesystem::create_directories(folder, fault);
  if (!fault && is_new) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, fault);
  }
  if (fault) findings.add<journal_rules::no_folder>({}, folder.string(), fault.message());
  return !fault;
}

/// Makes the file, empty, where it is missing: SQLite would let others read it. To open and close it here
/// would free the locks that this process already has on it. What goes wrong shows when SQLite opens it.
void make_private_file(const std::filesystem::path& file) {
  mknod(file.c_str(), S_IFREG | 0600, 0);
}

bool check_version(Database& database, const std::filesystem::path& file, Findings& findings) {
  Statement statement(database,
                      "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version");
  statement.next();
  if (statement.number(0) != journal_file::application_id) {
    findings.add<journal_rules::not_a_journal>({}, file.string(), "it is a database of another program");
    return false;
  }
  if (const auto version = statement.number(1); version != journal_file::schema_version) {
    findings.add<journal_rules::other_version>({}, file.string(), version, journal_file::schema_version);
    return false;
  }
  return true;
}

/// `20160906-010000-7f3a` of a run that started at 2016-09-06T01:00:00Z.
std::string propose_name(std::string_view started_at) {
  std::string name;
  for (const char c : started_at) {
    if (c >= '0' && c <= '9') name += c;
    if (c == 'T') name += '-';
  }
  name += '-';
  std::random_device random;
  std::uniform_int_distribution<std::size_t> digit(0, 15);
  for (int i = 0; i < 4; ++i)
    name += "0123456789abcdef"[digit(random)];
  return name;
}

/// All pipelines where `pipeline` is empty.
void mark_interrupted(Database& database, std::string_view pipeline) {
  Statement running(database,
                    "SELECT id, process, process_start FROM run "
                    "WHERE status = 'running' AND host = ?1 AND (?2 = '' OR pipeline = ?2)");
  const std::string host = host_name();
  running.bind(host, pipeline);
  std::vector<std::uint64_t> dead;
  while (running.next()) {
    if (process_start(running.number(1)) != running.number(2)) dead.push_back(running.number(0));
  }
  Statement mark(database, "UPDATE run SET status = 'interrupted', reason = ? WHERE id = ?");
  for (const auto id : dead)
    mark.run("the process ended before the run did", id);
}

/// Completes the entry of a run, and gives its id; nothing where it has no entry.
std::optional<std::uint64_t> complete(Database& database, const RunRecord& record) {
  Statement update(database,
                   "UPDATE run SET finished_at = ?, status = ?, reason = ? WHERE run = ? RETURNING id");
  const std::string reason = scrub(record.reason);
  update.bind(record.finished_at, record.status, reason, record.run);
  if (!update.next()) return std::nullopt;
  return update.number(0);
}

void write_inputs(Database& database, std::uint64_t id, const std::vector<InputFile>& inputs) {
  Statement insert(
      database,
      "INSERT INTO run_input (run_id, position, file, bytes, sha256, path) VALUES (?, ?, ?, ?, ?, ?)");
  std::size_t position = 0;
  for (const auto& input : inputs)
    insert.run(id, position++, input.file, input.bytes, input.sha256, input.path);
}

void write_counts(Database& database, std::uint64_t id, const std::map<std::string, std::uint64_t>& counts) {
  Statement insert(database, "INSERT INTO run_count (run_id, name, value) VALUES (?, ?, ?)");
  for (const auto& [name, value] : counts)
    insert.run(id, name, value);
}

void write_findings(Database& database, std::uint64_t id, const FindingLog& findings) {
  journal_file::FindingRows rows(database, id);
  findings.each_told([&](const Finding& finding) { rows.add(finding); });
  rows.finish();
}

std::vector<InputFile> read_inputs(Database& database, std::uint64_t id) {
  Statement row(database,
                "SELECT file, bytes, sha256, path FROM run_input WHERE run_id = ? ORDER BY position");
  row.bind(id);
  std::vector<InputFile> inputs;
  while (row.next())
    inputs.push_back({row.text(0), row.number(1), row.text(2), row.text(3)});
  return inputs;
}

std::map<std::string, std::uint64_t> read_counts(Database& database, std::uint64_t id) {
  Statement row(database, "SELECT name, value FROM run_count WHERE run_id = ?");
  row.bind(id);
  std::map<std::string, std::uint64_t> counts;
  while (row.next())
    counts.emplace(row.text(0), row.number(1));
  return counts;
}

void read_findings(Database& database, std::string_view run,
                   const std::function<void(const Finding&)>& visit) {
  Statement row(
      database,
      "SELECT code, severity, message, remedy, stage, file, line, at_file, at_line, at_column, count "
      "FROM run_finding WHERE run_id = (SELECT id FROM run WHERE run = ?) ORDER BY position");
  row.bind(run);
  const auto number = [&](int column) { return static_cast<std::uint32_t>(row.number(column)); };
  while (row.next()) {
    visit({.code = number(0),
           .severity = static_cast<Severity>(number(1)),
           .message = row.text(2),
           .remedy = row.text(3),
           .at = {row.text(7), number(8), number(9)},
           .place = Place::of(number(5), row.number(6)).packed,
           .key = {},
           .stage = row.text(4),
           .count = row.number(10)});
  }
}

constexpr std::string_view select_runs =
    "SELECT id, run, pipeline, district, school_year, as_of, test, started_at, finished_at, status, reason, "
    "user, pipeline_file, database FROM run ";

/// The run of a row of select_runs.
RunRecord read_run(Database& database, const Statement& row) {
  const auto id = row.number(0);
  return {.run = row.text(1),
          .pipeline = row.text(2),
          .district = row.text(3),
          .school_year = row.text(4),
          .as_of = row.text(5),
          .test = row.number(6) != 0,
          .started_at = row.text(7),
          .finished_at = row.text(8),
          .status = row.text(9),
          .reason = row.text(10),
          .user = row.text(11),
          .pipeline_file = row.text(12),
          .database = row.text(13),
          .inputs = read_inputs(database, id),
          .counts = read_counts(database, id),
          .findings = {},
          .plugins = {},
          .reports = {},
          .token = journal_file::offered_token(database, id),
          .accepted = journal_file::acceptance_of(database, row.text(1))};
}

}  // namespace

Journal::Journal(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Journal::~Journal() = default;
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;

std::filesystem::path Journal::default_folder() {
  const char* state = std::getenv("XDG_STATE_HOME");
  // The XDG specification has a relative path ignored.
  if (state != nullptr && *state == '/') return std::filesystem::path(state) / "mealsync";
  const char* home = std::getenv("HOME");
  const auto start = home != nullptr && *home != '\0' ? std::filesystem::path(home) : current_user().home;
  return start / ".local" / "state" / "mealsync";
}

std::optional<Journal> Journal::open(const std::filesystem::path& folder, Findings& findings) {
  if (!make_folder(folder, findings)) return std::nullopt;
  const auto file = folder / "journal.db";
  std::unique_ptr<Connection> connection;
  bool is_known = false;
  const bool is_open = attempt(file, findings, [&] {
    make_private_file(file);
    connection = std::make_unique<Connection>(Connection{file, Database(file)});
    journal_file::make_tables_where_empty(connection->database);
    journal_file::upgrade_tables(connection->database);
    is_known = check_version(connection->database, file, findings);
  });
  if (!is_open || !is_known) return std::nullopt;
  return Journal(std::move(connection));
}

bool Journal::begin(RunRecord& record, Findings& findings) {
  return attempt(connection_->file, findings, [&] {
    Database& database = connection_->database;
    const std::string user = current_user().name;
    const std::string host = host_name();
    const auto process = static_cast<std::uint64_t>(getpid());
    const auto start = process_start(process);

    Transaction transaction(database);
    mark_interrupted(database, record.pipeline);
    Statement insert(
        database,
        "INSERT INTO run (run, pipeline, district, school_year, as_of, test, started_at, status, user, "
        "host, process, process_start, pipeline_file, database) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (run) DO NOTHING");
    std::string name;
    do {
      name = propose_name(record.started_at);
      insert.run(name, record.pipeline, record.district, record.school_year, record.as_of, record.test,
                 record.started_at, user, host, process, start, record.pipeline_file, record.database);
    } while (database.changes() == 0);
    journal_file::write_plugins(database, name, record.plugins);
    transaction.commit();

    record.run = name;
    record.status = "running";
    record.user = user;
  });
}

bool Journal::keep(std::string_view run, const FindingLog& run_findings, Findings& findings) {
  if (run_findings.groups().empty()) return true;
  return attempt(connection_->file, findings, [&] {
    Database& database = connection_->database;
    Transaction transaction(database);
    Statement row(database, "SELECT id FROM run WHERE run = ?");
    row.bind(run);
    // An entry that was cleared is missed when it is to be completed.
    if (!row.next()) return;
    write_findings(database, row.number(0), run_findings);
    transaction.commit();
  });
}

bool Journal::finish(const RunRecord& record, const FindingLog& run_findings, Findings& findings) {
  bool is_known = false;
  const bool is_written = attempt(connection_->file, findings, [&] {
    Database& database = connection_->database;
    Transaction transaction(database);
    const auto id = complete(database, record);
    if (!id) return;
    is_known = true;
    write_inputs(database, *id, record.inputs);
    write_counts(database, *id, record.counts);
    write_findings(database, *id, run_findings);
    journal_file::write_reports(database, *id, record.reports);
    if (!record.token.empty()) journal_file::offer_token(database, *id, record.token);
    transaction.commit();
  });
  if (is_written && !is_known) {
    findings.add<journal_rules::unknown_run>({}, record.run, connection_->file.string());
  }
  return is_written && is_known;
}

std::optional<std::vector<RunRecord>> Journal::list(std::string_view pipeline, Findings& findings) const {
  std::vector<RunRecord> records;
  const bool is_read = attempt(connection_->file, findings, [&] {
    Database& database = connection_->database;
    Statement row(database, std::string(select_runs) +
                                "WHERE is_cleared = 0 AND (?1 = '' OR pipeline = ?1) ORDER BY id DESC");
    row.bind(pipeline);
    while (row.next())
      records.push_back(read_run(database, row));
  });
  if (!is_read) return std::nullopt;
  return records;
}

std::optional<RunRecord> Journal::show(std::string_view run, Findings& findings) const {
  auto record = find(run, findings);
  const auto take = [&](const Finding& finding) { record->findings.push_back(finding); };
  if (record && !each_finding(run, take, findings)) return std::nullopt;
  return record;
}

std::optional<RunRecord> Journal::find(std::string_view run, Findings& findings) const {
  std::optional<RunRecord> record;
  const bool is_read = attempt(connection_->file, findings, [&] {
    Database& database = connection_->database;
    Statement row(database, std::string(select_runs) + "WHERE is_cleared = 0 AND run = ?");
    row.bind(run);
    if (!row.next()) return;
    record = read_run(database, row);
    record->plugins = journal_file::read_plugins(database, row.number(0));
    record->reports = journal_file::read_reports(database, row.number(0));
  });
  if (!is_read) return std::nullopt;
  return record;
}

std::optional<std::vector<std::string>> Journal::interrupted(std::string_view pipeline,
                                                             Findings& findings) const {
  std::vector<std::string> runs;
  const bool is_read = attempt(connection_->file, findings, [&] {
    Statement row(connection_->database,
                  "SELECT run FROM run WHERE status = 'interrupted' AND test = 0 AND pipeline = ?");
    row.bind(pipeline);
    while (row.next())
      runs.push_back(row.text(0));
  });
  if (!is_read) return std::nullopt;
  return runs;
}

bool Journal::each_finding(std::string_view run, const std::function<void(const Finding&)>& visit,
                           Findings& findings) const {
  return attempt(connection_->file, findings, [&] { read_findings(connection_->database, run, visit); });
}

std::optional<std::uint64_t> Journal::clear(std::string_view pipeline, Findings& findings) {
  std::uint64_t cleared = 0;
  const bool is_done = attempt(connection_->file, findings, [&] {
    Database& database = connection_->database;
    database.delete_what_refers();
    Transaction transaction(database);
    mark_interrupted(database, pipeline);
    cleared = journal_file::clear_runs(database, pipeline);
    transaction.commit();
  });
  if (!is_done) return std::nullopt;
  return cleared;
}

}  // namespace mealsync
