#include "whole_file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace mealsync::tool {

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string write_whole_file(const std::filesystem::path& file, std::string_view text, mode_t mode) {
  std::string part = (file.parent_path() / ("." + file.filename().string() + ".XXXXXX")).string();
  const int descriptor = ::mkostemp(part.data(), O_CLOEXEC);
  if (descriptor < 0) return std::generic_category().message(errno);
  const bool is_written =
      write_all(descriptor, text) && ::fchmod(descriptor, mode) == 0 && ::fsync(descriptor) == 0;
  int fault = is_written ? 0 : errno;
  if (::close(descriptor) != 0 && fault == 0) fault = errno;
  if (fault == 0 && ::rename(part.c_str(), file.c_str()) != 0) fault = errno;
  if (fault == 0) return {};
  ::unlink(part.c_str());
  return std::generic_category().message(fault);
}

}  // namespace mealsync::tool
