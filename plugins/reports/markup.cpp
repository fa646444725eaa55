#include <reports/markup.hpp>

#include <algorithm>
#include <cstddef>

#include <reports/clean.hpp>

namespace mealsync::reports {
namespace {

/// The bytes of a sign of direction with which the text begins, or 0.
std::size_t sign_of_direction(Text text) {
  if (text.starts_with("\xD8\x9C")) return 2;
  if (text.size() < 3 || text[0] != '\xE2') return 0;
  const auto last = static_cast<unsigned char>(text[2]);
  const bool is_mark = text[1] == '\x80' && (last == 0x8e || last == 0x8f);
  const bool is_embedding = text[1] == '\x80' && last >= 0xaa && last <= 0xae;
  const bool is_isolate = text[1] == '\x81' && last >= 0xa6 && last <= 0xa9;
  return is_mark || is_embedding || is_isolate ? 3 : 0;
}

Text entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

void append_escaped(std::string& to, Text text) {
  const std::string clean_text = clean(text);
  for (Text left = clean_text; !left.empty();) {
    const std::size_t sign = sign_of_direction(left);
    const Text entity = entity_of(left[0]);
    if (sign > 0)
      to += '?';
    else if (!entity.empty())
      to += entity;
    else
      to += left[0];
    left.remove_prefix(std::max<std::size_t>(sign, 1));
  }
}

std::string address_of(Text file_name) {
  constexpr Text digits = "0123456789ABCDEF";
  std::string address;
  for (const char c : file_name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          c == '-' || c == '.' || c == '_';
    if (is_plain)
      address += c;
    else
      address.append({'%', digits[byte >> 4], digits[byte & 15U]});
  }
  return address;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;)
    digits.insert(at -= 3, 1, ',');
  return digits;
}

}  // namespace mealsync::reports
