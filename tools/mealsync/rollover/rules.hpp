// rollover/rules.hpp -- where a rollover stops: MS6701 to MS6799. The pipeline file is as it was.
//
// Source  KSIS end-of-year training, 2016-04-21, slides 8 to 15.
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::tool::rollover_rules {

inline constexpr Rule not_stopped{
    own(6701), Severity::refusal, "Pipeline '{}' is not stopped",
    "Stop it before the POS rolls over, by July 1: mealsync hold P.xml --reason rollover."};
inline constexpr Rule later_already{own(6702), Severity::error,
                                    "Pipeline '{}' is of school year {} already, later than {}",
                                    "Name the year that follows with --to."};
inline constexpr Rule comes_from_outside{own(6703), Severity::error,
                                         "{} comes from {}, which is not in the pipeline file",
                                         "Change it there by hand, then run the rollover again."};
inline constexpr Rule made_of_parts{own(6704), Severity::error, "{} is '{}', which cannot be changed safely",
                                    "Change it by hand, then run the rollover again."};
inline constexpr Rule needs_expiration{
    own(6705), Severity::error, "default_expiration {} is not of school year {}",
    "Give the new year's with --expiration DATE: usually the 30th operating day of the year that follows."};
inline constexpr Rule not_written{own(6706), Severity::fatal, "The pipeline file cannot be changed: {}",
                                  "Check the rights of the file and its folder, and the space on the disk."};
inline constexpr Rule changed_meanwhile{own(6707), Severity::fatal,
                                        "Somebody changed the pipeline file meanwhile",
                                        "Run the rollover again: it begins with the file as it is now."};

inline constexpr std::array all{&not_stopped,      &later_already, &comes_from_outside, &made_of_parts,
                                &needs_expiration, &not_written,   &changed_meanwhile};

}  // namespace mealsync::tool::rollover_rules
