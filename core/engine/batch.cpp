#include <engine/batch.hpp>

#include <cstring>

namespace mealsync {
namespace {

/// The rows that count, by their index in the batch.
class Selection {
 public:
  explicit Selection(const ms_batch& batch)
      : selected_(batch.selected), size_(batch.selected == nullptr ? batch.rows : batch.selected_count) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t operator[](std::size_t i) const {
    return selected_ == nullptr ? i : selected_[i];
  }

 private:
  const std::uint32_t* selected_;
  std::size_t size_;
};

void gather(std::byte* to, const void* from, std::size_t cell, const Selection& rows) {
  const auto* cells = static_cast<const std::byte*>(from);
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::memcpy(to + i * cell, cells + rows[i] * cell, cell);
}

std::size_t text_bytes(const ms_str* texts, const std::byte* present, std::size_t rows) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < rows; ++i)
    if (present[i] != std::byte{0}) bytes += texts[i].size;
  return bytes;
}

/// Moves texts that were gathered by reference into memory of our own.
void own_texts(ms_str* texts, const std::byte* present, std::size_t rows, std::byte* to) {
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t size = present[i] != std::byte{0} ? texts[i].size : 0;
    if (size > 0) std::memcpy(to, texts[i].data, size);
    texts[i] = {reinterpret_cast<const char*>(to), size};
    to += size;
  }
}

}  // namespace

std::byte* OwnedBatch::room(std::size_t bytes) {
  return rooms_.emplace_back(new std::byte[bytes == 0 ? 1 : bytes]).get();
}

OwnedBatch::OwnedBatch(const ms_batch& batch, const Schema& schema, const std::vector<bool>& wanted) {
  const Selection rows(batch);
  std::byte* places = room(rows.size() * sizeof(std::uint64_t));
  gather(places, batch.places, sizeof(std::uint64_t), rows);
  std::byte* nothing = room(rows.size());
  std::memset(nothing, 0, rows.size());

  for (std::size_t column = 0; column < schema.size(); ++column) {
    const ms_column& from = batch.columns[column];
    if (!wanted[column]) {
      columns_.push_back({reinterpret_cast<const std::uint8_t*>(nothing), nothing});
      continue;
    }
    std::byte* present = room(rows.size());
    if (from.present == nullptr)
      std::memset(present, 1, rows.size());
    else
      gather(present, from.present, 1, rows);
    const std::size_t cell = detail::cell_size(schema.type(column));
    std::byte* cells = room(rows.size() * cell);
    gather(cells, from.values, cell, rows);
    if (schema.type(column) == MS_TEXT) {
      auto* texts = reinterpret_cast<ms_str*>(cells);
      own_texts(texts, present, rows.size(), room(text_bytes(texts, present, rows.size())));
    }
    columns_.push_back({reinterpret_cast<const std::uint8_t*>(present), cells});
  }

  view_.size = sizeof view_;
  view_.column_count = static_cast<std::uint32_t>(columns_.size());
  view_.rows = rows.size();
  view_.places = reinterpret_cast<const std::uint64_t*>(places);
  view_.columns = columns_.data();
}

}  // namespace mealsync
