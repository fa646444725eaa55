// journal/run_lock.hpp -- one run of a pipeline at a time.
//
// A file for each pipeline, locks/NAME.lock in the journal's folder, under flock(2): the system frees it when the process
// ends, however it ends. The file stays, and says who has it, or had it last.
//
// Errors     MS4021 where another run has it, a refusal; MS4022 where nobody can.
// Threads    Keeps two runs of one process apart, too.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include <finding/finding.hpp>

namespace mealsync {

class RunLock {
 public:
  /// `since`: the time to tell others. Nothing where it cannot be had, and why.
  [[nodiscard]] static std::optional<RunLock> take(const std::filesystem::path& folder,
                                                   std::string_view pipeline, std::string_view since,
                                                   Findings& findings);
  ~RunLock();
  RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  RunLock& operator=(RunLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

 private:
  explicit RunLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace mealsync
