#include <catalog/library.hpp>

#define BOOST_DLL_USE_STD_FS
#include <elf.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

#include <algorithm>
#include <boost/dll/library_info.hpp>
#include <boost/dll/shared_library.hpp>
#include <cerrno>
#include <cstring>
#include <deque>
#include <exception>
#include <fstream>
#include <string_view>
#include <system_error>

#include <catalog/rules.hpp>
#include <mealsync/value.hpp>

namespace mealsync {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view entry_prefix = "mealsync_plugin_v";
constexpr std::string_view entry = "mealsync_plugin_v1";
static_assert(MS_ABI_MAJOR == 1, "the entry's name ends in the major");

#if defined(__x86_64__)
constexpr auto this_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr auto this_machine = EM_AARCH64;
#else
#error "name the machine of this program"
#endif

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

/// What the file's own header says against it, or nothing.
std::optional<std::string_view> header_fault(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  Elf64_Ehdr header{};
  if (error || !in.read(reinterpret_cast<char*>(&header), sizeof header)) return "it is too short";
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return "it is no ELF file";
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != this_machine)
    return "it is built for another machine";
  if (header.e_type != ET_DYN) return "it is no shared library";
  const auto end = header.e_shoff + std::uint64_t{header.e_shentsize} * header.e_shnum;
  if (header.e_shoff > size || end > size) return "it is cut short";
  return std::nullopt;
}

/// The entry points it exports, read from its tables; nothing of it runs.
std::optional<std::vector<std::string>> entries_of(const fs::path& file) {
  try {
    auto symbols = boost::dll::library_info(file).symbols();
    std::erase_if(symbols, [](const std::string& s) { return !s.starts_with(entry_prefix); });
    return symbols;
  } catch (const std::exception&) {  // a damaged table claims sizes that no vector has
    return std::nullopt;
  }
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
  if (stage.size < sizeof(ms_stage)) return "its table is too short";
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

}  // namespace

std::optional<Plugin> open_plugin(const fs::path& file, Findings& findings) {
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  if (error || !fs::is_regular_file(real, error)) {
    findings.add<rules::not_a_file>({}, file.string(), error ? error.message() : "it is no regular file");
    return std::nullopt;
  }
  if (!is_trusted(real, file, findings)) return std::nullopt;
  if (const auto fault = header_fault(real)) {
    findings.add<rules::not_a_library>({}, real.string(), *fault);
    return std::nullopt;
  }
  const auto entries = entries_of(real);
  if (!entries) {
    findings.add<rules::not_a_library>({}, real.string(), std::string_view("its tables cannot be read"));
    return std::nullopt;
  }
  if (entries->empty()) {
    findings.add<rules::no_entry>({}, real.string(), entry);
    return std::nullopt;
  }
  if (std::find(entries->begin(), entries->end(), entry) == entries->end()) {
    findings.add<rules::other_major>({}, real.string(), entries->front(), entry);
    return std::nullopt;
  }

  const auto* library = open_library(real, findings);
  if (library == nullptr) return std::nullopt;
  const auto& table = library->get<const ms_plugin>(std::string(entry));
  if (table.size < sizeof(ms_plugin) || table.stage == nullptr) {
    findings.add<rules::bad_stage>({}, real.string(), std::string_view("its table is too short"));
    return std::nullopt;
  }
  if (table.abi_major != MS_ABI_MAJOR || table.abi_minor > MS_ABI_MINOR) {
    findings.add<rules::newer_minor>({}, real.string(), table.abi_major, table.abi_minor, MS_ABI_MAJOR,
                                     MS_ABI_MINOR);
    return std::nullopt;
  }
  Plugin plugin{real, std::string(text_of(table.name)), std::string(text_of(table.version)), {}};
  for (std::size_t i = 0; const ms_stage* stage = table.stage(i); ++i) {
    if (const auto fault = stage_fault(*stage)) {
      findings.add<rules::bad_stage>({}, real.string(), *fault);
      return std::nullopt;
    }
    plugin.stages.push_back(stage);
  }
  return plugin;
}

}  // namespace mealsync
