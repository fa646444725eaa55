#include <reference/reference.hpp>

#include <limits>
#include <span>

#include <mealsync/rule.hpp>
#include <mealsync/value.hpp>

namespace mealsync {
namespace {

std::string type_text(const ms_option& option) {
  if (option.choice_count > 0) {
    std::string choices;
    for (const ms_str& choice : std::span{option.choices, option.choice_count})
      choices += (choices.empty() ? "" : "|") + std::string(text_of(choice));
    return choices;
  }
  if ((option.flags & MS_SECRET) != 0) return "secret";
  if ((option.flags & MS_LIST) != 0) return "names";
  if ((option.flags & MS_PATH) != 0) return "path";
  switch (option.type) {
    case MS_INT:
      return "number";
    case MS_DATE:
      return "date";
    case MS_BOOL:
      return "yes|no";
    default:
      return "text";
  }
}

std::string limits_text(const ms_option& option) {
  std::string limits;
  if (option.least != std::numeric_limits<std::int64_t>::min())
    limits += ", at least " + std::to_string(option.least);
  if (option.most != std::numeric_limits<std::int64_t>::max())
    limits += ", at most " + std::to_string(option.most);
  return limits;
}

void describe_options(std::string& page, std::span<const ms_option> options, const std::string& indent) {
  for (const ms_option& option : options) {
    if (option.type == MS_GROUP) {
      page += indent + "<" + std::string(text_of(option.name)) + " …/>  " + std::string(text_of(option.doc)) +
              "\n";
      describe_options(page, {option.children, option.child_count}, indent + "    ");
      continue;
    }
    page += indent + std::string(text_of(option.name)) + " : " + type_text(option) + limits_text(option);
    if ((option.flags & MS_REQUIRED) != 0)
      page += " (required)";
    else if (option.fallback.size > 0)
      page += " = " + std::string(text_of(option.fallback));
    page += "  " + std::string(text_of(option.doc)) + "\n";
  }
}

}  // namespace

std::string stage_name(const ms_stage& stage) {
  return std::string(to_text(static_cast<Role>(stage.role))) + "." + std::string(text_of(stage.name));
}

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

std::string describe_stage(const StageEntry& entry) {
  const ms_stage& stage = *entry.stage;
  std::string page = stage_name(stage) + "  " + std::string(text_of(stage.summary)) + "\n";
  page += "  plugin " + entry.plugin->name + " " + entry.plugin->version;
  if ((stage.flags & MS_HOLDS_ROWS) != 0) page += ", acts at the end of the input";
  if ((stage.flags & MS_WHOLE_FILES) != 0) page += ", reads whole files";
  if ((stage.flags & MS_DATABASE) != 0) page += ", loads a database";
  page += "\n";
  if (stage.option_count > 0) {
    page += "\nOptions\n";
    describe_options(page, {stage.options, stage.option_count}, "  ");
  }
  if (stage.rule_count > 0) page += "\nFindings\n";
  for (const ms_rule& rule : std::span{stage.rules, stage.rule_count})
    page += "  " + code_text(rule.code) + " " + std::string(to_text(static_cast<Severity>(rule.severity))) +
            "  " + std::string(text_of(rule.text)) + "\n      " + std::string(text_of(rule.remedy)) + "\n";
  return page;
}

}  // namespace mealsync
