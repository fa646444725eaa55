// clock.hpp -- the one clock. Everything else is told what time it is.
#pragma once

#include <chrono>
#include <string>

#include <mealsync/date.hpp>

namespace mealsync::tool {

/// 2016-09-06T01:00:00Z
[[nodiscard]] std::string utc_now();

/// Tue, 06 Sep 2016 01:00:00 +0000, as mail has it
[[nodiscard]] std::string mail_now();

[[nodiscard]] std::chrono::sys_seconds now();

/// Today, where this machine is.
[[nodiscard]] Date today();

}  // namespace mealsync::tool
