// engine/crossing.hpp -- where rows cross from the thread that decides to the thread of the sinks.
//
// Batches are copied once, here, and wait in a bounded queue: `push` blocks while it is full, so memory is bounded
// by the batches in flight. The row's fate is counted here, where every pipeline ends.
// Errors     A sink that fails has left a finding; from then on push answers MS_FAILED and rows are dropped.
// Threads    push and finish on one thread; the sinks' verbs run on a thread of its own until finish returns.
#pragma once

#include <oneapi/tbb/concurrent_queue.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include <engine/batch.hpp>
#include <engine/ledger.hpp>
#include <engine/live_stage.hpp>
#include <engine/schema.hpp>

namespace mealsync {

class Crossing {
 public:
  Crossing(const std::vector<LiveStage*>& sinks, const Schema& schema, Ledger& ledger);
  ~Crossing();
  Crossing(const Crossing&) = delete;
  Crossing& operator=(const Crossing&) = delete;

  [[nodiscard]] ms_status push(const ms_batch& batch);
  /// Waits until every row has been written. Throws what was thrown on the sinks' thread.
  void finish();

 private:
  void write_all();
  void drop_all();
  std::unique_ptr<OwnedBatch> next();
  void count_fates(const ms_batch& batch);

  const std::vector<LiveStage*>& sinks_;
  const Schema& schema_;
  Ledger& ledger_;
  std::vector<bool> wanted_;
  std::uint32_t fate_column_;
  std::atomic<bool> has_failed_ = false;
  bool has_ended_ = false;                                                    // of the sinks' thread
  oneapi::tbb::concurrent_bounded_queue<std::unique_ptr<OwnedBatch>> queue_;  // null: no more
  std::packaged_task<void()> writing_;
  std::future<void> written_;
  std::jthread thread_;
};

}  // namespace mealsync
