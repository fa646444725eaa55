// campus/match_rules.hpp -- what a match by each kind of key finds, in the words of the report.
//
// A name or birth date is in no finding, and of an SSN nothing is shown.
// Source   meal-status.md 4; 1001 and 2001 are the student system's own (KSIS end-of-year training, 2016-04-21,
//          slide 21).
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::match_rules {

/// What can be wrong with a kind of key; nothing where it cannot be.
struct KeyRules {
  const Rule* not_found = nullptr;
  const Rule* not_ours = nullptr;  // the same in a list of direct certifications
  const Rule* several_found = nullptr;
  const Rule* looks_like_ssn = nullptr;
  const Rule* wrong_form = nullptr;
  const Rule* damaged = nullptr;
};

namespace detail {

inline constexpr std::string_view other_district =
    "Nothing is to be done: a state's list holds children of other districts, too.";
inline constexpr std::string_view export_again =
    "Export the file from the POS again without opening it in a spreadsheet, or correct the value in the "
    "POS.";
inline constexpr std::string_view merge_persons = "Merge the persons in Campus.";

inline constexpr Rule no_state_id{1001, Severity::error, "State ID '{}' not found",
                                  "Find the student's SSID in Campus and correct it in the POS."};
inline constexpr Rule state_id_elsewhere{1001, Severity::info, "State ID '{}' not found", other_district};
inline constexpr Rule state_id_of_several{2001, Severity::error,
                                          "Multiple matches found for Student State ID '{}'", merge_persons};
inline constexpr Rule ssn_for_state_id{
    1010, Severity::error, "State ID '{}' has the form of a Social Security Number",
    "Replace it in the POS by the student's SSID, and tell who entered it."};
inline constexpr Rule state_id_no_number{
    1011, Severity::error, "State ID '{}' is not made of digits alone",
    "Export the file from the POS again without opening it in a spreadsheet, or "
    "correct the ID in the POS."};
inline constexpr Rule state_id_damaged{1011, Severity::error, "State ID '{}' was changed by a spreadsheet",
                                       export_again};

inline constexpr Rule no_student_number{1002, Severity::error, "Student Number '{}' not found",
                                        "Find the student's number in Campus and correct it in the POS."};
inline constexpr Rule student_number_elsewhere{1002, Severity::info, "Student Number '{}' not found",
                                               other_district};
inline constexpr Rule student_number_of_several{
    2002, Severity::error, "Multiple matches found for Student Number '{}'",
    "Merge the persons in Campus, or give each a number of his own."};
inline constexpr Rule ssn_for_student_number{
    1010, Severity::error, "Student Number '{}' has the form of a Social Security Number",
    "Replace it in the POS by the student's number, and tell who entered it."};
inline constexpr Rule student_number_damaged{
    1011, Severity::error, "Student Number '{}' was changed by a spreadsheet", export_again};

inline constexpr Rule no_person_id{1003, Severity::error, "Person ID '{}' not found",
                                   "Find the student's person ID in Campus and correct it in the POS."};
inline constexpr Rule person_id_elsewhere{1003, Severity::info, "Person ID '{}' not found", other_district};
inline constexpr Rule ssn_for_person_id{
    1010, Severity::error, "Person ID '{}' has the form of a Social Security Number",
    "Replace it in the POS by the student's person ID, and tell who entered it."};
inline constexpr Rule person_id_no_number{1011, Severity::error, "Person ID '{}' is no whole number",
                                          export_again};

inline constexpr Rule no_ssn{1004, Severity::error, "SSN '{}' not found",
                             "Compare the SSN at its origin with the student's current identity in Campus."};
inline constexpr Rule ssn_elsewhere{1004, Severity::info, "SSN '{}' not found", other_district};
inline constexpr Rule ssn_of_several{2004, Severity::error, "Multiple matches found for SSN '{}'",
                                     "Correct the SSN of one of the persons in Campus, or merge them."};
inline constexpr Rule ssn_no_number{
    1011, Severity::error, "SSN '{}' is not made of nine digits",
    "Export the file again without opening it in a spreadsheet, or correct the SSN at its origin."};

inline constexpr Rule no_name{1005, Severity::error, "No student has this name and birth date",
                              "Compare last name, first name and birth date of the line with Campus: none of "
                              "the three may be missing."};
inline constexpr Rule name_elsewhere{1005, Severity::info, "No student has this name and birth date",
                                     other_district};
inline constexpr Rule name_of_several{
    2005, Severity::error, "Several students have this name and birth date",
    "Merge the persons in Campus; where they are two children, enter the status in Campus."};
inline constexpr Rule name_damaged{1011, Severity::error, "The name was changed by a spreadsheet",
                                   export_again};

}  // namespace detail

inline constexpr KeyRules state_id{&detail::no_state_id,         &detail::state_id_elsewhere,
                                   &detail::state_id_of_several, &detail::ssn_for_state_id,
                                   &detail::state_id_no_number,  &detail::state_id_damaged};
inline constexpr KeyRules student_number{&detail::no_student_number,
                                         &detail::student_number_elsewhere,
                                         &detail::student_number_of_several,
                                         &detail::ssn_for_student_number,
                                         nullptr,
                                         &detail::student_number_damaged};
// A person ID is one person's: the database has it once.
inline constexpr KeyRules person_id{&detail::no_person_id,      &detail::person_id_elsewhere, nullptr,
                                    &detail::ssn_for_person_id, &detail::person_id_no_number, nullptr};
inline constexpr KeyRules ssn{&detail::no_ssn, &detail::ssn_elsewhere, &detail::ssn_of_several,
                              nullptr,         &detail::ssn_no_number, nullptr};
inline constexpr KeyRules name_birth_date{
    &detail::no_name, &detail::name_elsewhere, &detail::name_of_several, nullptr,
    nullptr,          &detail::name_damaged};

inline constexpr Rule not_enrolled{6001, Severity::warning,
                                   "The student with state ID '{}' has no enrolment in {}",
                                   "Enrol the student in Campus, or end the status in the POS."};

inline constexpr std::array all{&detail::no_state_id,
                                &detail::state_id_elsewhere,
                                &detail::no_student_number,
                                &detail::student_number_elsewhere,
                                &detail::no_person_id,
                                &detail::person_id_elsewhere,
                                &detail::no_ssn,
                                &detail::ssn_elsewhere,
                                &detail::no_name,
                                &detail::name_elsewhere,
                                &detail::ssn_for_state_id,
                                &detail::ssn_for_student_number,
                                &detail::ssn_for_person_id,
                                &detail::state_id_no_number,
                                &detail::state_id_damaged,
                                &detail::student_number_damaged,
                                &detail::person_id_no_number,
                                &detail::ssn_no_number,
                                &detail::name_damaged,
                                &detail::state_id_of_several,
                                &detail::student_number_of_several,
                                &detail::ssn_of_several,
                                &detail::name_of_several,
                                &not_enrolled};

}  // namespace mealsync::match_rules
