#include <catalog/catalog.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>
#include <utility>

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

void tell_at(const Position& at, const std::vector<Finding>& refusals, Findings& findings) {
  for (Finding refusal : refusals) {
    refusal.at = at;
    findings.add(std::move(refusal));
  }
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

bool Catalog::Candidate::claims(Role role, std::string_view name) const {
  return label && std::any_of(label->stages.begin(), label->stages.end(), [&](const LabelledStage& stage) {
           return stage.role == role && stage.name == name;
         });
}

std::vector<Catalog::Candidate>& Catalog::candidates() {
  if (candidates_) return *candidates_;
  auto& judged = candidates_.emplace();
  std::set<fs::path> seen;
  for (const fs::path& folder : folders_) {
    std::error_code error;
    std::vector<fs::path> here;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
      if (at->path().extension() == ".so") here.push_back(at->path());
    std::sort(here.begin(), here.end());
    for (const fs::path& file : here) {
      const fs::path real = fs::canonical(file, error);
      if (!error && !seen.insert(real).second) continue;  // One file, though two names lead to it.
      Findings refusals;
      auto label = judge_plugin(file, refusals);
      judged.push_back({file, std::move(label), false, {}, refusals.all()});
    }
  }
  return judged;
}

void Catalog::open(Candidate& candidate) {
  if (candidate.is_opened || !candidate.label) return;
  candidate.is_opened = true;
  Findings refusals;
  candidate.plugin = open_plugin(candidate.file, refusals);
  candidate.refusals = refusals.all();
}

std::optional<StageEntry> Catalog::find_entry(Role role, std::string_view name, const Position& at,
                                              Findings& findings) {
  const std::string own_file = "mealsync_" + std::string(name) + ".so";
  std::vector<Candidate*> claimants;
  for (Candidate& candidate : candidates()) {
    if (candidate.claims(role, name)) claimants.push_back(&candidate);
    if (candidate.label || candidate.file.filename() != own_file) continue;
    tell_at(at, candidate.refusals, findings);  // It is there and refused: no other may take its place.
    return std::nullopt;
  }
  if (claimants.empty()) {
    tell_missing(role, name, at, findings);
    return std::nullopt;
  }
  Candidate& found = *claimants.front();
  if (claimants.size() > 1) {
    findings.add<rules::two_plugins>(at, to_text(role), name, found.file.string(),
                                     claimants[1]->file.string());
    return std::nullopt;
  }
  if (const Candidate* namesake = namesake_of(found)) {
    findings.add<rules::one_file_name>(at, found.file.string(), namesake->file.string());
    return std::nullopt;
  }
  open(found);
  tell_at(at, found.refusals, findings);
  if (!found.plugin) return std::nullopt;
  return StageEntry{stage_of(*found.plugin, role, name), &*found.plugin};
}

const ms_stage* Catalog::find(Role role, std::string_view name, const Position& at, Findings& findings) {
  const auto entry = find_entry(role, name, at, findings);
  return entry ? entry->stage : nullptr;
}

void Catalog::tell_missing(Role role, std::string_view name, const Position& at, Findings& findings) {
  std::vector<std::string_view> known;
  for (const Candidate& candidate : candidates())
    if (candidate.label)
      for (const LabelledStage& stage : candidate.label->stages)
        if (stage.role == role) known.push_back(stage.name);
  findings.add<rules::no_stage>(at, to_text(role), name, did_you_mean(name, known), joined(folders_));
  for (const Candidate& candidate : candidates())
    if (!candidate.label) tell_at(at, candidate.refusals, findings);
}

const Catalog::Candidate* Catalog::namesake_of(const Candidate& candidate) const {
  for (const Candidate& other : *candidates_)
    if (&other != &candidate && other.file.filename() == candidate.file.filename()) return &other;
  return nullptr;
}

void Catalog::tell_namesakes(Findings& findings) const {
  std::map<fs::path, fs::path> files;
  std::map<std::pair<Role, std::string_view>, fs::path> stages;
  for (const Candidate& candidate : *candidates_) {
    const auto [file, is_first] = files.emplace(candidate.file.filename(), candidate.file);
    if (!is_first) findings.add<rules::one_file_name>({}, file->second.string(), candidate.file.string());
    if (!candidate.label) continue;
    for (const LabelledStage& stage : candidate.label->stages) {
      const auto [first, is_only] =
          stages.emplace(std::pair(stage.role, std::string_view(stage.name)), candidate.file);
      if (!is_only)
        findings.add<rules::two_plugins>({}, to_text(stage.role), stage.name, first->second.string(),
                                         candidate.file.string());
    }
  }
}

std::vector<ListedStage> Catalog::list(Findings& findings) {
  std::vector<ListedStage> stages;
  for (const Candidate& candidate : candidates()) {
    tell_at({}, candidate.refusals, findings);
    if (!candidate.label) continue;
    for (const LabelledStage& stage : candidate.label->stages)
      stages.push_back({stage.role, stage.name, stage.summary, candidate.label->plugin,
                        candidate.label->version, candidate.file});
  }
  tell_namesakes(findings);
  std::sort(stages.begin(), stages.end(), [](const ListedStage& a, const ListedStage& b) {
    return std::tie(a.role, a.name, a.file) < std::tie(b.role, b.name, b.file);
  });
  return stages;
}

std::vector<StageEntry> Catalog::all(Findings& findings) {
  for (Candidate& candidate : candidates()) {
    open(candidate);
    tell_at({}, candidate.refusals, findings);
  }
  tell_namesakes(findings);
  return opened();
}

std::vector<StageEntry> Catalog::all_quiet() {
  for (Candidate& candidate : candidates())
    if (runs_nothing_when_opened(candidate.file)) open(candidate);
  return opened();
}

std::vector<StageEntry> Catalog::opened() const {
  std::vector<StageEntry> entries;
  for (const Candidate& candidate : *candidates_) {
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
