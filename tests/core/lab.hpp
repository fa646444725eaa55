// lab.hpp -- a pipeline of test stages, run by the engine, and what came of it as text.
//
// The stages are in tests/strangers: `given` and its formats read, `obey` does what a record says, `loader` and
// `report` write into the file `log` what is done with them.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <catalog/catalog.hpp>
#include <engine/run.hpp>

#include "pipeline_folder.hpp"

namespace mealsync {

inline constexpr std::string_view strangers = MEALSYNC_STRANGER_FOLDER;

class Lab : public PipelineFolder {
 protected:
  /// Plans what stands between <pipeline> and </pipeline>; its first line is line 2.
  Plan plan(std::string_view stages) {
    auto pipeline = read("<pipeline name=\"lab\" district=\"Example County\" school_year=\"2016-17\">\n" +
                         std::string(stages) + "</pipeline>");
    Catalog catalog({folder("given"), folder("obey"), folder("roll_call"), folder("witness"), folder("plain"),
                     folder("lawless")});
    return pipeline ? make_plan(*std::move(pipeline), catalog, findings_) : Plan{};
  }

  Outcome run(std::string_view stages, bool test = false) {
    const Plan made = plan(stages);
    EXPECT_EQ(told(), "");
    return run_pipeline(made, facts(test));
  }

  [[nodiscard]] static RunFacts facts(bool test = false) {
    return {"17", *Date::of(2016, 9, 6), test, "2016-09-06T01:00:00Z", [] { return "2016-09-06T01:00:05Z"; },
            {}};
  }

  [[nodiscard]] static std::filesystem::path folder(std::string_view stranger) {
    return std::filesystem::path(strangers) / stranger;
  }

  /// What the sinks wrote down, in the order in which it was done.
  [[nodiscard]] std::string log() const {
    std::ifstream in(folder_ / "log", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  /// Status and reason, the counts that are not 0, and a line for each finding.
  [[nodiscard]] static std::string account(const Outcome& outcome) {
    std::string text = outcome.status + (outcome.committed ? ", committed" : ", not committed") +
                       (outcome.reason.empty() ? "" : ": " + outcome.reason) + '\n';
    for (const auto& [name, value] : outcome.counts)
      if (value != 0) text += name + ' ' + std::to_string(value) + '\n';
    outcome.findings.each([&](const Finding& finding) { text += render(finding) + '\n'; });
    return text;
  }
};

}  // namespace mealsync
