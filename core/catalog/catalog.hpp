// catalog/catalog.hpp -- which stages there are, and which plugin has them.
//
// Folders are searched in their order; never the current folder. Who has a stage is told by the labels of the plugins;
// only the plugin that a stage is needed of is opened.
// Errors     A plugin that is refused is a finding only where a pipeline needs what it may hold. Two files with one
//            stage, or of one file name, are refused where they are needed: nobody knows which is meant.
// Ownership  Stages live as long as the process.
// Threads    One thread at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catalog/library.hpp>
#include <finding/finding.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {

/// A stage and the plugin that holds it.
struct StageEntry {
  const ms_stage* stage;
  const Plugin* plugin;
};

/// A stage as the label of its plugin tells it.
struct ListedStage {
  Role role = Role::source;
  std::string name;
  std::string summary;
  std::string plugin;
  std::string version;
  std::filesystem::path file;
};

class Catalog {
 public:
  /// Relative folders and those that do not exist are left out.
  explicit Catalog(const std::vector<std::filesystem::path>& folders);

  /// The stage of that name and role, or nothing and a finding at `at`.
  [[nodiscard]] const ms_stage* find(Role role, std::string_view name, const Position& at,
                                     Findings& findings);
  /// The same, with its plugin.
  [[nodiscard]] std::optional<StageEntry> find_entry(Role role, std::string_view name, const Position& at,
                                                     Findings& findings);

  /// Every stage of every plugin, by role and name; opens none. Plugins that are refused are findings.
  [[nodiscard]] std::vector<ListedStage> list(Findings& findings);

  /// Every stage of every plugin, by role and name; opens all of them. Plugins that are refused are findings.
  [[nodiscard]] std::vector<StageEntry> all(Findings& findings);
  /// Those of the plugins that run nothing when they are opened; opens these.
  [[nodiscard]] std::vector<StageEntry> all_quiet();

 private:
  struct Candidate {
    std::filesystem::path file;
    std::optional<Label> label;
    bool is_opened = false;
    std::optional<Plugin> plugin = {};
    std::vector<Finding> refusals = {};

    [[nodiscard]] bool claims(Role role, std::string_view name) const;
  };
  /// What lies in the folders, judged on first use.
  std::vector<Candidate>& candidates();
  static void open(Candidate& candidate);
  [[nodiscard]] std::vector<StageEntry> opened() const;
  void tell_missing(Role role, std::string_view name, const Position& at, Findings& findings);
  [[nodiscard]] const Candidate* namesake_of(const Candidate& candidate) const;
  void tell_namesakes(Findings& findings) const;

  std::vector<std::filesystem::path> folders_;
  std::optional<std::vector<Candidate>> candidates_;
};

/// Where plugins are searched: `given` (--plugins), MEALSYNC_PLUGINS, the installed folder, the build tree next to
/// the program.
[[nodiscard]] std::vector<std::filesystem::path> plugin_folders(const std::vector<std::string>& given);

}  // namespace mealsync
