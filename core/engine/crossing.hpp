// engine/crossing.hpp -- where batches cross to a thread of its own.
//
// They wait in a bounded queue: `push` blocks while it is full, so memory is bounded by the batches in flight.
// Errors     Where taking a batch has failed, a finding is left; from then on push answers MS_FAILED and batches are
//            dropped.
// Threads    push and finish on one thread; batches are taken on another until finish returns.
#pragma once

#include <oneapi/tbb/concurrent_queue.h>

#include <atomic>
#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <thread>

#include <mealsync/abi.h>
#include <engine/batch.hpp>

namespace mealsync {

class Crossing {
 public:
  using Take = std::function<ms_status(const ms_batch&)>;

  /// `most_bytes` may wait, as far as the size of the first batch tells, or eight batches where that is more.
  Crossing(Take take, std::size_t most_bytes);
  ~Crossing();
  Crossing(const Crossing&) = delete;
  Crossing& operator=(const Crossing&) = delete;

  [[nodiscard]] ms_status push(std::shared_ptr<const OwnedBatch> batch);
  /// Waits until every batch has been taken. Throws what was thrown on the other thread.
  void finish();

 private:
  void take_all();
  void drop_all();
  std::shared_ptr<const OwnedBatch> next();

  Take take_;
  std::size_t most_bytes_;
  bool has_size_ = false;
  std::atomic<bool> has_failed_ = false;
  bool has_ended_ = false;                                                          // of the other thread
  oneapi::tbb::concurrent_bounded_queue<std::shared_ptr<const OwnedBatch>> queue_;  // null: no more
  std::packaged_task<void()> taking_;
  std::future<void> taken_;
  std::jthread thread_;
};

}  // namespace mealsync
