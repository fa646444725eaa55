#include <iostream>

#include <finding/render.hpp>
#include <reference/reference.hpp>

#include "commands.hpp"
#include "load_plan.hpp"

namespace mealsync::tool {

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
  const auto stages = catalog.all(findings);
  for (const Finding& finding : findings.all())
    std::cerr << render(finding) << "\n";
  if (operands.empty()) {
    std::cout << list_stages(stages);
    return exit_imported;
  }

  const std::string& wanted = operands[0];
  std::vector<std::string> names;
  bool is_found = false;
  for (const StageEntry& entry : stages) {
    const std::string name = stage_name(*entry.stage);
    names.push_back(name);
    names.push_back(name.substr(name.find('.') + 1));
    if (wanted != name && wanted != name.substr(name.find('.') + 1)) continue;
    std::cout << (is_found ? "\n" : "") << describe_stage(entry);
    is_found = true;
  }
  if (is_found) return exit_imported;
  std::cerr << "mealsync: there is no stage '" << wanted << "'"
            << did_you_mean(wanted, {names.begin(), names.end()}) << "\n";
  return exit_usage;
}

}  // namespace mealsync::tool
