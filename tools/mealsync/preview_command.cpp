#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include <engine/run.hpp>
#include <finding/render.hpp>

#include "clock.hpp"
#include "commands.hpp"
#include "glance.hpp"
#include "load_plan.hpp"
#include "present.hpp"

namespace mealsync::tool {
namespace {

using Glances = std::vector<Glance>;

void print_json(const std::string& pipeline, const Outcome& outcome,
                const std::vector<const Glance*>& glances) {
  nlohmann::ordered_json json{{"pipeline", pipeline}, {"status", outcome.status}, {"reason", outcome.reason}};
  json["stages"] = nlohmann::ordered_json::array();
  for (const Glance* glance : glances)
    json["stages"].push_back({{"role", glance->role()},
                              {"id", glance->id()},
                              {"columns", glance->columns()},
                              {"rows", glance->rows()}});
  std::cout << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

}  // namespace

int preview_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  CommandLine line(
      "preview P.xml",
      "Shows the first records of a pipeline's input after each of its stages, as the run would make\n"
      "them. Nothing is written: no database, no report, no entry in the log. Keys are masked; names,\n"
      "birth dates and case numbers are not shown. What was found is on standard error.");
  line.options()("rows", po::value<int>()->default_value(10)->value_name("N"), "how many records to read")(
      "after", po::value<std::string>()->value_name("ID"), "only what comes out of this stage")(
      "as-of", po::value<std::string>()->value_name("DATE"),
      "the day to run as of, like 2016-09-06 (default: today)")(
      "format", po::value<std::string>()->default_value("text")->value_name("text|json"),
      "how to print the rows");
  add_pipeline_options(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  if (line.operands().size() != 1) return line.refuse("name one pipeline file");
  if (const auto fault = plugin_folder_fault(line)) return line.refuse(*fault);
  const auto variables = variables_from(line);
  if (!variables) return line.refuse("--set takes NAME=VALUE");
  const auto as_of = line.has("as-of") ? date_from_iso(line.text("as-of")) : today();
  if (!as_of) return line.refuse("--as-of takes a date like 2016-09-06");
  const int rows = line.number("rows");
  if (rows < 1 || rows > 1000) return line.refuse("--rows is from 1 to 1000");
  const std::string format = line.text("format");
  if (format != "text" && format != "json") return line.refuse("--format is text or json");

  Findings findings;
  Catalog catalog(plugin_folders(line.texts("plugins")));
  auto loaded = load_plan(line.operands()[0], *variables, catalog, findings);
  if (!loaded || findings.failed()) {
    for (const Finding& finding : findings.all())
      std::cerr << render(finding) << "\n    " << finding.remedy << "\n";
    return exit_usage;
  }
  const Plan plan = without_sinks(*std::move(loaded));
  Glances glances = glances_of(plan);
  const auto is_shown = [&](const Glance& glance) {
    return line.has("after") ? glance.id() == line.text("after") : !glance.columns().empty();
  };
  std::vector<const Glance*> shown;
  for (const Glance& glance : glances)
    if (is_shown(glance) && glance.columns().size() > 1) shown.push_back(&glance);
  if (shown.empty()) {
    std::string ids;
    for (const Glance& glance : glances)
      if (glance.columns().size() > 1) ids += (ids.empty() ? "" : ", ") + glance.id();
    return line.refuse("no stage with rows has the id '" + line.text("after") + "'; there are: " + ids);
  }

  RunFacts facts{"preview", *as_of, true, utc_now(), utc_now, {}, {}, {}};
  facts.look = {static_cast<std::uint64_t>(rows),
                [&](std::size_t stage, const ms_batch& batch) { glances[stage].add(batch); }};
  const Outcome outcome = run_pipeline(plan, facts);

  std::cerr << run_ending_findings(outcome.findings) << findings_by_code(outcome.findings);
  if (format == "json") {
    print_json(plan.pipeline.name, outcome, shown);
  } else {
    for (const Glance* glance : shown)
      print_table(*glance, std::cout);
  }
  return outcome.status == "unsuccessful" ? exit_failed
         : outcome.status == "refused"    ? exit_refused
                                          : exit_imported;
}

}  // namespace mealsync::tool
