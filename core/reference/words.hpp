// reference/words.hpp -- how the declarations of a stage are said, on a terminal and in a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <mealsync/abi.h>

namespace mealsync {

/// role.name, as `describe` takes and prints it.
[[nodiscard]] std::string stage_name(const ms_stage& stage);

/// What an option takes: its choices, or its type with its limits.
[[nodiscard]] std::string takes(const ms_option& option);

/// The words of a rule, with … where a value will stand.
[[nodiscard]] std::string shown(std::string_view rule_text);

/// What is to be known of a stage beside its options, a phrase each.
[[nodiscard]] std::vector<std::string> notes_on(const ms_stage& stage);

/// `texts`, with ", " between two.
[[nodiscard]] std::string listed(const std::vector<std::string>& texts);

/// How the stage is written in a pipeline file: what it requires, … where it takes more.
[[nodiscard]] std::string example_of(const ms_stage& stage);

}  // namespace mealsync
