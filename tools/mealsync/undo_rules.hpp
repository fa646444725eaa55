// undo_rules.hpp -- what stands against an undo: MS6101 to MS6199. Then nothing is written.
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::tool::undo_rules {

// Of records.
inline constexpr Rule changed_by_run{
    own(6101), Severity::error,
    "Eligibility record {} of student '{}' is not what the run left: run {} changed it since",
    "Undo the later run first, the latest before the others."};
inline constexpr Rule changed_by_hand{
    own(6102), Severity::error,
    "Eligibility record {} of student '{}' is not what the run left, and no later run changed it",
    "Somebody changed it in Campus: correct there what the run did to this student."};
inline constexpr Rule overlaps_later_run{
    own(6103), Severity::error,
    "Eligibility record {} of student '{}' would overlap another one: run {} changed the student since",
    "Undo the later run first, the latest before the others."};
inline constexpr Rule overlaps_by_hand{own(6104), Severity::error,
                                       "Eligibility record {} of student '{}' would overlap another one",
                                       "Somebody added a record in Campus: end it there, or remove it."};
inline constexpr Rule no_student{
    own(6105), Severity::error, "Eligibility record {} would come back, and its student is no longer there",
    "Put the student back from a copy of the database, or leave the run as it is."};
inline constexpr Rule would_lose{own(6106), Severity::refusal,
                                 "Run {} cannot be undone: {} changes that came later would be lost",
                                 "Each is told with what to do about it."};

// Of runs.
inline constexpr Rule already_undone{own(6107), Severity::refusal, "Run {} was undone already, by run {}",
                                     "Nothing is left to be done; to have the run back, undo its undo."};
inline constexpr Rule was_a_test{own(6108), Severity::refusal, "Run {} was a test: it changed nothing",
                                 "Name a run that was no test; mealsync log lists them."};
inline constexpr Rule not_committed{own(6109), Severity::refusal, "Run {} changed nothing: it ended as {}",
                                    "Name a run that was committed; mealsync log lists them."};
inline constexpr Rule not_there{own(6110), Severity::refusal, "Campus database '{}' knows of no run {}",
                                "Name with --campus the database that the run changed."};
inline constexpr Rule no_database{
    own(6111), Severity::fatal, "Campus database '{}' cannot be changed: {}",
    "Check the path, the rights of the account and that nobody else has it open; nothing was written."};

inline constexpr std::array all{&changed_by_run, &changed_by_hand, &overlaps_later_run, &overlaps_by_hand,
                                &no_student,     &would_lose,      &already_undone,     &was_a_test,
                                &not_committed,  &not_there,       &no_database};

}  // namespace mealsync::tool::undo_rules
