// reference/reference.hpp -- the manual of the stages, made from their own declarations.
#pragma once

#include <string>
#include <vector>

#include <catalog/catalog.hpp>

namespace mealsync {

/// A line a stage: role.name and what it does.
[[nodiscard]] std::string list_stages(const std::vector<ListedStage>& stages);

/// One stage whole: its options with types, limits and defaults, its findings with their remedies.
[[nodiscard]] std::string describe_stage(const StageEntry& entry);

/// role.name, as `describe` takes and prints it.
[[nodiscard]] std::string stage_name(const ms_stage& stage);
[[nodiscard]] std::string stage_name(const ListedStage& stage);

}  // namespace mealsync
