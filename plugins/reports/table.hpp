// reports/table.hpp -- rows of text cells that wait until the report is written, with the widths of their columns.
//
// Units    Widths in characters.
// Errors   As those of the text that is held.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <reports/held_text.hpp>

namespace mealsync::reports {

class Table {
 public:
  /// Adds a row. The cells are cleaned.
  void add(std::span<const Text> cells);
  /// Calls `body` with the cells of each row, in order; they live until it returns.
  void each(const std::function<void(std::span<const Text>)>& body) const;

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  /// Of the widest cell of a column.
  [[nodiscard]] std::size_t width(std::size_t column) const;

 private:
  HeldText rows_text_;
  std::vector<std::size_t> widths_;
  std::uint64_t rows_ = 0;
};

/// How many characters of UTF-8 there are.
[[nodiscard]] std::size_t characters(Text text);

}  // namespace mealsync::reports
