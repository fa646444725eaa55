// journal/process.hpp -- who runs: the user, the machine, and a process as one that differs from all later
// ones.
#pragma once

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace mealsync {

struct User {
  std::string name;
  std::filesystem::path home;
};

/// Whom the process acts for; a number for a name where the machine does not know the user.
inline User current_user() {
  std::array<char, 4096> texts{};
  passwd entry{};
  passwd* found = nullptr;
  getpwuid_r(geteuid(), &entry, texts.data(), texts.size(), &found);
  if (found == nullptr) return {std::to_string(geteuid()), "/"};
  return {found->pw_name, found->pw_dir};
}

inline std::string host_name() {
  std::array<char, 256> name{};
  gethostname(name.data(), name.size() - 1);
  return name.data();
}

/// When a process began, in ticks since the machine did: a later one with its number has another. 0 where it
/// has ended.
inline std::uint64_t process_start(std::uint64_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  const std::string stat{std::istreambuf_iterator<char>(file), {}};

  // The second field is the program's name in parentheses, which may itself hold blanks and parentheses.
  std::istringstream fields(stat.substr(stat.rfind(')') + 1));
  char state = 'X';
  fields >> state;
  std::string skipped;
  for (int field = 4; field < 22; ++field)
    fields >> skipped;
  std::uint64_t start = 0;
  fields >> start;

  const bool has_ended = state == 'X' || state == 'Z';
  return has_ended ? 0 : start;
}

}  // namespace mealsync
