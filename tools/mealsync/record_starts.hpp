// record_starts.hpp -- where the records of a file begin, as the format of its pipeline reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <engine/run.hpp>

namespace mealsync::tool {

struct RecordStarts {
  std::vector<std::uint64_t> lines;  // ascending; what stands before the first is the header
  std::string sha256;                // of the file
  bool is_packed = false;            // then the lines are those of what is in it
};

/// Reads a file of this machine in the place of the pipeline's own source. Nothing where the pipeline or the file has
/// faults: they are among the findings.
[[nodiscard]] std::optional<RecordStarts> record_starts(Pipeline pipeline, const std::string& file,
                                                        Catalog& catalog, Findings& findings);

}  // namespace mealsync::tool
