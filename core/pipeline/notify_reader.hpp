// pipeline/notify_reader.hpp -- who wants to hear of a run, as a <notify> says it.
//
// Errors  MS13xx. A text whose variable is at fault has been told, and is not looked at.
#pragma once

#include <finding/finding.hpp>
#include <pipeline/document.hpp>
#include <pipeline/pipeline.hpp>
#include <pipeline/stage_reader.hpp>

namespace mealsync {

/// `stages` replaces variables, and knows where paths start.
[[nodiscard]] Notify read_notify(Element& element, StageReader& stages, Findings& findings);

}  // namespace mealsync
