#include <catalog/library.hpp>

#define BOOST_DLL_USE_STD_FS
#include <dlfcn.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <deque>
#include <string_view>
#include <system_error>

#include <catalog/elf_file.hpp>
#include <catalog/probe.hpp>
#include <catalog/rules.hpp>
#include <mealsync/value.hpp>

namespace mealsync {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view entry_prefix = "mealsync_plugin_v";
constexpr std::string_view entry = "mealsync_plugin_v1";
static_assert(MS_ABI_MAJOR == 1, "the entry's name ends in the major");

constexpr std::size_t least_stage_size = offsetof(ms_stage, committed);  // of a table of 1.0

constexpr std::chrono::seconds time_to_load{10};

/// Whether somebody but the owner may change what stands there: his own group is himself.
std::optional<std::string> others_who_write(const struct stat& status) {
  if ((status.st_mode & S_IWOTH) != 0) return "everybody";
  if ((status.st_mode & S_IWGRP) == 0) return std::nullopt;
  const passwd* owner = getpwuid(status.st_uid);
  if (owner != nullptr && owner->pw_gid == status.st_gid) return std::nullopt;
  const group* writers = getgrgid(status.st_gid);
  return "the group " + (writers != nullptr ? std::string(writers->gr_name) : std::to_string(status.st_gid));
}

/// `found` is how the catalog came to `file`: through a folder that may hold a link to it only.
bool is_trusted(const fs::path& file, const fs::path& found, Findings& findings) {
  bool trusted = true;
  std::vector<fs::path> parts{file, file.parent_path()};
  if (found.parent_path() != file.parent_path()) parts.push_back(found.parent_path());
  for (const fs::path& each : parts) {
    struct stat status {};
    if (stat(each.c_str(), &status) != 0) {
      findings.add<rules::not_a_file>({}, file.string(), std::string_view(std::strerror(errno)));
      return false;
    }
    if (const auto who = others_who_write(status)) {
      findings.add<rules::writable>({}, file.string(),
                                    std::string_view(each == file ? "the file" : "its folder"), *who);
      trusted = false;
    }
  }
  return trusted;
}

/// The linker's own words, without what Boost puts around them.
std::string linker_words(std::string_view what) {
  constexpr std::string_view begin = "dlerror system message: ";
  const auto at = what.find(begin);
  if (at == std::string_view::npos) return std::string(what);
  what.remove_prefix(at + begin.size());
  return std::string(what.substr(0, what.rfind(')')));
}

const boost::dll::shared_library* open_library(const fs::path& file, Findings& findings) {
  // Never destroyed: closing a library while something still points into it is a crash at exit.
  static auto& opened = *new std::deque<boost::dll::shared_library>;
  try {
    opened.emplace_back(file, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
    return &opened.back();
  } catch (const std::system_error& error) {
    findings.add<rules::does_not_open>({}, file.string(), linker_words(error.what()));
    return nullptr;
  }
}

/// What is wrong with a stage's table, or nothing.
std::optional<std::string_view> stage_fault(const ms_stage& stage) {
  if (stage.size < least_stage_size) return "its table is too short";
  if (stage.name.size == 0) return "it has no name";
  if (stage.plan == nullptr || stage.create == nullptr || stage.destroy == nullptr)
    return "it cannot be planned, created or destroyed";
  switch (stage.role) {
    case MS_SOURCE:
      if ((stage.read != nullptr) == (stage.produce != nullptr)) return "a source has one way to read";
      return stage.read != nullptr && stage.test == nullptr ? std::optional{"a source of bytes needs test"}
                                                            : std::nullopt;
    case MS_FORMAT:
      return stage.decode == nullptr ? std::optional{"a format needs decode"} : std::nullopt;
    case MS_TRANSFORM:
      return stage.process == nullptr ? std::optional{"a transform needs process"} : std::nullopt;
    case MS_SINK:
      if (stage.write == nullptr || (stage.commit != nullptr) == (stage.conclude != nullptr) ||
          (stage.found != nullptr) != (stage.conclude != nullptr))
        return "a sink needs write, and either commit, or found and conclude";
      return std::nullopt;
    default:
      return "it has no role";
  }
}

/// A judged plugin's file.
struct Judged {
  fs::path file;
  Label label;
  ElfFile elf;
};

bool has_entry(const fs::path& file, const ElfFile& elf, Findings& findings) {
  const auto is_entry = [](const std::string& name) { return name.starts_with(entry_prefix); };
  if (std::find(elf.exported.begin(), elf.exported.end(), entry) != elf.exported.end()) return true;
  const auto other = std::find_if(elf.exported.begin(), elf.exported.end(), is_entry);
  if (other == elf.exported.end())
    findings.add<rules::no_entry>({}, file.string(), entry);
  else
    findings.add<rules::other_major>({}, file.string(), *other, entry);
  return false;
}

std::optional<Judged> judge(const fs::path& found, Findings& findings) {
  std::error_code error;
  const fs::path file = fs::canonical(found, error);
  if (error || !fs::is_regular_file(file, error)) {
    findings.add<rules::not_a_file>({}, found.string(), error ? error.message() : "it is no regular file");
    return std::nullopt;
  }
  if (!is_trusted(file, found, findings)) return std::nullopt;
  if (access(file.c_str(), R_OK) != 0) {
    findings.add<rules::not_a_file>({}, file.string(), std::string_view(std::strerror(errno)));
    return std::nullopt;
  }
  ElfFile elf = read_elf_file(file, MS_LABEL_SECTION, MS_LABEL_MOST + 1);
  if (!elf.fault.empty()) {
    findings.add<rules::not_a_library>({}, file.string(), elf.fault);
    return std::nullopt;
  }
  if (!has_entry(file, elf, findings)) return std::nullopt;
  if (!elf.section) {
    findings.add<rules::no_label>({}, file.string());
    return std::nullopt;
  }
  Label label = read_label(*elf.section);
  if (!label.fault.empty()) {
    findings.add<rules::bad_label>({}, file.string(), label.fault);
    return std::nullopt;
  }
  if (!is_understood(label.abi_major, label.abi_minor)) {
    findings.add<rules::newer_minor>({}, file.string(), label.abi_major, label.abi_minor, MS_ABI_MAJOR,
                                     MS_ABI_MINOR);
    return std::nullopt;
  }
  return Judged{file, std::move(label), std::move(elf)};
}

/// Of a library that is in this process already nothing runs; of any other nobody knows.
bool is_loaded(const std::string& library) {
  void* const handle = dlopen(library.c_str(), RTLD_LAZY | RTLD_NOLOAD);
  if (handle != nullptr) dlclose(handle);
  return handle != nullptr;
}

bool runs_nothing(const Judged& judged) {
  const auto& needed = judged.elf.needed;
  return !judged.elf.runs_when_loaded && std::all_of(needed.begin(), needed.end(), is_loaded);
}

bool survives_loading(const Judged& judged, Findings& findings) {
  if (runs_nothing(judged) || is_loaded(judged.file.string())) return true;
  const std::string fault = probe_library(judged.file, time_to_load);
  if (!fault.empty()) findings.add<rules::breaks_down>({}, judged.file.string(), fault);
  return fault.empty();
}

}  // namespace

std::optional<Label> judge_plugin(const fs::path& file, Findings& findings) {
  auto judged = judge(file, findings);
  if (!judged) return std::nullopt;
  return std::move(judged->label);
}

bool runs_nothing_when_opened(const fs::path& file) {
  Findings ignored;
  const auto judged = judge(file, ignored);
  return judged && runs_nothing(*judged);
}

std::optional<Plugin> open_plugin(const fs::path& file, Findings& findings) {
  const auto judged = judge(file, findings);
  if (!judged || !survives_loading(*judged, findings)) return std::nullopt;
  const auto* library = open_library(judged->file, findings);
  if (library == nullptr) return std::nullopt;

  const std::string name = judged->file.string();
  const auto& table = library->get<const ms_plugin>(std::string(entry));
  if (table.size < sizeof(ms_plugin) || table.stage == nullptr) {
    findings.add<rules::bad_stage>({}, name, std::string_view("its table is too short"));
    return std::nullopt;
  }
  if (!is_understood(table.abi_major, table.abi_minor)) {
    findings.add<rules::newer_minor>({}, name, table.abi_major, table.abi_minor, MS_ABI_MAJOR, MS_ABI_MINOR);
    return std::nullopt;
  }
  Plugin plugin{judged->file, std::string(text_of(table.name)), std::string(text_of(table.version)), {}};
  while (plugin.stages.size() <= judged->label.stages.size()) {
    const ms_stage* stage = table.stage(plugin.stages.size());
    if (stage == nullptr) break;
    if (const auto fault = stage_fault(*stage)) {
      findings.add<rules::bad_stage>({}, name, *fault);
      return std::nullopt;
    }
    plugin.stages.push_back(stage);
  }
  if (const auto differs = difference(judged->label, table, plugin.stages)) {
    findings.add<rules::other_label>({}, name, differs->first, differs->second);
    return std::nullopt;
  }
  return plugin;
}

}  // namespace mealsync
