// engine/rules.hpp -- what the engine finds: while planning (MS3001 to MS3099, in the pipeline file), while
// running (MS31xx), and the guards of the domain that stand before the first commit.
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::rules {

inline constexpr Rule source_needs_format{
    own(3001), Severity::error, "The source '{}' gives bytes, and no format says how they are written",
    "Put a <format plugin=\"…\"/> into the <source>."};
inline constexpr Rule source_takes_no_format{own(3002), Severity::error,
                                             "The source '{}' gives records and takes no format",
                                             "Take the <format> away."};
inline constexpr Rule two_databases{own(3003), Severity::error,
                                    "The sink '{}' is a second one that loads a database",
                                    "Keep one: only one database can be changed in one transaction."};
inline constexpr Rule no_such_column{own(3004), Severity::error,
                                     "The stage '{}' says it reads a column that does not come in",
                                     "Report this to the author of the plugin."};

inline constexpr Rule one_report_file{own(3005), Severity::error,
                                      "The sink '{}' writes the same file as '{}'",
                                      "Give each report a path of its own."};

inline constexpr Rule silent_failure{own(3101), Severity::fatal, "The stage '{}' failed without a word",
                                     "Report this to the author of the plugin; nothing was committed."};
inline constexpr Rule record_too_long{
    own(3103), Severity::fatal, "No record ends within {} bytes of '{}', line {}",
    "Check that the file is what the format expects: its separator, quotes and line ends."};
inline constexpr Rule bad_frame{own(3104), Severity::fatal,
                                "The format '{}' says that {} of {} bytes are whole records",
                                "Report this to the author of the plugin; nothing was committed."};
inline constexpr Rule no_input{own(3105), Severity::fatal, "The source '{}' gave bytes of no file",
                               "Report this to the author of the plugin; nothing was committed."};
inline constexpr Rule too_much{own(3106), Severity::fatal, "The stage '{}' says it read {} bytes into {}",
                               "Report this to the author of the plugin; nothing was committed."};
inline constexpr Rule lost_records{
    own(3107), Severity::fatal,
    "Of {} records read, {} are accounted for: {} new, {} updated, {} existing, {} skipped, {} errors",
    "A stage lost or doubled a record: report this with the pipeline; nothing was committed."};
inline constexpr Rule wrong_columns{own(3108), Severity::fatal,
                                    "The stage '{}' gave {} columns, and planned {}",
                                    "Report this to the author of the plugin; nothing was committed."};

inline constexpr Rule records_from_nowhere{own(3109), Severity::fatal,
                                           "The stage '{}' gave records where none are taken",
                                           "Report this to the author of the plugin; nothing was committed."};

inline constexpr Rule no_room_for_findings{
    own(3110), Severity::fatal, "There is no room to keep what was found: {}",
    "Make room in the folder for temporary files (/tmp); nothing was committed."};

inline constexpr Rule packed_encrypted{
    own(3111), Severity::fatal, "'{}' is encrypted",
    "Have the file packed without a password, or unpack it before the import; nothing was committed."};
inline constexpr Rule packed_damaged{own(3112), Severity::fatal, "'{}' cannot be unpacked: {}",
                                     "Check that the file was copied whole, and have it sent again if it "
                                     "was; nothing was committed."};
inline constexpr Rule packed_cut_short{
    own(3113), Severity::fatal, "'{}' ends in the middle of what is packed in it",
    "Let the sender finish the file, or copy it again, and then run the import again."};
inline constexpr Rule packed_without_file{
    own(3114), Severity::fatal, "Archive '{}' holds no file",
    "Check how the sender packs the file; an archive of folders alone holds no records."};
inline constexpr Rule unpacks_to_too_much{own(3115), Severity::fatal, "'{}' unpacks to more than {}",
                                          "Check where the file comes from. If it is what it should be, "
                                          "unpack it before the import; nothing was committed."};
inline constexpr Rule packed_document{
    own(3116), Severity::fatal, "'{}' is a spreadsheet or another document, and holds no file of records",
    "Save it as CSV or text, and import that."};
inline constexpr Rule no_room_to_unpack{
    own(3117), Severity::fatal, "There is no room to unpack '{}': {}",
    "Make room in the folder for temporary files (/tmp); nothing was committed."};
inline constexpr Rule other_token{
    own(3120), Severity::refusal, "Token {} is not for this input with these changes, or it was used already",
    "See what is refused now; the token that is printed with it accepts just that."};

inline constexpr Rule unneeded_token{own(3121), Severity::warning,
                                     "Token {} was not needed: this run is not refused",
                                     "Look whether this is the input that you meant to let through."};

// Source: meal-status.md 3.9; the defaults hold without <guard>.
inline constexpr Rule too_many_rejected{
    8001, Severity::refusal, "{} of {} records are rejected, more than {}",
    "See the errors by code in the report; correct the file or the mapping and run again."};
inline constexpr Rule too_many_changed{
    8002, Severity::refusal, "{} of the district's {} records of the year would change, more than {}",
    "Check that this is the right file; if the change is meant, accept it with the token of this run."};
inline constexpr Rule too_many_changed_at_school{
    8002, Severity::refusal, "At school '{}' {} of {} records would change, more than {}{}",
    "Check that the school is whole in the file; if the change is meant, accept it with the token of this "
    "run."};
inline constexpr Rule too_many_ended{
    8003, Severity::refusal, "{} of the district's {} records of the year would end, more than {}",
    "Check that this is the right file; if the change is meant, accept it with the token of this run."};
inline constexpr Rule too_many_ended_at_school{
    8003, Severity::refusal, "At school '{}' {} of {} records would end, more than {}{}",
    "Check that the school is whole in the file; if the change is meant, accept it with the token of this "
    "run."};
inline constexpr Rule too_many_lost{
    8007, Severity::refusal,
    "{} students would lose Free or Reduced; the district has {} records of the year, and the limit is {}",
    "Check the mapping of the codes, and that this is the right file; if the loss is meant, accept it with "
    "the token of this run."};
inline constexpr Rule too_many_lost_at_school{
    8007, Severity::refusal,
    "At school '{}' {} students would lose Free or Reduced, of {} records more than {}{}",
    "Check the school's codes in the file; if the loss is meant, accept it with the token of this run."};
inline constexpr Rule share_fell{
    8004, Severity::refusal,
    "{} of {} records are Free or Reduced, in the last run {} of {}: the share fell by more than {} points",
    "Check the mapping of the codes, and that the file holds all students; if the fall is meant, accept it "
    "with the token of this run."};
inline constexpr Rule no_records{8005, Severity::refusal, "The input holds no records",
                                 "Check that the POS still writes its file, and that it was copied whole."};
inline constexpr Rule short_file{
    8006, Severity::refusal, "The input holds {} records, and in the last run it held {}: less than {} %",
    "Check that the POS wrote the file to its end, with all schools; if it is whole, accept it with the "
    "token of this run."};
inline constexpr Rule short_at_school{
    8006, Severity::refusal,
    "School '{}' has {} records in the input, and in the last run it had {}: less than {} %{}",
    "Check that the POS wrote the file with all schools; if it is whole, accept it with the token of this "
    "run."};

// Source: meal-status.md 5: it may be that the POS has stopped writing.
inline constexpr Rule unchanged_input{
    9004, Severity::warning, "File '{}' is the same as at the last import, byte for byte",
    "Check that the POS still writes its file; this one is imported all the same."};

/// All of them, for the reference.
inline constexpr std::array of_engine{&source_needs_format,
                                      &source_takes_no_format,
                                      &two_databases,
                                      &no_such_column,
                                      &one_report_file,
                                      &silent_failure,
                                      &record_too_long,
                                      &bad_frame,
                                      &no_input,
                                      &too_much,
                                      &lost_records,
                                      &wrong_columns,
                                      &records_from_nowhere,
                                      &no_room_for_findings,
                                      &packed_encrypted,
                                      &packed_damaged,
                                      &packed_cut_short,
                                      &packed_without_file,
                                      &unpacks_to_too_much,
                                      &packed_document,
                                      &no_room_to_unpack,
                                      &other_token,
                                      &unneeded_token,
                                      &unchanged_input,
                                      &too_many_rejected,
                                      &too_many_changed,
                                      &too_many_changed_at_school,
                                      &too_many_ended,
                                      &too_many_ended_at_school,
                                      &too_many_lost,
                                      &too_many_lost_at_school,
                                      &share_fell,
                                      &no_records,
                                      &short_file,
                                      &short_at_school};

}  // namespace mealsync::rules
