// files/list_name.hpp -- what the name of a state's list says: its kind, and of which month it is.
//
//   SGNDC_*{YYYY}_{MON}*.csv     SGNDC_DCEXTEND_2016_JUL_0423.csv, SGNDC_HISTORY_DCEXTEND_2016_JUL.csv
//
// In a pattern * is any text, {YYYY} a year, {MM} a month in two digits, {MON} its first three letters in English; all
// else is itself. Case of ASCII letters does not count, as on the servers where lists lie.
// Source   KSIS end-of-year training, 2016-04-21, slide 13; layouts.md 2.2: Kentucky has two lists a month, of which
//          that of foster children is apart, and histories.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <mealsync/date.hpp>
#include <mealsync/meal_status.hpp>

namespace mealsync::files {

enum class ListKind : std::uint8_t { monthly, history, foster, foster_history };

struct Month {
  int year = 0;
  unsigned month = 0;  // 1 to 12

  constexpr auto operator<=>(const Month&) const = default;
  [[nodiscard]] constexpr Date first() const { return *Date::of(year, month, 1); }
  [[nodiscard]] constexpr Date last() const {
    return (month == 12 ? Month{year + 1, 1} : Month{year, month + 1}).first().previous();
  }
};

[[nodiscard]] constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// "2016-07"
[[nodiscard]] inline std::optional<Month> month_from(std::string_view text) {
  const auto first = date_from_iso(std::string(text) + "-01");
  if (!first) return std::nullopt;
  return Month{static_cast<int>(first->civil().year()), static_cast<unsigned>(first->civil().month())};
}
[[nodiscard]] inline std::string to_text(Month month) {
  return mealsync::to_text(month.first()).substr(0, 7);
}

/// Whether the words stand in a name, whatever stands around them.
[[nodiscard]] inline ListKind kind_of(std::string_view name) {
  std::string small(name);
  for (char& c : small)
    c = lower(c);
  const bool is_foster = small.find("foster") != std::string::npos;
  const bool is_history = small.find("history") != std::string::npos;
  if (is_foster) return is_history ? ListKind::foster_history : ListKind::foster;
  return is_history ? ListKind::history : ListKind::monthly;
}

class NamePattern {
 public:
  struct Read {
    std::optional<Month> month;  // where the pattern has one
  };

  explicit NamePattern(std::string text) : text_(std::move(text)) {}

  /// Each once, or neither: a year and a month. No path, and no other braces.
  [[nodiscard]] bool is_good() const {
    std::string_view rest = text_;
    int years = 0, months = 0;
    while (!rest.empty()) {
      const std::string_view token = token_of(rest);
      if (token.size() == 1 && (token == "{" || token == "}" || token == "/" || token == "\\")) return false;
      years += token == year ? 1 : 0;
      months += token == month_number || token == month_letters ? 1 : 0;
      rest.remove_prefix(token.size());
    }
    return !text_.empty() && years == months && years <= 1;
  }
  [[nodiscard]] bool has_month() const { return text_.find(year) != std::string::npos; }
  [[nodiscard]] const std::string& text() const { return text_; }

  /// Nothing where the name is another.
  [[nodiscard]] std::optional<Read> read(std::string_view name) const {
    Parts parts;
    if (!match(text_, name, parts)) return std::nullopt;
    if (!has_month()) return Read{};
    return Read{Month{parts.year, parts.month}};
  }

 private:
  static constexpr std::string_view year = "{YYYY}", month_number = "{MM}", month_letters = "{MON}";
  struct Parts {
    int year = 0;
    unsigned month = 0;
  };

  [[nodiscard]] static std::string_view token_of(std::string_view pattern) {
    for (const std::string_view token : {year, month_number, month_letters})
      if (pattern.starts_with(token)) return token;
    return pattern.substr(0, 1);
  }

  /// Names are short and have few *, so that trying is cheap: each * begins anew at most where the last one did.
  [[nodiscard]] static bool match(std::string_view pattern, std::string_view name, Parts& parts) {
    std::string_view pattern_after_star, name_at_star;
    bool has_star = false;
    while (!pattern.empty() || !name.empty()) {
      const std::string_view token = token_of(pattern);
      if (token == "*") {
        pattern_after_star = pattern = pattern.substr(1);
        name_at_star = name;
        has_star = true;
        continue;
      }
      if (const std::size_t taken = token.empty() ? 0 : take(token, name, parts); taken > 0) {
        pattern.remove_prefix(token.size());
        name.remove_prefix(taken);
        continue;
      }
      if (!has_star || name_at_star.empty()) return false;
      name_at_star.remove_prefix(1);
      pattern = pattern_after_star;
      name = name_at_star;
    }
    return true;
  }
  /// How much of the name is the token: 0 where it does not begin so.
  [[nodiscard]] static std::size_t take(std::string_view token, std::string_view name, Parts& parts) {
    if (token == year) {
      const auto number = digits(name, 4);
      if (!number || *number < 1900 || *number > 2199) return 0;
      parts.year = static_cast<int>(*number);
      return 4;
    }
    if (token == month_number) {
      const auto number = digits(name, 2);
      if (!number || *number < 1 || *number > 12) return 0;
      parts.month = *number;
      return 2;
    }
    if (token == month_letters) return take_letters(name, parts);
    return !name.empty() && lower(name[0]) == lower(token[0]) ? 1 : 0;
  }
  [[nodiscard]] static std::size_t take_letters(std::string_view name, Parts& parts) {
    constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (name.size() < 3) return 0;
    const std::array letters{lower(name[0]), lower(name[1]), lower(name[2])};
    for (unsigned i = 0; i < 12; ++i)
      if (months.substr(std::size_t{3} * i, 3) == std::string_view(letters.data(), letters.size())) {
        parts.month = i + 1;
        return 3;
      }
    return 0;
  }
  [[nodiscard]] static std::optional<unsigned> digits(std::string_view text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    unsigned number = 0;
    for (const char c : text.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      number = number * 10 + static_cast<unsigned>(c - '0');
    }
    return number;
  }

  std::string text_;
};

}  // namespace mealsync::files

template <>
struct mealsync::CodeSet<mealsync::files::ListKind> {
  static constexpr std::string_view name = "list";
  static constexpr std::array<std::string_view, 4> words{"monthly", "history", "foster", "foster_history"};
};
