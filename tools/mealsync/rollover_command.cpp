#include <iostream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include <engine/connect.hpp>
#include <finding/render.hpp>
#include <journal/holds.hpp>
#include <journal/run_lock.hpp>

#include "candidate.hpp"
#include "clock.hpp"
#include "commands.hpp"
#include "holding.hpp"
#include "load_plan.hpp"
#include "present.hpp"
#include "rollover/edit_file.hpp"
#include "rollover/rules.hpp"
#include "rollover/year_edit.hpp"

namespace mealsync::tool {
namespace {

constexpr std::uint32_t wrong_year = 5011;

struct Request {
  Variables variables;
  std::filesystem::path state;
  Date as_of;
  NewYear to;
  bool is_dry = false;
  bool is_json = false;
};

struct Step {
  std::string name;
  std::string words;
  bool holds = true;
};

/// Takes one pipeline into the new year, step by step; the first that does not hold is the last.
class Rollover {
 public:
  Rollover(std::string file, const Request& request, Catalog& catalog)
      : file_(std::move(file)), request_(request), catalog_(catalog), name_(file_) {}

  int run() {
    int code = exit_ours;
    try {
      code = attempt();
    } catch (const std::system_error& error) {
      Findings faults;
      faults.add<rollover_rules::not_written>({file_, 0, 0}, std::string_view(error.what()));
      code = stop("pipeline file", faults, exit_failed);
    } catch (const std::exception& fault) {
      code = stop("mealsync itself",
                  std::string("a fault of mealsync's own, please report it: ") + fault.what(), exit_ours);
    }
    print(code);
    return code;
  }

 private:
  int attempt() {
    Findings faults;
    const auto pipeline = read_pipeline(file_, request_.variables, faults);
    if (!pipeline || faults.failed()) return stop("pipeline file", faults, exit_usage);
    const std::string text = text_of_file(file_);
    name_ = pipeline->name;
    from_ = pipeline->school_year;

    auto journal = Journal::open(request_.state, faults);
    if (!journal) return stop("log", faults, exit_failed);
    std::optional<RunLock> lock;
    if (!request_.is_dry && !(lock = RunLock::take(request_.state, name_, utc_now(), faults)))
      return stop("stopped", faults,
                  faults.all().back().severity == Severity::refusal ? exit_busy : exit_failed);

    if (const auto code = see_that_it_is_stopped(*journal, *pipeline)) return *code;
    const auto values = values_for(request_.to, *pipeline, request_.variables, faults);
    if (faults.failed()) return stop("school year", faults, exit_usage);
    const std::string changed = with_values(text, values);
    std::optional<Candidate> candidate;
    if (!values.empty()) candidate.emplace(file_, changed);
    pass("school year", from_ == request_.to.year ? to_text(from_) + " already"
                                                  : to_text(from_) + " becomes " + to_text(request_.to.year));

    if (const auto code = prove(candidate ? candidate->path() : std::filesystem::path(file_), *journal))
      return *code;
    if (candidate)
      if (const auto code = write(text, *candidate)) return *code;
    return resume(*journal);
  }

  /// An exit code where it goes no further.
  std::optional<int> see_that_it_is_stopped(Journal& journal, const Pipeline& pipeline) {
    Findings faults;
    const auto holds = Holds(journal).list(name_, faults);
    if (!holds) return stop("stopped", faults, exit_failed);
    const bool is_held = !holds->empty() && !holds->front().is_over(request_.as_of);
    std::string why = held_because(pipeline);
    if (is_held) why = "held by " + holds->front().user + " since " + days_of(holds->front());
    if (!why.empty()) {
      pass("stopped", why);
      return std::nullopt;
    }
    if (from_ == request_.to.year) {
      status_ = "already";
      reason_ = "it is of school year " + to_text(from_) + " already, and runs";
      return exit_imported;
    }
    faults.add<rollover_rules::not_stopped>({file_, 0, 0}, name_);
    return stop("stopped", faults, exit_refused);
  }

  /// Connects and imports, as a test, with the file as it will be.
  std::optional<int> prove(const std::filesystem::path& path, Journal& journal) {
    proven_ = path.string();
    Findings faults;
    const auto plan = load_plan(path.string(), request_.variables, catalog_, faults);
    if (!plan || faults.failed()) return stop("school year", faults, exit_usage);

    std::string reached = "nothing to be reached";
    RunFacts facts{"connect", request_.as_of, true, utc_now(), utc_now, {}};
    facts.step = [&](const std::string& step) { reached = step; };
    Connection connection = connect_pipeline(*plan, facts);
    connection.findings.each([&](const Finding& finding) { keep(finding); });
    if (connection.worst >= Severity::refusal)
      return stop("connection", connection.reason,
                  connection.worst == Severity::refusal ? exit_refused : exit_failed);
    pass("connection", reached);
    return test_import(*plan, journal);
  }

  std::optional<int> test_import(const Plan& plan, Journal& journal) {
    Findings faults;
    Answer answer;
    RunRecord& record = answer.record;
    record.pipeline = name_;
    keep_plan(plan, record);
    record.test = true;
    record.as_of = to_text(request_.as_of);
    record.started_at = utc_now();
    if (!journal.begin(record, faults)) return stop("log", faults, exit_failed);

    RunFacts facts{record.run, request_.as_of, true, record.started_at, utc_now, {}};
    Outcome outcome = run_pipeline(plan, facts);
    keep_outcome(outcome, record);
    reports_ = record.reports;
    run_ = record.run;
    if (!journal.finish(record, outcome.findings, faults)) return stop("log", faults, exit_failed);

    bool is_of_other_year = false;
    outcome.findings.each([&](const Finding& finding) {
      is_of_other_year = is_of_other_year || finding.code == wrong_year;
      keep(finding);
    });
    if (record.status != "successful")
      return stop(is_of_other_year ? "newest file" : "test import",
                  is_of_other_year
                      ? "the newest file is not of the new year: has the POS rolled over? " + record.reason
                      : record.reason,
                  record.status == "refused" ? exit_refused : exit_failed);
    const auto last = journal.last_inputs(name_, faults);
    if (!last) return stop("log", faults, exit_failed);
    if (from_ != request_.to.year && !last->empty() && are_same_bytes(record.inputs, *last))
      return stop("newest file",
                  "it is the one of the last import, byte for byte: has the POS rolled over? If so, wait for "
                  "its next file",
                  exit_refused);
    for (const InputFile& input : record.inputs)
      pass("newest file", input.file + " fits " + record.school_year);
    pass("test import", answer_line(answer));
    return std::nullopt;
  }

  std::optional<int> write(const std::string& text, Candidate& candidate) {
    const std::string what = to_text(request_.to.year) + " in " + file_;
    if (request_.is_dry) {
      pass("written", "would write " + what);
      return std::nullopt;
    }
    if (text_of_file(file_) != text) {
      Findings faults;
      faults.add<rollover_rules::changed_meanwhile>({file_, 0, 0});
      return stop("written", faults, exit_failed);
    }
    candidate.keep();
    pass("written", what);
    return std::nullopt;
  }

  int resume(Journal& journal) {
    Findings faults;
    if (request_.is_dry) {
      pass("resumed", "would start it again");
    } else {
      if (!Holds(journal).lift(name_, faults)) return stop("resumed", faults, exit_failed);
      pass("resumed", "it runs again as scheduled");
    }
    status_ = request_.is_dry ? "ready" : "rolled over";
    return exit_imported;
  }

  void pass(const std::string& name, const std::string& words) { add({name, words}); }
  int stop(const std::string& name, const std::string& why, int code) {
    add({name, why, false});
    status_ = code == exit_busy ? "busy" : code == exit_refused ? "refused" : "unsuccessful";
    reason_ = "stopped at: " + name + "; " + why;
    return code;
  }
  int stop(const std::string& name, const Findings& faults, int code) {
    for (const Finding& finding : faults.all())
      keep(finding);
    return stop(name, shown_message(faults.all().back()), code);
  }
  void keep(Finding finding) {
    // What is proven is a copy beside the file: its lines are those of the file.
    if (finding.at.file == proven_) finding.at.file = file_;
    findings_.add(0, finding);
  }

  void add(Step step) {
    if (!request_.is_json) {
      if (steps_.empty()) std::cout << name_ << ": to " << to_text(request_.to.year) << "\n";
      std::cout << "  " << (step.holds ? "ok    " : "STOP  ") << step.name
                << std::string(step.name.size() < 13 ? 13 - step.name.size() : 1, ' ') << step.words
                << std::endl;  // who waits sees how far it is
    }
    steps_.push_back(std::move(step));
  }

  void print(int code) const {
    if (code == exit_usage)
      std::cerr << findings_in_files(findings_);
    else
      std::cerr << run_ending_findings(findings_) << findings_by_code(findings_);
    for (const std::string& report : reports_)
      std::cerr << "  report: " << report << "\n";
    std::cout << (request_.is_json ? json()
                                   : name_ + ": " + status_ + (reason_.empty() ? "" : ": " + reason_))
              << std::endl;
  }
  [[nodiscard]] std::string json() const {
    nlohmann::ordered_json json{{"pipeline", name_},
                                {"from", from_ == SchoolYear{} ? "" : to_text(from_)},
                                {"to", to_text(request_.to.year)},
                                {"status", status_},
                                {"dry_run", request_.is_dry},
                                {"run", run_},
                                {"reason", reason_}};
    json["steps"] = nlohmann::ordered_json::array();
    for (const Step& step : steps_)
      json["steps"].push_back({{"step", step.name}, {"holds", step.holds}, {"words", step.words}});
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  }

  std::string file_;
  const Request& request_;
  Catalog& catalog_;
  std::string name_, proven_, run_, status_, reason_;
  SchoolYear from_;
  std::vector<Step> steps_;
  std::vector<std::string> reports_;
  FindingLog findings_;
};

/// What is wrong with the days, or nothing.
std::optional<std::string> read_days(const CommandLine& line, Request& request) {
  const auto as_of = as_of_day(line);
  if (!as_of) return "--as-of takes a date like 2017-08-01";
  request.as_of = *as_of;
  if (!line.has("to")) return "name the new school year, with --to 2017-18";
  const auto year = SchoolYear::read(line.text("to"));
  if (!year) return "--to takes a school year like 2017-18";
  request.to.year = *year;
  const int ahead = year->end_year - SchoolYear::of(*as_of).end_year;
  if (ahead < 0 || ahead > 1)
    return "--to " + to_text(*year) + " is neither the school year of " + to_text(*as_of) + " nor the next";
  if (!line.has("expiration")) return std::nullopt;
  request.to.expiration = line.day("expiration");
  if (!request.to.expiration) return "--expiration takes a date like 2018-10-01";
  return std::nullopt;
}

}  // namespace

int rollover_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  CommandLine line(
      "rollover P.xml… --to 2017-18",
      "Takes pipelines into the next school year, each by itself, and stops at the first step that does\n"
      "not hold: it is stopped; its source is reached; the newest file is of the new year; a test import\n"
      "succeeds. Only then the new year is written to the pipeline file, with every comment in its place,\n"
      "and a hold is lifted. What stopped it is told with what to do; then run it again.");
  line.options()("to", po::value<std::string>()->value_name("YEAR"), "the new school year, like 2017-18")(
      "expiration", po::value<std::string>()->value_name("DATE"),
      "the new default_expiration, for pipelines that have one")("dry-run",
                                                                 "show all steps, and change nothing");
  add_format_option(line);
  add_as_of_option(line, "the day it is, like 2017-08-01 (default: today)");
  add_pipeline_options(line);
  add_state_option(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  if (line.operands().empty()) return line.refuse("name a pipeline file");
  if (const auto fault = plugin_folder_fault(line)) return line.refuse(*fault);
  Request request;
  if (const auto fault = read_days(line, request)) return line.refuse(*fault);
  const auto variables = variables_from(line);
  if (!variables) return line.refuse("--set takes NAME=VALUE");
  request.variables = *variables;
  const auto is_json = wants_json(line);
  if (!is_json) return line.refuse("--format is text or json");
  request.is_json = *is_json;
  request.is_dry = line.has("dry-run");
  request.state = state_folder(line);

  Catalog catalog(plugin_folders(line.texts("plugins")));
  std::vector<int> codes;
  for (const std::string& file : line.operands())
    codes.push_back(Rollover(file, request, catalog).run());
  return worst_of(codes);
}

}  // namespace mealsync::tool
