// catalog/catalog.hpp -- which stages there are, and which plugin has them.
//
// Folders are searched in their order; never the current folder. A stage is looked for in the plugin of its own
// name first (mealsync_<name>.so), so that a pipeline opens what it needs and nothing else.
// Errors     A plugin that is refused is a finding only where a pipeline needs what it may hold.
// Ownership  Stages live as long as the process.
// Threads    One thread at a time.
#pragma once

#include <filesystem>
#include <map>
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

class Catalog {
 public:
  /// Relative folders and those that do not exist are left out.
  explicit Catalog(const std::vector<std::filesystem::path>& folders);

  /// The stage of that name and role, or nothing and a finding at `at`.
  [[nodiscard]] const ms_stage* find(Role role, std::string_view name, const Position& at,
                                     Findings& findings);

  /// Every stage of every plugin, by role and name; plugins that are refused are findings.
  [[nodiscard]] std::vector<StageEntry> all(Findings& findings);

 private:
  struct Candidate {
    std::optional<Plugin> plugin;
    std::vector<Finding> refusals;
  };
  Candidate& open(const std::filesystem::path& file);
  [[nodiscard]] std::vector<std::filesystem::path> files() const;

  std::vector<std::filesystem::path> folders_;
  std::map<std::filesystem::path, Candidate> opened_;
};

/// Where plugins are searched: `given` (--plugins), MEALSYNC_PLUGINS, the installed folder, the build tree next to
/// the program.
[[nodiscard]] std::vector<std::filesystem::path> plugin_folders(const std::vector<std::string>& given);

}  // namespace mealsync
