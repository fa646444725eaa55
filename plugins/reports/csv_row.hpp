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

#include <reports/clean.hpp>

namespace mealsync::reports {

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

/// The cell as it stands in the file. No cell has a line's end, once it is clean.
inline void append_cell(std::string& table, Text cell, bool is_id) {
  std::uint8_t care = care_for(cell);
  std::string cleaned;
  if ((care & to_clean) != 0) {
    cleaned = clean(cell);
    cell = cleaned;
    care = care_for(cell) & to_quote;
  }
  if (care != 0) table += '"';
  if (would_be_formula(cell) || (is_id && would_be_number(cell))) table += '\'';
  if (care == 0) {
    table += cell;
    return;
  }
  for (const char c : cell)
    table.append(c == '"' ? 2 : 1, c);
  table += '"';
}

}  // namespace csv

class CsvRow {
 public:
  /// `filled` are some of the columns, in their order.
  CsvRow(std::span<const Text> columns, std::span<const Text> filled) {
    for (const Text& column : columns) {
      if (&column != columns.data()) end_ += ',';
      if (columns_.size() == filled.size() || column != filled[columns_.size()]) continue;
      columns_.push_back({end_, column == "state_id"});
      end_.clear();
    }
    end_ += "\r\n";
  }

  /// Adds a row to the table: a cell for each filled column, the others empty.
  void append_to(std::string& table, std::span<const Text> cells) const {
    for (std::size_t i = 0; i < cells.size(); ++i)
      append_cell(table, i, cells[i]);
    table += end_;
  }
  /// Likewise, with a cell before those of a span.
  void append_to(std::string& table, Text first, std::span<const Text> others) const {
    append_cell(table, 0, first);
    for (std::size_t i = 0; i < others.size(); ++i)
      append_cell(table, i + 1, others[i]);
    table += end_;
  }

 private:
  struct Column {
    std::string commas;  // between it and the filled one before
    bool is_id;
  };

  void append_cell(std::string& table, std::size_t at, Text cell) const {
    table += columns_[at].commas;
    csv::append_cell(table, cell, columns_[at].is_id);
  }

  std::vector<Column> columns_;
  std::string end_;
};

}  // namespace mealsync::reports
