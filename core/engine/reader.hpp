// engine/reader.hpp -- from a source's bytes to a format's records: frames them into blocks that end where a
// record ends, counts lines, and takes the digest of every file.
//
// A block lives in one buffer, into which the source reads; only the tail of an unfinished record is ever moved.
// Errors     Findings go to the ledger; the answer says whether to go on.
// Threads    One.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include <engine/digest_beside.hpp>
#include <engine/ledger.hpp>
#include <engine/live_stage.hpp>
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
  [[nodiscard]] bool decode(bool is_last);
  [[nodiscard]] bool frame(bool is_last, std::size_t& whole);
  [[nodiscard]] bool end_file();

  LiveStage& source_;
  LiveStage& format_;
  Ledger& ledger_;
  std::function<void(const Progress&)> progress_;
  Progress so_far_;
  std::vector<InputFile> inputs_;
  std::vector<char> buffer_;
  DigestBeside digest_;   // of what lies in the buffer: gone before it
  std::size_t held_ = 0;  // bytes in the buffer that are not decoded
  std::uint64_t line_ = 1;
};

}  // namespace mealsync
