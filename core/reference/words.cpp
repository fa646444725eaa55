#include <reference/words.hpp>

#include <limits>
#include <span>

#include <mealsync/value.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {
namespace {

std::string type_of(const ms_option& option) {
  if ((option.flags & MS_SECRET) != 0) return "secret (env:NAME or file:PATH)";
  if ((option.flags & MS_LIST) != 0) return "names";
  if ((option.flags & MS_PATH) != 0) return "path";
  if ((option.flags & MS_FRAGMENT) != 0) return "name of <values>";
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

/// ` name="…"` of each attribute that is required, ` …` where there are others.
std::string attributes_of(std::span<const ms_option> options) {
  std::string attributes;
  bool has_others = false;
  for (const ms_option& option : options) {
    if (option.type == MS_GROUP) continue;
    if ((option.flags & MS_REQUIRED) != 0)
      attributes += " " + std::string(text_of(option.name)) + "=\"…\"";
    else
      has_others = true;
  }
  return attributes + (has_others ? " …" : "");
}

/// Ends an element that has been opened: with its children on lines of their own, or at once.
std::string end_of(const std::string& element, std::span<const ms_option> options, const std::string& more) {
  std::string children = more;
  for (const ms_option& option : options)
    if (option.type == MS_GROUP) {
      const std::string name(text_of(option.name));
      const std::span<const ms_option> own{option.children, option.child_count};
      children += "  <" + name + attributes_of(own) + end_of(name, own, "");
    }
  return children.empty() ? "/>\n" : ">\n" + children + "</" + element + ">\n";
}

}  // namespace

std::string stage_name(const ms_stage& stage) {
  return std::string(to_text(static_cast<Role>(stage.role))) + "." + std::string(text_of(stage.name));
}

std::string takes(const ms_option& option) {
  std::string choices;
  for (const ms_str& choice : std::span{option.choices, option.choice_count})
    choices += (choices.empty() ? "" : "|") + std::string(text_of(choice));
  if (!choices.empty()) return choices;

  std::string words = type_of(option);
  if (option.least != std::numeric_limits<std::int64_t>::min())
    words += ", at least " + std::to_string(option.least);
  if (option.most != std::numeric_limits<std::int64_t>::max())
    words += ", at most " + std::to_string(option.most);
  return words;
}

std::string shown(std::string_view rule_text) {
  std::string text(rule_text);
  for (auto at = text.find("{}"); at != std::string::npos; at = text.find("{}", at))
    text.replace(at, 2, "…");
  return text;
}

std::vector<std::string> notes_on(const ms_stage& stage) {
  std::vector<std::string> notes;
  if (stage.role == MS_SOURCE)
    notes.emplace_back(stage.read != nullptr ? "gives bytes, which its <format> reads"
                                             : "gives records, without a <format>");
  if ((stage.flags & MS_WHOLE_FILES) != 0) notes.emplace_back("reads whole files");
  if ((stage.flags & MS_HOLDS_ROWS) != 0)
    notes.emplace_back("acts at the end of the input, too: may hold rows until then");
  if (stage.conclude != nullptr) notes.emplace_back("reports, also when nothing is committed");
  if (stage.commit != nullptr) notes.emplace_back("loads, unless the run is a test");
  if ((stage.flags & MS_DATABASE) != 0)
    notes.emplace_back("loads a database, of which a pipeline has one at most");
  return notes;
}

std::string listed(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts)
    all += (all.empty() ? "" : ", ") + text;
  return all;
}

std::string example_of(const ms_stage& stage) {
  const std::string role(to_text(static_cast<Role>(stage.role)));
  const std::span<const ms_option> options{stage.options, stage.option_count};
  const bool takes_format = stage.role == MS_SOURCE && stage.read != nullptr;
  return "<" + role + " plugin=\"" + std::string(text_of(stage.name)) + "\"" + attributes_of(options) +
         end_of(role, options, takes_format ? "  <format plugin=\"…\" …/>\n" : "");
}

}  // namespace mealsync
