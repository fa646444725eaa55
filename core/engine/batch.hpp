// engine/batch.hpp -- a batch that owns its cells: what crosses to the sinks' thread.
//
// Only the rows that count and the columns that a sink reads are copied; the others come out empty.
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
  OwnedBatch(const ms_batch& batch, const Schema& schema, const std::vector<bool>& wanted);
  OwnedBatch(const OwnedBatch&) = delete;
  OwnedBatch& operator=(const OwnedBatch&) = delete;

  [[nodiscard]] const ms_batch& view() const { return view_; }

 private:
  std::byte* room(std::size_t bytes);

  std::vector<std::unique_ptr<std::byte[]>> rooms_;
  std::vector<ms_column> columns_;
  ms_batch view_{};
};

}  // namespace mealsync
