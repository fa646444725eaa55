// mealsync/label.hpp -- writes a plugin's label (abi.h) while it is compiled.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <mealsync/abi.h>
#include <mealsync/roles.hpp>

namespace mealsync::detail {

template <class S>
inline constexpr std::string_view role_word = ReadsBytes<S> || ReadsRows<S> ? "source"
                                              : Decodes<S>                  ? "format"
                                              : Processes<S>                ? "transform"
                                                                            : "sink";

[[nodiscard]] constexpr bool fits_label(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; });
}

template <class S>
[[nodiscard]] constexpr std::array<std::string_view, 3> label_line() {
  static_assert(fits_label(S::name) && fits_label(S::summary),
                "a name or a summary is one line of text, without tabs");
  return {role_word<S>, S::name, S::summary};
}

/// The label of a plugin with these stages. The sizes count the ends of the two texts, which become a tab and a
/// newline.
template <class... Stages, std::size_t Name, std::size_t Version>
[[nodiscard]] constexpr auto label(const char (&name)[Name], const char (&version)[Version]) {
  constexpr auto size_of_line = [](const std::array<std::string_view, 3>& line) {
    return line[0].size() + line[1].size() + line[2].size() + 3;
  };
  constexpr char major[] = MS_LABEL_NUMBER(MS_ABI_MAJOR), minor[] = MS_LABEL_NUMBER(MS_ABI_MINOR);
  std::array<char,
             sizeof major + sizeof minor + 2 + Name + Version + (size_of_line(label_line<Stages>()) + ...)>
      text{};
  static_assert(text.size() <= MS_LABEL_MOST, "a plugin's label is at most 64 KiB long");
  auto at = text.begin();
  const auto put = [&](std::string_view words, char end) {
    at = std::copy(words.begin(), words.end(), at);
    *at++ = end;
  };
  put({major, sizeof major}, '\t');
  put({minor, sizeof minor}, '\t');
  put({name, Name - 1}, '\t');
  put({version, Version - 1}, '\n');
  const auto put_line = [&](const std::array<std::string_view, 3>& line) {
    put(line[0], '\t');
    put(line[1], '\t');
    put(line[2], '\n');
  };
  (put_line(label_line<Stages>()), ...);
  return text;
}

}  // namespace mealsync::detail
