// The reference as a page of Markdown.
#include <array>
#include <span>

#include <mealsync/rule.hpp>
#include <mealsync/value.hpp>
#include <reference/own_rules.hpp>
#include <reference/reference.hpp>
#include <reference/stage_columns.hpp>
#include <reference/words.hpp>

namespace mealsync {
namespace {

constexpr std::string_view head = R"(# Reference of mealsync's stages

Printed by `mealsync describe --markdown` from what the stages declare of themselves; do not edit. The same is told of
one stage by `mealsync describe STAGE`, and of one finding by `mealsync describe CODE`.

A finding has a level, which says what becomes of its record, or of the run:

| level | means |
| --- | --- |
| info | Something to know; nothing is wrong. |
| warning | Something to look at; the words say what became of the record. |
| error | The record is not imported, and the others are. In a pipeline file: the file is not run. |
| refused | Nothing is committed, on purpose (exit 4). |
| failed | Nothing is committed, because the run cannot go on (exit 3). `mealsync check` finds most of those with an MS code before anything is opened (exit 2). |

In the words of a finding, … stands for a value. A code that begins with MS is about the pipeline file, the plugins or the
program; any other is about records, files or the student database.
)";

/// As text in a cell of a table.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '<' || c == '&') {
      escaped += c == '<' ? "&lt;" : "&amp;";
      continue;
    }
    if (std::string_view("\\|*$`[").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// As code in a cell of a table; nothing for nothing.
std::string code(std::string_view text) {
  if (text.empty()) return {};
  std::string escaped;
  for (const char c : text)
    escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return "`" + escaped + "`";
}

std::string row(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& each : cells)
    line += each.empty() ? " |" : " " + each + " |";
  return line + "\n";
}

std::string table(const std::vector<std::string>& heads) {
  return "\n" + row(heads) + row(std::vector<std::string>(heads.size(), "---"));
}

std::string takes_cell(const ms_option& option) {
  if (option.choice_count == 0 && option.type != MS_BOOL) return cell(takes(option));
  std::vector<std::string> choices;
  for (const ms_str& choice : std::span{option.choices, option.choice_count})
    choices.push_back(code(text_of(choice)));
  return option.choice_count > 0 ? listed(choices) : "`yes`, `no`";
}

std::string default_cell(const ms_option& option) {
  if ((option.flags & MS_REQUIRED) != 0) return "**required**";
  return code(text_of(option.fallback));
}

void add_options(std::string& page, std::span<const ms_option> options) {
  bool is_begun = false;
  for (const ms_option& option : options) {
    if (option.type == MS_GROUP) continue;
    if (!is_begun) page += table({"option", "takes", "default", "meaning"});
    is_begun = true;
    page += row(
        {code(text_of(option.name)), takes_cell(option), default_cell(option), cell(text_of(option.doc))});
  }
  for (const ms_option& option : options) {
    if (option.type != MS_GROUP) continue;
    page += "\n`<" + std::string(text_of(option.name)) + " …/>`, " +
            ((option.flags & MS_REPEATED) != 0 ? "as often as needed: " : "once: ") +
            cell(text_of(option.doc)) + "\n";
    add_options(page, {option.children, option.child_count});
  }
}

void add_columns(std::string& page, const StageColumns& columns) {
  const bool has_some = !columns.needs.empty() || !columns.uses.empty() || !columns.gives.empty();
  if (!has_some && columns.depends) page += "\nIts columns are those that its options name.\n";
  if (!has_some) return;
  page += "\nColumns, as far as no option says otherwise" +
          std::string(columns.depends ? "; others as its options say" : "") + ":\n";
  page += table({"column", "", "holds", "meaning"});
  const auto add = [&](const char* role, const std::vector<StageColumns::Column>& all) {
    for (const auto& [name, type, doc] : all)
      page += row({code(name), role, cell(type), cell(doc)});
  };
  add("needed", columns.needs);
  add("used if there", columns.uses);
  add("given", columns.gives);
}

std::string heading(const ms_stage& stage) {
  return std::string(to_text(static_cast<Role>(stage.role))) + " " + std::string(text_of(stage.name));
}

/// Where GitHub puts a heading.
std::string link_to(const ms_stage& stage) {
  std::string anchor = heading(stage);
  anchor.replace(anchor.find(' '), 1, "-");
  return "[" + std::string(text_of(stage.name)) + "](#" + anchor + ")";
}

void add_stage(std::string& page, const ms_stage& stage, const std::vector<StageEntry>& stages) {
  page += "\n### " + heading(stage) + "\n\n" + std::string(text_of(stage.summary)) + "\n";
  for (const std::string& note : notes_on(stage))
    page += "\n- " + cell(note);
  if (!notes_on(stage).empty()) page += "\n";
  page += "\n```xml\n" + example_of(stage) + "```\n";
  add_options(page, {stage.options, stage.option_count});
  add_columns(page, columns_of(stage, stages));
  if (stage.rule_count > 0) page += table({"code", "level", "found", "what to do"});
  for (const ms_rule& rule : std::span{stage.rules, stage.rule_count})
    page += row({code_text(rule.code), std::string(to_text(static_cast<Severity>(rule.severity))),
                 cell(shown(text_of(rule.text))), cell(text_of(rule.remedy))});
}

constexpr std::string_view own_title = "Faults of the pipeline file, plugins and engine";
constexpr std::string_view own_anchor = "faults-of-the-pipeline-file-plugins-and-engine";

std::string title_of(Role role) {
  const std::string words(to_text(role));
  return static_cast<char>(words[0] - 'a' + 'A') + words.substr(1) + "s";
}

}  // namespace

std::string reference_page(const std::vector<StageEntry>& stages, std::span<const RulesOf> others) {
  constexpr std::array roles{Role::source, Role::format, Role::transform, Role::sink};
  const auto each_of = [&](Role role, const auto& act) {
    for (const StageEntry& entry : stages)
      if (entry.stage->role == static_cast<std::uint32_t>(role)) act(*entry.stage);
  };

  std::string page(head);
  page += "\n## Contents\n\n";
  for (const Role role : roles) {
    std::vector<std::string> links;
    each_of(role, [&](const ms_stage& stage) { links.push_back(link_to(stage)); });
    page += "- " + title_of(role) + ": " + listed(links) + "\n";
  }
  page += "- [" + std::string(own_title) + "](#" + std::string(own_anchor) + ")\n";

  for (const Role role : roles) {
    page += "\n## " + title_of(role) + "\n";
    each_of(role, [&](const ms_stage& stage) { add_stage(page, stage, stages); });
  }

  page += "\n## " + std::string(own_title) + "\n" + table({"code", "level", "about", "found", "what to do"});
  for (const auto& [rule, finders] : own_rules(others))
    page += row({code_text(rule.code), std::string(to_text(rule.severity)), listed(finders),
                 cell(shown(rule.text)), cell(rule.remedy)});
  return page;
}

}  // namespace mealsync
