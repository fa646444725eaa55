// schedule/rules.hpp -- why a pipeline cannot be put on the machine's scheduler: MS64xx.
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::rules {

inline constexpr Rule no_schedule{own(6401), Severity::error, "Pipeline '{}' does not say when it runs",
                                  "Add to it, as an example: <schedule frequency=\"daily\" at=\"01:00\"/>"};
inline constexpr Rule cron_knows_not{own(6402), Severity::error, "Cron does not know {}",
                                     "Leave out --cron: a timer of systemd knows it."};
inline constexpr Rule same_unit{own(6403), Severity::error,
                                "Pipeline '{}' of '{}' has the name of another that is scheduled with it",
                                "Give each pipeline a name of its own: its units are called after it."};
inline constexpr Rule unit_cannot_hold{
    own(6404), Severity::error,
    "'{}' cannot stand in a unit or crontab: it has a control character, or is no UTF-8",
    "Give the file or folder another name."};
inline constexpr Rule unit_not_written{own(6405), Severity::error, "'{}' cannot be written: {}",
                                       "Name a folder that you may write to with --output."};
inline constexpr Rule shows_secret{
    own(6406), Severity::error, "Variable '{}' of --set is a secret, and everybody may read a unit",
    "Let the pipeline take the secret from the environment or a file: env:NAME or file:PATH."};
inline constexpr std::array of_schedule{&no_schedule,      &cron_knows_not,   &same_unit,
                                        &unit_cannot_hold, &unit_not_written, &shows_secret};

}  // namespace mealsync::rules
