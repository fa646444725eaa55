// mealsync/row.hpp -- one record of a batch, as a stage sees it.
//
// Ownership  A row and its texts are borrowed until the call that gave them returns.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <mealsync/columns.hpp>
#include <mealsync/context.hpp>

namespace mealsync {

class Row {
 public:
  Row(const ms_batch& batch, std::uint32_t index) : batch_(&batch), index_(index) {}

  [[nodiscard]] Place place() const { return {batch_->places[index_]}; }
  [[nodiscard]] std::uint64_t line() const { return place().line(); }

  /// Whether the cell has a value. False for an optional column that does not come in.
  template <class T>
  [[nodiscard]] bool has(Column<T> column) const {
    if (column.in == MS_NO_COLUMN) return false;
    const ms_column& cells = batch_->columns[column.in];
    return cells.present == nullptr || cells.present[index_] != 0;
  }
  /// The cell's value; an empty one of its type where it has none.
  template <class T>
  [[nodiscard]] ValueOf<T> operator[](Column<T> column) const {
    using Cells = detail::CellOf<T>;
    if (!has(column)) return {};
    return Cells::load(static_cast<const typename Cells::Cell*>(batch_->columns[column.in].values)[index_]);
  }

  [[nodiscard]] std::uint32_t index() const { return index_; }

 private:
  const ms_batch* batch_;
  std::uint32_t index_;
};

namespace detail {

/// Calls `body` with each row that counts.
template <class F>
void each_row(const ms_batch& batch, F&& body) {
  if (batch.selected == nullptr) {
    for (std::uint32_t i = 0; i < batch.rows; ++i)
      body(Row(batch, i));
  } else {
    for (std::size_t i = 0; i < batch.selected_count; ++i)
      body(Row(batch, batch.selected[i]));
  }
}

/// The same, and calls `prepare` with each row some rows earlier.
template <class P, class F>
void each_row_ahead(const ms_batch& batch, P&& prepare, F&& body) {
  constexpr std::size_t ahead = 16;  // time enough for memory to answer
  const std::size_t rows = batch.selected == nullptr ? batch.rows : batch.selected_count;
  const auto row = [&](std::size_t i) {
    return Row(batch, batch.selected == nullptr ? static_cast<std::uint32_t>(i) : batch.selected[i]);
  };
  for (std::size_t i = 0; i < std::min(ahead, rows); ++i)
    prepare(row(i));
  for (std::size_t i = 0; i < rows; ++i) {
    if (i + ahead < rows) prepare(row(i + ahead));
    body(row(i));
  }
}

}  // namespace detail

}  // namespace mealsync
