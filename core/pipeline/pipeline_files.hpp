// pipeline/pipeline_files.hpp -- a pipeline file with all that it includes.
//
// Errors  MS11xx and MS15xx, and what is wrong with a <variable> or the outline of a fragment.
#pragma once

#include <filesystem>
#include <optional>

#include <finding/finding.hpp>
#include <pipeline/document.hpp>
#include <pipeline/variables.hpp>

namespace mealsync {

/// Reads the files and declares their variables in `scope`. An href may use what is declared before it.
/// Gives the root of the pipeline file; each <include> in it has the children of the fragment that it names, where
/// that is met for the first time. No answer means that there is no pipeline to go on with.
[[nodiscard]] std::optional<Element> read_files(const std::filesystem::path& file, Scope& scope,
                                                Findings& findings);

}  // namespace mealsync
