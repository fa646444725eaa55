#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <ctime>
#include <iostream>
#include <mutex>
#include <thread>

#include <engine/run.hpp>
#include <finding/render.hpp>
#include <journal/journal.hpp>
#include <journal/run_lock.hpp>

#include "allocations.hpp"
#include "clock.hpp"
#include "commands.hpp"
#include "holding.hpp"
#include "load_plan.hpp"
#include "metrics.hpp"
#include "notices.hpp"
#include "places.hpp"
#include "present.hpp"
#include "progress.hpp"
#include "rules.hpp"
#include "settle.hpp"
#include "whole_file.hpp"

namespace mealsync::tool {
namespace {

struct Request {
  Variables variables;
  std::filesystem::path state;
  std::filesystem::path metrics;  // a file, or nobody asks for them
  Date as_of;
  std::string token;  // that accepts what refuses the run; else empty
  bool test = false;
  bool is_part = false;
  bool is_json = false;
  bool is_strict = false;
  bool is_quiet = false;
  bool shows_progress = false;
  bool is_profiled = false;
  bool is_alone = true;  // one pipeline at a time
};

int exit_code(const Answer& answer, bool is_strict) {
  if (answer.record.status == "unsuccessful") return exit_failed;
  if (answer.record.status == "refused") return exit_refused;
  // Imported; but a report writer that failed after the commit is no plain success.
  const bool is_told_late = !answer.findings.run_ending().empty();
  const bool is_disliked = is_strict && count_of(answer.record, "errors") > 0;
  return is_told_late || is_disliked ? exit_rejected : exit_imported;
}

/// Runs pipelines one after the other, or side by side; what they print does not mix.
class Runner {
 public:
  Runner(Catalog& catalog, const Request& request) : catalog_(catalog), request_(request) {}

  int run(const std::string& file) {
    const auto began = std::chrono::steady_clock::now();
    Answer answer;
    answer.record.pipeline = file;  // until its name is known
    int code = exit_ours;
    try {
      code = attempt(file, answer);
    } catch (const std::exception& fault) {
      blame_us(answer, fault);
    }
    if (answer.record.finished_at.empty()) answer.record.finished_at = utc_now();
    answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const Findings untold = request_.test ? Findings() : tell_everybody(answer, code);
    const auto log = request_.metrics.empty() ? std::vector<RunRecord>() : log_of(answer.record.pipeline);
    const std::lock_guard lock(mutex_);
    metrics_.add(answer, log);
    print(answer, code);
    return tell(untold, code);
  }

  /// Whether the metrics that were asked for are there.
  [[nodiscard]] bool write_metrics() const {
    if (request_.metrics.empty()) return true;
    constexpr mode_t for_everybody_to_read = 0644;
    const std::string reason = write_whole_file(request_.metrics, metrics_.text(), for_everybody_to_read);
    Findings findings;
    if (!reason.empty()) findings.add<metrics_not_written>({}, request_.metrics.string(), reason);
    tell(findings, exit_imported);
    return reason.empty();
  }

 private:
  int attempt(const std::string& file, Answer& answer) {
    Findings findings;
    const auto plan = plan_of(file, findings);
    keep(findings, answer);
    if (plan && !plan->pipeline.name.empty()) answer.record.pipeline = plan->pipeline.name;
    if (plan) answer.notifies = plan->pipeline.notifies;
    answer.record.test = request_.test;
    answer.record.as_of = to_text(request_.as_of);
    answer.record.started_at = utc_now();
    if (!plan || findings.failed()) {
      answer.record.status = "unsuccessful";
      answer.record.reason = "the pipeline file has faults";
      return exit_usage;
    }
    keep_plan(*plan, answer.record);
    answer.record.pipeline_file = std::filesystem::absolute(file).lexically_normal().string();
    answer.record.database = database_of(*plan);

    Findings faults;
    auto journal = Journal::open(request_.state, faults);
    if (!journal) return without_journal(faults, answer);
    std::optional<RunLock> lock;
    // A test import commits nothing: it may run beside others.
    if (!request_.test) {
      lock = RunLock::take(request_.state, answer.record.pipeline, answer.record.started_at, faults);
      if (!lock) {
        keep(faults, answer);
        return stop(faults.all().back(), "busy", exit_busy, answer.record);
      }
    }
    return run_logged(*plan, *journal, answer);
  }

  int run_logged(const Plan& plan, Journal& journal, Answer& answer) {
    Findings faults;
    RunFacts facts;
    if (!journal.begin(answer.record, faults) || !recall(journal, answer.record, facts, faults))
      return without_journal(faults, answer);
    settle_interrupted(journal, plan);
    const Findings told = look_at_hold(journal, answer.record.pipeline, request_.as_of, request_.test);
    keep(told, answer);
    int code = exit_ours;
    bool is_kept = journal.keep(answer.record.run, answer.findings, faults);
    try {
      facts.keep_findings = [&](const FindingLog& found) {
        is_kept = journal.keep(answer.record.run, found, faults) && is_kept;
      };
      code = told.failed() ? stop(told.all().back(), "held", exit_refused, answer.record)
                           : execute(plan, facts, answer);
      if (answer.committed && !answer.baseline.empty())
        is_kept = journal.keep_baseline(answer.record, answer.baseline, faults) && is_kept;
    } catch (const std::exception& fault) {
      blame_us(answer, fault);
    }
    if (!journal.finish(answer.record, {}, faults) || !is_kept) {
      keep(faults, answer);
      if (code == exit_imported) code = exit_rejected;
    }
    return code;
  }

  static int without_journal(const Findings& faults, Answer& answer) {
    keep(faults, answer);
    answer.record.status = "unsuccessful";
    answer.record.reason = "the journal cannot be written";
    return exit_failed;
  }

  /// Ends a pipeline before anything is read: on purpose, or because it cannot go on.
  static int stop(const Finding& why, const char* on_purpose, int code, RunRecord& record) {
    const bool is_on_purpose = why.severity == Severity::refusal;
    record.status = is_on_purpose ? on_purpose : "unsuccessful";
    record.reason = shown_message(why);
    record.finished_at = utc_now();
    return is_on_purpose ? code : exit_failed;
  }

  /// A fault of ours ends this pipeline; the others go on.
  static void blame_us(Answer& answer, const std::exception& fault) {
    answer.record.status = "unsuccessful";
    answer.record.reason = std::string("a fault of mealsync's own, please report it: ") + fault.what();
    answer.record.finished_at = utc_now();
  }

  /// Empty where it cannot be read: the run has told that.
  [[nodiscard]] std::vector<RunRecord> log_of(const std::string& pipeline) const {
    Findings told_before;
    const auto journal = Journal::open(request_.state, told_before);
    const auto log = journal ? journal->list(pipeline, told_before) : std::nullopt;
    return log.value_or(std::vector<RunRecord>());
  }

  std::optional<Plan> plan_of(const std::string& file, Findings& findings) {
    const std::lock_guard lock(mutex_);  // opening plugins is for one thread at a time
    return load_plan(file, request_.variables, catalog_, findings);
  }

  /// What the guards compare with, and what becomes of a token. Borrows what it is given.
  bool recall(Journal& journal, RunRecord& record, RunFacts& facts, Findings& faults) const {
    facts.is_part = request_.is_part;
    if (!facts.is_part) {
      auto baseline = journal.baseline(record.pipeline, record.school_year, faults);
      auto inputs_before = journal.last_inputs(record.pipeline, faults);
      if (!baseline || !inputs_before) return false;
      facts.baseline = *std::move(baseline);
      facts.inputs_before = *std::move(inputs_before);
    }
    const auto used = journal.accepted(record.pipeline, faults);
    if (!used) return false;
    facts.acceptance = {request_.token, *used, [&](const std::string& token) {
                          const AcceptanceRecord acceptance{token, record.user, utc_now()};
                          const bool is_first = journal.accept(record, acceptance, faults);
                          if (is_first) record.accepted = acceptance;
                          return is_first;
                        }};
    return true;
  }

  int execute(const Plan& plan, RunFacts& facts, Answer& answer) const {
    RunRecord& record = answer.record;
    record.reason = held_because(plan.pipeline);
    if (!record.reason.empty()) {
      record.status = "held";
      record.finished_at = utc_now();
      return exit_refused;
    }
    ProgressBar bar(record.pipeline, request_.shows_progress);
    const std::clock_t began = std::clock();
    facts.run = record.run;
    facts.as_of = request_.as_of;
    facts.test = request_.test;
    facts.started_at = record.started_at;
    facts.now = utc_now;
    facts.gauge = {request_.is_profiled, allocated_bytes};
    facts.progress = [&bar](const Progress& progress) { bar.show(progress); };
    Outcome outcome = run_pipeline(plan, facts);
    if (request_.is_alone)
      answer.cpu_seconds = static_cast<double>(std::clock() - began) / static_cast<double>(CLOCKS_PER_SEC);
    answer.costs = std::move(outcome.costs);
    keep_outcome(outcome, record);
    answer.causes = std::move(outcome.causes);
    for (InputFile& input : record.inputs)
      input.path = path_of_input(plan, input.file);
    answer.reports = record.reports;
    answer.committed = outcome.committed;
    answer.baseline = std::move(outcome.baseline);
    if (!outcome.is_accepted) record.token = outcome.token;
    // What was found before the run was found in the pipeline's files: few.
    answer.findings.each([&](const Finding& early) { outcome.findings.add(0, early); });
    answer.findings = std::move(outcome.findings);
    return exit_code(answer, request_.is_strict);
  }

  static void keep(const Findings& findings, Answer& answer) {
    for (const Finding& finding : findings.all())
      answer.findings.add(0, finding);
  }

  void print(const Answer& answer, int code) const {
    if (code == exit_usage) {
      std::cerr << findings_in_files(answer.findings, request_.is_quiet ? Severity::error : Severity::info);
    } else {
      std::cerr << run_ending_findings(answer.findings) << how_to_accept(answer);
      if (!request_.is_quiet) std::cerr << findings_by_code(answer.findings);
    }
    std::cerr << profile_table(answer);
    if (!request_.is_quiet)
      for (const std::string& report : answer.reports)
        std::cerr << "  report: " << report << "\n";
    std::cout << (request_.is_json ? answer_json(answer) : answer_line(answer)) << std::endl;
  }

  Catalog& catalog_;
  const Request& request_;
  Metrics metrics_;
  std::mutex mutex_;
};

int run_all(Runner& runner, const std::vector<std::string>& files, int jobs) {
  std::vector<int> codes(files.size(), exit_ours);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++)
      codes[i] = runner.run(files[i]);
  };
  std::vector<std::jthread> threads;
  for (int i = 1; i < jobs; ++i)
    threads.emplace_back(work);
  work();
  threads.clear();
  if (!runner.write_metrics()) codes.push_back(exit_rejected);
  return worst_of(codes);
}

}  // namespace

int run_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  CommandLine line("run P.xml…",
                   "Imports what each pipeline describes: all of it in one transaction, or nothing.\n"
                   "One line a pipeline on standard output; findings by code on standard error.\n"
                   "A pipeline runs once at a time; a test import may run beside it.");
  line.options()("test", "test import: the same run, and nothing is written");
  add_format_option(line);
  line.options()("jobs", po::value<int>()->default_value(1)->value_name("N"),
                 "how many pipelines to run side by side")(
      "accept", po::value<std::string>()->value_name("TOKEN"),
      "let one refused run through, once: the token that it printed; input and changes must be the same")(
      "partial",
      "the input is a part of the POS's file, like corrected rejects: nobody is taken for absent, and it is "
      "not compared with the last run")(
      "profile", "tell for each stage its rows, batches, seconds of CPU time and bytes allocated")(
      "metrics", po::value<std::string>()->value_name("FILE"),
      "write what the runs came to into this file, for a node exporter (OpenMetrics)")(
      "strict", "exit 1 where records were rejected")(
      "quiet", "say nothing on standard error but what ended a run, and who could not be told of it");
  add_as_of_option(line, "the day to run as of, like 2016-09-06 (default: today)");
  add_pipeline_options(line);
  add_state_option(line);
  if (const auto exit = line.parse(arguments)) return *exit;

  Request request;
  if (line.operands().empty()) return line.refuse("name a pipeline file");
  if (const auto fault = plugin_folder_fault(line)) return line.refuse(*fault);
  const auto variables = variables_from(line);
  if (!variables) return line.refuse("--set takes NAME=VALUE");
  request.variables = *variables;
  const auto as_of = as_of_day(line);
  if (!as_of) return line.refuse("--as-of takes a date like 2016-09-06");
  request.as_of = *as_of;
  const auto is_json = wants_json(line);
  if (!is_json) return line.refuse("--format is text or json");
  if (line.has("accept")) {
    request.token = read_token(line.text("accept"));
    if (request.token.empty()) return line.refuse("--accept takes a token like 7F3A-9C21-04D5-B8E6");
    if (line.operands().size() > 1) return line.refuse("--accept is for one pipeline");
  }
  const int jobs = line.number("jobs");
  if (jobs < 1 || jobs > 64) return line.refuse("--jobs is from 1 to 64");
  if (line.has("metrics")) request.metrics = line.text("metrics");
  if (line.has("metrics") && line.has("test"))
    return line.refuse("--metrics is about imports: leave it out of a test");
  request.is_json = *is_json;
  request.test = line.has("test");
  request.is_part = line.has("partial");
  request.is_strict = line.has("strict");
  request.is_quiet = line.has("quiet");
  request.is_profiled = line.has("profile");
  request.is_alone = jobs == 1;
  request.shows_progress = !request.is_quiet && jobs == 1 && isatty(STDERR_FILENO) != 0;
  request.state = state_folder(line);

  Catalog catalog(plugin_folders(line.texts("plugins")));
  Runner runner(catalog, request);
  return run_all(runner, line.operands(), jobs);
}

}  // namespace mealsync::tool
