// metrics.hpp -- what runs came to, for those who watch many machines: OpenMetrics text, as the textfile collector of a
// node exporter takes it. Only gauges: the collector knows no other kind that would fit.
//
// Units   Seconds; a timestamp counts them from 1970, in UTC.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "present.hpp"

namespace mealsync::tool {

class Metrics {
 public:
  /// `log`: the pipeline's runs, newest first. Of two answers of one pipeline the later counts.
  void add(const Answer& answer, const std::vector<RunRecord>& log);
  [[nodiscard]] std::string text() const;

 private:
  struct Run {
    std::string status;
    double seconds = 0;
    std::optional<std::int64_t> ended;
    std::optional<std::int64_t> last_success;
    std::optional<std::int64_t> last_input;
    std::map<std::string, std::uint64_t> records;   // by fate
    std::map<std::string, std::uint64_t> findings;  // by code
    std::map<std::string, std::uint64_t> runs;      // in the log, by status
  };
  std::map<std::string, Run> runs_;  // by pipeline
};

}  // namespace mealsync::tool
