#include <reports/report_file.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace mealsync::reports {
namespace {

std::string words_of(int error) {
  return std::generic_category().message(error);
}

/// 0, or why not.
int make_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (folder.empty() || std::filesystem::is_directory(folder, ignored)) return 0;
  if (const int error = make_folder(folder.parent_path()); error != 0) return error;
  return ::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST ? errno : 0;
}

std::string hidden_beside(const std::filesystem::path& path) {
  return path.parent_path() / ("." + path.filename().string() + ".XXXXXX");
}

}  // namespace

ReportFile::ReportFile(const std::string& path, const FileFaults& faults)
    : faults_(faults), path_(path), part_(hidden_beside(path)) {
  if (const int error = make_folder(std::filesystem::path(path).parent_path()); error != 0)
    faults_.cannot_write(path, words_of(error));
  // Taking the name of a folder would fail after the import; that of a device or a link would destroy it.
  struct stat there {};
  if (::lstat(path.c_str(), &there) == 0 && !S_ISREG(there.st_mode))
    faults_.cannot_write(path, "there is something of that name that is no regular file");

  descriptor_ = ::mkostemp(part_.data(), O_CLOEXEC);  // 0600, and nobody else's
  if (descriptor_ < 0) faults_.cannot_write(path, words_of(errno));
}

ReportFile::~ReportFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(part_.c_str());
}

void ReportFile::fail_to_write() const {
  faults_.not_written(path_, words_of(errno));
}

void ReportFile::put(Text text) {
  const Text whole = text;
  while (!text.empty()) {
    const auto written = ::write(descriptor_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_to_write();
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  // The disk begins with it while the next piece is made, so that a long report's fsync has little left to wait for. It
  // is no more than a hint: what goes wrong shows there.
  const auto size = static_cast<off_t>(whole.size());
  if (whole.size() >= piece)
    static_cast<void>(::sync_file_range(descriptor_, size_, size, SYNC_FILE_RANGE_WRITE));
  size_ += size;
}

void ReportFile::flush() {
  put(end_);
  end_.clear();
}

void ReportFile::finish() {
  flush();
  // The name is given last, so that the destructor removes what could not be finished.
  if (::fsync(descriptor_) != 0 || ::rename(part_.c_str(), path_.c_str()) != 0) fail_to_write();
  ::close(std::exchange(descriptor_, -1));
}

}  // namespace mealsync::reports
