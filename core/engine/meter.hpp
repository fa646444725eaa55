// engine/meter.hpp -- what a stage costs: rows, batches, seconds of its thread, bytes allocated.
//
// Two readings of a clock a call of a verb, where somebody measures; else one test of a bool. The time of the stages
// that a stage sends rows to is theirs.
// Units    Nanoseconds of the thread's own CPU time. Bytes as the program's allocator counts them, freed or not.
// Threads  As its stage: one at a time.
#pragma once

#include <time.h>

#include <cstdint>
#include <string>

namespace mealsync {

/// How a run is measured. The allocator is the program's: it tells what the calling thread has asked it for so far.
struct Gauge {
  bool is_on = false;
  std::uint64_t (*allocated)() = nullptr;
};

struct Cost {
  std::uint64_t rows = 0;     // that came in; of a source of rows and a format: that went out
  std::uint64_t batches = 0;  // likewise; of a source of bytes: how often it was read from
  std::uint64_t nanoseconds = 0;
  std::uint64_t bytes = 0;
};

struct StageCost {
  std::string id, plugin;
  Cost cost;
};

class Meter {
 public:
  explicit Meter(const Gauge& gauge) : gauge_(gauge) {}

  void count(std::uint64_t rows) {
    cost_.rows += rows;
    ++cost_.batches;
  }
  [[nodiscard]] const Cost& cost() const { return cost_; }

  /// Adds what passes until it goes, or takes it away again: what passes in other stages.
  class Lap {
   public:
    explicit Lap(Meter& meter, bool is_of_others = false)
        : meter_(meter.gauge_.is_on ? &meter : nullptr), sign_(is_of_others ? ~std::uint64_t{0} : 1) {
      if (meter_ == nullptr) return;
      nanoseconds_ = now();
      bytes_ = meter_->allocated();
    }
    ~Lap() {
      if (meter_ == nullptr) return;
      // Modulo 2^64: where `sign_` is -1 this subtracts.
      meter_->cost_.nanoseconds += sign_ * (now() - nanoseconds_);
      meter_->cost_.bytes += sign_ * (meter_->allocated() - bytes_);
    }
    Lap(const Lap&) = delete;
    Lap& operator=(const Lap&) = delete;

   private:
    Meter* meter_;
    std::uint64_t sign_;
    std::uint64_t nanoseconds_ = 0, bytes_ = 0;
  };

 private:
  [[nodiscard]] static std::uint64_t now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(time.tv_nsec);
  }
  [[nodiscard]] std::uint64_t allocated() const {
    return gauge_.allocated != nullptr ? gauge_.allocated() : 0;
  }

  Gauge gauge_;
  Cost cost_;
};

}  // namespace mealsync
