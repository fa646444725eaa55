// engine/connect.hpp -- reaches what a pipeline reads from, and reads nothing: Test Connection.
//
// Makes the source, and calls `test` of each stage that has it. Other stages are not made, so nothing is written.
// Errors     What a stage found is in the answer. Throws only what is a fault of ours.
// Threads    One, on which facts.step is called.
#pragma once

#include <string>

#include <engine/plan.hpp>
#include <engine/run.hpp>
#include <finding/finding_log.hpp>

namespace mealsync {

struct Connection {
  Severity worst = Severity::info;  // from a refusal on it is not connected
  std::string reason;               // why not
  FindingLog findings;
};

/// Connects a plan that has no faults. Of the facts only those count that a stage is told, and who listens to steps.
[[nodiscard]] Connection connect_pipeline(const Plan& plan, const RunFacts& facts);

}  // namespace mealsync
