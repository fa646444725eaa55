// pipeline/letters.hpp -- whether a file's bytes may be XML in UTF-8, before anyone parses them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <finding/finding.hpp>

namespace mealsync {

/// The text of a file, and the place of each of its bytes.
class PlacedText {
 public:
  PlacedText(std::string file, std::string_view text);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] Position at(std::size_t offset) const;

 private:
  std::string file_;
  std::string_view text_;
  std::vector<std::size_t> lines_;  // where each begins
};

/// How many bytes the character at the beginning of `text`, which is not empty, has; 0 where they are not UTF-8.
[[nodiscard]] std::size_t character_size(std::string_view text);

/// Tells the first byte that is not UTF-8, or that XML does not allow.
[[nodiscard]] bool check_letters(const PlacedText& source, Findings& findings);

/// Tells each '&' in [from, to) that does not begin the reference of a character.
void check_references(const PlacedText& source, std::size_t from, std::size_t to, Findings& findings);

}  // namespace mealsync
