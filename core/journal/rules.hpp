// journal/rules.hpp -- what can be wrong with the journal: MS4001 to MS4099.
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

/// All of them, for the reference.
inline constexpr std::array all{&no_folder,     &cannot_open,   &locked,     &damaged,
                                &not_a_journal, &other_version, &cannot_use, &unknown_run};

}  // namespace mealsync::journal_rules
