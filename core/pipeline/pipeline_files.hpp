// pipeline/pipeline_files.hpp -- a pipeline file with all that it includes.
//
// Errors  MS11xx and MS15xx, and what is wrong with a <variable> or the outline of a fragment.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <finding/finding.hpp>
#include <pipeline/document.hpp>
#include <pipeline/variables.hpp>

namespace mealsync {

struct PipelineFiles {
  Element pipeline;
  /// The roots of the fragments, each file once: in the order of their includes, a file before what it
  /// includes.
  std::vector<Element> fragments;
};

/// Reads the files and declares their variables in `scope`. An href may use what is declared before it.
/// No answer means that there is no pipeline to go on with.
[[nodiscard]] std::optional<PipelineFiles> read_files(const std::filesystem::path& file, Scope& scope,
                                                      Findings& findings);

}  // namespace mealsync
