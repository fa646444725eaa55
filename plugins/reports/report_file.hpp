// reports/report_file.hpp -- the file that a report is written to: whole under its name, or not at all.
//
// It grows as `<path>.` and six characters of its own, for its owner alone, and takes its name when it is finished.
// What has not been finished is removed.
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

class ReportFile {
 public:
  /// Makes the folder too, where there is none.
  explicit ReportFile(const std::string& path);
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

 private:
  static constexpr std::size_t piece = std::size_t{128} << 10;

  [[noreturn]] void fail_to_write() const;
  void flush();
  void put(Text text);

  std::string path_;
  std::string part_;
  int descriptor_ = -1;
  std::int64_t size_ = 0;  // of what is in the file
  std::string end_;        // what is not yet
};

}  // namespace mealsync::reports
