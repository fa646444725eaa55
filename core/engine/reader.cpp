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
    const std::span<char> into = space();
    ms_bytes bytes{};
    bytes.size = sizeof bytes;
    bytes.data = into.data();
    bytes.capacity = into.size();
    const ms_status status = source_.pull(source_.stage().read, &bytes);
    if (status == MS_FAILED || !take(bytes)) return false;
    if (status == MS_END) return end_file();
  }
}

/// Where the source reads to.
std::span<char> Reader::space() {
  if (std::holds_alternative<std::monostate>(unpacking_))
    return {buffer_.data() + held_, buffer_.size() - held_};
  digest_.wait();
  packed_.resize(block_bytes);
  return packed_;
}

bool Reader::take(const ms_bytes& bytes) {
  if (ledger_.is_full()) return false;
  if (bytes.used > bytes.capacity) {
    ledger_.add(make_finding<rules::too_much>({}, source_.planned().spec.id, bytes.used, bytes.capacity));
    return false;
  }
  std::string_view read(bytes.data, bytes.used);
  if (bytes.new_file != 0) {
    if (!end_file()) return false;
    // What was just read lies behind what is left of the file before it, which is decoded now.
    std::memmove(buffer_.data(), read.data(), read.size());
    read = {buffer_.data(), read.size()};
    unpacking_ = {};
    knows_packing_ = false;
    is_open_ = true;
    begin_input(std::string(text_of(bytes.file)));
  } else if (inputs_.empty() && bytes.used > 0) {
    ledger_.add(make_finding<rules::no_input>({}, source_.planned().spec.id));
    return false;
  }
  if (read.empty()) return true;
  digest_.add(read);
  inputs_.back().bytes += read.size();
  so_far_.bytes += read.size();
  so_far_.total_bytes = bytes.total;
  if (!std::holds_alternative<std::monostate>(unpacking_)) {
    if (!unpack(read)) return false;
  } else {
    held_ += read.size();
    if (!(knows_packing_ ? decode(false) : decode_first())) return false;
  }
  tell_progress();
  return true;
}

void Reader::begin_input(std::string name) {
  held_ = 0;
  line_ = 1;
  inputs_.push_back({std::move(name), 0, {}});
  digest_.begin();
}

/// Waits until the first bytes tell how the file is packed.
bool Reader::decode_first() {
  const auto packing = packing_of({buffer_.data(), held_});
  if (!packing) return true;
  knows_packing_ = true;
  if (*packing == Packing::none) return decode(false);
  digest_.wait();
  packed_.assign(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(held_));
  held_ = 0;
  Allowance allowance(inputs_.back().file, ledger_);
  if (*packing == Packing::gzip)
    unpacking_.emplace<Gzip>(std::move(allowance));
  else
    unpacking_.emplace<ZipArchive>(std::move(allowance));
  return unpack({packed_.data(), packed_.size()});
}

bool Reader::unpack(std::string_view packed) {
  if (auto* const archive = std::get_if<ZipArchive>(&unpacking_)) return archive->add(packed);
  auto& gzip = std::get<Gzip>(unpacking_);
  gzip.add(packed);
  return decode_unpacked(gzip);
}

bool Reader::read_archive(ZipArchive& archive) {
  inputs_.back().sha256 = digest_.finish();
  const auto files = archive.end();
  if (!files) return false;
  if (files->size() == 1) return archive.open(0) && decode_unpacked(archive) && decode(true);
  const std::string folder = inputs_.back().file + '/';
  for (std::size_t i = 0; i < files->size(); ++i) {
    begin_input(folder + (*files)[i]);
    if (!archive.open(i) || !decode_unpacked(archive, true) || !decode(true)) return false;
    inputs_.back().sha256 = digest_.finish();
  }
  return true;
}

/// `is_input`: what comes out is an input of its own.
template <class Packed>
bool Reader::decode_unpacked(Packed& packed, bool is_input) {
  while (!ledger_.is_full()) {
    char* const to = buffer_.data() + held_;
    const auto count = packed.read({to, buffer_.size() - held_});
    if (!count) return false;
    if (*count == 0) return true;
    if (is_input) {
      digest_.add({to, *count});
      inputs_.back().bytes += *count;
    }
    held_ += *count;
    if (!decode(false)) return false;
    tell_progress();
  }
  return false;
}

void Reader::tell_progress() {
  so_far_.records = ledger_.read();
  if (progress_) progress_(so_far_);
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
  if (!std::exchange(is_open_, false)) return true;
  if (auto* const archive = std::get_if<ZipArchive>(&unpacking_)) return read_archive(*archive);
  if (auto* const gzip = std::get_if<Gzip>(&unpacking_); gzip != nullptr && !gzip->end()) return false;
  if (!decode(true)) return false;
  inputs_.back().sha256 = digest_.finish();
  return true;
}

}  // namespace mealsync
