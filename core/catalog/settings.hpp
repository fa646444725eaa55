// catalog/settings.hpp -- what a pipeline file says of a stage, against what the stage declares.
//
// Errors     Every fault is a finding at its place (MS12xx), not only the first.
// Ownership  A SettingTable owns its texts.
// Threads    No shared state.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <mealsync/abi.h>
#include <finding/finding.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {

/// The settings to plan the stage with, fragments put in; nothing where at least one is wrong.
[[nodiscard]] std::optional<std::vector<Setting>> check_settings(const StageSpec& spec, const ms_stage& stage,
                                                                 const std::vector<Fragment>& fragments,
                                                                 Findings& findings);

/// Settings as they cross to a plugin.
class SettingTable {
 public:
  explicit SettingTable(const std::vector<Setting>& settings) : top_(&table(settings)) {}
  SettingTable(const SettingTable&) = delete;
  SettingTable& operator=(const SettingTable&) = delete;

  [[nodiscard]] std::span<const ms_setting> settings() const { return *top_; }

 private:
  const std::vector<ms_setting>& table(const std::vector<Setting>& settings);

  std::deque<std::vector<ms_setting>> tables_;
  std::deque<std::string> texts_;
  const std::vector<ms_setting>* top_;
};

/// The settings to create the stage with: the run's variables replaced, paths made absolute, secrets read.
/// Nothing where a secret cannot be read.
[[nodiscard]] std::optional<std::vector<Setting>> settings_for_run(
    const std::vector<Setting>& settings, const ms_stage& stage,
    const std::map<std::string, std::string>& variables, Findings& findings);

/// The paths among a stage's settings, absolute; before a run the run's variables (${run} …) stand in them.
[[nodiscard]] std::vector<std::string> paths_among(const std::vector<Setting>& settings,
                                                   const ms_stage& stage);

/// The secrets among a stage's settings; before a run they are references still.
[[nodiscard]] std::vector<Setting> secrets_among(const std::vector<Setting>& settings, const ms_stage& stage);

}  // namespace mealsync
