#include "private_file.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace mealsync::tool {

PrivateFile::PrivateFile(std::filesystem::path path) : path_(std::move(path)) {
  std::string part = path_.string() + ".XXXXXX";
  const int made = ::mkstemp(part.data());
  if (made < 0) {
    fault_ = std::generic_category().message(errno);
    return;
  }
  ::close(made);
  part_ = part;
  out_.open(part_, std::ios::binary);
}

PrivateFile::~PrivateFile() {
  std::error_code ignored;
  if (!part_.empty()) std::filesystem::remove(part_, ignored);
}

std::optional<std::string> PrivateFile::finish(bool may_replace) {
  if (!fault_.empty()) return fault_;
  errno = 0;
  out_.close();
  if (!out_) return std::generic_category().message(errno != 0 ? errno : EIO);
  std::error_code fault;
  if (!may_replace && std::filesystem::exists(std::filesystem::symlink_status(path_, fault)))
    return std::generic_category().message(EEXIST);
  std::filesystem::rename(part_, path_, fault);
  if (fault) return fault.message();
  part_.clear();
  return std::nullopt;
}

}  // namespace mealsync::tool
