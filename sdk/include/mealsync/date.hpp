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
#include <optional>
#include <string>
#include <string_view>

namespace mealsync {

struct Date {
  std::int32_t days = 0;

  constexpr auto operator<=>(const Date&) const = default;

  [[nodiscard]] constexpr std::chrono::year_month_day civil() const {
    return std::chrono::sys_days{std::chrono::days{days}};
  }
  /// No value where the calendar has no such day, or the year is not from 1900 to 2199.
  [[nodiscard]] static constexpr std::optional<Date> of(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{month},
                                          std::chrono::day{day}};
    if (year < 1900 || year > 2199 || !ymd.ok()) return std::nullopt;
    return Date{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
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
    return pattern;
  }

  [[nodiscard]] constexpr std::optional<Date> read(std::string_view text) const {
    int year = 0, month = 0, day = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const Part part = parts_[i];
      if (part.kind != 'Y' && part.kind != 'M' && part.kind != 'D') {
        if (text.empty() || text[0] != part.kind) return std::nullopt;
        text.remove_prefix(1);
        continue;
      }
      const std::size_t most = part.width == 1 ? 2 : part.width;
      std::size_t digits = 0;
      int number = 0;
      while (digits < most && digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
        number = number * 10 + (text[digits++] - '0');
      if (digits < part.width) return std::nullopt;
      text.remove_prefix(digits);
      if (part.kind == 'Y')
        year = part.width == 4 ? number : number + (number > 50 ? 1900 : 2000);
      else
        (part.kind == 'M' ? month : day) = number;
    }
    if (!text.empty()) return std::nullopt;
    return Date::of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
  }

 private:
  struct Part {
    char kind = 0;
    std::uint8_t width = 0;
  };
  std::array<Part, 8> parts_{};
  std::size_t count_ = 0;
};

inline constexpr std::string_view iso_pattern = "YYYY-MM-DD";

[[nodiscard]] constexpr std::optional<Date> date_from_iso(std::string_view text) {
  constexpr auto pattern = *DatePattern::of(iso_pattern);
  return pattern.read(text);
}

}  // namespace mealsync
