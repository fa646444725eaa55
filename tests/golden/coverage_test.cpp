// A rule without a case fails: every rule of every plugin that was built and of the core is shown by a case's
// findings.txt, or elsewhere.txt names the test that raises it. And every row of the decision table has a case.

#include <gtest/gtest.h>

#include <iomanip>
#include <regex>
#include <set>
#include <span>
#include <sstream>
#include <tuple>

#include <catalog/catalog.hpp>
#include <mealsync/value.hpp>

#include "golden_case.hpp"

namespace mealsync::testing {
namespace {

/// A rule, or a finding as a file shows it: then `text` is the message, filled in.
struct Said {
  std::string stage;  // "core" where no stage has declared it
  std::string code;
  std::string level;
  std::string text;

  auto operator<=>(const Said&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Said& said) {
  return out << said.stage << ' ' << said.code << ' ' << said.level << "  " << said.text;
}

std::vector<Said> stage_rules() {
  std::vector<Said> rules;
  Findings refusals;
  Catalog catalog({MEALSYNC_PLUGIN_FOLDER});
  for (const StageEntry& entry : catalog.all(refusals))
    for (const ms_rule& rule : std::span{entry.stage->rules, entry.stage->rule_count})
      rules.push_back({std::string(text_of(entry.stage->name)), code_text(rule.code),
                       std::string(to_text(static_cast<Severity>(rule.severity))),
                       std::string(text_of(rule.text))});
  EXPECT_TRUE(refusals.all().empty());
  return rules;
}

std::string without_escapes(const std::string& literals) {
  std::string text;
  bool is_inside = false;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    if (literals[i] == '"')
      is_inside = !is_inside;
    else if (is_inside)
      text += literals[i] == '\\' ? literals[++i] : literals[i];
  }
  return text;
}

/// The rules that stand in a header, read as text: no list that could be left behind.
void add_rules_of(const fs::path& header, std::vector<Said>& rules) {
  static const std::regex declared(R"(constexpr Rule \w+\{)");
  static const std::regex rule(
      R"re(constexpr Rule \w+\{\s*(own\()?(\d+)\)?,\s*Severity::(\w+),\s*((?:"(?:\\.|[^"\\])*"\s*)+),)re");
  static const std::map<std::string, std::string> levels{{"info", "info"},
                                                         {"warning", "warning"},
                                                         {"error", "error"},
                                                         {"refusal", "refused"},
                                                         {"fatal", "failed"}};
  const std::string source = bytes_of(header);
  std::ptrdiff_t found = 0;
  for (std::sregex_iterator each(source.begin(), source.end(), rule), end; each != end; ++each, ++found)
    rules.push_back({"core", ((*each)[1].matched ? "MS" : "") + (*each)[2].str(), levels.at((*each)[3]),
                     without_escapes((*each)[4])});
  EXPECT_EQ(found, std::distance(std::sregex_iterator(source.begin(), source.end(), declared), {}))
      << header << " has rules that this test cannot read";
}

std::vector<Said> core_rules() {
  std::vector<Said> rules;
  for (const char* folder : {"/core", "/sdk/include"})
    for (const auto& entry : fs::recursive_directory_iterator(std::string(MEALSYNC_SOURCE_FOLDER) + folder))
      if (entry.path().extension() == ".hpp") add_rules_of(entry.path(), rules);
  return rules;
}

const std::vector<Said>& all_rules() {
  static const auto rules = [] {
    auto all = stage_rules();
    const auto core = core_rules();
    all.insert(all.end(), core.begin(), core.end());
    return all;
  }();
  return rules;
}

/// Whether the message is the rule's text with something in each {}.
bool fills(const std::string& message, std::string_view text) {
  std::size_t at = 0;
  for (bool is_first = true;; is_first = false) {
    const auto hole = text.find("{}");
    const auto part = text.substr(0, hole);
    if (hole == std::string_view::npos)
      return is_first ? message == part : message.size() >= at + part.size() && message.ends_with(part);
    const auto found = message.find(part, at);
    if (found == std::string::npos || (is_first && found != 0)) return false;
    at = found + part.size();
    text.remove_prefix(hole + 2);
  }
}

/// What is fatal to a stage is an error of the pipeline file where planning finds it.
bool is_of(const Said& finding, const Said& rule) {
  const bool same_level = finding.level == rule.level || (finding.level == "error" && rule.level == "failed");
  return finding.code == rule.code && same_level && fills(finding.text, rule.text) &&
         (rule.stage == "core" || rule.stage == finding.stage);
}

/// The findings in a case's findings.txt.
std::vector<Said> shown_by(const std::string& name) {
  static const std::regex shape(
      R"((?:Line \d+: |[^ ]+\.xml(?::\d+)*: )?([A-Za-z]+) (MS\d+|\d+)(?: -|:) (.*?)(?:  \[(\w+)\])?)");
  std::vector<Said> findings;
  std::istringstream in(bytes_of(golden_folder / name / "findings.txt"));
  for (std::string line; std::getline(in, line);) {
    std::smatch parts;
    if (!std::regex_match(line, parts, shape)) {
      ADD_FAILURE() << name << ": '" << line << "' is no finding";
      continue;
    }
    std::string level = parts[1];
    for (char& c : level)
      c = static_cast<char>(std::tolower(c));
    findings.push_back({parts[4].matched ? parts[4].str() : "core", parts[2], level, parts[3]});
  }
  return findings;
}

std::set<Said> rules_shown() {
  std::set<Said> shown;
  for (const std::string& name : golden_cases())
    for (const Said& finding : shown_by(name)) {
      bool is_declared = false;
      for (const Said& rule : all_rules())
        if (is_of(finding, rule)) {
          shown.insert(rule);
          is_declared = true;
        }
      EXPECT_TRUE(is_declared) << name << " shows what no rule declares: " << finding;
    }
  return shown;
}

/// elsewhere.txt: the path of a test, and under it the rules that it raises.
std::vector<std::pair<Said, std::string>> rules_elsewhere() {
  std::vector<std::pair<Said, std::string>> rules;
  std::istringstream in(bytes_of(golden_folder / "elsewhere.txt"));
  std::string test;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    if (line.front() != ' ') {
      test = line;
      continue;
    }
    std::istringstream words(line);
    Said rule;
    words >> rule.stage >> rule.code >> rule.level >> std::ws;
    std::getline(words, rule.text);
    rules.emplace_back(rule, test);
  }
  return rules;
}

/// The longest part of a rule's text between two {}.
std::string_view words_of(std::string_view text) {
  std::string_view longest;
  for (std::size_t hole = 0; hole != std::string_view::npos;) {
    hole = text.find("{}");
    longest = std::max(longest, text.substr(0, hole), [](auto a, auto b) { return a.size() < b.size(); });
    if (hole != std::string_view::npos) text.remove_prefix(hole + 2);
  }
  return longest;
}

/// Whether the test says the rule's code, or its words.
bool names(const std::string& test, const Said& rule) {
  const std::string source = bytes_of(fs::path(MEALSYNC_SOURCE_FOLDER) / test);
  return std::regex_search(source, std::regex("\\b" + rule.code + "\\b")) ||
         source.find(words_of(rule.text)) != std::string::npos;
}

TEST(Coverage, EveryRuleIsShownByACaseOrRaisedElsewhere) {
  const auto shown = rules_shown();
  std::set<Said> elsewhere;
  for (const auto& entry : rules_elsewhere())
    elsewhere.insert(entry.first);

  EXPECT_GT(shown.size(), 100U);
  for (const Said& rule : all_rules())
    EXPECT_TRUE(shown.contains(rule) || elsewhere.contains(rule)) << "no case shows " << rule;
}

TEST(Coverage, ElsewhereNamesRulesThatNoCaseShowsAndTestsThatRaiseThem) {
  const auto shown = rules_shown();
  const std::set<Said> all(all_rules().begin(), all_rules().end());
  for (const auto& [rule, test] : rules_elsewhere()) {
    EXPECT_TRUE(all.contains(rule)) << "there is no rule " << rule;
    EXPECT_FALSE(shown.contains(rule)) << "a case shows " << rule;
    EXPECT_TRUE(names(test, rule)) << test << " does not raise " << rule;
  }
}

bool has_case(const std::string& beginning) {
  const auto names = golden_cases();
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return name.starts_with(beginning); });
}

TEST(Coverage, EveryRowOfTheDecisionTableHasACase) {
  for (int row = 1; row <= 42; ++row) {
    std::ostringstream name;
    name << "row_" << std::setw(2) << std::setfill('0') << row << '_';
    EXPECT_TRUE(has_case(name.str())) << name.str();
  }
  for (int check = 1; check <= 11; ++check)
    EXPECT_TRUE(has_case("V" + std::to_string(check) + "_")) << "V" << check;
}

TEST(Coverage, ACaseThatIsNamedAfterACodeShowsIt) {
  static const std::regex after_row(R"((row_\d\d|V\d+|option)_[a-z0-9_]+)");
  static const std::regex after_code(R"((?:error_|([a-z_]+)-)(MS\d+|\d+)[-_][a-z0-9_]+)");
  for (const std::string& name : golden_cases()) {
    std::smatch parts;
    if (std::regex_match(name, after_row)) continue;
    ASSERT_TRUE(std::regex_match(name, parts, after_code)) << name;
    const auto findings = shown_by(name);
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [&](const Said& finding) {
      return finding.code == parts[2] && (!parts[1].matched || finding.stage == parts[1]);
    })) << name;
  }
}

}  // namespace
}  // namespace mealsync::testing
