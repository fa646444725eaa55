// campus/oneroster/rules.hpp -- everything that a load may find. A fatal finding loads nothing; an error leaves its row
// out; a warning leaves nothing out.
//
// Codes    4002, 4010, 4011, 5001 and 5003 are those of an import and mean the same; MS60.. are a load's own.
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::oneroster {

// Of the set and its files.
inline constexpr Rule no_set{own(6001), Severity::fatal, "There is no folder or archive to read: {}",
                             "Name the folder that holds the CSV files, or the .zip archive of them."};
inline constexpr Rule no_archive{own(6001), Severity::fatal, "The archive cannot be opened: {}",
                                 "Name a folder, or an archive that is a whole .zip file; fetch it again."};
inline constexpr Rule no_file{
    own(6002), Severity::fatal, "The set has no {}",
    "Have the system export it too: orgs, users, enrollments and academicSessions are "
    "needed, and roles where users.csv has no column role."};
inline constexpr Rule many_sets{own(6002), Severity::fatal, "Several folders hold a set: {}",
                                "Name the folder of one of them, or make an archive of one."};
inline constexpr Rule file_twice{own(6002), Severity::fatal, "The set has more than one {}",
                                 "Leave one of them; the case of a name does not count."};
inline constexpr Rule no_reading{own(6003), Severity::fatal, "The file cannot be read: {}",
                                 "Check the rights of the account, or fetch the file again."};
inline constexpr Rule too_large{
    own(6003), Severity::fatal, "The archive unpacks to more than {} bytes",
    "Check that it is the right archive; unpack it and name the folder where it is."};
inline constexpr Rule unsafe_name{own(6004), Severity::warning, "Entry {} of the archive is not read: {}",
                                  "Have the archive made anew, of plain files, in one folder at most."};
inline constexpr Rule is_delta{own(6005), Severity::fatal,
                               "The manifest says that {} is a delta, and only whole sets are loaded",
                               "Have the system export a bulk set."};
inline constexpr Rule other_version{own(6006), Severity::warning,
                                    "The manifest says version '{}'; known are 1.1 and 1.2",
                                    "Check what was loaded: the columns may mean something else."};
inline constexpr Rule no_column{
    own(6007), Severity::fatal, "The header has no column {}",
    "Have the system export the column, or name another one; an option of the load "
    "names the columns of state ID, student number and school number."};
inline constexpr Rule column_twice{own(6007), Severity::fatal, "The header has more than one column '{}'",
                                   "Have the file exported anew; its columns cannot be told apart."};
inline constexpr Rule no_header{own(6007), Severity::fatal, "The header cannot be read",
                                "The first line names the columns, in UTF-8; have the file exported anew."};
inline constexpr Rule no_rows{own(6008), Severity::warning, "The file has a header and no rows",
                              "Check the export, unless it is empty on purpose."};

// Of rows, as an import has them.
inline constexpr Rule no_value{4002, Severity::error, "Required field [{}] has no value",
                               "Enter the value in the system that exports the set."};
inline constexpr Rule wrong_count{
    4010, Severity::error, "Wrong number of columns: {}, expected {}",
    "Have the row exported anew; a comma inside a value needs quotes around it."};
inline constexpr Rule too_long{4010, Severity::error, "Line is longer than {} bytes",
                               "Have the row exported anew; a quote too many makes one row of many."};
inline constexpr Rule bad_quotes{4010, Severity::error,
                                 "The quotes of the line do not close where a value ends",
                                 "Double each quote inside a quoted value."};
inline constexpr Rule no_number{4010, Severity::error, "The value of column '{}' is no {}",
                                "Correct the value; mealsync campus load --help shows the columns."};
inline constexpr Rule no_text{4011, Severity::error,
                              "Text in column '{}' cannot be read as UTF-8 or Windows-1252",
                              "Write the file anew as UTF-8."};
inline constexpr Rule ends_first{5001, Severity::error, "Row ends {}, before it starts {}",
                                 "Correct the dates in the system that exports the set."};
inline constexpr Rule no_date{5003, Severity::error, "The value of column '{}' is no date (YYYY-MM-DD)",
                              "Correct the date, or how the system exports dates."};

// Of rows, by what they refer to.
inline constexpr Rule no_year{own(6010), Severity::fatal, "No academic session says which school year it is",
                              "Have the system export the school year, or name it with --school-year."};
inline constexpr Rule year_disagrees{
    own(6011), Severity::warning, "Session of {} says school year '{}'; its dates are taken",
    "Correct the year: schoolYear is the year in which the session's school year "
    "ends."};
inline constexpr Rule enrollment_of_no_year{
    own(6012), Severity::error, "The enrollment is of no school year of the set",
    "Have the class's term or the dates exported, or name the year with "
    "--school-year."};
inline constexpr Rule unknown_org{own(6013), Severity::error, "No school of the set has sourcedId '{}'",
                                  "Have the school exported to orgs.csv, with type school."};
inline constexpr Rule unknown_user{own(6014), Severity::error, "No user of the set has sourcedId '{}'",
                                   "Have the student exported to users.csv."};
inline constexpr Rule no_student{own(6014), Severity::error, "The user with sourcedId '{}' is no student",
                                 "Correct the role, of the user or of the enrollment."};
inline constexpr Rule twice{own(6015), Severity::error, "sourcedId '{}' stands in line {} already",
                            "Have the set exported anew; the first of the rows was taken."};
inline constexpr Rule no_state_id{
    own(6016), Severity::warning, "Student '{}' has no state ID",
    "Enter it in the system that exports the set, or name its column with --state-id; "
    "an import matches students on it."};
inline constexpr Rule same_state_id{own(6017), Severity::warning,
                                    "State ID '{}' is that of the student in line {} too",
                                    "Merge the students; an import of meal status rejects their records."};
inline constexpr Rule same_school_number{own(6018), Severity::warning,
                                         "School number '{}' is that of line {} too",
                                         "Name another column with --school-number."};
inline constexpr Rule nothing_removed{own(6019), Severity::warning,
                                      "Rows cannot be read, so that no enrollment is removed: {} of them",
                                      "Correct the rows, and load the set again."};

// Of what the database has.
inline constexpr Rule several_persons{
    own(6020), Severity::error,
    "Which student of the database has state ID '{}' cannot be told; he is left as he is",
    "Merge the persons in Campus, and load the set again."};
inline constexpr Rule several_schools{
    own(6021), Severity::error,
    "Which school of the database has number '{}' cannot be told; it is left as it is",
    "Give each school of the database a number of its own."};

// Of the files beside the set.
inline constexpr Rule no_such_school{own(6022), Severity::error, "No school has the number '{}'",
                                     "Correct the number: it is the one that --school-number names."};
inline constexpr Rule no_such_student{own(6023), Severity::error,
                                      "No student has the state ID or sourcedId '{}'",
                                      "Correct the student of the row."};
inline constexpr Rule several_such_students{own(6023), Severity::error,
                                            "Several students have the state ID '{}'",
                                            "Name the student by his sourcedId."};
inline constexpr Rule said_before{own(6015), Severity::error, "Line {} says something of this {} already",
                                  "Leave one of the two lines."};
inline constexpr Rule other_provision{
    own(6024), Severity::warning,
    "Provision '{}' is none that feeds every student: CEP, Provision 2, Provision 3",
    "Correct the word, if one of these is meant."};

inline constexpr std::array all_rules{&no_set,
                                      &no_archive,
                                      &no_file,
                                      &many_sets,
                                      &file_twice,
                                      &no_reading,
                                      &too_large,
                                      &unsafe_name,
                                      &is_delta,
                                      &other_version,
                                      &no_column,
                                      &column_twice,
                                      &no_header,
                                      &no_rows,
                                      &no_value,
                                      &wrong_count,
                                      &too_long,
                                      &bad_quotes,
                                      &no_number,
                                      &no_text,
                                      &ends_first,
                                      &no_date,
                                      &no_year,
                                      &year_disagrees,
                                      &enrollment_of_no_year,
                                      &unknown_org,
                                      &unknown_user,
                                      &no_student,
                                      &twice,
                                      &no_state_id,
                                      &same_state_id,
                                      &same_school_number,
                                      &nothing_removed,
                                      &several_persons,
                                      &several_schools,
                                      &no_such_school,
                                      &no_such_student,
                                      &several_such_students,
                                      &said_before,
                                      &other_provision};

}  // namespace mealsync::oneroster
