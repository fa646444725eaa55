// logged_run.hpp -- a run of the past that a command is asked about, and the pipeline that it ran.
#pragma once

#include <optional>
#include <string>

#include <finding/finding.hpp>
#include <journal/journal.hpp>
#include <pipeline/pipeline.hpp>

#include "command_line.hpp"

namespace mealsync::tool {

/// Tells findings with their remedies on standard error; gives `exit`.
int tell(const Findings& findings, int exit);

struct LoggedRun {
  Journal journal;
  RunRecord record;  // without its findings
};
/// Nothing where the log cannot be read, or has no such run: then it is told, and `exit` is set.
[[nodiscard]] std::optional<LoggedRun> logged_run(const CommandLine& line, const std::string& run, int& exit);

/// The pipeline of a run, from `file` or, where that is empty, from the file that the log names. Nothing where it cannot be
/// read, or is another pipeline.
[[nodiscard]] std::optional<Pipeline> pipeline_of(const RunRecord& record, const std::string& file,
                                                  const Variables& variables, Findings& findings);

}  // namespace mealsync::tool
