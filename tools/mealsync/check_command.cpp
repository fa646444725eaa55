#include <algorithm>
#include <iostream>
#include <tuple>

#include <finding/render.hpp>

#include "commands.hpp"
#include "load_plan.hpp"

namespace mealsync::tool {
namespace {

void print_columns(const Plan& plan) {
  for (const PlannedStage& stage : plan.stages) {
    std::cout << "  " << to_text(stage.spec.role) << " " << stage.spec.id << ":";
    for (std::size_t i = 0; i < stage.output.size(); ++i)
      std::cout << " " << stage.output.name(i);
    std::cout << "\n";
  }
}

/// Faults where a person reads the file: by line and column, includes where they are.
std::vector<Finding> in_order(std::vector<Finding> findings, const std::string& file) {
  std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
    return std::tuple(a.at.file != file, a.at.file, a.at.line, a.at.column) <
           std::tuple(b.at.file != file, b.at.file, b.at.line, b.at.column);
  });
  return findings;
}

int check(const std::string& file, const Variables& variables, Catalog& catalog, bool show_columns) {
  Findings findings;
  const auto plan = load_plan(file, variables, catalog, findings);
  for (const Finding& finding : in_order(findings.all(), file)) {
    std::cout << render(finding) << "\n";
    if (!finding.remedy.empty()) std::cout << "    " << finding.remedy << "\n";
  }
  if (plan && show_columns) print_columns(*plan);
  const auto faults = std::count_if(findings.all().begin(), findings.all().end(),
                                    [](const Finding& f) { return f.severity >= Severity::error; });
  std::cout << file << ": "
            << (faults == 0 ? "no faults" : std::to_string(faults) + (faults == 1 ? " fault" : " faults"))
            << ". Not checked: that files, folders, servers and databases can be reached; what is in them";
  if (!plan)
    std::cout << "; the stages";
  else if (!plan->unchecked.empty())
    std::cout << "; " << plan->unchecked;
  std::cout << ".\n";
  return findings.failed() ? exit_usage : exit_imported;
}

}  // namespace

int check_command(const Arguments& arguments) {
  CommandLine line(
      "check P.xml…",
      "Finds every fault of pipeline files: their form, variables, stages, options, and whether each stage\n"
      "gets the columns it needs. Opens nothing that a stage names.");
  line.options()("columns", "show which columns leave each stage");
  add_pipeline_options(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  if (line.operands().empty()) return line.refuse("name a pipeline file");
  if (const auto fault = plugin_folder_fault(line)) return line.refuse(*fault);
  const auto variables = variables_from(line);
  if (!variables) return line.refuse("--set takes NAME=VALUE");

  Catalog catalog(plugin_folders(line.texts("plugins")));
  int worst = exit_imported;
  for (const std::string& file : line.operands())
    worst = std::max(worst, check(file, *variables, catalog, line.has("columns")));
  return worst;
}

}  // namespace mealsync::tool
