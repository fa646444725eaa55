#include "logged_run.hpp"

#include <filesystem>
#include <iostream>
#include <utility>

#include <finding/render.hpp>

#include "load_plan.hpp"
#include "past_rules.hpp"

namespace mealsync::tool {

int tell(const Findings& findings, int exit) {
  for (const Finding& finding : findings.all())
    std::cerr << render(finding) << "\n    " << finding.remedy << "\n";
  return exit;
}

std::optional<LoggedRun> logged_run(const CommandLine& line, const std::string& run, int& exit) {
  Findings findings;
  auto journal = Journal::open(state_folder(line), findings);
  auto record = journal ? journal->find(run, findings) : std::nullopt;
  if (findings.failed()) {
    exit = tell(findings, exit_failed);
    return std::nullopt;
  }
  if (!record) {
    std::cerr << "mealsync: the log has no run '" << run << "'\n"
              << "    mealsync log lists them; --state names another folder of the log.\n";
    exit = exit_usage;
    return std::nullopt;
  }
  return LoggedRun{*std::move(journal), *std::move(record)};
}

std::optional<Pipeline> pipeline_of(const RunRecord& record, const std::string& file,
                                    const Variables& variables, Findings& findings) {
  const std::string path = file.empty() ? record.pipeline_file : file;
  std::error_code none;
  if (file.empty() && !std::filesystem::exists(path, none)) {
    findings.add<past_rules::no_pipeline>({}, path, record.run);
    return std::nullopt;
  }
  auto pipeline = read_pipeline(path, variables, findings);
  if (!pipeline || findings.failed()) return std::nullopt;
  if (pipeline->name == record.pipeline) return pipeline;
  findings.add<past_rules::other_pipeline>({}, path, pipeline->name, record.run, record.pipeline);
  return std::nullopt;
}

}  // namespace mealsync::tool
