#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include <campus/store/undo_transaction.hpp>
#include <finding/render.hpp>
#include <journal/run_lock.hpp>

#include "clock.hpp"
#include "commands.hpp"
#include "load_plan.hpp"
#include "logged_run.hpp"
#include "present.hpp"
#include "undo_rules.hpp"

namespace mealsync::tool {
namespace {

using campus::Obstacle;

struct Request {
  std::filesystem::path state;
  bool is_test = false;
  bool is_json = false;
};

/// A finding about a student, whose key is shown masked.
template <const Rule& R, class... Args>
Finding about(const Obstacle& obstacle, const Args&... args) {
  Finding finding = make_finding<R>({}, obstacle.record, Key{obstacle.state_id}, args...);
  finding.key = obstacle.state_id;
  return finding;
}

Finding finding_of(const Obstacle& obstacle) {
  using namespace undo_rules;
  switch (obstacle.kind) {
    case Obstacle::no_student:
      return make_finding<no_student>({}, obstacle.record);
    case Obstacle::overlapping:
      return obstacle.run.empty() ? about<overlaps_by_hand>(obstacle)
                                  : about<overlaps_later_run>(obstacle, obstacle.run);
    case Obstacle::changed:
      break;
  }
  return obstacle.run.empty() ? about<changed_by_hand>(obstacle)
                              : about<changed_by_run>(obstacle, obstacle.run);
}

/// Why a run that the log knows has nothing to be undone, whatever the database says.
std::optional<Finding> reason_against(const RunRecord& undone) {
  if (undone.test) return make_finding<undo_rules::was_a_test>({}, undone.run);
  if (undone.status == "refused" || undone.status == "held")
    return make_finding<undo_rules::not_committed>({}, undone.run, undone.status);
  return std::nullopt;
}

/// Changes the database, or tells in `answer` why it does not.
void put_back(const RunRecord& undone, Answer& answer) {
  RunRecord& record = answer.record;
  campus::CampusStore store(record.database, campus::Access::read_write);
  const auto known = store.find_run(undone.run);
  if (!known) {
    const bool has_committed = undone.status == "successful";
    return answer.findings.add(0, !has_committed
                                      ? make_finding<undo_rules::not_committed>({}, undone.run, undone.status)
                                      : make_finding<undo_rules::not_there>({}, record.database, undone.run));
  }
  if (!known->undone_by.empty())
    return answer.findings.add(0, make_finding<undo_rules::already_undone>({}, undone.run, known->undone_by));

  campus::UndoTransaction undo(store, *known,
                               {record.run, today(), known->pipeline, known->year, record.started_at});
  std::uint64_t obstacles = 0;
  const auto tell = [&](const Obstacle& obstacle) {
    answer.findings.add(0, finding_of(obstacle));
    ++obstacles;
  };
  if (!undo.put_back(tell))
    return answer.findings.add(0, make_finding<undo_rules::would_lose>({}, undone.run, obstacles));
  const auto count = [&](Action action) {
    return static_cast<std::uint64_t>(undo.counts()[static_cast<std::size_t>(action)]);
  };
  record.counts = {{"inserted", count(Action::insert)},
                   {"updated", count(Action::update)},
                   {"removed", count(Action::remove)}};
  if (record.test) return;
  undo.commit(utc_now(), "successful");
  answer.committed = true;
}

/// `on_purpose`: the status where something was found that is no failure.
void settle(const RunRecord& undone, const char* on_purpose, Answer& answer) {
  RunRecord& record = answer.record;
  const auto& ending = answer.findings.run_ending();
  record.status = ending.empty()                                 ? "successful"
                  : ending.front().severity == Severity::refusal ? on_purpose
                                                                 : "unsuccessful";
  record.reason = ending.empty() ? std::string(undo_words) + undone.run : shown_message(ending.front());
  record.finished_at = utc_now();
}

void undo(const RunRecord& undone, Answer& answer) {
  if (auto against = reason_against(undone)) {
    answer.findings.add(0, *against);
  } else {
    try {
      put_back(undone, answer);
    } catch (const campus::StoreError& error) {
      answer.findings.add(
          0, make_finding<undo_rules::no_database>({}, answer.record.database, Text(error.what())));
    }
  }
  settle(undone, "refused", answer);
}

/// The log tells of every undo that it is one, of one that came to nothing, too.
RunRecord record_for_log(RunRecord record, const RunRecord& undone) {
  if (!is_undo(record)) record.reason = std::string(undo_words) + undone.run + ": " + record.reason;
  return record;
}

std::string undo_text(const RunRecord& undone, const Answer& answer) {
  const RunRecord& record = answer.record;
  std::ostringstream line;
  line << record.pipeline << ": ";
  if (record.test) line << "TEST, nothing written: ";
  if (record.status != "successful")
    line << record.status << ", nothing committed: " << record.reason;
  else
    line << "run " << undone.run << " is undone: " << count_of(record, "removed") << " records taken out, "
         << count_of(record, "inserted") << " put back, " << count_of(record, "updated") << " set back";
  if (!record.run.empty()) line << " (run " << record.run << ")";
  return line.str() + "\n";
}

std::string undo_json(const RunRecord& undone, const Answer& answer) {
  const RunRecord& record = answer.record;
  nlohmann::ordered_json json{{"pipeline", record.pipeline}, {"run", record.run},
                              {"undoes", undone.run},        {"status", record.status},
                              {"test", record.test},         {"database", record.database}};
  for (const char* name : {"inserted", "updated", "removed"})
    json[name] = count_of(record, name);
  json["messages"] = nlohmann::ordered_json::array();
  answer.findings.each([&](const Finding& finding) {
    json["messages"].push_back({{"severity", to_text(finding.severity)},
                                {"code", code_text(finding.code)},
                                {"message", shown_message(finding)},
                                {"remedy", finding.remedy}});
  });
  json["reason"] = record.reason;
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// Every record that stands against it, and what to do about each kind.
void tell(const FindingLog& findings) {
  findings.each([](const Finding& finding) {
    if (finding.severity < Severity::refusal) std::cerr << render(finding) << "\n";
  });
  for (const auto& [key, group] : findings.groups())
    if (key.second < Severity::refusal)
      std::cerr << "    " << code_text(key.first) << ": " << group.first.remedy << "\n";
  std::cerr << run_ending_findings(findings);
}

RunRecord record_of_undo(const RunRecord& undone, const Request& request) {
  RunRecord record;
  record.pipeline = undone.pipeline;
  record.district = undone.district;
  record.school_year = undone.school_year;
  record.as_of = to_text(today());
  record.test = request.is_test;
  record.started_at = utc_now();
  record.pipeline_file = undone.pipeline_file;
  record.database = undone.database;
  record.plugins = {{"mealsync", MEALSYNC_VERSION}};
  return record;
}

int print(const RunRecord& undone, const Answer& answer, bool is_json) {
  tell(answer.findings);
  std::cout << (is_json ? undo_json(undone, answer) : undo_text(undone, answer));
  const std::string& status = answer.record.status;
  if (status == "busy") return exit_busy;
  if (status == "refused") return exit_refused;
  return status == "successful" ? exit_imported : exit_failed;
}

int run_undo(Journal& journal, const RunRecord& undone, const Request& request) {
  Answer answer;
  answer.record = record_of_undo(undone, request);
  Findings faults;
  std::optional<RunLock> lock;
  // A test writes nothing: it may run beside others.
  if (!request.is_test) {
    lock = RunLock::take(request.state, undone.pipeline, answer.record.started_at, faults);
    if (!lock) {
      answer.findings.add(0, faults.all().back());
      settle(undone, "busy", answer);
      return print(undone, answer, request.is_json);
    }
  }
  if (!journal.begin(answer.record, faults)) return tell(faults, exit_failed);
  undo(undone, answer);
  const bool is_forgotten = !answer.committed || journal.forget_baseline(undone.run, faults);
  const bool is_logged =
      journal.finish(record_for_log(answer.record, undone), answer.findings, faults) && is_forgotten;
  if (!is_logged) tell(faults, exit_failed);
  const int exit = print(undone, answer, request.is_json);
  return exit == exit_imported && !is_logged ? exit_rejected : exit;
}

}  // namespace

int undo_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  CommandLine line(
      "undo RUN",
      "Puts back what a run changed in Campus, in one transaction: every record is as it was before the\n"
      "run. Refused, with a list, where a record was changed since: by a later run, which has to be undone\n"
      "first, or by hand. An undo is a run in the log, and can be undone as any other.\n"
      "mealsync log lists the runs.");
  line.options()("test", "the same, and nothing is written")(
      "campus", po::value<std::string>()->value_name("DB"),
      "the Campus database (default: the one that the run changed, as the log has it)");
  add_format_option(line);
  add_state_option(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  if (line.operands().size() != 1) return line.refuse("name one run");
  const auto is_json = wants_json(line);
  if (!is_json) return line.refuse("--format is text or json");

  int exit = exit_imported;
  auto logged = logged_run(line, line.operands()[0], exit);
  if (!logged) return exit;
  RunRecord& undone = logged->record;
  if (line.has("campus")) undone.database = std::filesystem::absolute(line.text("campus")).string();
  if (undone.database.empty()) {
    std::cerr << "mealsync: the log does not say which database run '" << undone.run << "' changed\n"
              << "    Name it with --campus.\n";
    return exit_usage;
  }
  return run_undo(logged->journal, undone, {state_folder(line), line.has("test"), *is_json});
}

}  // namespace mealsync::tool
