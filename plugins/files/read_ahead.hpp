// files/read_ahead.hpp -- a file whose bytes are read on a thread of its own, some blocks ahead of who decodes them.
//
// Memory   Three blocks at most: what is decoded, what is ready, what is being read.
// Errors   What the file throws is thrown by the read that needs those bytes, after all before them.
// Threads  From the first read on the file belongs to that thread. To end in mid-file waits for the block that it is at.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include <mealsync/scan_ahead.hpp>

#include "files/open_file.hpp"

namespace mealsync::files {

class ReadAhead : public OpenFile {
 public:
  static constexpr std::size_t block_size = std::size_t{1} << 20;

  explicit ReadAhead(std::unique_ptr<OpenFile> file) : file_(std::move(file)) {}

  [[nodiscard]] std::uint64_t size() const override { return file_->size(); }
  [[nodiscard]] std::size_t read(char* to, std::size_t most) override {
    if (!ahead_) ahead_.emplace([this](const Give& give) { read_all(give); }, 1);
    if (at_ == block_.size) {
      block_ = ahead_->next().value();
      at_ = 0;
    }
    const std::size_t count = std::min(most, block_.size - at_);
    std::copy_n(block_.bytes.get() + at_, count, to);
    at_ += count;
    return count;
  }

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };
  using Give = ScanAhead<Block>::Give;

  void read_all(const Give& give) const {
    for (std::uint64_t left = file_->size(); left > 0;) {
      const std::size_t room = std::min<std::uint64_t>(block_size, left);
      Block block{std::unique_ptr<char[]>(new char[room])};
      block.size = file_->read(block.bytes.get(), room);
      left -= block.size;
      if (!give(std::move(block))) return;
    }
  }

  std::unique_ptr<OpenFile> file_;
  Block block_;
  std::size_t at_ = 0;
  std::optional<ScanAhead<Block>> ahead_;  // the last: its thread ends before what it reads
};

}  // namespace mealsync::files
