// rollover/edit_file.hpp -- changes values in a pipeline file and leaves every other byte as it is: comments, layout,
// line ends.
//
// Units   Places are those of the document: bytes, a byte order mark not counted.
// Errors  Throws std::system_error where a file cannot be read or written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <finding/finding.hpp>

namespace mealsync::tool {

/// A new value for the attribute whose name begins there.
struct NewValue {
  Position at;
  std::string value;
};

/// `text` with the new values. The document was read without a fault.
[[nodiscard]] std::string with_values(const std::string& text, std::vector<NewValue> values);

[[nodiscard]] std::string text_of_file(const std::filesystem::path& file);

}  // namespace mealsync::tool
