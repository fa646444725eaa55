// mealsync/bytes.hpp -- what a source of bytes fills and a format reads.
//
// Ownership  Both are borrowed until the call returns, but the name of a new file: it must live until the
//            source's next call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <mealsync/context.hpp>

namespace mealsync {

class Bytes : public Context {
 public:
  explicit Bytes(ms_bytes& bytes, const ms_host* host = nullptr) : Context(host), bytes_(&bytes) {}

  /// Where to write. A call gives bytes of one file only.
  [[nodiscard]] std::span<char> space() const { return {bytes_->data, bytes_->capacity}; }
  void filled(std::size_t count) { bytes_->used = count; }
  /// These are the first bytes of another file. An empty file begins, too.
  void begin_file(Text name) {
    bytes_->new_file = 1;
    bytes_->file = borrow(name);
  }
  /// The bytes of all files together, where they are known: for a progress bar.
  void expect(std::uint64_t total) { bytes_->total = total; }

 private:
  ms_bytes* bytes_;
};

/// Whole records of one file, in the order of the file.
class Block {
 public:
  explicit Block(const ms_block& block) : block_(&block) {}

  [[nodiscard]] Text bytes() const { return text_of(block_->bytes); }
  [[nodiscard]] std::uint64_t first_line() const { return block_->first_line; }
  [[nodiscard]] bool begins_file() const { return block_->first_line == 1; }
  [[nodiscard]] bool ends_file() const { return block_->last != 0; }
  [[nodiscard]] Place place(std::uint64_t line) const { return Place::of(block_->file, line); }

 private:
  const ms_block* block_;
};

}  // namespace mealsync
