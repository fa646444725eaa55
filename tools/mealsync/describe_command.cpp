#include <iostream>
#include <set>
#include <utility>

#include <finding/render.hpp>
#include <reference/reference.hpp>

#include "commands.hpp"
#include "load_plan.hpp"

namespace mealsync::tool {
namespace {

void tell(const Findings& findings) {
  for (const Finding& finding : findings.all())
    std::cerr << render(finding) << "\n";
}

}  // namespace

int describe_command(const Arguments& arguments) {
  CommandLine line(
      "describe [STAGE]",
      "Lists the stages there are, or explains one: its options with types and defaults, and what it may\n"
      "find, with what to do. A stage is named transform.map_values, or map_values.");
  add_plugin_option(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  if (const auto fault = plugin_folder_fault(line)) return line.refuse(*fault);
  const auto operands = line.operands();
  if (operands.size() > 1) return line.refuse("name one stage, or none");

  Catalog catalog(plugin_folders(line.texts("plugins")));
  Findings findings;
  const auto stages = catalog.list(findings);
  if (operands.empty()) {
    tell(findings);
    std::cout << list_stages(stages);
    return exit_imported;
  }

  const std::string& wanted = operands[0];
  std::vector<std::string> names;
  std::set<std::pair<Role, std::string>> meant;
  for (const ListedStage& stage : stages) {
    names.insert(names.end(), {stage_name(stage), stage.name});
    if (wanted == stage.name || wanted == stage_name(stage)) meant.emplace(stage.role, stage.name);
  }
  if (meant.empty()) {
    tell(findings);
    std::cerr << "mealsync: there is no stage '" << wanted << "'"
              << did_you_mean(wanted, {names.begin(), names.end()}) << "\n";
    return exit_usage;
  }
  bool is_first = true;
  Findings refusals;
  for (const auto& [role, name] : meant) {
    const auto entry = catalog.find_entry(role, name, {}, refusals);
    if (!entry) continue;
    std::cout << (is_first ? "" : "\n") << describe_stage(*entry);
    is_first = false;
  }
  tell(refusals);
  return refusals.failed() ? exit_usage : exit_imported;
}

}  // namespace mealsync::tool
