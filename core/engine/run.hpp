// engine/run.hpp -- one run of one pipeline, from the first byte to the commit.
//
// A test import is a run in which the engine does not call commit: nothing else differs.
// Guards stand between the last row and the first commit. A run that fails or is refused commits nothing; report
// writers conclude in every case, with what really happened.
// Errors     What a stage or a guard found is in the outcome. Throws only what is a fault of ours.
// Threads    Returns when every thread it started has ended.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <engine/meter.hpp>
#include <engine/plan.hpp>
#include <engine/reader.hpp>
#include <finding/finding_log.hpp>
#include <finding/input_file.hpp>

namespace mealsync {

struct RunFacts {
  std::string run;  // its name in the journal
  Date as_of;
  bool test = false;
  std::string started_at;            // UTC, 2016-09-06T01:00:00Z
  std::function<std::string()> now;  // the clock, in the same form
  std::function<void(const Progress&)> progress;
  Gauge gauge{};
  /// What was found, in parts: all up to the commit while the reports conclude, on a thread of its own, and then, if
  /// there is any, what was found late. Must not throw: the import stands.
  std::function<void(const FindingLog&)> keep_findings{};
};

struct Outcome {
  std::string status;  // successful, unsuccessful, refused
  std::string reason;
  std::string finished_at;
  bool committed = false;
  std::vector<InputFile> inputs;
  std::map<std::string, std::uint64_t> counts;
  FindingLog findings;
  std::vector<std::string> reports;  // paths of what the report writers have written
  std::vector<StageCost> costs;      // of each stage; empty where nobody measures
};

/// Runs a plan that has no faults.
[[nodiscard]] Outcome run_pipeline(const Plan& plan, const RunFacts& facts);

}  // namespace mealsync
