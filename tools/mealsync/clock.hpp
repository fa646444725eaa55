// clock.hpp -- the one clock. Everything else is told what time it is.
#pragma once

#include <string>

#include <mealsync/date.hpp>

namespace mealsync::tool {

/// 2016-09-06T01:00:00Z
[[nodiscard]] std::string utc_now();

/// Today, where this machine is.
[[nodiscard]] Date today();

}  // namespace mealsync::tool
