// files/list_folder.hpp -- a folder in which lists lie: what is in it, and the bytes of one. Where it is does not matter to
// who picks a list.
//
// Errors   ListRules, as findings that end the run.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <mealsync/sdk.hpp>

#include "files/open_file.hpp"

namespace mealsync::files {

struct ListRules {
  static constexpr Rule cannot_list{9006, Severity::fatal, "Folder '{}' cannot be read: {}",
                                    "Check the folder in the pipeline, and the rights of the account."};
  static constexpr Rule cannot_open{9006, Severity::fatal, "List '{}' cannot be read: {}",
                                    "Check the rights of the account."};
  static constexpr Rule cut_short{9007, Severity::fatal, "List '{}' is cut short while it is read: {}",
                                  "Let the download finish, then run the import again."};
  static constexpr std::array all{&cannot_list, &cannot_open, &cut_short};
};

class ListFolder {
 public:
  virtual ~ListFolder() = default;
  /// Its files, in no order.
  [[nodiscard]] virtual std::vector<ListedFile> list() = 0;
  [[nodiscard]] virtual std::unique_ptr<OpenFile> open(const std::string& name) = 0;
};

class LocalOpenFile : public OpenFile {
 public:
  LocalOpenFile(const std::filesystem::path& path, std::string name) : name_(std::move(name)) {
    // O_NONBLOCK: to open a pipe that nobody writes to would wait for ever.
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat facts {};
    const bool is_there = descriptor_ >= 0 && ::fstat(descriptor_, &facts) == 0;
    const int error = is_there && !S_ISREG(facts.st_mode) ? EINVAL : errno;
    if (!is_there || !S_ISREG(facts.st_mode)) {
      close();
      fail<ListRules::cannot_open>(name_, words_of(error));
    }
    size_ = static_cast<std::uint64_t>(facts.st_size);
  }
  ~LocalOpenFile() override { close(); }
  LocalOpenFile(const LocalOpenFile&) = delete;
  LocalOpenFile& operator=(const LocalOpenFile&) = delete;

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  [[nodiscard]] std::size_t read(char* to, std::size_t most) override {
    ssize_t count = 0;
    do {
      count = ::read(descriptor_, to, most);
    } while (count < 0 && errno == EINTR);
    if (count < 0) fail<ListRules::cut_short>(name_, words_of(errno));
    if (count == 0) fail<ListRules::cut_short>(name_, Text("It has become shorter"));
    return static_cast<std::size_t>(count);
  }

 private:
  friend class LocalFolder;
  static std::string words_of(int error) { return std::generic_category().message(error); }
  void close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
  }

  std::string name_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

class LocalFolder : public ListFolder {
 public:
  explicit LocalFolder(std::filesystem::path path) : path_(std::move(path)) {}

  [[nodiscard]] std::vector<ListedFile> list() override {
    std::vector<ListedFile> found;
    std::error_code error;
    for (std::filesystem::directory_iterator each(path_, error), end; !error && each != end;
         each.increment(error)) {
      struct stat facts {};
      // What has gone meanwhile is not there.
      if (::stat(each->path().c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
      const auto written =
          std::chrono::seconds(facts.st_mtim.tv_sec) + std::chrono::nanoseconds(facts.st_mtim.tv_nsec);
      found.push_back({each->path().filename().string(), std::chrono::system_clock::time_point(written),
                       static_cast<std::uint64_t>(facts.st_size)});
    }
    if (error) fail<ListRules::cannot_list>(path_.string(), LocalOpenFile::words_of(error.value()));
    return found;
  }
  [[nodiscard]] std::unique_ptr<OpenFile> open(const std::string& name) override {
    return std::make_unique<LocalOpenFile>(path_ / name, name);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace mealsync::files
