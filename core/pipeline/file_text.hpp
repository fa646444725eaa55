// pipeline/file_text.hpp -- a small regular file, whole.
//
// Errors  A fault is part of the answer: what it means to the user is the caller's to say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace mealsync {

enum class FileFault : std::uint8_t { none, missing, folder, special, unreadable, too_large };

struct FileText {
  FileFault fault = FileFault::none;
  std::string reason;           // of missing and unreadable, in the system's words
  std::string text;             // where there is no fault
  bool open_to_others = false;  // group or others have a right to the file
};

/// Reads `file`, of at most `most` bytes. Neither waits for a pipe nor touches a device.
[[nodiscard]] FileText read_file_text(const std::filesystem::path& file, std::size_t most);

}  // namespace mealsync
