// engine/plan.hpp -- a pipeline whose stages exist, whose settings are right and whose columns flow.
//
// Planning constructs nothing that opens a file: `check` is this and no more.
// Errors     Every fault is a finding at its place in the pipeline file, not only the first.
// Ownership  A Plan owns its texts; its stages live as long as the process.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <catalog/catalog.hpp>
#include <engine/schema.hpp>
#include <finding/finding.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {

struct PlannedStage {
  StageSpec spec;
  const ms_stage* stage = nullptr;
  std::vector<Setting> settings;
  Schema input;
  Schema output;
  std::vector<std::uint32_t> used;   // input columns that the stage reads
  std::vector<std::uint32_t> from;   // of each output column: the input column it passes on, or MS_NO_COLUMN
  std::vector<std::uint8_t> wanted;  // of each output column: whether a later stage reads it
};

struct Plan {
  Pipeline pipeline;
  std::vector<PlannedStage> stages;
  /// Whether a stage will ask whom the input names.
  bool judges_absence = false;
  /// Those whose stages it uses: versions by name.
  std::map<std::string, std::string> plugins;
  /// Why the columns could not be followed to the end, or empty: what `check` has to admit.
  std::string unchecked;
};

/// The plan as far as it goes; findings.failed() says whether it can be run.
[[nodiscard]] Plan make_plan(Pipeline pipeline, Catalog& catalog, Findings& findings);

/// The same up to its last transform, to look at what comes of it: every column is wanted, and nothing is written.
[[nodiscard]] Plan without_sinks(Plan plan);

}  // namespace mealsync
