#include <engine/reader.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

#include <engine/rules.hpp>
#include <mealsync/value.hpp>

namespace mealsync {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 19;         // it stays in a core's cache
constexpr std::size_t most_bytes = std::size_t{64} << 20;         // of one record
constexpr std::size_t most_whole_bytes = std::size_t{256} << 20;  // of a file decoded whole

std::size_t up_to_last_newline(std::string_view bytes) {
  const void* at = memrchr(bytes.data(), '\n', bytes.size());
  return at == nullptr ? 0 : static_cast<std::size_t>(static_cast<const char*>(at) - bytes.data()) + 1;
}

/// Counts up to 255 in one byte, which a compiler makes many bytes at once; std::count adds 64 bits for each.
std::uint64_t newlines(std::string_view bytes) {
  constexpr std::size_t most = 255;
  std::uint64_t count = 0;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), most))) {
    std::uint8_t some = 0;
    for (const char byte : bytes.substr(0, most))
      some = static_cast<std::uint8_t>(some + (byte == '\n' ? 1 : 0));
    count += some;
  }
  return count;
}

}  // namespace

Reader::Reader(LiveStage& source, LiveStage& format, Ledger& ledger,
               std::function<void(const Progress&)> progress)
    : source_(source),
      format_(format),
      ledger_(ledger),
      progress_(std::move(progress)),
      buffer_(block_bytes) {}

bool Reader::run() {
  while (true) {
    ms_bytes bytes{};
    bytes.size = sizeof bytes;
    bytes.data = buffer_.data() + held_;
    bytes.capacity = buffer_.size() - held_;
    const ms_status status = source_.pull(source_.stage().read, &bytes);
    if (status == MS_FAILED || !take(bytes)) return false;
    if (status == MS_END) return end_file();
  }
}

bool Reader::take(const ms_bytes& bytes) {
  if (ledger_.is_full()) return false;
  if (bytes.used > bytes.capacity) {
    ledger_.add(make_finding<rules::too_much>({}, source_.planned().spec.id, bytes.used, bytes.capacity));
    return false;
  }
  if (bytes.new_file != 0) {
    if (!end_file()) return false;
    // What was just read lies behind what is left of the file before it, which is decoded now.
    std::memmove(buffer_.data(), bytes.data, bytes.used);
    held_ = 0;
    line_ = 1;
    inputs_.push_back({std::string(text_of(bytes.file)), 0, {}});
    digest_.begin();
  } else if (inputs_.empty() && bytes.used > 0) {
    ledger_.add(make_finding<rules::no_input>({}, source_.planned().spec.id));
    return false;
  }
  if (bytes.used == 0) return true;
  digest_.add({buffer_.data() + held_, bytes.used});
  inputs_.back().bytes += bytes.used;
  held_ += bytes.used;
  so_far_.bytes += bytes.used;
  so_far_.total_bytes = bytes.total;
  if (!decode(false)) return false;
  so_far_.records = ledger_.read();
  if (progress_) progress_(so_far_);
  return true;
}

bool Reader::decode(bool is_last) {
  std::size_t whole = 0;
  if (!frame(is_last, whole)) return false;
  if (whole == 0 && !is_last) return true;
  ms_block block{};
  block.size = sizeof block;
  block.file = static_cast<std::uint32_t>(inputs_.size() - 1);
  block.bytes = {buffer_.data(), whole};
  block.first_line = line_;
  block.last = is_last ? 1 : 0;
  if (format_.call(format_.stage().decode, &block) != MS_OK) return false;
  line_ += newlines({buffer_.data(), whole});
  held_ -= whole;
  digest_.wait();
  std::memmove(buffer_.data(), buffer_.data() + whole, held_);
  return true;
}

/// How many of the bytes that are held are whole records; makes room where one is longer than the buffer.
bool Reader::frame(bool is_last, std::size_t& whole) {
  const ms_stage& format = format_.stage();
  const bool whole_files = (format.flags & MS_WHOLE_FILES) != 0;
  if (is_last) {
    whole = held_;
  } else if (whole_files) {
    whole = 0;
  } else if (format.frame == nullptr) {
    whole = up_to_last_newline({buffer_.data(), held_});
  } else if (format_.call(format.frame, ms_str{buffer_.data(), held_}, &whole) != MS_OK) {
    return false;
  }
  if (whole > held_) {
    ledger_.add(make_finding<rules::bad_frame>({}, format_.planned().spec.id, whole, held_));
    return false;
  }
  if (is_last || whole > 0 || held_ < buffer_.size()) return true;
  if (buffer_.size() >= (whole_files ? most_whole_bytes : most_bytes)) {
    ledger_.add(make_finding<rules::record_too_long>({}, buffer_.size(), inputs_.back().file, line_));
    return false;
  }
  digest_.wait();
  buffer_.resize(buffer_.size() * 2);
  return true;
}

bool Reader::end_file() {
  if (inputs_.empty() || !inputs_.back().sha256.empty()) return true;
  if (!decode(true)) return false;
  inputs_.back().sha256 = digest_.finish();
  return true;
}

}  // namespace mealsync
