// mealsync/date.hpp -- a calendar day, and the ways districts write one.
//
// Units    Days since 1970-01-01, proleptic Gregorian. No time of day, no time zone.
// Errors   What cannot be read gives no value. A day is never guessed and never repaired.
#pragma once

#include <array>
#include <bit>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace mealsync {

namespace detail {

// Of a year without a leap day, and of one with it. The last are those of the year.
inline constexpr unsigned days_before_month[2][13] = {
    {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
    {0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366}};
inline constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::min();

inline constexpr unsigned first_year = 1900, last_year = 2199;

/// Days since 1970-01-01 of each year's first day, and of the day after the last year.
inline constexpr auto new_years_days = [] {
  std::array<std::int32_t, last_year - first_year + 2> days{};
  days[0] = -25567;
  for (unsigned i = 1; i < days.size(); ++i)
    days[i] = days[i - 1] + (std::chrono::year{static_cast<int>(first_year + i - 1)}.is_leap() ? 366 : 365);
  return days;
}();

/// Days since 1970-01-01, or no_day where the calendar has no such day, or the year is not from 1900 to 2199.
[[nodiscard]] constexpr std::int32_t days_of(unsigned year, unsigned month, unsigned day) {
  if (year < first_year || year > last_year || month < 1 || month > 12) return no_day;
  const std::int32_t new_year = new_years_days[year - first_year];
  const bool is_leap = new_years_days[year - first_year + 1] - new_year == 366;
  const auto& before_month = days_before_month[is_leap ? 1 : 0];
  if (day < 1 || day > before_month[month] - before_month[month - 1]) return no_day;
  return new_year + static_cast<std::int32_t>(before_month[month - 1] + day - 1);
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
    Date date;
    return read(text, date) ? std::optional(date) : std::nullopt;
  }
  /// The same for very many: an optional that is copied costs more than to read the date.
  [[nodiscard]] constexpr bool read(std::string_view text, Date& to) const {
    to.days = has_places_ ? read_places(text) : read_parts(text);
    return to.days != detail::no_day;
  }

 private:
  struct Part {
    char kind = 0;
    std::uint8_t width = 0;
  };

  // A date whose parts have places is looked at eight characters at a time: at its first eight, and at its last.
  static constexpr std::size_t eight = sizeof(std::uint64_t);
  static constexpr std::uint64_t high_halves = 0xF0F0F0F0F0F0F0F0;
  struct Eight {
    std::uint64_t least = 0;  // 0 for each digit, and the signs
    std::uint64_t room = 0;  // what may be added to a difference from that, of one digit, before it takes two

    /// A byte for each character, the first one's the lowest: what its digit is worth, 0 for a sign. More than 15
    /// somewhere: it is no date.
    [[nodiscard]] constexpr std::uint64_t difference(std::string_view text, std::size_t at) const {
      const std::uint64_t digits = bytes_of(text.data() + at) ^ least;
      return digits | ((digits + room) & high_halves);
    }
    [[nodiscard]] static constexpr std::uint64_t bytes_of(const char* text) {
      std::uint64_t bytes = 0;
      if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
        std::memcpy(&bytes, text, eight);
        return bytes;
      }
      for (std::size_t i = 0; i < eight; ++i)
        bytes |= std::uint64_t{static_cast<unsigned char>(text[i])} << 8 * i;
      return bytes;
    }
  };
  /// Where two digits are.
  struct Pair {
    std::uint8_t half = 0;  // 0: among the first eight characters; 1: among the last
    std::uint8_t shift = 0;
  };

  /// Most patterns have each part at a place of its own, whatever the date: no M or D of one or two digits.
  constexpr void place_parts() {
    has_places_ = true;
    for (const Part& part : parts_) {
      size_ += part.width;
      has_places_ = has_places_ && (part.width != 1 || (part.kind != 'M' && part.kind != 'D'));
    }
    has_places_ = has_places_ && size_ >= eight;
    if (!has_places_) return;
    std::size_t at = 0;
    for (const Part& part : parts_) {
      for (std::size_t i = 0; i < part.width; ++i)
        place(part, at + i);
      if (part.kind == 'Y') year_ = {pair_at(at), pair_at(at + part.width - 2)};
      if (part.kind == 'M') month_ = pair_at(at);
      if (part.kind == 'D') day_ = pair_at(at);
      has_century_ = has_century_ || part.width == 4;
      at += part.width;
    }
  }
  constexpr void place(const Part& part, std::size_t at) {
    const bool is_digit = part.kind == 'Y' || part.kind == 'M' || part.kind == 'D';
    for (std::size_t half = 0; half < 2; ++half) {
      const std::size_t begin = half == 0 ? 0 : size_ - eight;
      if (at < begin || at >= begin + eight) continue;
      const auto byte = static_cast<unsigned char>(is_digit ? '0' : part.kind);
      halves_[half].least |= std::uint64_t{byte} << 8 * (at - begin);
      halves_[half].room |= std::uint64_t{is_digit ? 6u : 15u} << 8 * (at - begin);
    }
  }
  [[nodiscard]] constexpr Pair pair_at(std::size_t at) const {
    const bool is_in_first = at + 2 <= eight;
    return {static_cast<std::uint8_t>(is_in_first ? 0 : 1),
            static_cast<std::uint8_t>(8 * (is_in_first ? at : at - (size_ - eight)))};
  }

  [[nodiscard]] constexpr std::int32_t read_places(std::string_view text) const {
    if (text.size() != size_) return detail::no_day;
    const std::uint64_t first = halves_[0].difference(text, 0);
    const std::uint64_t last = halves_[1].difference(text, size_ - eight);
    if (((first | last) & high_halves) != 0) return detail::no_day;
    // In each byte the number that its digit makes with the next one.
    const std::uint64_t first_pairs = first * 10 + (first >> 8), last_pairs = last * 10 + (last >> 8);
    const auto number = [&](Pair pair) {
      return static_cast<unsigned>((pair.half == 0 ? first_pairs : last_pairs) >> pair.shift & 0xFF);
    };
    unsigned year = number(year_[1]);
    year += has_century_ ? number(year_[0]) * 100 : century(year);
    return detail::days_of(year, number(month_), number(day_));
  }

  [[nodiscard, gnu::noinline]] constexpr std::int32_t read_parts(std::string_view text) const {
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
  std::size_t size_ = 0;
  // Of parts with places.
  bool has_places_ = false;
  bool has_century_ = false;
  std::array<Eight, 2> halves_{};
  std::array<Pair, 2> year_{};
  Pair month_, day_;
};

inline constexpr std::string_view iso_pattern = "YYYY-MM-DD";

[[nodiscard]] constexpr bool date_from_iso(std::string_view text, Date& to) {
  constexpr auto pattern = *DatePattern::of(iso_pattern);
  return pattern.read(text, to);
}
[[nodiscard]] constexpr std::optional<Date> date_from_iso(std::string_view text) {
  Date date;
  return date_from_iso(text, date) ? std::optional(date) : std::nullopt;
}

}  // namespace mealsync
