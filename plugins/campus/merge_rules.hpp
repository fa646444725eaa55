// campus/merge_rules.hpp -- what the merge finds, in the words of the report.
//
// Source   Codes and levels: meal-status.md 4. 3037 is the student system's own; its text is cropped in the
//          public capture, so the words are ours.
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::merge_rules {

inline constexpr Rule takes_direct_type{3037, Severity::warning,
                                        "Existing record of '{}' updated with the Direct type {} (was {})",
                                        "Nothing is to be done, unless the new type is wrong in the POS."};
inline constexpr Rule existing_is_better{
    3040, Severity::warning, "Not imported: the existing record of '{}' is better ({} {})",
    "Nothing is to be done, unless the existing record is wrong in Campus."};
inline constexpr Rule existing_stays{
    3040, Severity::warning, "Not imported: '{}' has a record for these days already ({} {})",
    "Nothing is to be done: precedence=\"existing\" keeps every record that is there."};
inline constexpr Rule direct_is_protected{
    3041, Severity::warning, "Not imported: '{}' is certified directly ({} {})",
    "A direct certification is not lowered by an application; correct the POS."};
inline constexpr Rule partly_covered{3042, Severity::warning,
                                     "Imported only for the days of '{}' that no better record covers",
                                     "Nothing is to be done, unless the existing record is wrong in Campus."};
inline constexpr Rule shortened{3043, Severity::warning, "Shortened for '{}': a record of {} begins on {}",
                                "Nothing is to be done: records of later years are never changed."};
inline constexpr Rule duplicate_skipped{3050, Severity::warning,
                                        "Duplicate of line {} for '{}', which is used",
                                        "Keep one line for the student in the POS."};
inline constexpr Rule duplicate_rejected{3050, Severity::error, "Line {} is for '{}', too",
                                         "Keep one line for the student in the POS."};
inline constexpr Rule ambiguous{
    3060, Severity::error, "'{}' has several records that this one would change",
    "Correct the student's records in Campus: one certified type for these days."};
inline constexpr Rule application_protected{
    3061, Severity::error, "'{}' has a record made by an application from {}, which is never deleted",
    "Correct the application in Campus, or the start date in the POS."};
inline constexpr Rule prior_year_later{3062, Severity::error,
                                       "'{}' has a record of {} that begins on {}, not before this one",
                                       "Correct the record of the earlier year in Campus."};
// What is the record of no line can be neither rejected nor skipped.
inline constexpr Rule not_extended_ambiguous{
    3060, Severity::warning, "Not extended to '{}', who has several records that it would change",
    "Correct the student's records in Campus: one certified type for these days."};
inline constexpr Rule not_extended_application{
    3061, Severity::warning, "Not extended to '{}', who has a record made by an application from {}",
    "Nothing is to be done, or correct the application in Campus: its record is never deleted."};
inline constexpr Rule not_extended_prior_year{
    3062, Severity::warning, "Not extended to '{}', who has a record of {} that begins on {}, not before it",
    "Correct the record of the earlier year in Campus."};
inline constexpr Rule overlap_there{3063, Severity::warning, "Held: records of '{}' in Campus overlap on {}",
                                    "Correct the student's records in Campus, then import again."};
inline constexpr Rule corrupt_record{
    3064, Severity::warning, "A record of '{}' in Campus ends before it starts ({}); it is left alone",
    "Correct the record's dates in Campus."};
inline constexpr Rule unreadable_record{
    3064, Severity::warning, "A record of '{}' in Campus has {}, which means nothing; the student is held",
    "Correct the record in Campus."};
inline constexpr Rule absent_is_ended{
    3065, Severity::warning, "'{}' is not in the file: the record from {} ends on {}",
    "Nothing is to be done, unless the student is missing from the POS by mistake."};
inline constexpr Rule absence_not_judged{
    3066, Severity::warning,
    "{} records of students who are not in the file go on: {} lines of it are nobody's, and may be theirs",
    "Correct the lines whose key is not found, and import again."};
inline constexpr Rule list_names_some{
    own(5001), Severity::fatal,
    "missing=\"end\" does not go with feed=\"direct\": a list names some students only",
    "Take one of the two away."};
inline constexpr Rule missing_field{4002, Severity::error, "Required field [{}] has no value",
                                    "Enter it in the POS, or map it in the pipeline."};
inline constexpr Rule ends_first{5001, Severity::error, "Record contains End Date before Start Date",
                                 "Correct the dates in the POS, and put year_mapping before the merge."};
inline constexpr Rule starts_outside{
    5002, Severity::error, "Start date {} is outside school year {}",
    "Correct the start date in the POS, and put year_mapping before the merge."};
inline constexpr Rule unusual{4003, Severity::warning, "{}, {} and {} do not go together",
                              "Check the mapping of the code, and the record in the POS."};
inline constexpr Rule not_allowed{4003, Severity::error, "{}, {} and {} do not go together",
                                  "Correct the mapping of the code, or the record in the POS."};
inline constexpr Rule paid_in_direct{4003, Severity::error,
                                     "A list of direct certifications has Paid for '{}'",
                                     "Check that the file is a list of direct certifications."};

inline constexpr std::array all{&takes_direct_type,
                                &existing_is_better,
                                &existing_stays,
                                &direct_is_protected,
                                &partly_covered,
                                &shortened,
                                &duplicate_skipped,
                                &duplicate_rejected,
                                &ambiguous,
                                &application_protected,
                                &prior_year_later,
                                &overlap_there,
                                &not_extended_ambiguous,
                                &not_extended_application,
                                &not_extended_prior_year,
                                &corrupt_record,
                                &unreadable_record,
                                &absent_is_ended,
                                &absence_not_judged,
                                &list_names_some,
                                &missing_field,
                                &ends_first,
                                &starts_outside,
                                &unusual,
                                &not_allowed,
                                &paid_in_direct};

}  // namespace mealsync::merge_rules
