#include <array>
#include <iostream>
#include <set>
#include <utility>

#include <campus/oneroster/rules.hpp>
#include <finding/render.hpp>
#include <reference/reference.hpp>
#include <reference/words.hpp>

#include "commands.hpp"
#include "load_plan.hpp"
#include "past_rules.hpp"
#include "rollover/rules.hpp"
#include "rules.hpp"
#include "undo_rules.hpp"

namespace mealsync::tool {
namespace {

constexpr std::array others{RulesOf{"campus load", oneroster::all_rules}, RulesOf{"metrics", all_rules},
                            RulesOf{"rollover", rollover_rules::all}, RulesOf{"undo", undo_rules::all},
                            RulesOf{"rejects, explain", past_rules::all}};

void tell(const Findings& findings) {
  for (const Finding& finding : findings.all())
    std::cerr << render(finding) << "\n";
}

int unknown(const std::string& kind, const std::string& wanted, const std::vector<std::string>& known) {
  std::cerr << "mealsync: there is no " << kind << " '" << wanted << "'"
            << did_you_mean(wanted, {known.begin(), known.end()}) << "\n";
  return exit_usage;
}

/// Opens no plugin.
int print_list(Catalog& catalog) {
  Findings findings;
  const auto stages = catalog.list(findings);
  tell(findings);
  std::cout << list_stages(stages);
  return exit_imported;
}

int print_page(Catalog& catalog) {
  Findings findings;
  const auto stages = catalog.all(findings);
  tell(findings);
  std::cout << reference_page(stages, others);
  return exit_imported;
}

int print_code(std::uint32_t code, Catalog& catalog) {
  Findings findings;
  const auto stages = catalog.all(findings);
  const std::string page = describe_code(code, stages, others);
  if (page.empty()) {
    tell(findings);
    return unknown("finding", code_text(code), codes_of(stages, others));
  }
  std::cout << page;
  return exit_imported;
}

/// `wanted` is role.name, or a name, which several roles may have.
int print_stage(const std::string& wanted, Catalog& catalog) {
  Findings of_others, refusals;
  std::vector<std::string> known;
  std::set<std::pair<Role, std::string>> meant;
  for (const ListedStage& stage : catalog.list(of_others)) {
    known.insert(known.end(), {stage_name(stage), stage.name});
    if (wanted == stage.name || wanted == stage_name(stage)) meant.emplace(stage.role, stage.name);
  }
  if (meant.empty()) {
    tell(of_others);
    return unknown("stage", wanted, known);
  }
  bool is_first = true;
  for (const auto& [role, name] : meant) {
    const auto entry = catalog.find_entry(role, name, {}, refusals);
    if (!entry) continue;
    // What it takes shows in what the others give.
    std::cout << (is_first ? "" : "\n") << describe_stage(*entry, catalog.all_quiet());
    is_first = false;
  }
  tell(refusals);
  return refusals.failed() ? exit_usage : exit_imported;
}

}  // namespace

int describe_command(const Arguments& arguments) {
  CommandLine line(
      "describe [STAGE|CODE]",
      "Lists the stages there are, or explains one: how it is written, its options with types and defaults,\n"
      "its columns, and what it may find, with what to do. Or explains a finding by its code, whoever finds "
      "it.\n"
      "A stage is named transform.map_values, or map_values; a code 1001, or MS1301.");
  line.options()("markdown", "print all stages and findings as one page (plugins/REFERENCE.md is this page)");
  add_plugin_option(line);
  if (const auto exit = line.parse(arguments)) return *exit;
  if (const auto fault = plugin_folder_fault(line)) return line.refuse(*fault);
  const auto operands = line.operands();
  const bool is_page = line.has("markdown");
  if (operands.size() > 1) return line.refuse("name one stage or code, or none");
  if (is_page && !operands.empty()) return line.refuse("--markdown is about all stages: name none");

  Catalog catalog(plugin_folders(line.texts("plugins")));
  if (is_page) return print_page(catalog);
  if (operands.empty()) return print_list(catalog);
  const auto code = code_of(operands[0]);
  return code ? print_code(*code, catalog) : print_stage(operands[0], catalog);
}

}  // namespace mealsync::tool
