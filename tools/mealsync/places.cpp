#include "places.hpp"

#include <filesystem>
#include <vector>

#include <catalog/settings.hpp>

namespace mealsync::tool {
namespace {

namespace fs = std::filesystem;

/// Of what is no path nothing is made ready: it may be a secret.
std::vector<std::string> paths_of(const Plan& plan, const PlannedStage& planned) {
  std::vector<Setting> paths = planned.settings;
  std::erase_if(paths, [&](const Setting& each) { return paths_among({each}, *planned.stage).empty(); });
  Findings told_by_the_run;
  const auto ready =
      settings_for_run(paths, *planned.stage, {{"pipeline", plan.pipeline.name}}, told_by_the_run);
  return ready ? paths_among(*ready, *planned.stage) : std::vector<std::string>{};
}

std::string whole(const fs::path& path) {
  std::error_code none;
  const auto canonical = fs::weakly_canonical(path, none);
  return (none ? path : canonical).string();
}

}  // namespace

std::string database_of(const Plan& plan) {
  for (const PlannedStage& planned : plan.stages)
    if (planned.spec.role == Role::sink && (planned.stage->flags & MS_DATABASE) != 0)
      if (const auto paths = paths_of(plan, planned); !paths.empty()) return whole(paths.front());
  return {};
}

std::string path_of_input(const Plan& plan, const std::string& name) {
  std::error_code none;
  for (const PlannedStage& planned : plan.stages) {
    if (planned.spec.role != Role::source) continue;
    for (const fs::path path : paths_of(plan, planned))
      for (const fs::path& file : {path, path / name})
        if (file.filename() == name && fs::is_regular_file(file, none)) return whole(file);
  }
  return {};
}

}  // namespace mealsync::tool
