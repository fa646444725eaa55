// reports/held_text.hpp -- text that waits, as it will stand in the report, until the report is written.
//
// The last piece of it waits in memory and the rest on disk: however much there is, memory stays the same. The file
// has no name: nobody else can open it, and it is gone with its text.
// Errors   Fails the run (9009) where the temporary folder has no room.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include <mealsync/context.hpp>

namespace mealsync::reports {

inline constexpr Rule no_room{9009, Severity::fatal,
                              "The report's lines cannot be kept in the temporary folder: {}",
                              "Free space in the system's temporary folder."};

class HeldText {
 public:
  HeldText();

  /// The end of the text, to append to. What it holds may go to disk at the next call.
  [[nodiscard]] std::string& end() {
    if (end_.size() >= piece) spill();
    return end_;
  }
  [[nodiscard]] bool is_empty() const { return on_disk_ == 0 && end_.empty(); }
  /// Calls `body` with all of it, a piece at a time, in order.
  void each_piece(const std::function<void(Text)>& body) const;
  /// Likewise, and gives each piece's room on the disk back before `body` has it: what `body` writes needs no room
  /// beside it, and its pages are those that have just become free. Afterwards there is no text.
  void take_pieces(const std::function<void(Text)>& body);

 private:
  static constexpr std::size_t piece = std::size_t{256} << 10;

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void spill();
  void each_piece(const std::function<void(Text, std::uint64_t at)>& body) const;

  std::unique_ptr<std::FILE, Close> file_;
  std::string end_;
  std::uint64_t on_disk_ = 0;
};

}  // namespace mealsync::reports
