// journal/rules.hpp -- what can be wrong with the journal: MS4001 to MS4099; and who may not run: 9002.
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::journal_rules {

inline constexpr Rule no_folder{own(4001), Severity::fatal, "Folder '{}' of the journal cannot be made: {}",
                                "Name a folder that you may write to with --state."};

inline constexpr Rule cannot_open{
    own(4002), Severity::fatal, "Journal '{}' cannot be opened: {}",
    "Give yourself the right to read and write the file and its folder, or name "
    "another folder with --state."};

inline constexpr Rule locked{own(4003), Severity::fatal, "Journal '{}' is held by another program: {}",
                             "Close the program that has the journal open, then run again."};

inline constexpr Rule damaged{own(4004), Severity::fatal, "Journal '{}' is damaged: {}",
                              "Put back a copy of the file, or move it away to begin a new journal."};

inline constexpr Rule not_a_journal{own(4005), Severity::fatal, "File '{}' is not a journal: {}",
                                    "Move the file away, or name another folder with --state."};

inline constexpr Rule other_version{own(4006), Severity::fatal,
                                    "Journal '{}' has version {}, and this program knows version {} only",
                                    "Use the mealsync that made it, or name another folder with --state."};

inline constexpr Rule cannot_use{
    own(4007), Severity::fatal, "Journal '{}' cannot be read or written: {}",
    "Check the rights of the file and its folder, and the space left on the disk."};

inline constexpr Rule unknown_run{own(4008), Severity::fatal, "Run '{}' is not in journal '{}'",
                                  "Leave the journal in its place while a pipeline runs."};

inline constexpr Rule runs_already{
    own(4021), Severity::refusal, "Pipeline '{}' is running already: {}",
    "Wait until that run has ended; if it does not end, look at that process."};

inline constexpr Rule no_lock{own(4022), Severity::fatal, "Lock file '{}' cannot be used: {}",
                              "Check the rights of the file and its folder, or name a folder of a local disk "
                              "with --state."};

// Source: KSIS end-of-year training, 2016-04-21: stop the import, roll over, start it again.
inline constexpr Rule held{9002, Severity::refusal, "Pipeline '{}' is held by {} since {}: {}",
                           "When the reason is gone, start it again with mealsync resume."};

inline constexpr Rule hold_is_over{
    9002, Severity::info, "Pipeline '{}' was held by {} from {} until {}, and runs again: {}",
    "Look through this run's report; the first after a hold brings much that is "
    "new."};

inline constexpr Rule held_too_long{9002, Severity::warning, "Pipeline '{}' is still held by {} since {}: {}",
                                    "Start it again with mealsync resume if it was forgotten; after its last "
                                    "day, see that its schedule is on."};

/// All of them, for the reference.
inline constexpr std::array all{&no_folder,     &cannot_open,  &locked,       &damaged,      &not_a_journal,
                                &other_version, &cannot_use,   &unknown_run,  &runs_already, &no_lock,
                                &held,          &hold_is_over, &held_too_long};

}  // namespace mealsync::journal_rules
