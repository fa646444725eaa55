// load_plan.hpp -- the options that every command on pipelines shares, and the plan they lead to.
#pragma once

#include <optional>
#include <string>

#include <catalog/catalog.hpp>
#include <engine/plan.hpp>
#include <finding/finding.hpp>

#include "command_line.hpp"

namespace mealsync::tool {

void add_plugin_option(CommandLine& line);
/// Why the folders of --plugins cannot be searched, or nothing: without this a misspelt one would be passed over.
[[nodiscard]] std::optional<std::string> plugin_folder_fault(const CommandLine& line);
void add_pipeline_options(CommandLine& line);
void add_state_option(CommandLine& line);
/// --format text|json.
void add_format_option(CommandLine& line, const char* what = "how to print the answer");
/// Whether JSON is asked for; nothing where --format is neither.
[[nodiscard]] std::optional<bool> wants_json(const CommandLine& line);
void add_as_of_option(CommandLine& line, const char* what);
/// The day of --as-of, or today; nothing where it is no date.
[[nodiscard]] std::optional<Date> as_of_day(const CommandLine& line);

[[nodiscard]] std::filesystem::path state_folder(const CommandLine& line);

/// What --set and the environment say; nothing where a --set is not name=value.
[[nodiscard]] std::optional<Variables> variables_from(const CommandLine& line);

/// The plan of a pipeline file as far as it goes; findings.failed() says whether it can be run.
[[nodiscard]] std::optional<Plan> load_plan(const std::string& file, const Variables& variables,
                                            Catalog& catalog, Findings& findings);

}  // namespace mealsync::tool
