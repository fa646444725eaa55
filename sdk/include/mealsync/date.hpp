// mealsync/date.hpp -- a calendar day, and the ways districts write one.
//
// Units    Days since 1970-01-01, proleptic Gregorian. No time of day, no time zone.
// Errors   What cannot be read gives no value. A day is never guessed and never repaired.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace mealsync {

namespace detail {

// Of a year without a leap day, and of one with it. The last are those of the year.
inline constexpr unsigned days_before_month[2][13] = {
    {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
    {0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366}};
inline constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::min();

/// Days since 1970-01-01, or no_day where the calendar has no such day, or the year is not from 1900 to 2199.
[[nodiscard]] constexpr std::int32_t days_of(unsigned year, unsigned month, unsigned day) {
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return no_day;
  const auto& before_month = days_before_month[std::chrono::year{static_cast<int>(year)}.is_leap() ? 1 : 0];
  if (day < 1 || day > before_month[month] - before_month[month - 1]) return no_day;
  const unsigned years = year - 1;
  const unsigned before_year = years * 365 + years / 4 - years / 100 + years / 400;
  constexpr int before_1970 = 719162;
  return static_cast<std::int32_t>(before_year + before_month[month - 1] + day - 1) - before_1970;
}

}  // namespace detail

struct Date {
  std::int32_t days = 0;

  constexpr auto operator<=>(const Date&) const = default;

  [[nodiscard]] constexpr std::chrono::year_month_day civil() const {
    return std::chrono::sys_days{std::chrono::days{days}};
  }
  /// No value where the calendar has no such day, or the year is not from 1900 to 2199.
  [[nodiscard]] static constexpr std::optional<Date> of(int year, unsigned month, unsigned day) {
    const std::int32_t found =
        year < 0 ? detail::no_day : detail::days_of(static_cast<unsigned>(year), month, day);
    return found == detail::no_day ? std::nullopt : std::optional(Date{found});
  }
  [[nodiscard]] constexpr Date next() const { return {days + 1}; }
  [[nodiscard]] constexpr Date previous() const { return {days - 1}; }
};

/// "2016-09-06", as characters.
[[nodiscard]] constexpr std::array<char, 10> iso(Date date) {
  const auto civil = date.civil();
  const auto year = static_cast<int>(civil.year());
  const auto month = static_cast<unsigned>(civil.month());
  const auto day = static_cast<unsigned>(civil.day());
  const auto digit = [](auto n) { return static_cast<char>('0' + static_cast<int>(n) % 10); };
  return {digit(year / 1000),
          digit(year / 100),
          digit(year / 10),
          digit(year),
          '-',
          digit(month / 10),
          digit(month),
          '-',
          digit(day / 10),
          digit(day)};
}

[[nodiscard]] inline std::string to_text(Date date) {
  const auto text = iso(date);
  return {text.data(), text.size()};
}

/// How one column writes its dates: MM/DD/YYYY, D.M.YYYY, YYYYMMDD, MM/DD/YY …
/// YYYY, MM and DD take exactly their digits, M and D one or two. YY: 51 to 99 are 19.., 00 to 50 are 20..
class DatePattern {
 public:
  [[nodiscard]] static constexpr std::optional<DatePattern> of(std::string_view text) {
    DatePattern pattern;
    unsigned years = 0, months = 0, days = 0;
    while (!text.empty()) {
      if (pattern.count_ == pattern.parts_.size()) return std::nullopt;
      Part& part = pattern.parts_[pattern.count_++];
      std::size_t run = 1;
      while (run < text.size() && text[run] == text[0])
        ++run;
      part.kind = text[0];
      part.width = static_cast<std::uint8_t>(run);
      switch (text[0]) {
        case 'Y':
          if (run != 4 && run != 2) return std::nullopt;
          ++years;
          break;
        case 'M':
          if (run > 2) return std::nullopt;
          ++months;
          break;
        case 'D':
          if (run > 2) return std::nullopt;
          ++days;
          break;
        case '/':
        case '-':
        case '.':
        case ' ':
          if (run != 1) return std::nullopt;
          break;
        default:
          return std::nullopt;
      }
      text.remove_prefix(run);
    }
    if (years != 1 || months != 1 || days != 1) return std::nullopt;
    pattern.place_parts();
    return pattern;
  }

  [[nodiscard]] constexpr std::optional<Date> read(std::string_view text) const {
    const std::int32_t days = has_places_ ? read_places(text) : read_parts(text);
    return days == detail::no_day ? std::nullopt : std::optional(Date{days});
  }

 private:
  struct Part {
    char kind = 0;
    std::uint8_t width = 0;
    std::uint8_t at = 0;  // in the text, where parts have places
  };

  /// Most patterns have each part at a place of its own, whatever the date: no M or D of one or two digits.
  constexpr void place_parts() {
    has_places_ = true;
    for (std::size_t i = 0; i < count_; ++i) {
      Part& part = parts_[i];
      part.at = size_;
      size_ = static_cast<std::uint8_t>(size_ + part.width);
      switch (part.kind) {
        case 'Y':
          year_ = part;
          break;
        case 'M':
          month_ = part;
          has_places_ = has_places_ && part.width == 2;
          break;
        case 'D':
          day_ = part;
          has_places_ = has_places_ && part.width == 2;
          break;
        default:
          signs_[sign_count_++] = part;
      }
    }
  }

  [[nodiscard]] constexpr std::int32_t read_places(std::string_view text) const {
    if (text.size() != size_) return detail::no_day;
    for (std::size_t i = 0; i < sign_count_; ++i)
      if (text[signs_[i].at] != signs_[i].kind) return detail::no_day;
    unsigned year = two_digits(text, year_.at);
    year = year_.width == 4 ? year * 100 + two_digits(text, year_.at + 2u) : year + century(year);
    return detail::days_of(year, two_digits(text, month_.at), two_digits(text, day_.at));
  }
  /// More than any year where they are no digits.
  [[nodiscard]] static constexpr unsigned two_digits(std::string_view text, std::size_t at) {
    const unsigned tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    return tens > 9 || ones > 9 ? 10'000 : tens * 10 + ones;
  }

  [[nodiscard]] constexpr std::int32_t read_parts(std::string_view text) const {
    unsigned year = 0, month = 0, day = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const Part part = parts_[i];
      if (part.kind != 'Y' && part.kind != 'M' && part.kind != 'D') {
        if (text.empty() || text[0] != part.kind) return detail::no_day;
        text.remove_prefix(1);
        continue;
      }
      const std::size_t most = part.width == 1 ? 2 : part.width;
      std::size_t digits = 0;
      unsigned number = 0;
      while (digits < most && digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
        number = number * 10 + static_cast<unsigned>(text[digits++] - '0');
      if (digits < part.width) return detail::no_day;
      text.remove_prefix(digits);
      if (part.kind == 'Y')
        year = part.width == 4 ? number : number + century(number);
      else
        (part.kind == 'M' ? month : day) = number;
    }
    if (!text.empty()) return detail::no_day;
    return detail::days_of(year, month, day);
  }

  [[nodiscard]] static constexpr unsigned century(unsigned year_of_two_digits) {
    return year_of_two_digits > 50 ? 1900 : 2000;
  }

  std::array<Part, 8> parts_{};
  std::size_t count_ = 0;
  // Of parts with places.
  bool has_places_ = false;
  std::uint8_t size_ = 0;
  Part year_, month_, day_;
  std::array<Part, 5> signs_{};
  std::size_t sign_count_ = 0;
};

inline constexpr std::string_view iso_pattern = "YYYY-MM-DD";

[[nodiscard]] constexpr std::optional<Date> date_from_iso(std::string_view text) {
  constexpr auto pattern = *DatePattern::of(iso_pattern);
  return pattern.read(text);
}

}  // namespace mealsync
