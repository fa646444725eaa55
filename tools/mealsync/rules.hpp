// rules.hpp -- what the program itself finds, beside core and stages: MS66xx.
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::tool {

inline constexpr Rule metrics_not_written{own(6601), Severity::error, "Metrics '{}' cannot be written: {}",
                                          "Give the account that runs mealsync the right to write into the "
                                          "folder, or name another with --metrics."};

inline constexpr std::array all_rules{&metrics_not_written};

}  // namespace mealsync::tool
