// engine/change_digest.hpp -- a number for all that the rows before the sinks would change, in their order.
//
// Made of every column that is no text, of rows whose action is not `none`; rows without an action are only counted.
// It tells apart what differs by accident, and withstands nobody who means to deceive.
// Threads    One.
#pragma once

#include <cstdint>
#include <vector>

#include <mealsync/abi.h>
#include <engine/schema.hpp>

namespace mealsync {

class ChangeDigest {
 public:
  /// Refers to `rows`.
  explicit ChangeDigest(const Schema& rows);

  void add(const ms_batch& batch);
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void find_changes(const ms_batch& batch);
  void add_cells(const ms_column& column, std::uint32_t type, std::uint64_t factor);

  const Schema& rows_;
  std::uint32_t action_column_;
  std::uint64_t value_ = 0;
  // Of one batch; they keep their memory for the next.
  std::vector<std::uint32_t> changes_;
  std::vector<std::uint64_t> sums_;
};

}  // namespace mealsync
