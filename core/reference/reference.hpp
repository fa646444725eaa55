// reference/reference.hpp -- the manual of stages and findings, made from their own declarations.
//
// Ownership  An answer owns its text.
// Threads    One thread at a time: stages are planned to learn their columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catalog/catalog.hpp>
#include <reference/own_rules.hpp>

namespace mealsync {

/// A line a stage: role.name and what it does.
[[nodiscard]] std::string list_stages(const std::vector<ListedStage>& stages);

/// One stage whole: its options with types, limits and defaults, its columns, its findings with their remedies.
/// `stages` are those that may stand before it.
[[nodiscard]] std::string describe_stage(const StageEntry& entry, const std::vector<StageEntry>& stages);

/// The number of a code as people write it, 1001 or MS1301; nothing where it is none.
[[nodiscard]] std::optional<std::uint32_t> code_of(std::string_view text);

/// Every rule with this code: words, level, remedy, and who finds it. Empty where there is none.
[[nodiscard]] std::string describe_code(std::uint32_t code, const std::vector<StageEntry>& stages,
                                        std::span<const RulesOf> others = {});

/// Every code that `describe_code` knows, as people write it.
[[nodiscard]] std::vector<std::string> codes_of(const std::vector<StageEntry>& stages,
                                                std::span<const RulesOf> others = {});

/// All of it as one page of Markdown: plugins/REFERENCE.md. The same for the same stages on every machine.
[[nodiscard]] std::string reference_page(const std::vector<StageEntry>& stages,
                                         std::span<const RulesOf> others = {});

/// role.name, as `describe` takes and prints it.
[[nodiscard]] std::string stage_name(const ListedStage& stage);

}  // namespace mealsync
