// campus/student_key.hpp -- the keys by which a record may name its student: their forms, and how they are compared.
//
// State IDs and student numbers are compared as they are written, person IDs as numbers, SSNs by their digits.
// Names are compared without the blanks around them and without case: of ASCII, and of the Latin letters from À to
// ž (U+00C0 to U+017E) where a letter is one character and has its other case among them. Nothing else of a name is
// made equal: a missing accent, or an accent that is a character of its own, makes another name.
// No SSN is kept: what is compared is a number that only this run can make of it.
//
// Threads  A ComparedKey is used by one thread at a time.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>

#include <mealsync/date.hpp>
#include <mealsync/value.hpp>

namespace mealsync::campus {

enum class KeyKind : std::uint8_t { state_id, student_number, person_id, ssn, name_birth_date };

/// A blank key is good: nobody has it.
enum class KeyForm : std::uint8_t { good, looks_like_ssn, wrong, damaged };

inline constexpr Text no_break_space = "\xC2\xA0";

[[nodiscard]] constexpr bool is_digits(Text text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// ddd-dd-dddd
[[nodiscard]] constexpr bool has_ssn_hyphens(Text key) {
  return key.size() == 11 && key[3] == '-' && key[6] == '-' && is_digits(key.substr(0, 3)) &&
         is_digits(key.substr(4, 2)) && is_digits(key.substr(7));
}

[[nodiscard]] constexpr bool is_ssn_shaped(Text key) {
  return has_ssn_hyphens(key) || (key.size() == 9 && is_digits(key));
}

/// What a spreadsheet leaves of an identifier that it took for a number, or that was pasted into it: 1.99E+09,
/// 1990000001.0, a no-break space. A number with a plain E, as 12E5, may be somebody's ID.
[[nodiscard]] constexpr bool is_damaged(Text key) {
  if (key.find(no_break_space) != Text::npos) return true;
  const auto digits = [&](std::size_t at) {
    const auto end = key.find_first_not_of("0123456789", at);
    return (end == Text::npos ? key.size() : end) - at;
  };
  const std::size_t whole = digits(0);
  if (whole == 0 || whole == key.size()) return false;
  const bool has_point = key[whole] == '.' || key[whole] == ',';
  const std::size_t mantissa = has_point ? whole + 1 + digits(whole + 1) : whole;
  if (mantissa == key.size())
    return has_point && mantissa > whole + 1 && key.find_first_not_of('0', whole + 1) == Text::npos;
  if (key[mantissa] != 'E' && key[mantissa] != 'e') return false;
  const bool has_sign = mantissa + 1 < key.size() && (key[mantissa + 1] == '+' || key[mantissa + 1] == '-');
  const std::size_t exponent = mantissa + (has_sign ? 2 : 1);
  return (has_point || has_sign) && exponent < key.size() && exponent + digits(exponent) == key.size();
}

/// The form of a key of one column. `id_digits`: of a state ID, 0 where it may hold letters.
/// Source: layouts.md 3.6 and 6: nine digits are a lawful student number or person ID, and in some states a state
/// ID; only hyphens make an SSN of them.
[[nodiscard]] constexpr KeyForm form_of(KeyKind kind, Text key, int id_digits) {
  if (key.empty()) return KeyForm::good;
  const bool is_number = is_digits(key);
  if (kind == KeyKind::ssn) return is_ssn_shaped(key) ? KeyForm::good : KeyForm::wrong;
  if (is_number)
    return kind == KeyKind::state_id && key.size() == 9 && id_digits != 9 ? KeyForm::looks_like_ssn
                                                                          : KeyForm::good;
  if (has_ssn_hyphens(key)) return KeyForm::looks_like_ssn;
  const bool takes_digits_only = kind == KeyKind::person_id || (kind == KeyKind::state_id && id_digits > 0);
  if (takes_digits_only) return KeyForm::wrong;
  return is_damaged(key) ? KeyForm::damaged : KeyForm::good;
}

/// What of a key is compared. A text that is given lives until the next one is asked for; an empty one is the key of
/// nobody.
class ComparedKey {
 public:
  explicit ComparedKey(KeyKind kind) : kind_(kind) {}

  [[nodiscard]] KeyKind kind() const { return kind_; }

  /// Of a key of one column, in a form that is good.
  [[nodiscard]] Text of(Text key) {
    if (kind_ == KeyKind::ssn && !key.empty()) return of_ssn(key);
    if (kind_ == KeyKind::person_id && !key.empty())
      key.remove_prefix(std::min(key.find_first_not_of('0'), key.size() - 1));
    return key;
  }
  [[nodiscard]] Text of(std::int64_t person) {
    const auto end = std::to_chars(number_.data(), number_.data() + number_.size(), person).ptr;
    return {number_.data(), static_cast<std::size_t>(end - number_.data())};
  }
  [[nodiscard]] Text of(Text last, Text first, Date birth) {
    folded_.clear();
    append_folded(last);
    if (folded_.empty()) return {};
    folded_ += '\n';
    const std::size_t before = folded_.size();
    append_folded(first);
    if (folded_.size() == before) return {};
    const auto day = iso(birth);
    folded_ += '\n';
    folded_.append(day.data(), day.size());
    return folded_;
  }

 private:
  /// Each SSN has a number of its own, so that two are never taken for one.
  [[nodiscard]] Text of_ssn(Text key) {
    std::uint64_t number = 0;
    for (const char c : key)
      if (c != '-') number = number * 10 + static_cast<std::uint64_t>(c - '0');
    number ^= secret_;
    for (const std::uint64_t factor : {0xbf58476d1ce4e5b9u, 0x94d049bb133111ebu})
      number = (number ^ (number >> 30)) * factor;
    number ^= number >> 31;
    std::memcpy(number_.data(), &number, sizeof number);
    return {number_.data(), sizeof number};
  }

  /// Without the blanks around it, in small letters.
  void append_folded(Text name) {
    while (!name.empty() && is_blank(name.front()))
      name.remove_prefix(1);
    while (!name.empty() && is_blank(name.back()))
      name.remove_suffix(1);
    for (std::size_t i = 0; i < name.size(); ++i) {
      const auto byte = static_cast<unsigned char>(name[i]);
      const auto next = i + 1 < name.size() ? static_cast<unsigned char>(name[i + 1]) : 0u;
      if (byte >= 0xC3 && byte <= 0xC5 && (next & 0xC0u) == 0x80u) {
        const unsigned small = small_letter((byte & 0x1Fu) << 6 | (next & 0x3Fu));
        folded_ += static_cast<char>(0xC0u | small >> 6);
        folded_ += static_cast<char>(0x80u | (small & 0x3Fu));
        ++i;
      } else {
        folded_ += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : name[i];
      }
    }
  }
  static constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

  /// Of a letter from U+00C0 to U+017F. Most of them stand in pairs, the capital first.
  static constexpr unsigned small_letter(unsigned letter) {
    const auto is_from = [&](unsigned first, unsigned last) { return letter >= first && letter <= last; };
    if (is_from(0xC0, 0xDE) && letter != 0xD7) return letter + 0x20;
    if (letter == 0x178) return 0xFF;
    const bool is_even_pair = is_from(0x100, 0x12F) || is_from(0x132, 0x137) || is_from(0x14A, 0x177);
    const bool is_odd_pair = is_from(0x139, 0x148) || is_from(0x179, 0x17E);
    const bool is_capital = (is_even_pair && letter % 2 == 0) || (is_odd_pair && letter % 2 == 1);
    return is_capital ? letter + 1 : letter;
  }

  [[nodiscard]] static std::uint64_t drawn() {
    std::random_device draw;
    return std::uint64_t{draw()} << 32 | draw();
  }

  KeyKind kind_;
  std::uint64_t secret_ = drawn();
  std::array<char, 20> number_{};
  std::string folded_;
};

}  // namespace mealsync::campus

template <>
struct mealsync::CodeSet<mealsync::campus::KeyKind> {
  static constexpr std::string_view name = "key";
  static constexpr std::array<std::string_view, 5> words{"state_id", "student_number", "person_id", "ssn",
                                                         "name_birth_date"};
};
