#include "edit_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <tuple>

namespace mealsync::tool {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

[[noreturn]] void fail(const fs::path& file) {
  throw std::system_error(errno, std::generic_category(), file.string());
}

std::size_t offset_of(const std::string& text, const Position& at) {
  std::size_t offset = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  for (std::uint32_t line = 1; line < at.line; ++line)
    offset = text.find('\n', offset) + 1;
  return offset + at.column - 1;
}

std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '&')
      text += "&amp;";
    else if (c == '<')
      text += "&lt;";
    else if (c == '"')
      text += "&quot;";
    else if (c == '\'')
      text += "&apos;";
    else
      text += c;
  }
  return text;
}

void write_all(int descriptor, std::string_view text, const fs::path& file) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(file);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

std::string with_values(const std::string& text, std::vector<NewValue> values) {
  // From the last to the first, so that no change moves the place of another.
  std::sort(values.begin(), values.end(), [](const NewValue& a, const NewValue& b) {
    return std::tie(b.at.line, b.at.column) < std::tie(a.at.line, a.at.column);
  });
  std::string changed = text;
  for (const NewValue& value : values) {
    const auto open = changed.find_first_of("\"'", offset_of(changed, value.at));
    const auto close = changed.find(changed[open], open + 1);
    changed.replace(open + 1, close - open - 1, escaped(value.value));
  }
  return changed;
}

std::string text_of_file(const fs::path& file) {
  std::ifstream from(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(from), {}};
  if (!from) fail(file);
  return text;
}

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
    if (!is_owned) fail(path_);
    write_all(descriptor, text, path_);
    if (::fchmod(descriptor, facts.st_mode & mode_t{07777}) != 0 || ::fsync(descriptor) != 0) fail(path_);
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
