// reports/clean.hpp -- words as they may reach somebody's terminal: each control character is a '?'.
#pragma once

#include <algorithm>
#include <string>

#include <mealsync/rule.hpp>
#include <mealsync/value.hpp>

namespace mealsync::reports {

/// Whether a control character may begin with the byte: C2 also begins letters.
[[nodiscard]] constexpr bool may_be_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < ' ' || byte == 0x7f || byte == 0xc2;
}

/// Nearly no text has to be made clean, so it is looked at first.
[[nodiscard]] inline bool is_clean(Text text) {
  return std::none_of(text.begin(), text.end(), may_be_control);
}

[[nodiscard]] inline std::string clean(Text text) {
  return is_clean(text) ? std::string(text) : compose("{}", text);
}

inline void append_clean(std::string& to, Text text) {
  if (is_clean(text))
    to += text;
  else
    to += compose("{}", text);
}

}  // namespace mealsync::reports
