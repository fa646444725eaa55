// formats/encoding.hpp -- what the bytes of a text say, as UTF-8.
//
// Errors   Bytes that are no text give no value. Nothing is replaced and nothing left out.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include <mealsync/meal_status.hpp>

namespace mealsync::formats {

/// Automatic: UTF-8 where the bytes are, else Windows-1252.
enum class Encoding : std::uint8_t { automatic, utf8, windows1252 };

}  // namespace mealsync::formats

template <>
struct mealsync::CodeSet<mealsync::formats::Encoding> {
  static constexpr std::string_view name = "encoding";
  static constexpr std::array<std::string_view, 3> words{"auto", "utf-8", "windows-1252"};
};

namespace mealsync::formats {

/// As a finding calls it.
[[nodiscard]] constexpr std::string_view words_of(Encoding encoding) {
  constexpr std::array<std::string_view, 3> words{"UTF-8 or Windows-1252", "UTF-8", "Windows-1252"};
  return words[static_cast<std::size_t>(encoding)];
}

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Whether the bytes are ASCII without a NUL: they say the same in every encoding.
[[nodiscard]] inline bool is_plain(std::string_view bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
  std::uint64_t found = 0;
  while (bytes.size() >= sizeof found) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    found |= (word - ones) | word;
    bytes.remove_prefix(sizeof word);
  }
  for (const char c : bytes)
    found |= c > 0 ? 0 : highs;
  return (found & highs) == 0;
}

/// Whether the bytes are UTF-8: shortest forms only, no surrogates.
[[nodiscard]] inline bool is_utf8(std::string_view bytes) {
  const auto is_between = [&](std::size_t at, unsigned least, unsigned most) {
    if (at >= bytes.size()) return false;
    const auto byte = static_cast<unsigned char>(bytes[at]);
    return byte >= least && byte <= most;
  };
  while (!bytes.empty()) {
    const auto lead = static_cast<unsigned char>(bytes[0]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4) return false;
    const unsigned least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (size > 1 && !is_between(1, least, most)) return false;
    if (size > 2 && !is_between(2, 0x80, 0xBF)) return false;
    if (size > 3 && !is_between(3, 0x80, 0xBF)) return false;
    bytes.remove_prefix(size);
  }
  return true;
}

/// Writes `bytes` as UTF-8 to `to`. False where Windows-1252 has no such character.
[[nodiscard]] inline bool convert_windows1252(std::string_view bytes, std::string& to) {
  // 80 to 9F; the other bytes are the characters of their own number. 0: undefined.
  constexpr std::array<char16_t, 32> specials{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                              0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                              0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                              0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
  to.clear();
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const unsigned point = byte >= 0x80 && byte < 0xA0 ? specials[byte - 0x80u] : byte;
    if (byte >= 0x80 && point == 0) return false;
    if (point < 0x80) {
      to += c;
    } else if (point < 0x800) {
      to += static_cast<char>(0xC0 | point >> 6);
      to += static_cast<char>(0x80 | (point & 0x3F));
    } else {
      to += static_cast<char>(0xE0 | point >> 12);
      to += static_cast<char>(0x80 | (point >> 6 & 0x3F));
      to += static_cast<char>(0x80 | (point & 0x3F));
    }
  }
  return true;
}

/// What the bytes say. The answer is `bytes` itself, or lies in `room` where they had to be converted.
[[nodiscard]] inline std::optional<std::string_view> read_text(std::string_view bytes, Encoding encoding,
                                                               std::string& room) {
  if (is_plain(bytes)) return bytes;
  if (bytes.find('\0') != std::string_view::npos) return std::nullopt;
  if (encoding != Encoding::windows1252 && is_utf8(bytes)) return bytes;
  if (encoding != Encoding::utf8 && convert_windows1252(bytes, room)) return room;
  return std::nullopt;
}

}  // namespace mealsync::formats
