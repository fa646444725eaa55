// formats/text_rules.hpp -- what every format says of bytes that are no text it can read.
#pragma once

#include <string_view>

#include <mealsync/rule.hpp>

namespace mealsync::formats {

inline constexpr Rule nul_byte{4011, Severity::error, "Line holds a NUL byte",
                               "Extract or copy the file again: it is damaged, or no text."};
inline constexpr Rule utf16{4011, Severity::fatal,
                            "The file is UTF-16, and UTF-8 or Windows-1252 is expected",
                            "Write the file anew as UTF-8."};

/// Whether a file that begins so is UTF-16.
[[nodiscard]] inline bool begins_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

}  // namespace mealsync::formats
