// present.hpp -- what a run came to: as a line for people, and as one JSON object.
#pragma once

#include <string>
#include <vector>

#include <engine/meter.hpp>
#include <engine/run.hpp>
#include <finding/finding_log.hpp>
#include <journal/journal.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync::tool {

/// What `run` has to say of one pipeline.
struct Answer {
  RunRecord record;
  std::string causes;  // how the reason ends, where values out of records are in it
  FindingLog findings;
  std::vector<Notify> notifies;  // of its pipeline, as far as that could be read
  std::vector<std::string> reports;
  bool committed = false;
  Journal::Measures baseline{};  // for the guards of the next run
  double seconds = 0;
  // With --profile:
  std::vector<StageCost> costs;
  double cpu_seconds = 0;  // of the whole program while the pipeline ran; 0 where others ran beside it
};

/// What the log says of a run that begins, as far as its plan tells it.
void keep_plan(const Plan& plan, RunRecord& record);
/// What became of it. Its inputs, counts and reports are taken from the outcome.
void keep_outcome(Outcome& outcome, RunRecord& record);

/// How the reason of a run begins that put back what another one changed.
inline constexpr std::string_view undo_words = "undoes run ";
[[nodiscard]] inline bool is_undo(const RunRecord& record) {
  return record.reason.starts_with(undo_words);
}

/// `sample-pos: 81 new, 7 updated, 231 existing, 47 skipped, 22 rejected (run 20160906-010000-7f3a)`
[[nodiscard]] std::string answer_line(const Answer& answer);

/// What was found in the pipeline's files, from `least` on: each at its place, with what to do.
[[nodiscard]] std::string findings_in_files(const FindingLog& findings, Severity least = Severity::info);
/// What ended the run, whole.
[[nodiscard]] std::string run_ending_findings(const FindingLog& findings);
/// Tells what was found outside a run, with what to do, on standard error; gives `exit`.
int tell(const Findings& findings, int exit);
/// How a run that is refused can be let through; empty where it cannot.
[[nodiscard]] std::string how_to_accept(const Answer& answer);
/// One line a code: how often, its first words and line, and what to do.
[[nodiscard]] std::string findings_by_code(const FindingLog& findings);

[[nodiscard]] std::string answer_json(const Answer& answer);

/// The same for anybody: counts, codes and the reason; no list of files, no key of a record and no name.
[[nodiscard]] std::string summary_json(const Answer& answer);
[[nodiscard]] std::string summary_text(const Answer& answer);

/// A line a stage: its rows, batches, seconds and bytes; empty where nobody measured.
[[nodiscard]] std::string profile_table(const Answer& answer);

/// An entry of the log as one JSON object.
[[nodiscard]] std::string record_json(const RunRecord& record);
/// The same with its findings: counted by code, and each in words.
[[nodiscard]] std::string whole_record_json(const RunRecord& record);

[[nodiscard]] std::uint64_t count_of(const RunRecord& record, const std::string& name);
[[nodiscard]] std::uint64_t skipped_of(const RunRecord& record);

}  // namespace mealsync::tool
