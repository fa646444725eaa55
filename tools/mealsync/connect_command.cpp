#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include <engine/connect.hpp>
#include <finding/render.hpp>

#include "clock.hpp"
#include "commands.hpp"
#include "holding.hpp"
#include "load_plan.hpp"
#include "present.hpp"

namespace mealsync::tool {
namespace {

struct Request {
  Variables variables;
  Date as_of;
  bool is_json = false;
};

/// What `connect` has to say of one pipeline.
struct Reached {
  std::string pipeline;
  std::string status;  // connected, unsuccessful, refused, held
  std::string reason{};
  std::vector<std::string> steps{};
  FindingLog findings{};
};

std::string json_of(const Reached& reached) {
  nlohmann::ordered_json json{{"pipeline", reached.pipeline},
                              {"status", reached.status},
                              {"reason", reached.reason},
                              {"steps", reached.steps}};
  json["findings"] = nlohmann::ordered_json::array();
  reached.findings.each([&](const Finding& finding) {
    json["findings"].push_back({{"severity", to_text(finding.severity)},
                                {"code", code_text(finding.code)},
                                {"message", shown_message(finding)},
                                {"file", finding.at.file},
                                {"line", finding.at.line},
                                {"remedy", finding.remedy}});
  });
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

int reach(const Plan& plan, const Request& request, Reached& reached) {
  RunFacts facts{"connect", request.as_of, true, utc_now(), utc_now, {}, {}, {}};
  facts.step = [&](const std::string& step) {
    reached.steps.push_back(step);
    if (!request.is_json)
      std::cout << "  " << step << std::endl;  // who waits for a server sees how far it is
  };
  Connection connection = connect_pipeline(plan, facts);
  // What was found before was found in the pipeline's files: few.
  reached.findings.each([&](const Finding& early) { connection.findings.add(0, early); });
  reached.findings = std::move(connection.findings);
  reached.reason = std::move(connection.reason);
  if (connection.worst < Severity::refusal) {
    reached.status = "connected";
    return exit_imported;
  }
  const bool is_refused = connection.worst == Severity::refusal;
  reached.status = is_refused ? "refused" : "unsuccessful";
  return is_refused ? exit_refused : exit_failed;
}

int attempt(const std::string& file, const Request& request, Catalog& catalog, Reached& reached) {
  Findings findings;
  const auto plan = load_plan(file, request.variables, catalog, findings);
  for (const Finding& finding : findings.all())
    reached.findings.add(0, finding);
  if (plan) reached.pipeline = plan->pipeline.name;
  if (!plan || findings.failed()) {
    reached.status = "unsuccessful";
    reached.reason = "the pipeline file has faults";
    return exit_usage;
  }
  reached.reason = held_because(plan->pipeline);
  if (reached.reason.empty()) return reach(*plan, request, reached);
  reached.status = "held";
  return exit_refused;
}

int connect(const std::string& file, const Request& request, Catalog& catalog) {
  Reached reached{file, {}};
  const int code = attempt(file, request, catalog, reached);
  if (code == exit_usage)
    std::cerr << findings_in_files(reached.findings);
  else
    std::cerr << run_ending_findings(reached.findings) << findings_by_code(reached.findings);
  if (request.is_json)
    std::cout << json_of(reached) << std::endl;
  else
    std::cout << reached.pipeline << ": " << reached.status
              << (reached.reason.empty() ? "" : ": " + reached.reason) << std::endl;
  return code;
}

}  // namespace

int connect_command(const Arguments& arguments) {
  CommandLine line(
      "connect P.xml…",
      "Reaches what each pipeline reads from: the server answers, the user logs on, the file is there.\n"
      "Reads no record, opens no database and writes nothing. One line a step and one a pipeline on\n"
      "standard output; what stands in the way, and what to do, on standard error.");
  add_as_of_option(line, "the day to look for files as of, like 2016-09-06 (default: today)");
  add_format_option(line);
  add_pipeline_options(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  if (line.operands().empty()) return line.refuse("name a pipeline file");
  if (const auto fault = plugin_folder_fault(line)) return line.refuse(*fault);
  const auto variables = variables_from(line);
  if (!variables) return line.refuse("--set takes NAME=VALUE");
  const auto as_of = as_of_day(line);
  if (!as_of) return line.refuse("--as-of takes a date like 2016-09-06");
  const auto is_json = wants_json(line);
  if (!is_json) return line.refuse("--format is text or json");

  const Request request{*variables, *as_of, *is_json};
  Catalog catalog(plugin_folders(line.texts("plugins")));
  std::vector<int> codes;
  for (const std::string& file : line.operands())
    codes.push_back(connect(file, request, catalog));
  return worst_of(codes);
}

}  // namespace mealsync::tool
