#include <reference/reference.hpp>

#include <algorithm>
#include <charconv>
#include <span>

#include <mealsync/rule.hpp>
#include <mealsync/value.hpp>
#include <reference/own_rules.hpp>
#include <reference/stage_columns.hpp>
#include <reference/words.hpp>

namespace mealsync {
namespace {

void describe_options(std::string& page, std::span<const ms_option> options, const std::string& indent) {
  for (const ms_option& option : options) {
    const std::string doc(text_of(option.doc));
    if (option.type == MS_GROUP) {
      page += indent + "<" + std::string(text_of(option.name)) + " …/>";
      if ((option.flags & MS_REPEATED) != 0) page += " (repeated)";
      if ((option.flags & MS_REQUIRED) != 0) page += " (required)";
      page += "  " + doc + "\n";
      describe_options(page, {option.children, option.child_count}, indent + "    ");
      continue;
    }
    page += indent + std::string(text_of(option.name)) + " : " + takes(option);
    if ((option.flags & MS_REPEATED) != 0) page += " (repeated)";
    if ((option.flags & MS_REQUIRED) != 0)
      page += " (required)";
    else if (option.fallback.size > 0)
      page += " = " + std::string(text_of(option.fallback));
    page += "  " + doc + "\n";
  }
}

void describe_columns(std::string& page, const StageColumns& columns) {
  const auto add = [&](const char* role, const std::vector<StageColumns::Column>& all) {
    for (const auto& [name, type, doc] : all) {
      page.append("  ").append(role).append(" ").append(name).append(" : ").append(type);
      page.append(doc.empty() ? "" : "  ").append(doc).append("\n");
    }
  };
  const bool has_some = !columns.needs.empty() || !columns.uses.empty() || !columns.gives.empty();
  if (has_some || columns.depends) page += "\nColumns, as far as no option says otherwise\n";
  add("needs", columns.needs);
  add("uses ", columns.uses);
  add("gives", columns.gives);
  if (columns.depends) page += std::string("  ") + (has_some ? "others " : "") + "as its options say\n";
}

void describe_rule(std::string& page, const Rule& rule, const std::string& indent) {
  page += indent + code_text(rule.code) + " " + std::string(to_text(rule.severity)) + "  " +
          shown(rule.text) + "\n" + indent + "    " + std::string(rule.remedy) + "\n";
}

}  // namespace

std::string stage_name(const ListedStage& stage) {
  return std::string(to_text(stage.role)) + "." + stage.name;
}

std::string list_stages(const std::vector<ListedStage>& stages) {
  std::size_t width = 0;
  for (const ListedStage& stage : stages)
    width = std::max(width, stage_name(stage).size());
  std::string page;
  for (const ListedStage& stage : stages) {
    std::string name = stage_name(stage);
    name.resize(width, ' ');
    page += name + "  " + stage.summary + "\n";
  }
  return page;
}

std::string describe_stage(const StageEntry& entry, const std::vector<StageEntry>& stages) {
  const ms_stage& stage = *entry.stage;
  std::string page = stage_name(stage) + "  " + std::string(text_of(stage.summary)) + "\n";
  page += "  plugin " + entry.plugin->name + " " + entry.plugin->version + "\n";
  for (const std::string& note : notes_on(stage))
    page += "  " + note + "\n";
  page += "\n" + example_of(stage);
  if (stage.option_count > 0) {
    page += "\nOptions\n";
    describe_options(page, {stage.options, stage.option_count}, "  ");
  }
  describe_columns(page, columns_of(stage, stages));
  if (stage.rule_count > 0) page += "\nFindings\n";
  for (const ms_rule& rule : std::span{stage.rules, stage.rule_count})
    describe_rule(page,
                  {rule.code, static_cast<Severity>(rule.severity), text_of(rule.text), text_of(rule.remedy)},
                  "  ");
  return page;
}

std::optional<std::uint32_t> code_of(std::string_view text) {
  const bool is_own = text.starts_with("MS") || text.starts_with("ms");
  if (is_own) text.remove_prefix(2);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number >= MS_OWN_CODES) return std::nullopt;
  return is_own ? own(number) : number;
}

std::string describe_code(std::uint32_t code, const std::vector<StageEntry>& stages,
                          std::span<const RulesOf> others) {
  std::string page;
  for (const KnownRule& known : all_rules(stages, others)) {
    if (known.rule.code != code) continue;
    if (!page.empty()) page += "\n";
    describe_rule(page, known.rule, "");
    page += "    found by " + listed(known.finders) + "\n";
  }
  return page;
}

std::vector<std::string> codes_of(const std::vector<StageEntry>& stages, std::span<const RulesOf> others) {
  std::vector<std::string> codes;
  for (const KnownRule& known : all_rules(stages, others))
    if (codes.empty() || codes.back() != code_text(known.rule.code))
      codes.push_back(code_text(known.rule.code));
  return codes;
}

}  // namespace mealsync
