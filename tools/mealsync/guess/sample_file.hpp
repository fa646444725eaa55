// guess/sample_file.hpp -- the bytes of an unknown file, and how its characters are written.
//
// Errors   Words for people where the file cannot be looked at.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

namespace mealsync::guess {

inline constexpr std::size_t most_bytes = std::size_t{256} << 20;

enum class Characters : std::uint8_t { ascii, utf8, windows1252, neither };

struct SampleFile {
  std::string bytes;      // whole lines
  bool is_cut = false;    // there is more of the file than was looked at
  bool has_mark = false;  // begins with a byte-order mark
  Characters characters = Characters::ascii;
};

[[nodiscard]] std::variant<SampleFile, std::string> read_sample(const std::filesystem::path& path);

/// Line by line: plain bytes, UTF-8, or else Windows-1252; files are also made by joining files.
[[nodiscard]] Characters characters_of(std::string_view bytes);

}  // namespace mealsync::guess
