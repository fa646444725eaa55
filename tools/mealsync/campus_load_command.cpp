#include <unistd.h>

#include <chrono>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include <campus/oneroster/load.hpp>
#include <campus/store/store.hpp>
#include <finding/render.hpp>

#include "command_line.hpp"
#include "commands.hpp"
#include "load_plan.hpp"
#include "present.hpp"
#include "progress.hpp"

namespace mealsync::tool {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* about =
    "Fills a Campus database with schools, students and enrolments out of a OneRoster set (1.1 or 1.2, CSV;\n"
    "a folder or a .zip): orgs, users, enrollments and academicSessions, and where they are there\n"
    "demographics, classes, roles and manifest. Loading again updates, and says what changed.\n\n"
    "  mealsync campus load campus.db --oneroster roster.zip --state-id userIds:State\n\n"
    "A student is known by his sourcedId, or by his state ID where exactly one has it. What the set leaves\n"
    "blank stays as it is. An enrolment that a later set no longer has, of a school and a year that it does\n"
    "have, is removed; schools and students never are, and meal status is never touched. Rows with a fault\n"
    "are told and left out. A set that lacks a file or a column is not loaded at all.\n\n"
    "Provisions, a line a school and year; without a provision the line takes the school's away:\n\n"
    "  school,school_year,provision,isp,group\n"
    "  020,2016-17,CEP,0.6213,North\n\n"
    "Households, a line a student; a household of the file has exactly the members that the file says:\n\n"
    "  household,student,secondary,start_date,end_date,name\n"
    "  H-17,1990000001,no,2016-07-01,,Rivers\n\n"
    "Where these name a student it is by his state ID, or else by his sourcedId; a school by its number.";

constexpr Rule no_database{
    own(6030), Severity::fatal, "The database cannot be loaded: {}",
    "Check the path, the rights of the account and that nobody else has it open; mealsync "
    "campus init makes a new database."};

struct LoadAnswer {
  std::string database, set;
  FindingLog findings;
  std::optional<oneroster::Loaded> loaded;
  std::string reason;  // why nothing was loaded
  double seconds = 0;
};

Finding finding_of(const oneroster::Fault& fault) {
  return {fault.rule->code,
          fault.rule->severity,
          fault.message,
          std::string(fault.rule->remedy),
          {fault.file, static_cast<std::uint32_t>(fault.line), 0},
          0,
          fault.key,
          {}};
}

std::string years_text(const oneroster::Loaded& loaded) {
  std::string all;
  for (const SchoolYear year : loaded.years)
    all += (all.empty() ? "" : ", ") + to_text(year);
  return all;
}

std::string answer_text(const LoadAnswer& answer) {
  std::ostringstream page;
  page << answer.database << ": ";
  if (!answer.loaded) {
    page << "nothing loaded: " << answer.reason << "\n";
    return page.str();
  }
  page << answer.set << " loaded, " << years_text(*answer.loaded) << "\n"
       << std::setw(31) << "added" << std::setw(10) << "updated" << std::setw(11) << "unchanged"
       << std::setw(10) << "removed\n";
  for (const auto& [table, added, updated, unchanged, removed] : answer.loaded->outcome.tables) {
    if (added + updated + unchanged + removed == 0) continue;
    page << "  " << std::left << std::setw(19) << table << std::right << std::setw(10) << added
         << std::setw(10) << updated << std::setw(11) << unchanged << std::setw(9) << removed << "\n";
  }
  return page.str();
}

std::string answer_json(const LoadAnswer& answer) {
  Json json;
  json["database"] = answer.database;
  json["oneroster"] = answer.set;
  json["status"] = answer.loaded ? "successful" : "unsuccessful";
  json["reason"] = answer.reason;
  json["school_years"] = Json::array();
  json["tables"] = Json::object();
  if (answer.loaded) {
    for (const SchoolYear year : answer.loaded->years)
      json["school_years"].push_back(to_text(year));
    for (const auto& [table, added, updated, unchanged, removed] : answer.loaded->outcome.tables)
      json["tables"][std::string(table)] = {
          {"added", added}, {"updated", updated}, {"unchanged", unchanged}, {"removed", removed}};
  }
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [key, group] : answer.findings.groups())
    counts[code_text(key.first)] += group.count;
  json["findings"] = counts;
  json["messages"] = Json::array();
  answer.findings.each([&](const Finding& finding) {
    json["messages"].push_back({{"file", finding.at.file},
                                {"line", finding.at.line},
                                {"severity", to_text(finding.severity)},
                                {"code", code_text(finding.code)},
                                {"message", shown_message(finding)},
                                {"remedy", finding.remedy}});
  });
  json["seconds"] = std::round(answer.seconds * 1000) / 1000;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void load(const oneroster::Options& options, LoadAnswer& answer) {
  const auto began = std::chrono::steady_clock::now();
  oneroster::Faults faults;
  ProgressBar bar(answer.set, isatty(STDERR_FILENO) != 0);
  try {
    campus::CampusStore store(answer.database, campus::Access::read_write);
    answer.loaded = oneroster::load(options, store, faults, [&](const oneroster::Progress& progress) {
      bar.show({progress.bytes, progress.total_bytes, progress.rows});
    });
    if (!answer.loaded) answer.reason = "the set has faults";
  } catch (const campus::StoreError& error) {
    answer.reason = std::string("the database cannot be loaded: ") + error.what();
    answer.findings.add(0,
                        make_finding<no_database>(Position{answer.database}, std::string_view(error.what())));
  }
  bar.clear();
  for (const oneroster::Fault& fault : faults.all())
    answer.findings.add(0, finding_of(fault));
  answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

/// Nothing where an option says no column: told by the words.
std::optional<std::string> read_options(const CommandLine& line, oneroster::Options& options) {
  const auto take = [&](const char* name, auto& to) {
    if (line.has(name)) to = line.text(name);
  };
  take("oneroster", options.set);
  take("provisions", options.provisions);
  take("households", options.households);
  take("state-id", options.state_id);
  take("student-number", options.student_number);
  take("school-number", options.school_number);
  take("ssn", options.ssn);
  if (options.set.empty()) return "--oneroster names the folder or the .zip of the set";
  if (options.state_id.empty() || options.student_number.empty() || options.school_number.empty() ||
      (options.ssn && options.ssn->empty()))
    return "a column has a name";
  if (line.has("school-year")) {
    options.school_year = SchoolYear::read(line.text("school-year"));
    if (!options.school_year) return "--school-year takes a school year like 2016-17";
  }
  return std::nullopt;
}

}  // namespace

int campus_load_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  const auto column = [] { return po::value<std::string>()->value_name("COLUMN"); };
  const auto file = [](const char* name) { return po::value<std::string>()->value_name(name); };
  CommandLine line("campus load DB --oneroster FOLDER", about);
  line.options()("oneroster", file("FOLDER"), "the folder of the CSV files, or a .zip of it")(
      "provisions", file("CSV"), "the schools' provisions (CEP, Provision 2, Provision 3)")(
      "households", file("CSV"), "which students share a household")(
      "state-id", column(),
      "where the state ID stands: a column of users.csv or demographics.csv, like identifier (the default) "
      "or "
      "metadata.stateId, or userIds:State for the value of a type in the list {State:123},{SIS:45}")(
      "student-number", column(),
      "where the student number stands, in the same ways (default: sourcedId), like userIds:SIS")(
      "school-number", column(),
      "the column of orgs.csv with the school number, like metadata.number (default: identifier); a school "
      "without one has its sourcedId")(
      "ssn", column(), "where the SSN stands, like metadata.ssn; without this option none is read")(
      "school-year", file("YEAR"),
      "the year of enrolments that say none, and the active one, like 2016-17 (default: the latest one with "
      "students)");
  add_format_option(line);
  if (const auto exit = line.parse(arguments)) return *exit;

  if (line.operands().size() != 1) return line.refuse("name one database");
  oneroster::Options options;
  if (const auto fault = read_options(line, options)) return line.refuse(*fault);
  const auto is_json = wants_json(line);
  if (!is_json) return line.refuse("--format is text or json");

  LoadAnswer answer{line.operands()[0], options.set.string(), {}, {}, {}};
  load(options, answer);
  std::cerr << run_ending_findings(answer.findings) << findings_by_code(answer.findings);
  std::cout << (*is_json ? answer_json(answer) : answer_text(answer));
  return answer.loaded ? exit_imported : exit_failed;
}

}  // namespace mealsync::tool
