// campus/oneroster/file_set.hpp -- the CSV files of a set, from a folder or out of a .zip archive.
//
// They lie in the folder itself, or in one folder below it. Other files are not looked at. An archive is never unpacked
// to disk, its links are not followed, and its names lead nowhere.
//
// Units     Sizes in bytes.
// Errors    Faults of the set are told to Faults. Reading throws ReadError, in the words of the system or of libzip.
// Ownership A file lives no longer than its set.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <campus/oneroster/faults.hpp>

struct zip;

namespace mealsync::oneroster {

class ReadError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// How many bytes were read; 0 at the end.
  [[nodiscard]] virtual std::size_t read(char* to, std::size_t most) = 0;
};

/// A plain file; a pipe or a device is none.
[[nodiscard]] std::unique_ptr<ByteSource> open_file(const std::filesystem::path& path);

class FileSet {
 public:
  /// What an archive may unpack to, all its files together.
  static constexpr std::uint64_t usual_limit = std::uint64_t{4} << 30;

  /// No value: told.
  [[nodiscard]] static std::optional<FileSet> find(const std::filesystem::path& path, Faults& faults,
                                                   std::uint64_t limit = usual_limit);

  /// `name` without .csv; its case does not count.
  [[nodiscard]] bool has(std::string_view name) const { return entry(name) != nullptr; }
  [[nodiscard]] std::unique_ptr<ByteSource> open(std::string_view name) const;
  [[nodiscard]] std::uint64_t size(std::string_view name) const;

 private:
  struct CloseZip {
    void operator()(zip* archive) const;
  };
  struct Entry {
    std::string folder;  // below the set's; empty: in it
    std::string name;    // users
    std::uint64_t size = 0;
    std::uint64_t index = 0;     // in the archive
    std::filesystem::path path;  // in a folder
  };
  [[nodiscard]] const Entry* entry(std::string_view name) const;
  void look_into_folder(const std::filesystem::path& folder, const std::string& below);
  void look_into_archive(Faults& faults);
  /// Keeps the entries of one folder.
  void choose_folder(Faults& faults);

  std::unique_ptr<zip, CloseZip> archive_;
  std::vector<Entry> entries_;
  std::shared_ptr<std::uint64_t> left_;  // of the limit
};

}  // namespace mealsync::oneroster
