// campus/oneroster/load.hpp -- a OneRoster set becomes the schools, students and enrolments of a Campus database.
//
// Everything that is wrong with the set is told; what can be loaded is, in one transaction. A set with a file that is
// missing, cannot be read or has another header loads nothing.
//
// Units    Bytes of the files as they are unpacked.
// Errors   Of the set: Faults. Of the database: throws campus::StoreError, and nothing is loaded.
// Source   1EdTech OneRoster 1.1 and 1.2, CSV binding.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <campus/oneroster/faults.hpp>
#include <campus/oneroster/options.hpp>
#include <campus/store/roster_transaction.hpp>
#include <campus/store/store.hpp>

namespace mealsync::oneroster {

struct Progress {
  std::uint64_t bytes = 0;
  std::uint64_t total_bytes = 0;
  std::uint64_t rows = 0;
};

struct Loaded {
  std::vector<SchoolYear> years;
  campus::RosterOutcome outcome;
};

/// No value where nothing was loaded: `faults` says why. The store was opened to be written.
[[nodiscard]] std::optional<Loaded> load(const Options& options, campus::CampusStore& store, Faults& faults,
                                         const std::function<void(const Progress&)>& on_progress = {});

}  // namespace mealsync::oneroster
