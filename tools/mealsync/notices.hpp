// notices.hpp -- tells those whom a pipeline names what a run came to.
#pragma once

#include <finding/finding.hpp>

#include "present.hpp"

namespace mealsync::tool {

/// Who could not be told, and why; that changes nothing of the run. `code`: what the run exits with.
[[nodiscard]] Findings tell_everybody(const Answer& answer, int code);

}  // namespace mealsync::tool
