// mealsync/rule.hpp -- the declaration of a finding: its code, how bad it is, its words, what to do.
//
// A rule is a constant of the stage that checks it, and its only source: reports, reference pages and
// tests are made from it. Words: what is wrong with which value, present tense, no full stop.
// The remedy is a sentence that a technician can act on.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include <mealsync/abi.h>
#include <mealsync/date.hpp>
#include <mealsync/meal_status.hpp>
#include <mealsync/school_year.hpp>

namespace mealsync {

enum class Severity : std::uint32_t {
  info = MS_INFO,
  warning = MS_WARNING,
  error = MS_ERROR,      // stops the record
  refusal = MS_REFUSAL,  // commits nothing, on purpose
  fatal = MS_FATAL       // commits nothing, because the run cannot go on
};

[[nodiscard]] constexpr std::string_view to_text(Severity severity) {
  constexpr std::array<std::string_view, 5> words{"info", "warning", "error", "refused", "failed"};
  return words[static_cast<std::size_t>(severity)];
}

/// The number of one of mealsync's own codes: own(1101) is shown as MS1101.
[[nodiscard]] constexpr std::uint32_t own(std::uint32_t number) {
  return MS_OWN_CODES + number;
}

struct Rule {
  std::uint32_t code;
  Severity severity;
  std::string_view text;  // {} stands for one argument
  std::string_view remedy;

  [[nodiscard]] constexpr std::size_t arguments() const {
    std::size_t count = 0;
    for (auto at = text.find("{}"); at != std::string_view::npos; at = text.find("{}", at + 2))
      ++count;
    return count;
  }
};

/// "MS1101" or "1001".
[[nodiscard]] inline std::string code_text(std::uint32_t code) {
  return code > MS_OWN_CODES ? "MS" + std::to_string(code - MS_OWN_CODES) : std::to_string(code);
}

/// A record's key as an argument of a rule. It travels apart from the words: who may see it decides how it is shown.
struct Key {
  std::string_view text;
};

/// Stands in a message where its key is shown.
inline constexpr char key_mark = '\x1f';

namespace detail {

// What comes out of a file may hold control characters, in one byte or in UTF-8's two (C2 80 to C2 9F), which would
// reach somebody's terminal.
inline void append_clean(std::string& to, std::string_view text) {
  const auto is_plain = [](char c) { return c >= ' ' && c < 0x7f; };
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    to += text;
    return;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
    const bool is_pair = byte == 0xc2 && next >= 0x80 && next <= 0x9f;
    to += byte < ' ' || byte == 0x7f || is_pair ? '?' : text[i];
    if (is_pair) ++i;
  }
}
inline void append_argument(std::string& to, std::string_view text) {
  append_clean(to, text);
}
inline void append_argument(std::string& to, const Key&) {
  to += key_mark;
}
inline void append_argument(std::string& to, Date date) {
  to += to_text(date);
}
inline void append_argument(std::string& to, SchoolYear year) {
  to += to_text(year);
}
inline void append_argument(std::string& to, std::integral auto number) {
  to += std::to_string(number);
}
template <class E>
requires requires {
  CodeSet<E>::words;
}
void append_argument(std::string& to, E value) {
  to += spell(value);
}

}  // namespace detail

/// Appends the words of a rule with one argument for each {}.
template <class... Args>
void compose_into(std::string& filled, std::string_view text, const Args&... args) {
  [[maybe_unused]] const auto add = [&](const auto& argument) {
    const auto at = text.find("{}");
    if (at == std::string_view::npos) return;
    filled += text.substr(0, at);
    detail::append_argument(filled, argument);
    text.remove_prefix(at + 2);
  };
  (add(args), ...);
  filled += text;
}

/// The words of a rule with one argument for each {}.
template <class... Args>
[[nodiscard]] std::string compose(std::string_view text, const Args&... args) {
  std::string filled;
  filled.reserve(text.size() + 16 * sizeof...(args));
  compose_into(filled, text, args...);
  return filled;
}

}  // namespace mealsync
