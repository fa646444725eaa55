#include <finding/render.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <mealsync/context.hpp>

namespace mealsync {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// How many digits stand at `at`.
std::size_t digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end]))
    ++end;
  return end - at;
}

/// The length of the SSN shape that `text` begins with, 0 where there is none: nine digits that stand alone, also
/// in groups with one same sign between them, as people write them. No digit stands before `text`.
std::size_t ssn_length(std::string_view text) {
  constexpr std::string_view signs = " -./_";
  const std::size_t first = digits(text, 0);
  if (first == 9) return 9;
  const bool is_grouped = first == 3 && text.size() >= 11 && signs.find(text[3]) != std::string_view::npos &&
                          digits(text, 4) == 2 && text[6] == text[3] && digits(text, 7) == 4;
  return is_grouped ? 11 : 0;
}

/// False for the second and later bytes of a UTF-8 sequence.
bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// `p.xml:3:14`, with as many numbers as are known.
std::string place_text(const Position& at) {
  std::string text = at.file;
  if (at.line != 0) text += ':' + std::to_string(at.line);
  if (at.column != 0) text += ':' + std::to_string(at.column);
  return text;
}

std::string upper_case(std::string_view word) {
  std::string upper(word);
  for (char& c : upper)
    c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

}  // namespace

std::string mask_key(std::string_view key) {
  constexpr std::ptrdiff_t shown = 4;
  const auto characters = std::count_if(key.begin(), key.end(), begins_character);
  if (key.empty()) return {};
  if (characters <= 2 * shown || scrub(std::string(key)) != key) return "********";

  std::size_t tail = key.size();
  for (std::ptrdiff_t found = 0; found < shown;) {
    if (begins_character(key[--tail])) ++found;
  }
  std::string masked(static_cast<std::size_t>(characters - shown), '*');
  detail::append_clean(masked, key.substr(tail));
  return masked;
}

std::string scrub(std::string text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    const std::size_t hidden = ssn_length(std::string_view(text).substr(at));
    const std::size_t number = digits(text, at);
    if (hidden > 0) text.replace(at, hidden, hidden, '*');
    at += std::max(hidden, number);
  }
  return text;
}

std::string shown_message(const Finding& finding) {
  // Before the key is put in: digits of its end would join those beside it and hide a shape.
  std::string message = scrub(finding.message);
  const std::string key = mask_key(finding.key);
  for (auto at = message.find(key_mark); at != std::string::npos; at = message.find(key_mark, at)) {
    message.replace(at, 1, key);
  }
  return message;
}

std::string render(const Finding& finding) {
  const std::string severity(to_text(finding.severity));
  const std::string code = code_text(finding.code);
  std::string message = shown_message(finding);
  if (finding.count > 1) message += " (" + std::to_string(finding.count) + " records)";
  if (!finding.at.file.empty()) {
    return place_text(finding.at) + ": " + severity + ' ' + code + ": " + message;
  }
  const std::uint64_t line = Place{finding.place}.line();
  if (line != 0) {
    return "Line " + std::to_string(line) + ": " + upper_case(severity) + ' ' + code + " - " + message;
  }
  return severity + ' ' + code + ": " + message;
}

}  // namespace mealsync
