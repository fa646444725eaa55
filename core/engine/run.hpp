// engine/run.hpp -- one run of one pipeline, from the first byte to the commit.
//
// A test import is a run in which the engine does not call commit: nothing else differs.
// Guards stand between the last row and the first commit. A run that fails or is refused commits nothing; report
// writers conclude in every case, with what really happened. The source is told where every loader has committed. What
// may be accepted (acceptance.hpp) refuses a run only when it has come so far; a token that is accepted in a test import is
// not used up.
// Errors     What a stage or a guard found is in the outcome. Throws only what is a fault of ours.
// Threads    Returns when every thread it started has ended.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <engine/acceptance.hpp>
#include <engine/guards.hpp>
#include <engine/meter.hpp>
#include <engine/plan.hpp>
#include <engine/reader.hpp>
#include <finding/finding_log.hpp>
#include <finding/input_file.hpp>

namespace mealsync {

/// Somebody looks on: only the first records are read, every batch is shown as it leaves its stage, and nothing is
/// concluded from what is not there: guards do not judge, and no student counts as absent.
struct Look {
  std::uint64_t most_records = 0;
  /// By the place of the stage in the plan. Calls for one stage follow each other; those for two may be at once.
  std::function<void(std::size_t stage, const ms_batch&)> show{};
};

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
  Look look{};          // nobody, unless there is a `show`; then the run is a test
  Steps step{};         // who listens to what the source reaches; called on the caller's thread
  Measures baseline{};  // of the last run that was committed; without it, nothing is compared with it
  std::vector<InputFile> inputs_before{};  // of the same run
  Acceptance acceptance{};
  bool is_part =
      false;  // the input is a part of what is due: nobody is absent, and the next run is not compared with it
};

struct Outcome {
  std::string status;  // successful, unsuccessful, refused
  std::string reason;
  std::string causes;  // the end of the reason, where values out of records are in it
  std::string finished_at;
  bool committed = false;
  std::vector<InputFile> inputs;
  std::map<std::string, std::uint64_t> counts;
  FindingLog findings;
  std::vector<std::string> reports;  // paths of what the report writers have written
  std::vector<StageCost> costs;      // of each stage; empty where nobody measures
  Measures baseline;                 // for the guards of the next run, where this one was committed
  std::string token;                 // of a run that is refused and may be accepted, or was; else empty
  bool is_accepted = false;
};

/// Runs a plan that has no faults.
[[nodiscard]] Outcome run_pipeline(const Plan& plan, const RunFacts& facts);

}  // namespace mealsync
