// formats/program_codes.hpp -- which program a list's code stands for: the layout's own, and what a pipeline says of more.
//
// Blanks around a value and the case of ASCII letters do not count; a blank value is a value too. What a pipeline says
// wins over the layout, and a code that gives every value wins over one with a *.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "formats/direct_layouts.hpp"

namespace mealsync::formats {

class ProgramCodes {
 public:
  explicit ProgramCodes(std::size_t columns) : columns_(columns) {}

  enum class Added : std::uint8_t { yes, of_other_columns, twice };
  /// What is added first wins, where it is as exact.
  [[nodiscard]] Added add(std::string_view when, const Program& program) {
    const auto values = columns_ > 0 ? parts_of(when) : std::vector<std::string>();
    if (values.size() != columns_ || (columns_ == 0 && !when.empty())) return Added::of_other_columns;
    const auto has_them = [&](const Code& code) { return code.values == values; };
    if (std::any_of(codes_.begin(), codes_.end(), has_them)) return Added::twice;
    codes_.push_back({values, program});
    return Added::yes;
  }

  /// The program of a record with these values; null where nothing says it.
  [[nodiscard]] const Program* find(const std::vector<std::string_view>& values) const {
    const auto exact = std::find_if(codes_.begin(), codes_.end(), [&](const Code& code) {
      return std::equal(code.values.begin(), code.values.end(), values.begin(), values.end(), is_same);
    });
    if (exact != codes_.end()) return &exact->program;
    const auto any = std::find_if(codes_.begin(), codes_.end(), [&](const Code& code) {
      return std::equal(code.values.begin(), code.values.end(), values.begin(), values.end(),
                        [](const std::string& code_value, std::string_view value) {
                          return code_value == "*" || is_same(code_value, value);
                        });
    });
    return any == codes_.end() ? nullptr : &any->program;
  }

 private:
  struct Code {
    std::vector<std::string> values;  // in small letters
    Program program;
  };

  static std::vector<std::string> parts_of(std::string_view when) {
    std::vector<std::string> parts;
    for (;;) {
      const auto end = when.find('|');
      parts.push_back(compared(when.substr(0, end)));
      if (end == std::string_view::npos) return parts;
      when.remove_prefix(end + 1);
    }
  }
  static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
  static std::string compared(std::string_view value) {
    std::string text(trimmed(value));
    std::transform(text.begin(), text.end(), text.begin(), lower);
    return text;
  }
  static bool is_same(const std::string& code_value, std::string_view value) {
    return std::equal(code_value.begin(), code_value.end(), value.begin(), value.end(),
                      [](char a, char b) { return a == lower(b); });
  }

  std::size_t columns_;
  std::vector<Code> codes_;
};

}  // namespace mealsync::formats
