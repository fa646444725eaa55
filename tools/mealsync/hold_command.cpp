#include <iostream>
#include <nlohmann/json.hpp>

#include <journal/holds.hpp>
#include <pipeline/pipeline.hpp>

#include "commands.hpp"
#include "holding.hpp"
#include "load_plan.hpp"
#include "present.hpp"

namespace mealsync::tool {
namespace {

namespace po = boost::program_options;

/// What both commands take: one pipeline file, and how to answer.
class Request {
 public:
  explicit Request(CommandLine& line) : line_(line) {
    add_format_option(line_);
    line_.options()("set", po::value<std::vector<std::string>>()->value_name("NAME=VALUE"),
                    "give a variable of the pipeline a value, as in run");
    add_as_of_option(line_, "the day it is, like 2016-07-01 (default: today)");
    add_state_option(line_);
  }

  /// Nothing where the command may go on.
  [[nodiscard]] std::optional<int> read(const Arguments& arguments) {
    if (const auto exit = line_.parse(arguments)) return exit;
    if (line_.operands().size() != 1) return line_.refuse("name one pipeline file");
    const auto is_json = wants_json(line_);
    if (!is_json) return line_.refuse("--format is text or json");
    is_json_ = *is_json;
    const auto as_of = as_of_day(line_);
    if (!as_of) return line_.refuse("--as-of takes a date like 2016-09-06");
    today_ = *as_of;
    const auto variables = variables_from(line_);
    if (!variables) return line_.refuse("--set takes NAME=VALUE");
    return read_name(*variables);
  }

  [[nodiscard]] Date today() const { return today_; }
  [[nodiscard]] const Pipeline& pipeline() const { return pipeline_; }
  [[nodiscard]] std::optional<Journal> journal(Findings& findings) const {
    return Journal::open(state_folder(line_), findings);
  }

  /// The hold as an answer, or the absence of one.
  void answer(const std::string& words, bool is_held, const std::optional<Hold>& hold) const {
    if (!is_json_) {
      std::cout << words << "\n";
      return;
    }
    nlohmann::ordered_json json{{"pipeline", pipeline_.name}, {"held", is_held}};
    if (hold) {
      json.update({{"reason", hold->reason}, {"user", hold->user}, {"since", to_text(hold->since)}});
      json["until"] = hold->until ? nlohmann::ordered_json(to_text(*hold->until)) : nullptr;
    }
    std::cout << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
  }

 private:
  /// A pipeline is held by its name: other faults of its file do not stand in the way.
  std::optional<int> read_name(const Variables& variables) {
    Findings findings;
    auto pipeline = read_pipeline(line_.operands()[0], variables, findings);
    if (!pipeline || pipeline->name.empty()) return tell(findings, exit_usage);
    pipeline_ = *std::move(pipeline);
    return std::nullopt;
  }

  CommandLine& line_;
  bool is_json_ = false;
  Date today_;
  Pipeline pipeline_;
};

}  // namespace

int hold_command(const Arguments& arguments) {
  CommandLine line(
      "hold P.xml --reason WORDS [--until DATE]",
      "Stops an import: run does nothing, says why, and exits 4, until mealsync resume, or until "
      "DATE.\nA run that has begun goes on to its end. Another hold takes the place of one that "
      "is there.\nStop it by July 1, before the POS rolls over to the new year; mealsync log says "
      "which hold\nlooks forgotten.");
  line.options()("reason", po::value<std::string>()->value_name("WORDS"), "why: everybody sees it")(
      "until", po::value<std::string>()->value_name("DATE"), "the first day on which it runs again");
  Request request(line);
  if (const auto exit = request.read(arguments)) return *exit;
  if (!line.has("reason") || line.text("reason").find_first_not_of(' ') == std::string::npos)
    return line.refuse("say why, with --reason");
  std::optional<Date> until;
  if (line.has("until")) {
    until = line.day("until");
    if (!until) return line.refuse("--until takes a date like 2016-08-10");
    if (*until <= request.today())
      return line.refuse("--until is the first day on which it runs again: a later day");
  }

  Findings findings;
  auto journal = request.journal(findings);
  Hold hold{request.pipeline().name, line.text("reason"), "", request.today(), until};
  if (!journal || !Holds(*journal).put(hold, findings)) return tell(findings, exit_failed);
  request.answer(hold.pipeline + " is held from now on" + until_words(hold) + ": " + hold.reason, true, hold);
  return exit_imported;
}

int resume_command(const Arguments& arguments) {
  CommandLine line("resume P.xml", "Starts an import again that mealsync hold has stopped.");
  Request request(line);
  if (const auto exit = request.read(arguments)) return *exit;

  Findings findings;
  auto journal = request.journal(findings);
  const std::string& name = request.pipeline().name;
  const auto holds = journal ? Holds(*journal).list(name, findings) : std::nullopt;
  if (!holds || !Holds(*journal).lift(name, findings)) return tell(findings, exit_failed);

  const std::string own_reason = held_because(request.pipeline());
  const std::string but = own_reason.empty() ? "" : "; it still does nothing, because " + own_reason;
  if (holds->empty()) {
    request.answer(name + " was not held" + but, !own_reason.empty(), std::nullopt);
    return exit_imported;
  }
  const Hold& hold = holds->front();
  request.answer(name + " runs again; it was held by " + hold.user + " since " + to_text(hold.since) + ": " +
                     hold.reason + but,
                 !own_reason.empty(), hold);
  return exit_imported;
}

}  // namespace mealsync::tool
