// mealsync/scan_ahead.hpp -- reads a database or a file on a thread of its own, some pieces ahead of who uses them.
//
// Errors   What the scan throws, `next` throws, after the pieces before it.
// Threads  The scan runs on its own thread from the start; `next` on one other. A scan whose reader goes is stopped
//          after the piece that it is at.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace mealsync {

template <class Piece>
class ScanAhead {
 public:
  /// Takes the next piece, when there is room for it; false: no more is wanted.
  using Give = std::function<bool(Piece)>;
  using Scan = std::function<void(const Give&)>;

  ScanAhead(Scan scan, std::size_t most_pieces)
      : scan_(std::move(scan)),
        most_pieces_(most_pieces),
        // As a function of std's: a thread shows the type of what it calls to everyone who loads the plugin.
        thread_(
            std::function<void(const std::stop_token&)>([this](const std::stop_token& stop) { run(stop); })) {
  }
  ScanAhead(const ScanAhead&) = delete;
  ScanAhead& operator=(const ScanAhead&) = delete;

  /// Waits for the next piece; nothing at the end.
  [[nodiscard]] std::optional<Piece> next() {
    std::unique_lock lock(mutex_);
    has_changed_.wait(lock, [this] { return !pieces_.empty() || has_ended_; });
    if (pieces_.empty()) {
      if (fault_) std::rethrow_exception(fault_);
      return std::nullopt;
    }
    std::optional<Piece> piece(std::move(pieces_.front()));
    pieces_.pop_front();
    has_changed_.notify_one();
    return piece;
  }

 private:
  void run(const std::stop_token& stop) {
    try {
      scan_([&](Piece piece) {
        std::unique_lock lock(mutex_);
        if (!has_changed_.wait(lock, stop, [this] { return pieces_.size() < most_pieces_; })) return false;
        pieces_.push_back(std::move(piece));
        has_changed_.notify_one();
        return true;
      });
    } catch (...) {
      fault_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    has_ended_ = true;
    has_changed_.notify_one();
  }

  Scan scan_;
  std::size_t most_pieces_;
  std::mutex mutex_;
  std::condition_variable_any has_changed_;  // one thread at a time waits: for a piece, or for room
  std::deque<Piece> pieces_;
  bool has_ended_ = false;
  std::exception_ptr fault_;  // set before has_ended_
  std::jthread thread_;       // the last, so that it ends before what it uses
};

/// Gives what `read` hands over row by row, until no more is wanted: its argument takes a row, and answers whether to go
/// on. A Piece has `is_full` and `add`.
template <class Piece, class Read>
void give_in_pieces(const typename ScanAhead<Piece>::Give& give, Read&& read) {
  Piece piece;
  bool is_wanted = true;
  read([&](const auto& row) {
    if (piece.is_full()) is_wanted = give(std::exchange(piece, {}));
    piece.add(row);
    return is_wanted;
  });
  if (is_wanted) static_cast<void>(give(std::move(piece)));
}

}  // namespace mealsync
