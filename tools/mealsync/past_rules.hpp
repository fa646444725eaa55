// past_rules.hpp -- why a run of the past cannot be looked at again, by rejects or explain: MS6201 to MS6299.
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::tool::past_rules {

inline constexpr Rule no_pipeline{own(6201), Severity::refusal, "The pipeline file '{}' of run {} is gone",
                                  "Name the file behind the run: P.xml."};
inline constexpr Rule other_pipeline{own(6202), Severity::refusal,
                                     "Pipeline file '{}' describes '{}', and run {} was of '{}'",
                                     "Name the file of that pipeline behind the run: P.xml."};
inline constexpr Rule input_elsewhere{
    own(6203), Severity::refusal, "Input '{}' was on another machine, or is gone",
    "Name a copy of the file with --input; or leave out --whole, the list needs no file."};
inline constexpr Rule input_changed{
    own(6204), Severity::refusal, "Input '{}' is no longer what the run read: it has another SHA-256",
    "Name a copy of the file as it was with --input; or leave out --whole, the list needs no file."};
inline constexpr Rule input_differs{
    own(6205), Severity::warning, "Input '{}' is no longer what the run read: it has another SHA-256",
    "What the run found is not shown: its lines may be those of other students now."};
inline constexpr Rule cannot_write{own(6206), Severity::fatal, "File '{}' cannot be written: {}",
                                   "Name another file with --output; --replace takes the place of one."};

inline constexpr Rule cannot_read{
    own(6207), Severity::fatal, "Campus database '{}' cannot be read: {}",
    "Check that it is still where the run found it, and the rights of the account."};

inline constexpr Rule input_packed{
    own(6208), Severity::refusal, "Input '{}' came packed: its records cannot be copied out of it",
    "Unpack it and copy the lines of the list; or leave out --whole, the list needs no file."};

inline constexpr std::array all{&no_pipeline,   &other_pipeline, &input_elsewhere, &input_changed,
                                &input_differs, &cannot_write,   &cannot_read,     &input_packed};

}  // namespace mealsync::tool::past_rules
