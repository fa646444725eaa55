// engine/batch.hpp -- a batch that owns its cells: what crosses to another thread.
//
// Only the rows that count and the columns that are read there are copied; the others come out empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <mealsync/abi.h>
#include <engine/schema.hpp>

namespace mealsync {

class OwnedBatch {
 public:
  /// `wanted` has a byte a column, 0 where nobody reads it.
  OwnedBatch(const ms_batch& batch, const Schema& schema, const std::vector<std::uint8_t>& wanted);
  OwnedBatch(const OwnedBatch&) = delete;
  OwnedBatch& operator=(const OwnedBatch&) = delete;

  [[nodiscard]] const ms_batch& view() const { return view_; }
  /// What its cells take.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  std::size_t bytes_ = 0;
  std::unique_ptr<std::byte[]> room_;  // of all cells
  std::vector<ms_column> columns_;
  ms_batch view_{};
};

}  // namespace mealsync
