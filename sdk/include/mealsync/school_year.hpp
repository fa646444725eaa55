// mealsync/school_year.hpp -- a school year: July 1 to June 30.
//
// Units    Named by the calendar year in which it ends, as Campus stores it (endYear).
// Source   Federal rule: a school year is July 1 to June 30. Spellings: KSIS end-of-year training,
//          2016-04-21 ("15-16"), and vendors' files.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <mealsync/date.hpp>

namespace mealsync {

struct SchoolYear {
  int end_year = 0;

  constexpr auto operator<=>(const SchoolYear&) const = default;

  [[nodiscard]] constexpr Date first() const { return *Date::of(end_year - 1, 7, 1); }
  [[nodiscard]] constexpr Date last() const { return *Date::of(end_year, 6, 30); }
  [[nodiscard]] constexpr bool holds(Date day) const { return first() <= day && day <= last(); }

  [[nodiscard]] static constexpr SchoolYear of(Date day) {
    const auto civil = day.civil();
    return {static_cast<int>(civil.year()) + (static_cast<unsigned>(civil.month()) >= 7 ? 1 : 0)};
  }

  /// No value where the year is none that this program is for.
  [[nodiscard]] static constexpr std::optional<SchoolYear> of_end_year(std::int64_t year) {
    if (year < 1990 || year > 2150) return std::nullopt;
    return SchoolYear{static_cast<int>(year)};
  }

  /// Reads 2016-17, 16-17, 2016-2017, any of them after "SY", with - or /, and 2017 (the end year).
  [[nodiscard]] static constexpr std::optional<SchoolYear> read(std::string_view text) {
    const auto trim = [](std::string_view t) {
      while (!t.empty() && (t.front() == ' ' || t.front() == '\t'))
        t.remove_prefix(1);
      while (!t.empty() && (t.back() == ' ' || t.back() == '\t'))
        t.remove_suffix(1);
      return t;
    };
    const auto number = [](std::string_view digits) {
      int n = digits.empty() ? -1 : 0;
      for (const char c : digits) {
        if (c < '0' || c > '9') return -1;
        n = n * 10 + (c - '0');
      }
      return n;
    };
    text = trim(text);
    if (text.size() > 2 && (text[0] == 'S' || text[0] == 's') && (text[1] == 'Y' || text[1] == 'y'))
      text = trim(text.substr(2));
    if (text.size() > 9) return std::nullopt;
    const auto dash = text.find_first_of("-/");
    if (dash == std::string_view::npos) return text.size() == 4 ? of_end_year(number(text)) : std::nullopt;
    const auto left = text.substr(0, dash), right = text.substr(dash + 1);
    if ((left.size() != 2 && left.size() != 4) || (right.size() != 2 && right.size() != left.size()))
      return std::nullopt;
    const int begin = number(left), end = number(right);
    if (begin < 0 || end < 0) return std::nullopt;
    const int first = left.size() == 4 ? begin : begin + 2000;
    const bool follows = right.size() == 4 ? end == first + 1 : end == (first + 1) % 100;
    return follows ? of_end_year(first + 1) : std::nullopt;
  }
};

/// "2016-17", as the reports write it.
[[nodiscard]] inline std::string to_text(SchoolYear year) {
  const auto end = std::to_string(year.end_year % 100);
  return std::to_string(year.end_year - 1) + (end.size() == 1 ? "-0" : "-") + end;
}

}  // namespace mealsync
