// files/open_file.hpp -- a file as a folder lists it, one that is open, and several that are read one after another. Where
// they are does not matter to who reads them.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <mealsync/sdk.hpp>

namespace mealsync::files {

struct ListedFile {
  std::string name;
  std::chrono::system_clock::time_point written;
  std::uint64_t size = 0;
  bool operator==(const ListedFile&) const = default;
};

/// A file from which all that was there when it was opened is read; what is added later is of the next run.
class OpenFile {
 public:
  virtual ~OpenFile() = default;
  /// When it was opened.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// At least one byte, and none more than asked for; only while there are some left of its size.
  [[nodiscard]] virtual std::size_t read(char* to, std::size_t most) = 0;
};

/// Reads open files one after another, and closes each at its end.
class OpenFiles {
 public:
  void add(std::string name, std::unique_ptr<OpenFile> file) {
    const std::uint64_t size = file->size();
    files_.push_back({std::move(name), std::move(file), size});
    total_ += size;
  }
  /// Some bytes of the file that is next; false after the last.
  [[nodiscard]] bool read(Bytes& into) {
    if (next_ == files_.size()) return false;
    File& file = files_[next_];
    into.expect(total_);
    if (!std::exchange(has_begun_, true)) into.begin_file(file.name);
    if (file.left > 0) {
      const auto space = into.space();
      const std::size_t count =
          file.open->read(space.data(), std::min<std::uint64_t>(space.size(), file.left));
      into.filled(count);
      file.left -= count;
    }
    if (file.left == 0) {
      file.open.reset();
      has_begun_ = false;
      ++next_;
    }
    return true;
  }

 private:
  struct File {
    std::string name;
    std::unique_ptr<OpenFile> open;
    std::uint64_t left;
  };

  std::vector<File> files_;
  std::size_t next_ = 0;
  bool has_begun_ = false;  // of the file that is next
  std::uint64_t total_ = 0;
};

}  // namespace mealsync::files
