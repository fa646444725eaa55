// mealsync/spool.hpp -- records kept until the end and read back in the order of their keys: in memory up to a
// limit, past it on disk. What holds rows so does not grow with the file.
//
// Errors     NoRoom where the folder for temporary files is full or may not be written. Thrown by a stage, it ends
//            the run as a finding.
// Ownership  The file on disk has no name and is gone with the spool.
// Threads    One thread at a time.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <memory>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include <mealsync/copy_text.hpp>

namespace mealsync {

struct NoRoom : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Spool {
 public:
  static constexpr std::size_t usual_memory = std::size_t{32} << 20;

  struct Key {
    std::uint64_t first = 0, second = 0;

    bool operator==(const Key&) const = default;
    bool operator<(const Key& other) const {
      return std::tie(first, second) < std::tie(other.first, other.second);
    }
  };
  struct Record {
    Key key;
    std::string_view bytes;
  };

  /// A record is smaller than 4 GiB.
  explicit Spool(std::size_t memory_bytes = usual_memory) : memory_bytes_(memory_bytes) {}

  void add(Key key, std::string_view bytes) {
    const std::size_t size = head_size + bytes.size();
    if (held_ + size > memory_bytes_) spill();
    char* const to = room_in(blocks_, size);
    std::memcpy(to, &key, sizeof key);
    const auto length = static_cast<std::uint32_t>(bytes.size());
    std::memcpy(to + sizeof key, &length, sizeof length);
    static_cast<void>(detail::copy_text(bytes, to + head_size));
    held_ += size;
    is_in_order_ = is_in_order_ && !(key < last_);
    last_ = key;
    is_arranged_ = false;
  }

  class Reader;

 private:
  // A record in memory and on disk: its key, its length, its bytes.
  static constexpr std::size_t head_size = sizeof(Key) + sizeof(std::uint32_t);
  static constexpr std::size_t block_size = std::size_t{16} << 10;

  [[nodiscard]] static Key key_at(const char* record) {
    Key key;
    std::memcpy(&key, record, sizeof key);
    return key;
  }
  /// With its head.
  [[nodiscard]] static std::size_t size_at(const char* record) {
    std::uint32_t length = 0;
    std::memcpy(&length, record + sizeof(Key), sizeof length);
    return head_size + length;
  }
  [[nodiscard]] static Record record_at(const char* record) {
    return {key_at(record), {record + head_size, size_at(record) - head_size}};
  }

  /// Whole records, one behind the other.
  struct Block {
    char* bytes = nullptr;
    std::size_t size = 0, room = 0;
    std::unique_ptr<char[]> own;  // of a block that is not of the piece
  };
  /// What was sorted and written at one time: a part of the file.
  struct Run {
    std::uint64_t begin, end;
  };
  /// The bits in which the first parts of keys differ.
  class Difference {
   public:
    void add(const Key& key) {
      any_ |= key.first;
      all_ &= key.first;
    }
    [[nodiscard]] std::uint64_t of_all() const { return any_ & ~all_; }

   private:
    std::uint64_t any_ = 0, all_ = ~std::uint64_t{0};
  };
  class MemoryReader;
  class RunReader;

  [[noreturn]] static void fail() {
    throw NoRoom(errno != 0 ? std::generic_category().message(errno) : "the temporary file is cut short");
  }

  [[nodiscard]] char* room_in(std::vector<Block>& blocks, std::size_t size) {
    if (blocks.empty() || blocks.back().room - blocks.back().size < size)
      blocks.push_back(size <= block_size ? usual_block() : own_block(size));
    Block& block = blocks.back();
    return block.bytes + std::exchange(block.size, block.size + size);
  }
  /// Out of one piece for all, asked for at once: what of it is not used costs nothing, and no other memory of the
  /// thread that adds lies between. Twice what is held, for parts that are not full.
  [[nodiscard]] Block usual_block() {
    if (!spare_.empty()) {
      Block block = std::move(spare_.back());
      spare_.pop_back();
      return block;
    }
    const std::size_t room = 2 * memory_bytes_;
    if (!piece_) piece_ = std::make_unique_for_overwrite<char[]>(room);
    if (room - piece_used_ < block_size) return own_block(block_size);
    return {piece_.get() + std::exchange(piece_used_, piece_used_ + block_size), 0, block_size, nullptr};
  }
  [[nodiscard]] static Block own_block(std::size_t room) {
    auto own = std::make_unique_for_overwrite<char[]>(room);
    return {own.get(), 0, room, std::move(own)};
  }
  void spare(Block block) {
    if (block.room != block_size) return;
    block.size = 0;
    spare_.push_back(std::move(block));
  }

  /// Brings records that belong together into the same part of memory: looked for where they were added, in the order
  /// of their keys, each would be waited for. The parts are in order, a part itself is not.
  void arrange() {
    if (is_arranged_) return;
    // Bytes; fewer are near, wherever they lie.
    constexpr std::size_t worth_dealing = std::size_t{256} << 10;
    if (is_in_order_) {
      part_ends_.resize(blocks_.size());
      std::iota(part_ends_.begin(), part_ends_.end(), std::size_t{1});
    } else if (held_ <= worth_dealing) {
      part_ends_.assign(1, blocks_.size());
    } else {
      deal_out();
    }
    is_arranged_ = true;
  }
  /// By the highest bits in which the first parts of their keys differ.
  void deal_out() {
    constexpr int digit_bits = 8;
    Difference bits;
    for (const Block& block : blocks_)
      each_record(block, [&](const char* record) { bits.add(key_at(record)); });
    const int shift = std::max(static_cast<int>(std::bit_width(bits.of_all())) - digit_bits, 0);
    std::array<std::vector<Block>, std::size_t{1} << digit_bits> parts;
    for (Block& block : blocks_) {
      each_record(block, [&](const char* record) {
        const std::size_t size = size_at(record);
        auto& part = parts[key_at(record).first >> shift & (parts.size() - 1)];
        std::copy_n(record, size, room_in(part, size));
      });
      spare(std::move(block));
    }
    blocks_.clear();
    part_ends_.clear();
    for (auto& part : parts) {
      std::move(part.begin(), part.end(), std::back_inserter(blocks_));
      part_ends_.push_back(blocks_.size());
    }
  }
  static void each_record(const Block& block, const auto& body) {
    for (std::size_t at = 0; at < block.size; at += size_at(block.bytes + at))
      body(block.bytes + at);
  }

  void make_file() {
    constexpr std::size_t written_at_once = std::size_t{256} << 10;
    file_.reset(std::tmpfile());
    if (file_) static_cast<void>(std::setvbuf(file_.get(), nullptr, _IOFBF, written_at_once));
  }
  void spill();

  struct CloseFile {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
  };
  std::size_t memory_bytes_;
  std::vector<Block> blocks_;  // in memory
  std::unique_ptr<char[]> piece_;
  std::size_t piece_used_ = 0;
  std::vector<Block> spare_;            // of block_size, to be used again
  std::vector<std::size_t> part_ends_;  // of blocks_, once they are arranged
  std::size_t held_ = 0;                // bytes of records in memory
  Key last_;                            // of those in memory
  bool is_in_order_ = true, is_arranged_ = true;
  std::vector<Run> runs_;  // of what is on disk, in the order added
  std::unique_ptr<std::FILE, CloseFile> file_;
};

/// Reads what is in memory, a part at a time.
class Spool::MemoryReader {
 public:
  explicit MemoryReader(Spool& spool) : spool_(spool) { spool_.arrange(); }

  /// The next record, head and all; null at the end.
  [[nodiscard]] const char* next() {
    while (at_ == index_.size()) {
      if (part_ == spool_.part_ends_.size()) return nullptr;
      open_part();
    }
    return index_[at_++].record;
  }

 private:
  struct Entry {
    Key key;
    const char* record;
  };
  static constexpr unsigned digit_bits = 11;
  static constexpr std::size_t digits = std::size_t{1} << digit_bits;

  void open_part() {
    index_.clear();
    at_ = 0;
    for (const std::size_t end = spool_.part_ends_[part_++]; block_ < end; ++block_)
      each_record(spool_.blocks_[block_], [&](const char* record) {
        index_.push_back({key_at(record), record});
      });
    sort();
  }
  [[nodiscard]] static bool comes_before(const Entry& a, const Entry& b) { return a.key < b.key; }
  /// By the first part of their keys records are dealt out, digit by digit as far as these differ; what is equal there
  /// is mostly in order already.
  void sort() {
    if (std::is_sorted(index_.begin(), index_.end(), comes_before)) return;
    Difference bits;
    for (const Entry& entry : index_)
      bits.add(entry.key);
    dealt_.resize(index_.size());
    for (unsigned shift = 0; shift < 64; shift += digit_bits)
      if ((bits.of_all() >> shift & (digits - 1)) != 0) {
        deal(shift);
        index_.swap(dealt_);
      }
    for (auto same = index_.begin(); same != index_.end();) {
      const auto end = std::find_if(same, index_.end(),
                                    [&](const Entry& entry) { return entry.key.first != same->key.first; });
      if (!std::is_sorted(same, end, comes_before)) std::stable_sort(same, end, comes_before);
      same = end;
    }
  }
  void deal(unsigned shift) {
    const auto digit_of = [&](const Entry& entry) { return entry.key.first >> shift & (digits - 1); };
    std::array<std::uint32_t, digits> next{};
    for (const Entry& entry : index_)
      ++next[digit_of(entry)];
    std::exclusive_scan(next.begin(), next.end(), next.begin(), std::uint32_t{0});
    for (const Entry& entry : index_)
      dealt_[next[digit_of(entry)]++] = entry;
  }

  Spool& spool_;
  std::size_t part_ = 0, block_ = 0;  // the next ones
  std::vector<Entry> index_, dealt_;  // of the part
  std::size_t at_ = 0;                // in index_
};

inline void Spool::spill() {
  if (blocks_.empty()) return;
  if (!file_) make_file();
  // What a write that failed has left behind is written over.
  const std::uint64_t begin = runs_.empty() ? 0 : runs_.back().end;
  if (!file_ || ::fseeko(file_.get(), static_cast<off_t>(begin), SEEK_SET) != 0) fail();
  MemoryReader reader(*this);
  while (const char* const record = reader.next())
    if (std::fwrite(record, size_at(record), 1, file_.get()) != 1) fail();
  if (std::fflush(file_.get()) != 0) fail();
  runs_.push_back({begin, begin + held_});
  for (Block& block : blocks_)
    spare(std::move(block));
  blocks_.clear();
  part_ends_.clear();
  held_ = 0;
  last_ = {};
  is_in_order_ = is_arranged_ = true;
}

/// Reads a run from the disk, a piece at a time.
class Spool::RunReader {
 public:
  RunReader(std::FILE* file, const Run& run, std::size_t number) : file_(file), run_(run), number_(number) {}

  [[nodiscard]] bool next() {
    used_ += taken_;
    taken_ = 0;
    if (used_ == buffer_.size() && run_.begin == run_.end) return false;
    hold(head_size);
    taken_ = size_at(buffer_.data() + used_);
    hold(taken_);
    record_ = record_at(buffer_.data() + used_);
    return true;
  }
  [[nodiscard]] const Record& record() const { return record_; }

  [[nodiscard]] static bool comes_later(const std::unique_ptr<RunReader>& a,
                                        const std::unique_ptr<RunReader>& b) {
    return std::tie(b->record_.key, b->number_) < std::tie(a->record_.key, a->number_);
  }

 private:
  static constexpr std::uint64_t piece = std::uint64_t{64} << 10;

  /// Makes sure that the next `bytes` are in the buffer.
  void hold(std::size_t bytes) {
    if (buffer_.size() - used_ >= bytes) return;
    buffer_.erase(0, used_);
    used_ = 0;
    const std::size_t held = buffer_.size();
    const auto more =
        static_cast<std::size_t>(std::min(run_.end - run_.begin, std::max<std::uint64_t>(piece, bytes)));
    buffer_.resize(held + more);
    errno = 0;
    if (::fseeko(file_, static_cast<off_t>(run_.begin), SEEK_SET) != 0 ||
        std::fread(buffer_.data() + held, 1, more, file_) != more)
      fail();
    run_.begin += more;
  }

  std::FILE* file_;
  Run run_;  // what is not read yet
  std::size_t number_;
  std::string buffer_;
  std::size_t used_ = 0;   // of the buffer, before the record
  std::size_t taken_ = 0;  // by the record
  Record record_;
};

/// Reads what a spool holds, by key; records of one key in the order added. Nothing may be added while it reads.
class Spool::Reader {
 public:
  explicit Reader(Spool& spool) : memory_(spool), in_memory_(memory_.next()) {
    for (std::size_t run = 0; run < spool.runs_.size(); ++run)
      runs_.push_back(std::make_unique<RunReader>(spool.file_.get(), spool.runs_[run], run));
    std::erase_if(runs_, [](const auto& run) { return !run->next(); });
    std::make_heap(runs_.begin(), runs_.end(), RunReader::comes_later);
  }

  /// Nothing at the end. The record's bytes live until the next call.
  [[nodiscard]] std::optional<Record> next() {
    if (is_from_run_) advance_run();
    // What is in memory was added last.
    is_from_run_ =
        !runs_.empty() && (in_memory_ == nullptr || !(key_at(in_memory_) < runs_.front()->record().key));
    if (is_from_run_) return runs_.front()->record();
    if (in_memory_ == nullptr) return std::nullopt;
    const Record record = record_at(in_memory_);
    in_memory_ = memory_.next();
    return record;
  }

 private:
  void advance_run() {
    std::pop_heap(runs_.begin(), runs_.end(), RunReader::comes_later);
    if (runs_.back()->next())
      std::push_heap(runs_.begin(), runs_.end(), RunReader::comes_later);
    else
      runs_.pop_back();
  }

  MemoryReader memory_;
  const char* in_memory_;                         // the next record there
  std::vector<std::unique_ptr<RunReader>> runs_;  // a heap; the next record in front
  bool is_from_run_ = false;
};

}  // namespace mealsync
