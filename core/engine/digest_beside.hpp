// engine/digest_beside.hpp -- a digest that is taken beside the work on the same bytes, on a thread of its own.
//
// Ownership  Bytes that are added are borrowed until the next wait.
// Errors     What the digest throws comes with wait or finish.
// Threads    One thread adds, waits and finishes.
#pragma once

#include <exception>
#include <semaphore>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <engine/digest.hpp>

namespace mealsync {

class DigestBeside {
 public:
  DigestBeside() = default;
  ~DigestBeside() {
    if (!thread_.joinable()) return;
    wait_quietly();
    bytes_ = {};
    given_.release();
  }
  DigestBeside(const DigestBeside&) = delete;
  DigestBeside& operator=(const DigestBeside&) = delete;

  /// Of another file.
  void begin() {
    wait();
    digest_ = Digest();
  }
  void add(std::string_view bytes) {
    constexpr std::size_t worth_a_thread = std::size_t{256} << 10;
    wait();
    if (bytes.size() < worth_a_thread) return digest_.add(bytes);
    if (!thread_.joinable()) thread_ = std::jthread([this] { work(); });
    bytes_ = bytes;
    is_busy_ = true;
    given_.release();
  }
  /// Until the bytes are no longer looked at.
  void wait() {
    wait_quietly();
    if (fault_) std::rethrow_exception(std::exchange(fault_, nullptr));
  }
  [[nodiscard]] std::string finish() {
    wait();
    return digest_.finish();
  }

 private:
  void wait_quietly() {
    if (std::exchange(is_busy_, false)) taken_.acquire();
  }
  void work() {
    for (given_.acquire(); !bytes_.empty(); given_.acquire()) {
      try {
        digest_.add(bytes_);
      } catch (...) {
        fault_ = std::current_exception();
      }
      taken_.release();
    }
  }

  Digest digest_;
  std::string_view bytes_;  // empty: no more
  std::exception_ptr fault_;
  bool is_busy_ = false;
  std::binary_semaphore given_{0}, taken_{0};
  std::jthread thread_;
};

}  // namespace mealsync
