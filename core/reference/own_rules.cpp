#include <reference/own_rules.hpp>

#include <algorithm>
#include <array>

#include <catalog/rules.hpp>
#include <engine/rules.hpp>
#include <journal/rules.hpp>
#include <mealsync/stage.hpp>
#include <notify/rules.hpp>
#include <pipeline/rules.hpp>
#include <reference/words.hpp>
#include <schedule/rules.hpp>

namespace mealsync {
namespace {

constexpr std::array of_every_stage{&detail::bad_option,  &detail::no_column,    &detail::other_type,
                                    &detail::given_twice, &detail::broken_stage, &detail::no_room};

bool is_same(const Rule& a, const Rule& b) {
  return a.code == b.code && a.severity == b.severity && a.text == b.text && a.remedy == b.remedy;
}

void add(std::vector<KnownRule>& known, const Rule& rule, std::string finder) {
  const auto same = std::find_if(known.begin(), known.end(),
                                 [&](const KnownRule& earlier) { return is_same(earlier.rule, rule); });
  if (same == known.end())
    known.push_back({rule, {std::move(finder)}});
  else if (std::find(same->finders.begin(), same->finders.end(), finder) == same->finders.end())
    same->finders.push_back(std::move(finder));
}

void sort_by_code(std::vector<KnownRule>& known) {
  std::stable_sort(known.begin(), known.end(),
                   [](const KnownRule& a, const KnownRule& b) { return a.rule.code < b.rule.code; });
}

}  // namespace

std::vector<KnownRule> own_rules(std::span<const RulesOf> others) {
  std::vector<KnownRule> known;
  const auto add_all = [&](std::span<const Rule* const> rules, const char* finder) {
    for (const Rule* rule : rules)
      add(known, *rule, finder);
  };
  add_all(rules::of_pipeline, "pipeline file");
  add_all(rules::of_catalog, "plugins");
  add_all(rules::of_engine, "engine");
  add_all(journal_rules::all, "journal");
  add_all(rules::of_schedule, "schedule");
  add_all(rules::of_notify, "notify");
  add_all(of_every_stage, "every stage");
  for (const auto& [finder, rules] : others)
    add_all(rules, finder);
  sort_by_code(known);
  return known;
}

std::vector<KnownRule> all_rules(const std::vector<StageEntry>& stages, std::span<const RulesOf> others) {
  std::vector<KnownRule> known;
  for (const StageEntry& entry : stages)
    for (const ms_rule& rule : std::span{entry.stage->rules, entry.stage->rule_count})
      add(known, {rule.code, static_cast<Severity>(rule.severity), text_of(rule.text), text_of(rule.remedy)},
          stage_name(*entry.stage));
  for (KnownRule& own : own_rules(others))
    known.push_back(std::move(own));
  sort_by_code(known);
  return known;
}

}  // namespace mealsync
