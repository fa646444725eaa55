// lab.hpp -- a pipeline of test stages, run by the engine, and what came of it as text.
//
// The stages are in tests/strangers: `given` and its formats read, `obey` does what a record says, `loader` and
// `report` write into the file `log` what is done with them.
#pragma once

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

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
                     folder("lawless"), folder("older_minor")});
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

  /// What the sinks wrote down, in the order in which it was done. Each writes on a thread of its own: what they write
  /// at one time is given sink by sink, in the order they were made.
  [[nodiscard]] std::string log() const {
    std::ifstream in(folder_ / "log", std::ios::binary);
    std::vector<std::string> lines, makers;
    for (std::string line; std::getline(in, line);) {
      const std::string sink = line.substr(0, line.find(' '));
      if (line.ends_with(" is made")) makers.push_back(sink);
      lines.push_back(line);
    }
    const auto is_written = [](const std::string& line) {
      return line.find(" writes ") != std::string::npos;
    };
    const auto place = [&](const std::string& line) {
      return std::find(makers.begin(), makers.end(), line.substr(0, line.find(' '))) - makers.begin();
    };
    for (auto begin = lines.begin(); begin != lines.end();) {
      begin = std::find_if(begin, lines.end(), is_written);
      const auto end = std::find_if_not(begin, lines.end(), is_written);
      std::stable_sort(begin, end, [&](const auto& a, const auto& b) { return place(a) < place(b); });
      begin = end;
    }
    std::string text;
    for (const std::string& line : lines)
      text += line + '\n';
    return text;
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
