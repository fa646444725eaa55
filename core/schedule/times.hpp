// schedule/times.hpp -- when a schedule comes next.
//
// As systemd's timers have it: a time of day that the clocks leap over is left out, and one that comes twice is taken
// the first time. Day 31 is the last of any month.
//
// Errors  The schedule has no faults: read_pipeline has told them.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include <pipeline/pipeline.hpp>
#include <pipeline/time_zone.hpp>

namespace mealsync {

/// The next `count` moments after `after`.
[[nodiscard]] std::vector<std::chrono::sys_seconds> next_times(const Schedule& schedule, const TimeZone& zone,
                                                               std::chrono::sys_seconds after,
                                                               std::size_t count);

}  // namespace mealsync
