#include <pipeline/letters.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <pipeline/rules.hpp>

namespace mealsync {
namespace {

unsigned byte_of(char c) {
  return static_cast<unsigned char>(c);
}

std::string spell_byte(char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  return {'0', 'x', digits[byte_of(c) >> 4], digits[byte_of(c) & 15]};
}

bool is_control(char c) {
  const unsigned byte = byte_of(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

/// `#65` or `#x41`, naming a character that XML allows.
bool is_character_number(std::string_view reference) {
  if (!reference.starts_with('#')) return false;
  reference.remove_prefix(1);
  const int base = reference.starts_with('x') ? 16 : 10;
  if (base == 16) reference.remove_prefix(1);
  unsigned number = 0;
  const char* const end = reference.data() + reference.size();
  const auto [stop, error] = std::from_chars(reference.data(), end, number, base);
  if (error != std::errc{} || stop != end) return false;
  const bool is_surrogate = number >= 0xD800 && number <= 0xDFFF;
  return number == '\t' || number == '\n' || number == '\r' ||
         (number >= 0x20 && number <= 0x10FFFF && !is_surrogate && number != 0xFFFE && number != 0xFFFF);
}

bool is_known_entity(std::string_view name) {
  constexpr std::array<std::string_view, 5> known{"amp", "lt", "gt", "quot", "apos"};
  return std::find(known.begin(), known.end(), name) != known.end() || is_character_number(name);
}

}  // namespace

std::size_t character_size(std::string_view text) {
  const unsigned lead = byte_of(text[0]);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < size) return 0;
  const auto continues = [](char c) { return (byte_of(c) & 0xC0) == 0x80; };
  if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(size), continues)) return 0;
  const unsigned second = byte_of(text[1]);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool beyond_unicode = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || beyond_unicode ? 0 : size;
}

PlacedText::PlacedText(std::string file, std::string_view text)
    : file_(std::move(file)), text_(text), lines_{0} {
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1))
    lines_.push_back(end + 1);
}

Position PlacedText::at(std::size_t offset) const {
  const auto next_line = std::upper_bound(lines_.begin(), lines_.end(), offset);
  const auto line = static_cast<std::uint32_t>(next_line - lines_.begin());
  return {file_, line, static_cast<std::uint32_t>(offset - *(next_line - 1) + 1)};
}

bool check_letters(const PlacedText& source, Findings& findings) {
  const std::string_view text = source.text();
  constexpr std::string_view little_endian{"<\0", 2}, big_endian{"\0<", 2};
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || text.starts_with(little_endian) ||
      text.starts_with(big_endian)) {
    findings.add<rules::other_encoding>(source.at(0), "UTF-16");
    return false;
  }
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = character_size(text.substr(i));
    if (size == 0) {
      findings.add<rules::invalid_utf8>(source.at(i), spell_byte(text[i]));
      return false;
    }
    if (is_control(text[i])) {
      findings.add<rules::control_character>(source.at(i), spell_byte(text[i]));
      return false;
    }
    i += size;
  }
  return true;
}

void check_references(const PlacedText& source, std::size_t from, std::size_t to, Findings& findings) {
  const std::string_view text = source.text().substr(0, to);
  for (auto at = text.find('&', from); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const auto end =
        text.find_first_not_of("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", at + 1);
    // What follows a lone '&' may be part of a password, and is not shown.
    if (end == std::string_view::npos || text[end] != ';' || end == at + 1)
      findings.add<rules::bare_ampersand>(source.at(at));
    else if (!is_known_entity(text.substr(at + 1, end - at - 1)))
      findings.add<rules::unknown_entity>(source.at(at), text.substr(at, end - at + 1));
  }
}

}  // namespace mealsync
