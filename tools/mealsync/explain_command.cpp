#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include <campus/store/store.hpp>
#include <finding/render.hpp>

#include "clock.hpp"
#include "commands.hpp"
#include "glance.hpp"
#include "load_plan.hpp"
#include "logged_run.hpp"
#include "look.hpp"
#include "past_rules.hpp"
#include "places.hpp"
#include "present.hpp"
#include "raw_cells.hpp"

namespace mealsync::tool {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

using Places = std::set<std::uint64_t>;  // of records, by file and line

/// The rows of one student, as they leave each stage: those that come from a record with his key.
class Trail {
 public:
  /// `faulty`: where the run found something wrong.
  Trail(const Plan& plan, std::string key, Places faulty)
      : key_(std::move(key)), glances_(glances_of(plan)), unread_(std::move(faulty)) {
    for (const PlannedStage& planned : plan.stages) {
      Columns& columns = columns_.emplace_back();
      const Schema& schema = planned.output;
      for (std::size_t i = 0; i < schema.size(); ++i) {
        const bool is_key =
            schema.type(i) == MS_TEXT && showing_of(schema.name(i), MS_TEXT) == Showing::masked;
        if (is_key && planned.spec.role != Role::transform)
          columns.keys.push_back({static_cast<std::uint32_t>(i), MS_NO_COLUMN});
      }
      columns.person = column_of<Int>(schema, "person_id");
    }
  }

  /// May be called for two stages at once.
  void add(std::size_t stage, const ms_batch& batch) {
    const Columns& columns = columns_[stage];
    std::vector<std::uint32_t> his;
    const std::lock_guard lock(mutex_);
    mealsync::detail::each_row(batch, [&](Row row) {
      if (!columns.keys.empty()) note_record(columns, row);
      if (has_key(columns, row)) places_.insert(row.place().packed);
      if (!places_.contains(row.place().packed)) return;
      his.push_back(row.index());
      if (columns.person && row.has(columns.person)) persons_.insert(row[columns.person]);
    });
    ms_batch only = batch;
    only.selected = his.data();
    only.selected_count = his.size();
    if (!his.empty()) glances_[stage].add(only);
  }

  [[nodiscard]] const std::vector<Glance>& glances() const { return glances_; }
  /// Of his records.
  [[nodiscard]] const Places& places() const { return places_; }
  /// Those that are faulty, and where no record of any student was read.
  [[nodiscard]] const Places& unread() const { return unread_; }
  /// Whether this cell is a key of one of the first records read: it tells where in a line keys stand.
  [[nodiscard]] bool is_known_key(std::uint64_t place, std::string_view cell) const {
    const auto at = known_keys_.find(place);
    return at != known_keys_.end() && at->second.contains(cell);
  }
  /// Whom the stages took him for.
  [[nodiscard]] const std::set<std::int64_t>& persons() const { return persons_; }

 private:
  struct Columns {
    std::vector<Column<Text>> keys;  // of what is read: where a key may stand
    Column<Int> person;
  };

  void note_record(const Columns& columns, Row row) {
    constexpr std::size_t enough = 100;
    unread_.erase(row.place().packed);
    if (known_keys_.size() >= enough) return;
    for (const Column<Text>& column : columns.keys)
      if (row.has(column)) known_keys_[row.place().packed].emplace(trimmed(row[column]));
  }

  [[nodiscard]] bool has_key(const Columns& columns, Row row) const {
    return std::any_of(columns.keys.begin(), columns.keys.end(), [&](const Column<Text>& column) {
      return row.has(column) && trimmed(row[column]) == key_;
    });
  }

  std::string key_;
  std::vector<Columns> columns_;  // by stage
  std::mutex mutex_;
  std::vector<Glance> glances_;
  Places places_, unread_;
  std::set<std::int64_t> persons_;
  std::map<std::uint64_t, std::set<std::string, std::less<>>> known_keys_;  // by place
};

std::string words_of(const campus::StoredRecord& record) {
  if (record.end_year.empty()) return "nothing";
  std::string text(record.eligibility);
  ((text += '/') += record.source) += ' ';
  (((text += record.type) += ' ') += record.start) += "..";
  return ((text += record.end) += ", year ") += record.end_year;
}

bool is_what_was_read(const RunRecord& record, const std::vector<InputFile>& inputs, Findings& findings) {
  bool is_same = true;
  for (const InputFile& then : record.inputs) {
    const bool is_there = std::any_of(inputs.begin(), inputs.end(),
                                      [&](const InputFile& now) { return now.sha256 == then.sha256; });
    if (!is_there) findings.add<past_rules::input_differs>({}, then.file);
    is_same = is_same && is_there;
  }
  return is_same;
}

/// Where the run found an error.
Places faulty_places(const LoggedRun& run, Findings& findings) {
  Places faulty;
  const auto add = [&faulty](const Finding& finding) {
    if (finding.severity == Severity::error) faulty.insert(finding.place);
  };
  return run.journal.each_finding(run.record.run, add, findings) ? faulty : Places();
}

/// Lines that the run found wrong and of which the format made no record, where the key stands in the place of a key: in
/// any other it may be another student's code or school. `inputs` are those of the look.
Places unread_places(const RunRecord& record, const Plan& plan, const std::vector<InputFile>& inputs,
                     const Trail& trail, const std::string& key) {
  Places places;
  if (trail.unread().empty()) return places;
  for (std::uint32_t i = 0; i < record.inputs.size(); ++i) {
    const auto input = std::find_if(inputs.begin(), inputs.end(), [&](const InputFile& now) {
      return now.sha256 == record.inputs[i].sha256;
    });
    if (input == inputs.end()) continue;
    std::set<std::size_t> key_cells;
    std::vector<std::pair<std::uint64_t, std::size_t>> found;
    each_raw_cell(path_of_input(plan, input->file),
                  [&](std::uint64_t line, std::size_t index, std::string_view cell) {
                    const std::uint64_t place = Place::of(i, line).packed;
                    if (trail.is_known_key(place, cell)) key_cells.insert(index);
                    if (cell == key && trail.unread().contains(place)) found.emplace_back(place, index);
                  });
    for (const auto& [place, index] : found)
      if (key_cells.contains(index)) places.insert(place);
  }
  return places;
}

void print_stages(const Trail& trail, const Places& unread) {
  if (trail.places().empty() && unread.empty()) std::cout << "\nNo record of the input has this key.\n";
  for (const std::uint64_t place : unread)
    std::cout << "\nLine " << Place{place}.line()
              << " of the input has this key, and could not be read as a record.\n";
  if (trail.places().empty()) return;
  std::cout << "\nRecords of the input, as they leave each stage on the database of today\n\n";
  for (const Glance& glance : trail.glances())
    if (glance.columns().size() > 1) print_table(glance, std::cout);
}

bool print_findings(const LoggedRun& run, const Places& places, Findings& findings) {
  bool is_any = false;
  const auto print = [&](const Finding& finding) {
    if (finding.place == 0 || !places.contains(finding.place)) return;
    if (!is_any) std::cout << "\nWhat the run found\n\n";
    is_any = true;
    std::cout << "  " << render(finding) << "\n      " << finding.remedy << "\n";
  };
  return run.journal.each_finding(run.record.run, print, findings);
}

void print_history(campus::CampusStore& store, std::int64_t person) {
  std::cout << "\nWhat runs changed in Campus\n\n";
  bool is_any = false;
  store.read_changes(person, [&](const campus::ChangeRow& change) {
    is_any = true;
    std::cout << "  run " << change.run << ", " << change.started_at << ": " << change.action << " of record "
              << change.record << "\n      " << words_of(change.before) << "  ->  " << words_of(change.after)
              << "\n";
  });
  if (!is_any) std::cout << "  nothing\n";
  std::cout << "\nRecords in Campus now\n\n";
  is_any = false;
  store.read_records(person, [&](std::int64_t record, const campus::StoredRecord& stored) {
    is_any = true;
    std::cout << "  record " << record << ": " << words_of(stored) << "\n";
  });
  if (!is_any) std::cout << "  none\n";
}

int print_persons(const std::string& database, const std::string& key, std::set<std::int64_t> persons) {
  try {
    campus::CampusStore store(database, campus::Access::read_only);
    for (const std::int64_t person : store.find_persons(key))
      persons.insert(person);
    for (const std::int64_t person : persons)
      print_history(store, person);
    if (persons.empty()) std::cout << "\nCampus has nobody with this state ID or student number.\n";
    return exit_imported;
  } catch (const campus::StoreError& error) {
    Findings findings;
    findings.add<past_rules::cannot_read>({}, database, Text(error.what()));
    return tell(findings, exit_failed);
  }
}

int explain(const LoggedRun& run, const Plan& plan, const std::string& key) {
  const RunRecord& record = run.record;
  Findings faults;
  Trail trail(plan, key, faulty_places(run, faults));
  const Outcome outcome = look(plan, "explain", date_from_iso(record.as_of).value_or(today()),
                               [&](std::size_t stage, const ms_batch& batch) { trail.add(stage, batch); });

  Findings findings;
  std::cerr << run_ending_findings(outcome.findings);
  // What ended the look before it came to the input has been told.
  const bool was_reached = !outcome.inputs.empty() || outcome.status == "successful";
  const bool is_same_input = was_reached && is_what_was_read(record, outcome.inputs, findings);
  tell(findings, exit_imported);
  std::cout << "Student " << mask_key(key) << " in run " << record.run << ": " << record.pipeline
            << ", as of " << record.as_of << ", " << record.status << (record.test ? ", a test" : "") << "\n";
  // A line of another input may be another student's.
  Places places;
  if (is_same_input) places = unread_places(record, plan, outcome.inputs, trail, key);
  if (was_reached)
    print_stages(trail, places);
  else
    std::cout << "\nThe input was not read again. Give what --set gave to the run, if anything.\n";
  places.insert(trail.places().begin(), trail.places().end());
  if (is_same_input && !print_findings(run, places, faults)) return tell(faults, exit_failed);
  if (!record.database.empty())
    if (const int exit = print_persons(record.database, key, trail.persons()); exit != exit_imported)
      return exit;
  return exit_of(outcome);
}

}  // namespace

int explain_command(const Arguments& arguments) {
  CommandLine line(
      "explain RUN KEY [P.xml]",
      "Shows one student's way through a run: the records of the input, what each stage makes of them, what\n"
      "the run found, which runs changed records in Campus, and which are there now. KEY is the key that\n"
      "stands in the input: a state ID, mostly. It is for those who may see the student's status; name,\n"
      "birth date, SSN and case number are not shown. Nothing is written, and KEY is not kept. The\n"
      "pipeline is read where the run found it; P.xml names another place. --set as for the run.");
  add_pipeline_options(line);
  add_state_option(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  const auto operands = line.operands();
  if (operands.size() < 2 || operands.size() > 3) return line.refuse("name a run and a key");
  const std::string key(trimmed(operands[1]));
  if (key.empty()) return line.refuse("the key is blank");
  if (const auto fault = plugin_folder_fault(line)) return line.refuse(*fault);
  const auto variables = variables_from(line);
  if (!variables) return line.refuse("--set takes NAME=VALUE");

  int exit = exit_imported;
  const auto run = logged_run(line, operands[0], exit);
  if (!run) return exit;
  Findings findings;
  Catalog catalog(plugin_folders(line.texts("plugins")));
  auto pipeline = pipeline_of(run->record, operands.size() > 2 ? operands[2] : "", *variables, findings);
  if (!pipeline) return tell(findings, exit_usage);
  const Plan plan = without_sinks(make_plan(*std::move(pipeline), catalog, findings));
  if (findings.failed()) return tell(findings, exit_usage);
  return explain(*run, plan, key);
}

}  // namespace mealsync::tool
