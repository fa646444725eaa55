// candidate.hpp -- a pipeline file that may take the place of another one.
//
// Errors  Throws std::system_error where a file cannot be written.
#pragma once

#include <filesystem>
#include <string>

namespace mealsync::tool {

/// A file beside another one, so that relative paths mean the same, with its owner, group and rights, for as long as this
/// lives; or, kept, in its place: where the other is a link, in the place of what that names.
class Candidate {
 public:
  Candidate(const std::filesystem::path& file, const std::string& text);
  ~Candidate();
  Candidate(const Candidate&) = delete;
  Candidate& operator=(const Candidate&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// It takes the place of the file beside which it was made, at once and for good.
  void keep();

 private:
  std::filesystem::path file_, path_;
};

}  // namespace mealsync::tool
