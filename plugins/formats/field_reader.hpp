// formats/field_reader.hpp -- the text of a field that a Splitter has found.
//
// Ownership  A text lives as long as the bytes it was read from, and until the next field is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/encoding.hpp"
#include "formats/splitter.hpp"
#include "formats/typed_column.hpp"

namespace mealsync::formats {

class FieldReader {
 public:
  FieldReader(char quote, Encoding encoding) : quote_(quote), encoding_(encoding) {}

  /// Of the record that the splitter has gone to last. No value where the field cannot be decoded.
  [[nodiscard]] std::optional<CellText> read(const Splitter& splitter, const Field& field) {
    const bool is_plain = splitter.is_plain();
    return is_plain && !field.is_doubled ? CellText{field.text} : read_odd(field, is_plain);
  }

 private:
  [[nodiscard]] std::optional<CellText> read_odd(const Field& field, bool is_plain) {
    std::string_view text = field.text;
    if (field.is_doubled) {
      single_.clear();
      for (std::size_t i = 0; i < text.size(); i += text[i] == quote_ ? 2 : 1)
        single_ += text[i];
      text = single_;
    }
    if (!is_plain) {
      const auto decoded = read_text(text, encoding_, converted_);
      if (!decoded) return std::nullopt;
      text = *decoded;
    }
    return CellText{text, text.data() == field.text.data()};
  }

  char quote_;
  Encoding encoding_;
  std::string single_, converted_;
};

/// Whether the record holds a NUL.
[[nodiscard]] inline bool has_nul(const Splitter& splitter) {
  return !splitter.is_plain() && splitter.record().find('\0') != std::string_view::npos;
}

}  // namespace mealsync::formats
