#include <catalog/catalog.hpp>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>

#include <catalog/rules.hpp>
#include <mealsync/value.hpp>

namespace mealsync {
namespace {

namespace fs = std::filesystem;

const ms_stage* stage_of(const Plugin& plugin, Role role, std::string_view name) {
  for (const ms_stage* stage : plugin.stages)
    if (stage->role == static_cast<std::uint32_t>(role) && text_of(stage->name) == name) return stage;
  return nullptr;
}

std::string joined(const std::vector<fs::path>& folders) {
  std::string all;
  for (const fs::path& folder : folders)
    all += (all.empty() ? "" : ", ") + folder.string();
  return all.empty() ? "no folder" : all;
}

}  // namespace

Catalog::Catalog(const std::vector<fs::path>& folders) {
  for (const fs::path& folder : folders) {
    std::error_code error;
    if (folder.is_absolute() && fs::is_directory(folder, error) &&
        std::find(folders_.begin(), folders_.end(), folder) == folders_.end())
      folders_.push_back(folder);
  }
}

std::vector<fs::path> Catalog::files() const {
  std::vector<fs::path> files;
  std::set<fs::path> names;
  for (const fs::path& folder : folders_) {
    std::error_code error;
    std::vector<fs::path> here;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
      if (at->path().extension() == ".so") here.push_back(at->path());
    std::sort(here.begin(), here.end());
    for (const fs::path& file : here)
      if (names.insert(file.filename()).second) files.push_back(file);
  }
  return files;
}

Catalog::Candidate& Catalog::open(const fs::path& file) {
  const auto [at, is_new] = opened_.try_emplace(file);
  if (is_new) {
    Findings refusals;
    at->second.plugin = open_plugin(file, refusals);
    at->second.refusals = refusals.all();
  }
  return at->second;
}

const ms_stage* Catalog::find(Role role, std::string_view name, const Position& at, Findings& findings) {
  auto files = this->files();
  const std::string own_file = "mealsync_" + std::string(name) + ".so";
  std::stable_partition(files.begin(), files.end(),
                        [&](const fs::path& f) { return f.filename() == own_file; });

  bool own_is_refused = false;
  std::vector<Finding> refusals;
  std::vector<std::string_view> known;
  for (const fs::path& file : files) {
    const Candidate& candidate = open(file);
    if (candidate.plugin) {
      if (const ms_stage* stage = stage_of(*candidate.plugin, role, name)) return stage;
      for (const ms_stage* stage : candidate.plugin->stages)
        if (stage->role == static_cast<std::uint32_t>(role)) known.push_back(text_of(stage->name));
    } else {
      refusals.insert(refusals.end(), candidate.refusals.begin(), candidate.refusals.end());
      own_is_refused = file.filename() == own_file;
      if (own_is_refused) break;  // It is there and refused: no other may take its place.
    }
  }
  if (!own_is_refused)
    findings.add<rules::no_stage>(at, to_text(role), name, did_you_mean(name, known), joined(folders_));
  for (Finding& refusal : refusals) {
    refusal.at = at;
    findings.add(std::move(refusal));
  }
  return nullptr;
}

std::vector<StageEntry> Catalog::all(Findings& findings) {
  std::vector<StageEntry> entries;
  for (const fs::path& file : files()) {
    const Candidate& candidate = open(file);
    for (const Finding& refusal : candidate.refusals)
      findings.add(refusal);
    if (!candidate.plugin) continue;
    for (const ms_stage* stage : candidate.plugin->stages)
      entries.push_back({stage, &*candidate.plugin});
  }
  std::sort(entries.begin(), entries.end(), [](const StageEntry& a, const StageEntry& b) {
    return std::tuple(a.stage->role, text_of(a.stage->name)) <
           std::tuple(b.stage->role, text_of(b.stage->name));
  });
  return entries;
}

std::vector<fs::path> plugin_folders(const std::vector<std::string>& given) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (const std::string& folder : given)
    folders.push_back(fs::absolute(folder, error));
  if (const char* from_environment = std::getenv("MEALSYNC_PLUGINS")) {
    std::string_view list = from_environment;
    while (!list.empty()) {
      const auto end = std::min(list.find(':'), list.size());
      if (end > 0) folders.emplace_back(list.substr(0, end));
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  }
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  folders.push_back((program / MEALSYNC_INSTALLED_PLUGINS).lexically_normal());
  folders.push_back((program / "../plugins").lexically_normal());
  return folders;
}

}  // namespace mealsync
