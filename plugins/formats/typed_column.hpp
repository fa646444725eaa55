// formats/typed_column.hpp -- a column of a file and the column of rows it becomes: text, a date or a number.
//
// Every cell is trimmed; one that is empty has no value. A cell is never guessed and never repaired.
// Errors   Each fault of a record is told; the first takes the record back.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <mealsync/sdk.hpp>

#include "formats/encoding.hpp"

namespace mealsync::formats {

enum class CellType : std::uint8_t { text, date, integer };

}  // namespace mealsync::formats

template <>
struct mealsync::CodeSet<mealsync::formats::CellType> {
  static constexpr std::string_view name = "cell_type";
  static constexpr std::array<std::string_view, 3> words{"text", "date", "int"};
};

namespace mealsync::formats {

inline constexpr Rule no_value{4002, Severity::error, "Required field [{}] has no value",
                               "Enter the value in the POS."};
inline constexpr Rule no_number{4010, Severity::error, "{} in column '{}' is no whole number",
                                "Correct the value in the POS, or give the column type=\"text\"."};
inline constexpr Rule no_text{4011, Severity::error, "Text in column '{}' cannot be read as {}",
                              "Write the file anew as UTF-8, or correct encoding in the pipeline."};
inline constexpr Rule no_date{5003, Severity::error, "{} in column '{}' is no date ({})",
                              "Correct the date in the POS; where all dates are so, correct the column's "
                              "pattern in the pipeline."};

inline constexpr Rule bad_pattern{own(5001), Severity::fatal,
                                  "Pattern '{}' of column '{}' is no pattern of dates",
                                  "Write it with YYYY or YY, MM or M, DD or D, as in MM/DD/YYYY; several are "
                                  "divided by |."};
inline constexpr Rule two_ways{own(5001), Severity::fatal,
                               "The patterns '{}' of column '{}' read the same text as two days",
                               "Keep one of them: a day that may be another one is never guessed."};
inline constexpr Rule needless_pattern{own(5001), Severity::fatal, "Column '{}' has a pattern and is no date",
                                       "Give the column type=\"date\", or remove its pattern."};

[[nodiscard, gnu::cold]] inline Text without_blanks(Text text) {
  constexpr Text no_break_space = "\xC2\xA0";
  const auto width = [&](char c, bool is_no_break) -> std::size_t {
    return c == ' ' || c == '\t' ? 1 : is_no_break ? no_break_space.size() : 0;
  };
  while (!text.empty()) {
    const std::size_t blank = width(text.front(), text.starts_with(no_break_space));
    if (blank == 0) break;
    text.remove_prefix(blank);
  }
  while (!text.empty()) {
    const std::size_t blank = width(text.back(), text.ends_with(no_break_space));
    if (blank == 0) break;
    text.remove_suffix(blank);
  }
  return text;
}

/// Without blanks, tabs and no-break spaces around it.
[[nodiscard]] inline Text trimmed(Text text) {
  const auto is_sign = [](char c) { return c > ' ' && c <= '~'; };
  return !text.empty() && is_sign(text.front()) && is_sign(text.back()) ? text : without_blanks(text);
}

/// The ways in which a column writes its dates, divided by `|` in its pattern. Most have one.
class DatePatterns {
 public:
  DatePatterns(Text text, const std::string& column, Columns& columns) {
    std::vector<Text> all;
    for (Text rest = text;; rest.remove_prefix(all.back().size() + 1)) {
      all.push_back(rest.substr(0, rest.find('|')));
      const auto pattern = DatePattern::of(all.back());
      if (!pattern) columns.fault<bad_pattern>(all.back(), column);
      (all.size() == 1 ? first_ : more_.emplace_back()) = pattern.value_or(DatePattern{});
      if (all.back().size() == rest.size()) break;
    }
    if (contradict(all)) columns.fault<two_ways>(text, column);
  }

  [[nodiscard]] bool read(Text text, Date& to) const {
    return first_.read(text, to) || (!more_.empty() && read_otherwise(text, to));
  }

 private:
  [[nodiscard]] bool read_otherwise(Text text, Date& to) const {
    return std::any_of(more_.begin(), more_.end(),
                       [&](const DatePattern& pattern) { return pattern.read(text, to); });
  }
  /// A day whose year, month and day may change places shows whether two patterns take each other's dates.
  [[nodiscard]] static bool contradict(const std::vector<Text>& patterns) {
    constexpr auto day = *Date::of(2010, 11, 12);
    for (const Text writes : patterns)
      for (const Text reads : patterns)
        if (const auto pattern = DatePattern::of(reads); pattern && DatePattern::of(writes))
          if (const auto date = pattern->read(written(writes)); date && *date != day) return true;
    return false;
  }
  /// 2010-11-12 as a pattern writes it.
  [[nodiscard]] static std::string written(Text pattern) {
    std::string text;
    for (std::size_t i = 0, run = 0; i < pattern.size(); i += run) {
      run = std::min(pattern.find_first_not_of(pattern[i], i), pattern.size()) - i;
      const char sign = pattern[i];
      text += sign == 'Y'   ? Text(run == 4 ? "2010" : "10")
              : sign == 'M' ? Text("11")
              : sign == 'D' ? Text("12")
                            : pattern.substr(i, run);
    }
    return text;
  }

  DatePattern first_;
  std::vector<DatePattern> more_;
};

/// What a file holds in a cell.
struct CellText {
  Text text;
  bool is_lent = true;  // of the block, so that it needs no copy
};

/// A new record while its cells are read.
class NewRecord {
 public:
  NewRecord(Output& out, Place place) : out_(&out), place_(place), cells_(out.row(place)) {}

  /// The cells to set, unless the record has a fault.
  [[nodiscard]] Cells* cells() { return is_good_ ? &cells_ : nullptr; }
  template <const Rule& R, class... Args>
  [[gnu::cold]] void reject(const Args&... args) {
    if (std::exchange(is_good_, false))
      out_->reject_newest<R>(place_, args...);
    else
      out_->reject<R>(place_, args...);
  }

 private:
  Output* out_;
  Place place_;
  Cells cells_;
  bool is_good_ = true;
};

class TypedColumn {
 public:
  static constexpr std::string_view usual_pattern = "MM/DD/YYYY";

  TypedColumn(const std::string& name, CellType type, const std::optional<std::string>& pattern,
              bool is_required, Columns& columns)
      : name_(name), pattern_(pattern.value_or(std::string(usual_pattern))), is_required_(is_required) {
    if (pattern && type != CellType::date) columns.fault<needless_pattern>(name);
    switch (type) {
      case CellType::text:
        column_ = columns.add<Text>(name, "As the file has it, trimmed.");
        break;
      case CellType::integer:
        column_ = columns.add<Int>(name, "A whole number of the file.");
        break;
      case CellType::date:
        column_ = Dates{columns.add<Date>(name, "A day of the file."), {pattern_, name, columns}};
    }
  }

  [[nodiscard]] const std::string& name() const { return name_; }

  /// Sets the record's cell, or says what is wrong with it.
  void put(CellText cell, NewRecord& record) const {
    const Text text = trimmed(cell.text);
    if (text.empty()) {
      if (is_required_) record.reject<no_value>(name_);
    } else if (const auto* const texts = std::get_if<Column<Text>>(&column_)) {
      put_text(*texts, text, cell.is_lent, record);
    } else if (const auto* const dates = std::get_if<Dates>(&column_)) {
      Date date;
      if (!dates->patterns.read(text, date))
        reject<no_date>(record, text, pattern_);
      else if (Cells* const cells = record.cells())
        cells->set(dates->column, date);
    } else {
      const auto number = parse<Int>(text);
      if (!number)
        reject<no_number>(record, text);
      else if (Cells* const cells = record.cells())
        cells->set(*std::get_if<Column<Int>>(&column_), *number);
    }
  }

 private:
  struct Dates {
    Column<Date> column;
    DatePatterns patterns;
  };

  static void put_text(Column<Text> column, Text text, bool is_lent, NewRecord& record) {
    Cells* const cells = record.cells();
    if (cells == nullptr) return;
    if (is_lent)
      cells->borrow(column, text);
    else
      cells->set(column, text);
  }

  template <const Rule& R, class... More>
  [[gnu::cold]] void reject(NewRecord& record, Text value, const More&... more) const {
    record.reject<R>(shown(value), name_, more...);
  }
  /// What of a value belongs in a finding. Where columns are swapped it may be a name, and a birth date is never
  /// shown.
  [[nodiscard]] std::string shown(Text text) const {
    constexpr Text harmless = "0123456789/-. ";
    const bool is_harmless = text.size() <= 20 && text.find_first_not_of(harmless) == Text::npos;
    return is_harmless && name_ != "birth_date" ? "'" + std::string(text) + "'" : "A value";
  }

  std::string name_;
  std::string pattern_;
  bool is_required_;
  std::variant<Column<Text>, Column<Int>, Dates> column_;
};

}  // namespace mealsync::formats
