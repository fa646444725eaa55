#include <reports/report_file.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace mealsync::reports {
namespace {

std::string words_of(int error) {
  return std::generic_category().message(error);
}

void make_folder(const std::filesystem::path& folder, const std::string& report) {
  std::error_code ignored;
  if (folder.empty() || std::filesystem::is_directory(folder, ignored)) return;
  make_folder(folder.parent_path(), report);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail<cannot_write>(report, words_of(errno));
}

}  // namespace

ReportFile::ReportFile(const std::string& path) : path_(path), part_(path + ".XXXXXX") {
  make_folder(std::filesystem::path(path).parent_path(), path);
  // Taking the name of a folder would fail after the import; that of a device or a link would destroy it.
  struct stat there {};
  if (::lstat(path.c_str(), &there) == 0 && !S_ISREG(there.st_mode))
    fail<cannot_write>(path, "there is something of that name that is no regular file");

  const int descriptor = ::mkostemp(part_.data(), O_CLOEXEC);  // 0600, and nobody else's
  file_.reset(descriptor < 0 ? nullptr : ::fdopen(descriptor, "w"));
  if (!file_) fail<cannot_write>(path, words_of(errno));
}

ReportFile::~ReportFile() {
  if (file_) ::unlink(part_.c_str());
}

void ReportFile::fail_to_write() const {
  fail<not_written>(path_, words_of(errno));
}

void ReportFile::write(Text text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail_to_write();
}

void ReportFile::finish() {
  // The name is given last, so that the destructor removes what could not be finished.
  if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0 ||
      ::rename(part_.c_str(), path_.c_str()) != 0)
    fail_to_write();
  file_.reset();
}

}  // namespace mealsync::reports
