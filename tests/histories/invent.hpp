// histories/invent.hpp -- histories that nobody thought of, and codes of a POS.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "history.hpp"

namespace mealsync::testing {

/// What the file's status and code mean. Some do not go together: the merge has an option for those.
struct Meaning {
  std::string_view status, code, eligibility, source, type;
};
inline constexpr std::array<Meaning, 11> meanings{{{"F", "SNAP", "Free", "Direct", "SNAP"},
                                                   {"F", "FOSTER", "Free", "Direct", "Foster"},
                                                   {"F", "INC", "Free", "Non-Direct", "Income"},
                                                   {"F", "CASE", "Free", "Non-Direct", "Categorical"},
                                                   {"F", "ODD", "Free", "Non-Direct", "SNAP"},
                                                   {"R", "MED", "Reduced", "Direct", "Medicaid"},
                                                   {"R", "INC", "Reduced", "Non-Direct", "Income"},
                                                   {"R", "OVR", "Reduced", "Non-Direct", "Override"},
                                                   {"P", "INC", "Paid", "Non-Direct", "Income"},
                                                   {"P", "", "Paid", "Non-Direct", "DidNotApply"},
                                                   {"P", "ODD", "Paid", "Direct", "Unknown"}}};

/// So many cases under one policy; the same for the same seed.
[[nodiscard]] History invent_history(std::uint64_t seed, int cases);

}  // namespace mealsync::testing
