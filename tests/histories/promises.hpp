// histories/promises.hpp -- what an import promises, whatever comes in: asked of the database and of the answer,
// with nothing of the planner's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "import.hpp"

namespace mealsync::testing {

/// A promise that was broken, and how.
struct Broken {
  std::string promise;
  std::string how;
};

/// The first promise about the runs as a whole that is broken.
[[nodiscard]] std::optional<Broken> broken_by_runs(const History& history, const Imported& imported);

/// The first promise about a case's students that is broken.
/// `first_line`: where its lines begin in the file, from 1.
[[nodiscard]] std::optional<Broken> broken_in_case(const Options& options, const Case& asked,
                                                   std::uint64_t first_line, const Imported& imported);

/// The first promise that is broken at all.
[[nodiscard]] std::optional<Broken> broken(const History& history, const Imported& imported);

}  // namespace mealsync::testing
