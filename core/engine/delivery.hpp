// engine/delivery.hpp -- from the last transform to the sinks, each of which writes on a thread of its own.
//
// A batch is copied once for all of them. The rows' fates are counted here, where every pipeline ends, and their changes
// taken together to a digest.
// Errors     As a crossing's, of whichever sink.
// Threads    push and finish on one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <engine/change_digest.hpp>
#include <engine/crossing.hpp>
#include <engine/ledger.hpp>
#include <engine/live_stage.hpp>
#include <engine/plan.hpp>

namespace mealsync {

class Delivery {
 public:
  /// `last` is the stage whose rows are delivered.
  Delivery(const std::vector<LiveStage*>& sinks, const PlannedStage& last, Ledger& ledger);

  [[nodiscard]] ms_status push(const ms_batch& batch);
  /// Waits until every row has been written. Throws what was thrown on a sink's thread.
  void finish();
  /// Of all rows pushed so far.
  [[nodiscard]] std::uint64_t changes() const { return changes_.value(); }

 private:
  void count_fates(const ms_batch& batch);

  const PlannedStage& last_;
  Ledger& ledger_;
  std::uint32_t fate_column_;
  ChangeDigest changes_;
  std::vector<std::unique_ptr<Crossing>> crossings_;
};

}  // namespace mealsync
