// reports/report_file.hpp -- the file that a report is written to: whole under its name, or not at all.
//
// It grows beside it as a hidden file with six characters of its own, so that nobody who takes files by how their names
// begin takes it; for its owner alone. It takes its name when it is finished. What has not been finished is removed.
// Errors   Making it fails the run (9006), before anything is imported; what goes wrong later fails with 9009.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <mealsync/context.hpp>

namespace mealsync::reports {

inline constexpr Rule cannot_write{
    9006, Severity::fatal, "The report '{}' cannot be written: {}",
    "Check the report's path in the pipeline, and the rights of the account that runs it."};
inline constexpr Rule not_written{9009, Severity::fatal, "The report '{}' is not written: {}",
                                  "See 'mealsync log show' for what the run did; check the free space and "
                                  "the rights of the report's folder."};

/// How the run fails where the file cannot be made, and where it cannot be written.
struct FileFaults {
  using Fail = void (*)(const std::string& path, const std::string& words);
  Fail cannot_write, not_written;

  template <const Rule& CannotWrite, const Rule& NotWritten>
  [[nodiscard]] static constexpr FileFaults of() {
    return {[](const std::string& path, const std::string& words) { fail<CannotWrite>(path, words); },
            [](const std::string& path, const std::string& words) { fail<NotWritten>(path, words); }};
  }
};

class ReportFile {
 public:
  /// Makes the folder too, where there is none.
  explicit ReportFile(const std::string& path,
                      const FileFaults& faults = FileFaults::of<cannot_write, not_written>());
  ReportFile(const ReportFile&) = delete;
  ReportFile& operator=(const ReportFile&) = delete;
  ~ReportFile();

  void write(Text text) {
    if (end_.size() + text.size() > piece) flush();
    if (text.size() < piece)
      end_ += text;
    else
      put(text);
  }
  /// Nothing is written after it.
  void finish();
  /// The file that grows, for a library that writes all of it by itself, before `finish`.
  [[nodiscard]] const std::string& part() const { return part_; }
  /// `words` say why not.
  void fail_to_write(const std::string& words) const { faults_.not_written(path_, words); }

 private:
  static constexpr std::size_t piece = std::size_t{128} << 10;

  void fail_to_write() const;
  void flush();
  void put(Text text);

  FileFaults faults_;
  std::string path_;
  std::string part_;
  int descriptor_ = -1;
  std::int64_t size_ = 0;  // of what is in the file
  std::string end_;        // what is not yet
};

}  // namespace mealsync::reports
