// mealsync/sheet.hpp -- the batch that a stage is making: cells by column, given to the host when it is full.
//
// Over a batch that comes in, a sheet keeps a selection and makes only the columns that are set; the others are
// passed on as they came. On its own it holds new rows.
// Ownership  Text that is set is copied here; text that is borrowed must outlive the batch's emission, which
//            happens before the stage's verb returns.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include <mealsync/columns.hpp>
#include <mealsync/value.hpp>

namespace mealsync::detail {

/// Texts that live until the next clear; its memory is kept for the batches that follow.
class TextStore {
 public:
  Text keep(Text text) {
    if (text.empty()) return {};
    while (at_ < chunks_.size() && chunks_[at_].size - used_ < text.size()) {
      ++at_;
      used_ = 0;
    }
    if (at_ == chunks_.size()) {
      const std::size_t size = std::max(chunk_size, text.size());
      chunks_.push_back({std::make_unique<char[]>(size), size});
    }
    char* to = chunks_[at_].bytes.get() + used_;
    std::memcpy(to, text.data(), text.size());
    used_ += text.size();
    return {to, text.size()};
  }
  void clear() { at_ = used_ = 0; }

 private:
  static constexpr std::size_t chunk_size = std::size_t{64} * 1024;
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t size;
  };
  std::vector<Chunk> chunks_;
  std::size_t at_ = 0, used_ = 0;
};

class Sheet {
 public:
  static constexpr std::size_t rows_per_batch = 4096;

  explicit Sheet(std::span<const ms_port> ports) : columns_(ports.size()), views_(ports.size()) {
    for (std::size_t i = 0; i < ports.size(); ++i) {
      columns_[i].from = ports[i].from;
      columns_[i].cell_size = cell_size(ports[i].field.type);
    }
  }

  void begin_over(const ms_batch& base) {
    base_ = &base;
    rows_ = base.rows;
    clear();
  }
  void begin_new() {
    base_ = nullptr;
    rows_ = 0;
    clear();
  }

  void select(std::uint32_t row) {
    if (selected_.empty() || selected_.back() != row) selected_.push_back(row);
  }
  [[nodiscard]] std::uint32_t append(std::uint64_t place) {
    if (places_.empty()) places_.resize(rows_per_batch);
    places_[rows_] = place;
    return static_cast<std::uint32_t>(rows_++);
  }
  void drop_newest() {
    --rows_;
    for (MadeColumn& column : columns_)
      if (column.made) column.present[rows_] = 0;
  }
  [[nodiscard]] bool is_full() const { return base_ == nullptr && rows_ == rows_per_batch; }

  template <class T>
  void set(std::uint32_t row, Column<T> column, ValueOf<T> value) {
    MadeColumn& made = make(column.out);
    if constexpr (std::is_same_v<T, Text>) value = texts_.keep(value);
    reinterpret_cast<typename CellOf<T>::Cell*>(made.cells.get())[row] = CellOf<T>::store(value);
    made.present[row] = 1;
  }
  void set_borrowed(std::uint32_t row, Column<Text> column, Text value) {
    MadeColumn& made = make(column.out);
    reinterpret_cast<ms_str*>(made.cells.get())[row] = mealsync::borrow(value);
    made.present[row] = 1;
  }
  template <class T>
  void clear_cell(std::uint32_t row, Column<T> column) {
    make(column.out).present[row] = 0;
  }

  /// Gives what was made to the host, and begins anew where rows are new.
  void emit(const ms_host& host) {
    const bool over = base_ != nullptr;
    if (over ? selected_.empty() : rows_ == 0) return;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      views_[i] = view(columns_[i]);
    ms_batch batch{};
    batch.size = sizeof batch;
    batch.column_count = static_cast<std::uint32_t>(views_.size());
    batch.rows = rows_;
    batch.places = over ? base_->places : places_.data();
    batch.columns = views_.data();
    if (over && selected_.size() < rows_) {
      batch.selected = selected_.data();
      batch.selected_count = selected_.size();
    }
    const ms_status status = host.emit(host.self, &batch);
    if (!over) begin_new();
    if (status != MS_OK) throw Stopped{};
  }

 private:
  struct MadeColumn {
    std::uint32_t from = MS_NO_COLUMN;
    std::size_t cell_size = 0;
    bool made = false;
    std::size_t capacity = 0;
    std::unique_ptr<std::byte[]> cells;
    std::unique_ptr<std::uint8_t[]> present;
  };

  void clear() {
    selected_.clear();
    texts_.clear();
    for (MadeColumn& column : columns_)
      column.made = false;
  }

  MadeColumn& make(std::uint32_t out) {
    MadeColumn& column = columns_[out];
    if (!column.made) begin_column(column);
    return column;
  }

  /// Once a batch: apart from `make`, which is called for every cell.
  [[gnu::noinline]] void begin_column(MadeColumn& column) {
    const std::size_t rows = base_ == nullptr ? rows_per_batch : rows_;
    if (column.capacity < rows) {
      column.cells = std::make_unique<std::byte[]>(rows * column.cell_size);
      column.present = std::make_unique<std::uint8_t[]>(rows);
      column.capacity = rows;
    }
    if (base_ != nullptr && column.from != MS_NO_COLUMN) {
      const ms_column& came = base_->columns[column.from];
      std::memcpy(column.cells.get(), came.values, rows * column.cell_size);
      if (came.present != nullptr)
        std::memcpy(column.present.get(), came.present, rows);
      else
        std::memset(column.present.get(), 1, rows);
    } else {
      std::memset(column.present.get(), 0, rows);
    }
    column.made = true;
  }

  ms_column view(MadeColumn& column) {
    if (column.made) return {column.present.get(), column.cells.get()};
    if (base_ != nullptr && column.from != MS_NO_COLUMN) return base_->columns[column.from];
    const std::size_t widest = std::max(rows_, rows_per_batch) * sizeof(ms_str);
    if (nothing_.size() < widest) nothing_.assign(widest, 0);
    return {nothing_.data(), nothing_.data()};
  }

  std::vector<MadeColumn> columns_;
  std::vector<ms_column> views_;
  std::vector<std::uint64_t> places_;
  std::vector<std::uint32_t> selected_;
  std::vector<std::uint8_t> nothing_;
  TextStore texts_;
  const ms_batch* base_ = nullptr;
  std::size_t rows_ = 0;
};

}  // namespace mealsync::detail
