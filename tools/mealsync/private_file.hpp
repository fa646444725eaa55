// private_file.hpp -- a file that only its owner may read, and that appears whole or not at all.
//
// Errors   `fault` says in the system's words why it cannot be written; nothing is left behind.
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace mealsync::tool {

class PrivateFile {
 public:
  /// Writes beside `path`; what is at `path` stays until `finish`.
  explicit PrivateFile(std::filesystem::path path);
  ~PrivateFile();
  PrivateFile(const PrivateFile&) = delete;
  PrivateFile& operator=(const PrivateFile&) = delete;

  [[nodiscard]] std::ostream& out() { return out_; }

  /// Puts it at its path; a file that is there already is replaced only where `may_replace`. Nothing, or the fault.
  [[nodiscard]] std::optional<std::string> finish(bool may_replace);

 private:
  std::filesystem::path path_, part_;
  std::string fault_;  // of making it
  std::ofstream out_;
};

}  // namespace mealsync::tool
