#include <iostream>

#include <journal/holds.hpp>
#include <journal/journal.hpp>
#include <journal/rules.hpp>

#include "commands.hpp"
#include "holding.hpp"
#include "load_plan.hpp"
#include "log_page.hpp"
#include "present.hpp"

namespace mealsync::tool {
namespace {

struct Wanted {
  std::string pipeline;       // empty: all
  std::optional<Date> since;  // UTC
  bool has_failed = false;
};

bool is_wanted(const RunRecord& record, const Wanted& wanted) {
  // The day is how the time begins.
  if (wanted.since && record.started_at < to_text(*wanted.since)) return false;
  return !wanted.has_failed || record.status == "unsuccessful" || record.status == "refused" ||
         record.status == "interrupted";
}

/// Imports that somebody has stopped and perhaps forgotten.
bool warn_of_holds(Journal& journal, const std::string& pipeline, Date today, Findings& faults) {
  const auto holds = Holds(journal).list(pipeline, faults);
  if (!holds) return false;
  Findings warnings;
  for (const Hold& hold : *holds)
    if (hold.due() <= today)
      warnings.add<journal_rules::held_too_long>({}, hold.pipeline, hold.user, days_of(hold), hold.reason);
  tell(warnings, exit_failed);
  return true;
}

int list(Journal& journal, const Wanted& wanted, Date today, bool is_json) {
  Findings faults;
  const auto records = journal.list(wanted.pipeline, faults);
  if (!records) return tell(faults, exit_failed);
  for (const RunRecord& record : *records)
    if (is_wanted(record, wanted)) std::cout << (is_json ? record_json(record) + "\n" : log_line(record));
  return warn_of_holds(journal, wanted.pipeline, today, faults) ? exit_imported : tell(faults, exit_failed);
}

int show(const Journal& journal, const std::string& run, bool is_json) {
  Findings findings;
  const auto record = journal.show(run, findings);
  if (findings.failed()) return tell(findings, exit_failed);
  if (!record) {
    std::cerr << "mealsync: the log has no run '" << run << "'\n";
    return exit_usage;
  }
  std::cout << (is_json ? whole_record_json(*record) + "\n" : log_page(*record));
  return exit_imported;
}

int clear(Journal& journal, const std::string& pipeline, bool is_json) {
  Findings findings;
  const auto cleared = journal.clear(pipeline, findings);
  if (!cleared) return tell(findings, exit_failed);
  if (is_json)
    std::cout << "{\"cleared\":" << *cleared << "}\n";
  else
    std::cout << *cleared << " entries cleared\n";
  return exit_imported;
}

}  // namespace

int log_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  CommandLine line(
      "log [NAME] | log show RUN | log clear [NAME]",
      "Lists the runs of a pipeline, or of all, newest first; shows one, with its findings by code;\n"
      "or clears the entries of a pipeline, or all. Keys of students are masked.\n"
      "Warns of holds that look forgotten: on the day after their last, after 60 days, or on August 15\n"
      "after a summer. Clearing leaves holds, and the counts by which the next import is judged.");
  add_format_option(line);
  line.options()("since", po::value<std::string>()->value_name("DATE"),
                 "only runs that began on that day (UTC) or later")(
      "failed", "only runs that were unsuccessful, refused or interrupted");
  add_as_of_option(line, "the day on which holds are looked at, like 2016-09-06 (default: today)");
  add_state_option(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  const auto is_json = wants_json(line);
  if (!is_json) return line.refuse("--format is text or json");
  const auto today = as_of_day(line);
  if (!today) return line.refuse("--as-of takes a date like 2016-09-06");
  Wanted wanted;
  wanted.has_failed = line.has("failed");
  if (line.has("since")) {
    wanted.since = line.day("since");
    if (!wanted.since) return line.refuse("--since takes a date like 2016-09-06");
  }

  auto operands = line.operands();
  const std::string verb =
      !operands.empty() && (operands[0] == "show" || operands[0] == "clear") ? operands[0] : "";
  if (!verb.empty()) operands.erase(operands.begin());
  if (operands.size() > 1) return line.refuse("name one pipeline or run");
  if (verb == "show" && operands.empty()) return line.refuse("name the run");
  if (!verb.empty() && (wanted.since || wanted.has_failed))
    return line.refuse("--since and --failed are for the list of runs");
  if (!operands.empty()) wanted.pipeline = operands[0];

  Findings findings;
  auto journal = Journal::open(state_folder(line), findings);
  if (!journal) return tell(findings, exit_failed);
  if (verb == "show") return show(*journal, operands[0], *is_json);
  if (verb == "clear") return clear(*journal, wanted.pipeline, *is_json);
  return list(*journal, wanted, *today, *is_json);
}

}  // namespace mealsync::tool
