// reference/own_rules.hpp -- every rule there is: those of the stages, and what mealsync finds itself.
//
// Ownership  Texts are those of the rules, which live as long as the process.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <catalog/catalog.hpp>
#include <mealsync/rule.hpp>

namespace mealsync {

/// A rule with all who may find it: stages by role.name, or a part of mealsync.
struct KnownRule {
  Rule rule;
  std::vector<std::string> finders;
};

/// The rules of a part of mealsync that is not core.
struct RulesOf {
  const char* finder;
  std::span<const Rule* const> rules;
};

/// What mealsync finds itself, whichever stages a pipeline has, and `others` find; by code.
[[nodiscard]] std::vector<KnownRule> own_rules(std::span<const RulesOf> others = {});

/// Those and the rules of the stages, by code; the same rule of several stages is one.
[[nodiscard]] std::vector<KnownRule> all_rules(const std::vector<StageEntry>& stages,
                                               std::span<const RulesOf> others = {});

}  // namespace mealsync
