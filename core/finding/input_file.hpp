// finding/input_file.hpp -- one file that a run has read.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

namespace mealsync {

struct InputFile {
  std::string file;  // its name, without the folder
  std::uint64_t bytes = 0;
  std::string sha256;
  std::string path{};  // where it was, absolute; empty: on another machine
};

/// Whether they are the same files, byte for byte, in the same order.
[[nodiscard]] inline bool are_same_bytes(std::span<const InputFile> some, std::span<const InputFile> others) {
  return std::equal(some.begin(), some.end(), others.begin(), others.end(),
                    [](const InputFile& a, const InputFile& b) { return a.sha256 == b.sha256; });
}

}  // namespace mealsync
