// engine/plan.hpp -- a pipeline whose stages exist, whose settings are right and whose columns flow.
//
// Planning constructs nothing that opens a file: `check` is this and no more.
// Errors     Every fault is a finding at its place in the pipeline file, not only the first.
// Ownership  A Plan owns its texts; its stages live as long as the process.
#pragma once

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
  std::vector<std::uint32_t> used;  // input columns that the stage reads
};

struct Plan {
  Pipeline pipeline;
  std::vector<PlannedStage> stages;
  /// Why the columns could not be followed to the end, or empty: what `check` has to admit.
  std::string unchecked;
};

/// The plan as far as it goes; findings.failed() says whether it can be run.
[[nodiscard]] Plan make_plan(Pipeline pipeline, Catalog& catalog, Findings& findings);

}  // namespace mealsync
