// engine/reader.hpp -- from a source's bytes to a format's records: unpacks them, frames them into blocks that end where
// a record ends, counts lines, and takes the digest of every file.
//
// A block lives in one buffer, into which the source reads, or what it has read is unpacked; only the tail of an
// unfinished record is ever moved. The only file of an archive is the input that the archive is; several are inputs of
// their own behind it. Size and digest of what came packed are those of the packed bytes.
// Errors     Findings go to the ledger; the answer says whether to go on.
// Threads    One.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <engine/digest_beside.hpp>
#include <engine/ledger.hpp>
#include <engine/live_stage.hpp>
#include <engine/unpacking.hpp>
#include <finding/input_file.hpp>

namespace mealsync {

struct Progress {
  std::uint64_t bytes = 0;
  std::uint64_t total_bytes = 0;  // 0 where the source does not know
  std::uint64_t records = 0;
};

class Reader {
 public:
  Reader(LiveStage& source, LiveStage& format, Ledger& ledger, std::function<void(const Progress&)> progress);

  /// Reads until there is no more; false where a stage has failed.
  [[nodiscard]] bool run();
  [[nodiscard]] const std::vector<InputFile>& inputs() const { return inputs_; }

 private:
  [[nodiscard]] bool take(const ms_bytes& bytes);
  [[nodiscard]] std::span<char> space();
  void begin_input(std::string name);
  [[nodiscard]] bool decode_first();
  [[nodiscard]] bool unpack(std::string_view packed);
  [[nodiscard]] bool read_archive(ZipArchive& archive);
  template <class Packed>
  [[nodiscard]] bool decode_unpacked(Packed& packed, bool is_input = false);
  [[nodiscard]] bool decode(bool is_last);
  [[nodiscard]] bool frame(bool is_last, std::size_t& whole);
  [[nodiscard]] bool end_file();
  void tell_progress();

  LiveStage& source_;
  LiveStage& format_;
  Ledger& ledger_;
  std::function<void(const Progress&)> progress_;
  Progress so_far_;
  std::vector<InputFile> inputs_;
  bool is_open_ = false;        // a file of the source
  bool knows_packing_ = false;  // of that file
  std::variant<std::monostate, Gzip, ZipArchive> unpacking_;
  std::vector<char> packed_;  // what the source has read of a packed file
  std::vector<char> buffer_;
  DigestBeside digest_;   // of what lies in the two: gone before them
  std::size_t held_ = 0;  // bytes in the buffer that are not decoded
  std::uint64_t line_ = 1;
};

}  // namespace mealsync
