// mealsync/trial_table.hpp -- records as a table that people read and write.
//
//   state_id | start_date:date | eligibility:eligibility
//   1001     | 2016-08-15      | Free
//   1002     |                 | ""
//
// The first line names the columns, each with its type; without one it is text. An empty cell has no value;
// "" is a text of no characters. Blank lines and indentation do not count.
// Errors   A table that cannot be read throws std::invalid_argument.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/abi.h>
#include <mealsync/date.hpp>
#include <mealsync/meal_status.hpp>

namespace mealsync::testing {

struct TableColumn {
  std::string name;
  std::uint32_t type = MS_TEXT;
  std::string set{};
  std::vector<std::string> words{};
};

using TableCells = std::vector<std::optional<std::string>>;

struct Table {
  std::vector<TableColumn> columns;
  std::vector<TableCells> records;
};

namespace detail {

[[nodiscard]] inline ms_str lend(std::string_view text) {
  return {text.data(), text.size()};
}
[[nodiscard]] inline std::string_view view(ms_str text) {
  return {text.data, text.size};
}

[[nodiscard]] inline std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The parts between the marks, trimmed.
[[nodiscard]] inline std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(mark);
    parts.push_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

template <class E>
[[nodiscard]] TableColumn code_column(std::string_view name) {
  const auto& words = CodeSet<E>::words;
  return {std::string(name), MS_CODE, std::string(CodeSet<E>::name), {words.begin(), words.end()}};
}

[[nodiscard]] inline TableColumn read_column(std::string_view text) {
  const auto colon = text.find(':');
  const std::string name(trim(text.substr(0, colon)));
  const auto type = colon == std::string_view::npos ? "text" : trim(text.substr(colon + 1));
  if (type == "text") return {name};
  if (type == "int") return {name, MS_INT};
  if (type == "date") return {name, MS_DATE};
  if (type == "bool") return {name, MS_BOOL};
  if (type == CodeSet<Eligibility>::name) return code_column<Eligibility>(name);
  if (type == CodeSet<Source>::name) return code_column<Source>(name);
  if (type == CodeSet<CertifiedType>::name) return code_column<CertifiedType>(name);
  if (type == CodeSet<Action>::name) return code_column<Action>(name);
  if (type == CodeSet<Fate>::name) return code_column<Fate>(name);
  throw std::invalid_argument("column '" + name + "' is of no type: " + std::string(type));
}

[[nodiscard]] inline std::optional<std::string> read_cell(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::string(text == "\"\"" ? std::string_view{} : text);
}

}  // namespace detail

[[nodiscard]] inline Table read_table(std::string_view text) {
  Table table;
  for (const std::string_view line : detail::split(text, '\n')) {
    if (line.empty()) continue;
    const auto parts = detail::split(line, '|');
    if (table.columns.empty()) {
      std::transform(parts.begin(), parts.end(), std::back_inserter(table.columns), detail::read_column);
      continue;
    }
    if (parts.size() != table.columns.size())
      throw std::invalid_argument("not one cell for each column: " + std::string(line));
    auto& cells = table.records.emplace_back();
    std::transform(parts.begin(), parts.end(), std::back_inserter(cells), detail::read_cell);
  }
  return table;
}

/// "state_id | start_date:date", as read_table reads it.
[[nodiscard]] inline std::string header_of(const std::vector<TableColumn>& columns) {
  std::string line;
  for (const TableColumn& column : columns) {
    line += (line.empty() ? "" : " | ") + column.name;
    if (column.type == MS_INT) line += ":int";
    if (column.type == MS_DATE) line += ":date";
    if (column.type == MS_BOOL) line += ":bool";
    if (column.type == MS_CODE) line += ":" + column.set;
  }
  return line;
}

namespace detail {

[[nodiscard]] inline std::string cell_text(const TableColumn& column, const ms_column& cells,
                                           std::size_t row) {
  if (cells.present != nullptr && cells.present[row] == 0) return {};
  switch (column.type) {
    case MS_TEXT: {
      const auto text = view(static_cast<const ms_str*>(cells.values)[row]);
      return text.empty() ? "\"\"" : std::string(text);
    }
    case MS_INT:
      return std::to_string(static_cast<const std::int64_t*>(cells.values)[row]);
    case MS_DATE:
      return to_text(Date{static_cast<const std::int32_t*>(cells.values)[row]});
    case MS_BOOL:
      return static_cast<const std::uint8_t*>(cells.values)[row] != 0 ? "yes" : "no";
    default:
      return column.words.at(static_cast<const std::uint8_t*>(cells.values)[row]);
  }
}

}  // namespace detail

/// One row of a batch: its cells with " | " between them, and a newline.
[[nodiscard]] inline std::string row_text(const std::vector<TableColumn>& columns, const ms_batch& batch,
                                          std::size_t row) {
  std::string line;
  for (std::size_t c = 0; c < columns.size(); ++c)
    line += (c == 0 ? "" : " | ") + detail::cell_text(columns[c], batch.columns[c], row);
  return line += '\n';
}

}  // namespace mealsync::testing
