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
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <vector>

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
    const std::size_t held = bytes_.size() + index_.size() * sizeof(Entry);
    if (held + bytes.size() + sizeof(Entry) > memory_bytes_) spill();
    if (index_.capacity() < index_.size() + 1 && held >= memory_bytes_ / 64) make_room();
    index_.push_back(
        {key, static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(bytes.size())});
    bytes_.append(bytes);
  }

  class Reader;

 private:
  struct Entry {
    Key key;
    std::uint32_t offset, size;
  };
  /// What was sorted and written at one time: a part of the file.
  struct Run {
    std::uint64_t begin, end;
  };
  struct Header {
    Key key;
    std::uint64_t size;
  };
  class RunReader;

  /// All that it may come to, at once: room that is not used costs nothing, and to grow into it means to copy.
  void make_room() {
    index_.reserve(memory_bytes_ / sizeof(Entry));
    bytes_.reserve(memory_bytes_);
  }
  [[noreturn]] static void fail() {
    throw NoRoom(errno != 0 ? std::generic_category().message(errno) : "the temporary file is cut short");
  }

  static constexpr unsigned digit_bits = 11;
  static constexpr std::size_t digits = std::size_t{1} << digit_bits;

  [[nodiscard]] static bool comes_before(const Entry& a, const Entry& b) {
    return std::tie(a.key, a.offset) < std::tie(b.key, b.offset);
  }
  /// Entries were added in the order of their offsets. By the first part of their keys they are dealt out, digit by
  /// digit as far as these differ; what is equal there is mostly in order already.
  void sort() {
    if (std::is_sorted(index_.begin(), index_.end(), comes_before)) return;
    std::uint64_t ones = 0, all_ones = ~std::uint64_t{0};
    for (const Entry& entry : index_) {
      ones |= entry.key.first;
      all_ones &= entry.key.first;
    }
    std::vector<Entry> dealt(index_.size());
    for (unsigned shift = 0; shift < 64; shift += digit_bits)
      if (((ones ^ all_ones) >> shift & (digits - 1)) != 0) {
        deal(shift, dealt);
        index_.swap(dealt);
      }
    for (auto same = index_.begin(); same != index_.end();) {
      const auto end = std::find_if(same, index_.end(),
                                    [&](const Entry& entry) { return entry.key.first != same->key.first; });
      if (!std::is_sorted(same, end, comes_before)) std::sort(same, end, comes_before);
      same = end;
    }
  }
  void deal(unsigned shift, std::vector<Entry>& to) const {
    const auto digit_of = [&](const Entry& entry) { return entry.key.first >> shift & (digits - 1); };
    std::array<std::size_t, digits> next{};
    for (const Entry& entry : index_)
      ++next[digit_of(entry)];
    std::exclusive_scan(next.begin(), next.end(), next.begin(), std::size_t{0});
    for (const Entry& entry : index_)
      to[next[digit_of(entry)]++] = entry;
  }
  void make_file() {
    constexpr std::size_t written_at_once = std::size_t{256} << 10;
    file_.reset(std::tmpfile());
    if (file_) static_cast<void>(std::setvbuf(file_.get(), nullptr, _IOFBF, written_at_once));
  }
  void spill() {
    if (index_.empty()) return;
    if (!file_) make_file();
    // What a write that failed has left behind is written over.
    const std::uint64_t begin = runs_.empty() ? 0 : runs_.back().end;
    if (!file_ || ::fseeko(file_.get(), static_cast<off_t>(begin), SEEK_SET) != 0) fail();
    sort();
    for (const Entry& entry : index_) {
      const Header header{entry.key, entry.size};
      if (std::fwrite(&header, sizeof header, 1, file_.get()) != 1 ||
          std::fwrite(bytes_.data() + entry.offset, 1, entry.size, file_.get()) != entry.size)
        fail();
    }
    if (std::fflush(file_.get()) != 0) fail();
    runs_.push_back({begin, begin + index_.size() * sizeof(Header) + bytes_.size()});
    index_.clear();
    bytes_.clear();
  }

  struct CloseFile {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
  };
  std::size_t memory_bytes_;
  std::string bytes_;         // of the entries in memory, one behind the other
  std::vector<Entry> index_;  // of what is in memory
  std::vector<Run> runs_;     // of what is on disk, in the order added
  std::unique_ptr<std::FILE, CloseFile> file_;
};

/// Reads a run from the disk, a piece at a time.
class Spool::RunReader {
 public:
  RunReader(std::FILE* file, const Run& run, std::size_t number) : file_(file), run_(run), number_(number) {}

  [[nodiscard]] bool next() {
    used_ += taken_;
    taken_ = 0;
    if (used_ == buffer_.size() && run_.begin == run_.end) return false;
    Header header;
    hold(sizeof header);
    std::memcpy(&header, buffer_.data() + used_, sizeof header);
    taken_ = sizeof header + header.size;
    hold(taken_);
    record_ = {header.key, std::string_view(buffer_).substr(used_ + sizeof header, header.size)};
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
  explicit Reader(Spool& spool) : spool_(spool) {
    spool_.sort();
    for (std::size_t run = 0; run < spool_.runs_.size(); ++run)
      runs_.push_back(std::make_unique<RunReader>(spool_.file_.get(), spool_.runs_[run], run));
    std::erase_if(runs_, [](const auto& run) { return !run->next(); });
    std::make_heap(runs_.begin(), runs_.end(), RunReader::comes_later);
  }

  /// Nothing at the end. The record's bytes live until the next call.
  [[nodiscard]] std::optional<Record> next() {
    if (is_from_run_) advance_run();
    const bool in_memory = entry_ < spool_.index_.size();
    // What is in memory was added last.
    is_from_run_ =
        !runs_.empty() && (!in_memory || !(spool_.index_[entry_].key < runs_.front()->record().key));
    if (is_from_run_) return runs_.front()->record();
    if (!in_memory) return std::nullopt;
    constexpr std::size_t ahead = 8;
    if (entry_ + ahead < spool_.index_.size())
      __builtin_prefetch(spool_.bytes_.data() + spool_.index_[entry_ + ahead].offset);
    const Entry& entry = spool_.index_[entry_++];
    return Record{entry.key, std::string_view(spool_.bytes_).substr(entry.offset, entry.size)};
  }

 private:
  void advance_run() {
    std::pop_heap(runs_.begin(), runs_.end(), RunReader::comes_later);
    if (runs_.back()->next())
      std::push_heap(runs_.begin(), runs_.end(), RunReader::comes_later);
    else
      runs_.pop_back();
  }

  Spool& spool_;
  std::vector<std::unique_ptr<RunReader>> runs_;  // a heap; the next record in front
  std::size_t entry_ = 0;
  bool is_from_run_ = false;
};

}  // namespace mealsync
