// reports/csv_row.hpp -- rows of a CSV table of which the same columns are filled, written without a text for each cell.
//
// Source   The format: RFC 4180. Cells that would be run as formulas: OWASP, "CSV Injection".
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <mealsync/copy_text.hpp>
#include <reports/clean.hpp>

namespace mealsync::reports {

/// A table begins with it: without it spreadsheet programs read UTF-8 as a local code page.
inline constexpr Text byte_order_mark = "\xEF\xBB\xBF";

namespace csv {

// What has to be done about a cell that holds a byte.
inline constexpr std::uint8_t to_clean = 1, to_quote = 2;

inline constexpr auto care_of = [] {
  std::array<std::uint8_t, 256> care{};
  for (std::size_t byte = 0; byte < care.size(); ++byte)
    care[byte] = may_be_control(static_cast<char>(byte)) ? to_clean : 0;
  care[','] = care['"'] = to_quote;
  return care;
}();

[[nodiscard]] inline std::uint8_t care_for(Text text) {
  std::uint8_t care = 0;
  for (const char c : text)
    care |= care_of[static_cast<unsigned char>(c)];
  return care;
}

[[nodiscard]] inline bool would_be_formula(Text text) {
  const auto first = std::find_if(text.begin(), text.end(), [](char c) { return c != ' '; });
  return first != text.end() && (*first == '=' || *first == '+' || *first == '-' || *first == '@');
}

// An ID is text: read as a number it would lose its leading zeros.
[[nodiscard]] inline bool would_be_number(Text id) {
  return !id.empty() && id[0] >= '0' && id[0] <= '9';
}

/// What a cell grows by at most: each byte may be a quote, which is doubled.
[[nodiscard]] constexpr std::size_t room_for(Text cell) {
  return 2 * cell.size() + Text("\"'\"").size();
}

/// The cell as it stands in the file. No cell has a line's end, once it is clean.
[[nodiscard]] inline char* put_cell(Text cell, bool is_id, char* to) {
  std::uint8_t care = care_for(cell);
  std::string cleaned;
  if ((care & to_clean) != 0) {
    cleaned = clean(cell);
    cell = cleaned;
    care = care_for(cell) & to_quote;
  }
  if (care != 0) *to++ = '"';
  if (would_be_formula(cell) || (is_id && would_be_number(cell))) *to++ = '\'';
  if (care == 0) return detail::copy_text(cell, to);
  for (auto quote = cell.find('"'); quote != Text::npos; quote = cell.find('"')) {
    to = detail::copy_text("\"\"", detail::copy_text(cell.substr(0, quote), to));
    cell.remove_prefix(quote + 1);
  }
  to = detail::copy_text(cell, to);
  *to++ = '"';
  return to;
}

}  // namespace csv

/// A column that a row fills.
struct CsvColumn {
  Text name;
  bool is_ours = false;  // its words are ours: nothing in them needs care
};

class CsvRow {
 public:
  /// `filled` are some of the columns, in their order.
  CsvRow(std::span<const Text> columns, std::span<const CsvColumn> filled) {
    for (const Text& column : columns) {
      if (&column != columns.data()) end_ += ',';
      if (filled_.size() == filled.size() || column != filled[filled_.size()].name) continue;
      filled_.push_back({end_, filled[filled_.size()].is_ours, is_id(column)});
      end_.clear();
    }
    end_ += "\r\n";
  }

  /// Adds a row to the table: a cell for each filled column, the others empty.
  void append_to(std::string& table, std::span<const Text> cells) const { append_to(table, {}, cells); }
  /// Likewise, with cells before the others.
  void append_to(std::string& table, std::span<const Text> first, std::span<const Text> others) const {
    std::size_t room = end_.size();
    for (std::size_t i = 0; i < filled_.size(); ++i)
      room +=
          filled_[i].commas.size() + csv::room_for(i < first.size() ? first[i] : others[i - first.size()]);
    const std::size_t begin = table.size();
    table.resize(begin + room);
    char* to = table.data() + begin;
    std::size_t at = 0;
    for (const auto cells : {first, others})
      for (const Text cell : cells)
        to = put_cell(filled_[at++], cell, to);
    to = detail::copy_text(end_, to);
    table.resize(static_cast<std::size_t>(to - table.data()));
  }

 private:
  struct Filled {
    std::string commas;  // between it and the filled one before
    bool is_ours, is_id;
  };

  [[nodiscard]] static bool is_id(Text column) { return column == "state_id" || column.ends_with("_number"); }
  [[nodiscard]] static char* put_cell(const Filled& column, Text cell, char* to) {
    to = detail::copy_text(column.commas, to);
    return column.is_ours ? detail::copy_text(cell, to) : csv::put_cell(cell, column.is_id, to);
  }

  std::vector<Filled> filled_;
  std::string end_;
};

}  // namespace mealsync::reports
