#include <engine/batch.hpp>

#include <cstring>

#include <mealsync/copy_text.hpp>

namespace mealsync {
namespace {

/// The rows that count, by their index in the batch.
class Selection {
 public:
  explicit Selection(const ms_batch& batch)
      : selected_(batch.selected), size_(batch.selected == nullptr ? batch.rows : batch.selected_count) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool is_all() const { return selected_ == nullptr; }
  [[nodiscard]] std::size_t operator[](std::size_t i) const {
    return selected_ == nullptr ? i : selected_[i];
  }

 private:
  const std::uint32_t* selected_;
  std::size_t size_;
};

/// Gives out one room piece by piece, each aligned for any cell.
class Pieces {
 public:
  explicit Pieces(std::byte* room) : at_(room) {}
  std::byte* take(std::size_t bytes) {
    std::byte* const piece = at_;
    at_ += padded(bytes);
    return piece;
  }
  [[nodiscard]] static constexpr std::size_t padded(std::size_t bytes) {
    return (bytes + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
  }

 private:
  std::byte* at_;
};

template <class Cell>
void gather_as(std::byte* to, const void* from, const Selection& rows) {
  const auto* cells = static_cast<const Cell*>(from);
  auto* gathered = reinterpret_cast<Cell*>(to);
  for (std::size_t i = 0; i < rows.size(); ++i)
    gathered[i] = cells[rows[i]];
}

void gather(std::byte* to, const void* from, std::size_t cell, const Selection& rows) {
  if (rows.is_all()) {
    if (rows.size() > 0) std::memcpy(to, from, rows.size() * cell);
    return;
  }
  switch (cell) {
    case sizeof(std::uint8_t):
      return gather_as<std::uint8_t>(to, from, rows);
    case sizeof(std::int32_t):
      return gather_as<std::int32_t>(to, from, rows);
    case sizeof(std::int64_t):
      return gather_as<std::int64_t>(to, from, rows);
    default:
      return gather_as<ms_str>(to, from, rows);
  }
}

[[nodiscard]] bool has_value(const ms_column& column, std::size_t row) {
  return column.present == nullptr || column.present[row] != 0;
}

[[nodiscard]] std::size_t text_bytes(const ms_column& column, const Selection& rows) {
  const auto* texts = static_cast<const ms_str*>(column.values);
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (has_value(column, rows[i])) bytes += texts[rows[i]].size;
  return bytes;
}

/// The texts of a column, in memory of our own.
void copy_texts(ms_str* copies, const ms_column& column, const Selection& rows, std::byte* to) {
  const auto* texts = static_cast<const ms_str*>(column.values);
  auto* at = reinterpret_cast<char*>(to);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t row = rows[i];
    const Text text = has_value(column, row) ? text_of(texts[row]) : Text{};
    copies[i] = {at, text.size()};
    at = detail::copy_text(text, at);
  }
}

}  // namespace

OwnedBatch::OwnedBatch(const ms_batch& batch, const Schema& schema, const std::vector<std::uint8_t>& wanted) {
  const Selection rows(batch);
  std::vector<std::size_t> text_sizes(schema.size());
  bytes_ = Pieces::padded(rows.size() * sizeof(std::uint64_t)) + Pieces::padded(rows.size());
  for (std::size_t column = 0; column < schema.size(); ++column) {
    if (wanted[column] == 0) continue;
    const ms_column& from = batch.columns[column];
    if (schema.type(column) == MS_TEXT) text_sizes[column] = text_bytes(from, rows);
    bytes_ += Pieces::padded(rows.size() * detail::cell_size(schema.type(column)));
    bytes_ += Pieces::padded(from.present == nullptr ? 0 : rows.size()) + Pieces::padded(text_sizes[column]);
  }
  room_.reset(new std::byte[bytes_]);
  Pieces pieces(room_.get());

  std::byte* const places = pieces.take(rows.size() * sizeof(std::uint64_t));
  gather(places, batch.places, sizeof(std::uint64_t), rows);
  std::byte* const nothing = pieces.take(rows.size());
  std::memset(nothing, 0, rows.size());
  columns_.reserve(schema.size());
  for (std::size_t column = 0; column < schema.size(); ++column) {
    const ms_column& from = batch.columns[column];
    if (wanted[column] == 0) {
      columns_.push_back({reinterpret_cast<const std::uint8_t*>(nothing), nothing});
      continue;
    }
    std::byte* present = nullptr;
    if (from.present != nullptr) {
      present = pieces.take(rows.size());
      gather(present, from.present, 1, rows);
    }
    const std::size_t cell = detail::cell_size(schema.type(column));
    std::byte* const cells = pieces.take(rows.size() * cell);
    if (schema.type(column) == MS_TEXT)
      copy_texts(reinterpret_cast<ms_str*>(cells), from, rows, pieces.take(text_sizes[column]));
    else
      gather(cells, from.values, cell, rows);
    columns_.push_back({reinterpret_cast<const std::uint8_t*>(present), cells});
  }

  view_.size = sizeof view_;
  view_.column_count = static_cast<std::uint32_t>(columns_.size());
  view_.rows = rows.size();
  view_.places = reinterpret_cast<const std::uint64_t*>(places);
  view_.columns = columns_.data();
}

}  // namespace mealsync
