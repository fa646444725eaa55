// formats/fixed_line.hpp -- lines whose columns have places of their own, one after the other, and cut.
//
// A byte-order mark at the start of a line and a CR at its end are no part of it.
// Units      Places and sizes are in characters. In Windows-1252 that is bytes; in UTF-8 a letter with an accent is one,
//            and a mark that is a character of its own is one more. A line is in one encoding from end to end.
// Ownership  Refers to the bytes that were given, or holds what they were converted to until the next line.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/encoding.hpp"
#include "formats/typed_column.hpp"

namespace mealsync::formats {

/// Where a column stands.
struct FixedPlace {
  std::size_t start = 1;  // of its first character, counted from 1
  std::size_t length = 1;

  [[nodiscard]] constexpr std::size_t last() const { return start + length - 1; }
};

class FixedLines {
 public:
  explicit FixedLines(Encoding encoding) : encoding_(encoding) {}

  /// Begins with bytes that are whole lines.
  void begin(std::string_view bytes) { left_ = bytes; }

  /// Goes to the next line. False where there is none.
  [[nodiscard]] bool next() {
    if (left_.empty()) return false;
    const std::size_t size = std::min(left_.find('\n'), left_.size());
    line_ = left_.substr(0, size);
    left_.remove_prefix(std::min(size + 1, left_.size()));
    if (line_.starts_with(byte_order_mark)) line_.remove_prefix(byte_order_mark.size());
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    return true;
  }

  // The line that was gone to last.

  /// Nothing but blanks: no record at all.
  [[nodiscard]] bool is_blank() const { return line_.find_first_not_of(" \t\r") == std::string_view::npos; }
  [[nodiscard]] bool has_nul() const { return line_.find('\0') != std::string_view::npos; }

  /// Reads it. False where it is no text of the encoding; then it has no cells.
  [[nodiscard]] bool read() {
    starts_.clear();
    text_ = line_;
    if (is_plain(line_)) return true;
    const auto decoded = read_text(line_, encoding_, converted_);
    if (!decoded) return false;
    text_ = *decoded;
    for (std::size_t i = 0; i < text_.size(); ++i)
      if ((static_cast<unsigned char>(text_[i]) & 0xC0u) != 0x80u) starts_.push_back(i);
    return true;
  }
  [[nodiscard]] std::size_t size() const { return starts_.empty() ? text_.size() : starts_.size(); }
  /// What is in the place; less or nothing where the line is short.
  [[nodiscard]] CellText cell(const FixedPlace& place) const {
    const std::size_t first = byte_of(place.start - 1), end = byte_of(place.last());
    return {text_.substr(first, end - first), text_.data() == line_.data()};
  }

 private:
  [[nodiscard]] std::size_t byte_of(std::size_t character) const {
    if (starts_.empty()) return std::min(character, text_.size());
    return character < starts_.size() ? starts_[character] : text_.size();
  }

  Encoding encoding_;
  std::string_view left_, line_, text_;
  std::string converted_;
  std::vector<std::size_t> starts_;  // of each character, in bytes; empty where every character is one
};

}  // namespace mealsync::formats
