#include "candidate.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "whole_file.hpp"

namespace mealsync::tool {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(const fs::path& file) {
  throw std::system_error(errno, std::generic_category(), file.string());
}

}  // namespace

Candidate::Candidate(const fs::path& file, const std::string& text) : file_(fs::canonical(file)) {
  constexpr std::string_view suffix = ".rollover";
  std::string path = file.parent_path() / ("." + file.filename().string() + ".XXXXXX" + std::string(suffix));
  struct stat facts {};
  if (::stat(file_.c_str(), &facts) != 0) fail(file_);
  const int descriptor = ::mkostemps(path.data(), static_cast<int>(suffix.size()), O_CLOEXEC);
  if (descriptor < 0) fail(path);
  path_ = path;
  constexpr auto same_owner = static_cast<uid_t>(-1);
  const bool is_owned = ::fchown(descriptor, facts.st_uid, facts.st_gid) == 0 ||
                        (facts.st_uid == ::geteuid() && ::fchown(descriptor, same_owner, facts.st_gid) == 0);
  try {
    if (!is_owned || !write_all(descriptor, text) ||
        ::fchmod(descriptor, facts.st_mode & mode_t{07777}) != 0 || ::fsync(descriptor) != 0)
      fail(path_);
  } catch (...) {
    ::close(descriptor);
    ::unlink(path_.c_str());
    throw;
  }
  ::close(descriptor);
}

Candidate::~Candidate() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

void Candidate::keep() {
  fs::rename(path_, file_);
  path_.clear();
  const int folder = ::open(file_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

}  // namespace mealsync::tool
