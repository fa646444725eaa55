// pipeline/rules.hpp -- the findings of a pipeline file: MS11xx its text, MS13xx its language,
// MS14xx variables, MS15xx includes, MS16xx secrets. (MS12xx are the catalog's: what stages take.)
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::rules {

inline constexpr Rule file_missing{own(1101), Severity::error, "File '{}' does not exist",
                                   "Correct the path, or put the file there."};
inline constexpr Rule file_is_folder{own(1102), Severity::error, "'{}' is a folder, not a file",
                                     "Name the file inside the folder."};
inline constexpr Rule file_is_special{own(1103), Severity::error, "'{}' is not a regular file",
                                      "Name a regular file; pipes and devices are not read."};
inline constexpr Rule file_unreadable{own(1104), Severity::error, "File '{}' cannot be read: {}",
                                      "Give the account that runs mealsync the right to read the file."};
inline constexpr Rule file_too_large{own(1105), Severity::error, "File '{}' is larger than {} bytes",
                                     "Check that this is a pipeline file and not a file of records."};
inline constexpr Rule other_encoding{own(1106), Severity::error, "The file is in '{}', not in UTF-8",
                                     "Save the file as UTF-8."};
inline constexpr Rule invalid_utf8{own(1107), Severity::error, "Byte {} is not valid UTF-8",
                                   "Save the file as UTF-8."};
inline constexpr Rule control_character{own(1108), Severity::error, "Control character {} stands in the file",
                                        "Remove the character, or restore the file from a copy."};
inline constexpr Rule not_well_formed{own(1109), Severity::error, "The file is not well-formed XML: {}",
                                      "Correct the tag or attribute at this place or just before it."};
inline constexpr Rule no_root{own(1110), Severity::error, "The file holds no element",
                              "Write the pipeline into the file, or name another file."};
inline constexpr Rule second_root{own(1111), Severity::error, "'{}' is a second root element",
                                  "Keep one root element, and put everything else inside it."};
inline constexpr Rule text_outside{own(1112), Severity::error, "Text stands outside the root element",
                                   "Remove the text, or make it a comment."};
inline constexpr Rule doctype{
    own(1113), Severity::error, "A DOCTYPE stands in the file",
    "Remove the DOCTYPE: entities are not expanded; variables and includes do their work."};
inline constexpr Rule duplicate_attribute{own(1114), Severity::error, "Attribute '{}' is given twice",
                                          "Keep one of the two."};
inline constexpr Rule unknown_entity{own(1115), Severity::error, "Entity '{}' is unknown",
                                     "Write the character itself; & is written as &amp;."};
inline constexpr Rule bare_ampersand{own(1116), Severity::error, "An '&' stands alone", "Write it as &amp;."};
inline constexpr Rule bare_less_than{own(1117), Severity::error,
                                     "A '<' stands in the value of attribute '{}'",
                                     "Write it as &lt;, or close the value with a quote before it."};
inline constexpr Rule too_deep{own(1118), Severity::error, "Element '{}' is nested more than {} levels deep",
                               "Close the elements around it."};

inline constexpr Rule wrong_root{own(1301), Severity::error, "The root element is '{}', not '{}'",
                                 "Name a pipeline file to run and a fragment file to include."};
inline constexpr Rule unknown_element{own(1302), Severity::error, "Element '{}' is unknown in '{}'{}",
                                      "Correct the name of the element, or remove it."};
inline constexpr Rule unknown_attribute{own(1303), Severity::error, "Attribute '{}' is unknown in '{}'{}",
                                        "Correct the name of the attribute, or remove it."};
inline constexpr Rule missing_attribute{own(1304), Severity::error, "Element '{}' has no attribute '{}'",
                                        "Add the attribute."};
inline constexpr Rule stray_text{own(1305), Severity::error, "Text stands in element '{}', which takes none",
                                 "Remove the text, or make it a comment."};
inline constexpr Rule repeated_element{own(1306), Severity::error, "Element '{}' is given twice in '{}'",
                                       "Keep one of the two."};
inline constexpr Rule empty_attribute{own(1307), Severity::error, "Attribute '{}' is empty",
                                      "Give it a value."};
inline constexpr Rule bad_pipeline_name{
    own(1308), Severity::error, "'{}' is not a name for a pipeline",
    "Use letters, digits, dots, hyphens and underscores, and begin with a letter or digit: the name becomes "
    "part of file names."};
inline constexpr Rule bad_school_year{own(1309), Severity::error, "'{}' is not a school year",
                                      "Write it as 2016-17."};
inline constexpr Rule bad_choice{own(1310), Severity::error, "Attribute '{}' is '{}'; it may be {}",
                                 "Choose one of the values."};
inline constexpr Rule bad_percent{own(1311), Severity::error,
                                  "Attribute '{}' is '{}', not a whole number from 0 to 100",
                                  "Write the percentage without a sign, as 10."};
inline constexpr Rule bad_count{own(1330), Severity::error, "Attribute '{}' is '{}', not a whole number",
                                "Write the number of records without a sign or separator, as 500."};
inline constexpr Rule bad_time{own(1312), Severity::error, "'{}' is not a time of day",
                               "Write hours and minutes as 01:00, up to 23:59."};
inline constexpr Rule bad_day_of_month{own(1313), Severity::error, "'{}' is not a day of the month",
                                       "Write a number from 1 to 31; a shorter month runs on its last day."};
inline constexpr Rule day_without_use{own(1314), Severity::error,
                                      "A daily schedule has no day, yet 'day' is given",
                                      "Remove the day, or make the schedule weekly or monthly."};
inline constexpr Rule no_source{own(1315), Severity::error, "The pipeline has no source",
                                "Add a <source> that says where the records come from."};
inline constexpr Rule second_source{
    own(1316), Severity::error, "'{}' is a second source",
    "Keep one source, and make a pipeline for each of the others; to replace that of an include, give it "
    "the same id."};
inline constexpr Rule no_sink{own(1317), Severity::error, "The pipeline has no sink",
                              "Add a <sink> that says where the records go."};
inline constexpr Rule wrong_order{own(1318), Severity::error, "The {} '{}' stands after the {} '{}'",
                                  "Put the source first, then the transforms, then the sinks."};
inline constexpr Rule second_format{own(1319), Severity::error, "'{}' is a second format of one source",
                                    "Keep the format in which the files are written."};
inline constexpr Rule duplicate_id{own(1320), Severity::error, "Id '{}' belongs to the {} on {} already",
                                   "Give each stage an id of its own."};
inline constexpr Rule duplicate_plugin{own(1321), Severity::error,
                                       "'{}' is used a second time without an id, after {}",
                                       "Add an id to each use of the plugin."};
inline constexpr Rule duplicate_values{own(1322), Severity::error, "Values '{}' are given twice in one file",
                                       "Give one of the two another name, or join them."};

inline constexpr Rule unknown_time_zone{
    own(1323), Severity::error, "This machine knows no time zone '{}'{}",
    "Write a name of the tz database, as America/New_York; Debian's package tzdata has it."};

inline constexpr Rule notifies_nobody{own(1324), Severity::error, "A <notify> names nobody",
                                      "Add mail=\"…\" or webhook=\"…\" to it."};
inline constexpr Rule bad_mail_address{
    own(1325), Severity::error, "'{}' is not a mail address",
    "Write it as food.service@district.example; blanks stand between two."};
inline constexpr Rule bad_mail_server{
    own(1326), Severity::error, "Attribute '{}' is not the address of a mail server",
    "Write smtp://mail.district.example:587, or smtps://mail.district.example, without a user."};
inline constexpr Rule bad_web_address{
    own(1327), Severity::error, "Attribute '{}' is not an address that starts with https://",
    "Write the whole address, without a user; http:// is for this machine itself only."};
inline constexpr Rule written_password{own(1328), Severity::warning,
                                       "The password of the mail server stands in the file",
                                       "Write env:NAME or file:PATH, and keep the password there."};

inline constexpr Rule bad_variable_name{own(1401), Severity::error, "'{}' is not a name for a variable",
                                        "Use letters, digits, dots, hyphens and underscores."};
inline constexpr Rule reserved_variable{
    own(1402), Severity::error, "Variable '{}' belongs to the run",
    "Choose another name: pipeline, run and date get their values when it runs."};
inline constexpr Rule duplicate_variable{own(1403), Severity::error,
                                         "Variable '{}' is given twice in one file", "Keep one of the two."};
inline constexpr Rule unknown_variable{own(1404), Severity::error, "Variable '{}' is unknown{}",
                                       "Correct the name, or add a <variable> for it."};
inline constexpr Rule broken_reference{
    own(1405), Severity::error, "A '${' without a name and '}' stands in attribute '{}'",
    "Close the reference, as in ${name}; a dollar sign itself is written $$."};
inline constexpr Rule variable_cycle{own(1406), Severity::error, "Variable '{}' uses itself: {}",
                                     "Give one of these variables a value that does not use the others."};
inline constexpr Rule variable_too_deep{own(1407), Severity::error,
                                        "Variable '{}' stands at the end of a chain of {} variables",
                                        "Give the variables of this chain their values directly."};
inline constexpr Rule variables_too_large{own(1408), Severity::error,
                                          "The variables of this pipeline grow to more than {} bytes",
                                          "Look for a variable that uses another many times over."};
inline constexpr Rule undeclared_set{own(1409), Severity::error,
                                     "--set names '{}', which no variable declares{}",
                                     "Correct the name, or add a <variable> for it."};

inline constexpr Rule include_cycle{own(1501), Severity::error, "File '{}' includes itself",
                                    "Remove this include, or the one that leads back here."};
inline constexpr Rule include_too_deep{own(1502), Severity::error,
                                       "File '{}' is included more than {} levels deep",
                                       "Include the file from a place nearer to the pipeline."};

inline constexpr Rule secret_not_set{own(1601), Severity::error,
                                     "Environment variable '{}' of option '{}' is not set",
                                     "Set the variable in the account that runs mealsync."};
inline constexpr Rule secret_unreadable{
    own(1602), Severity::error, "Secret file '{}' of option '{}' cannot be read: {}",
    "Correct the path, or give the account that runs mealsync the right to read it."};
inline constexpr Rule secret_not_a_file{own(1603), Severity::error,
                                        "Secret file '{}' of option '{}' is not a regular file",
                                        "Name a regular file that holds the secret and nothing else."};
inline constexpr Rule secret_open_to_others{own(1604), Severity::error,
                                            "Secret file '{}' of option '{}' is open to other accounts",
                                            "Take the rights of group and others away with chmod 600."};
inline constexpr Rule secret_too_large{own(1605), Severity::error,
                                       "Secret file '{}' of option '{}' is larger than {} bytes",
                                       "Name a file that holds the secret and nothing else."};
inline constexpr Rule secret_empty{own(1606), Severity::error, "'{}' of option '{}' holds an empty secret",
                                   "Put the secret there."};

/// All of them, for the reference.
inline constexpr std::array of_pipeline{&file_missing,
                                        &file_is_folder,
                                        &file_is_special,
                                        &file_unreadable,
                                        &file_too_large,
                                        &other_encoding,
                                        &invalid_utf8,
                                        &control_character,
                                        &not_well_formed,
                                        &no_root,
                                        &second_root,
                                        &text_outside,
                                        &doctype,
                                        &duplicate_attribute,
                                        &unknown_entity,
                                        &bare_ampersand,
                                        &bare_less_than,
                                        &too_deep,
                                        &wrong_root,
                                        &unknown_element,
                                        &unknown_attribute,
                                        &missing_attribute,
                                        &stray_text,
                                        &repeated_element,
                                        &empty_attribute,
                                        &bad_pipeline_name,
                                        &bad_school_year,
                                        &bad_choice,
                                        &bad_percent,
                                        &bad_count,
                                        &bad_time,
                                        &bad_day_of_month,
                                        &day_without_use,
                                        &no_source,
                                        &second_source,
                                        &no_sink,
                                        &wrong_order,
                                        &second_format,
                                        &duplicate_id,
                                        &duplicate_plugin,
                                        &duplicate_values,
                                        &unknown_time_zone,
                                        &notifies_nobody,
                                        &bad_mail_address,
                                        &bad_mail_server,
                                        &bad_web_address,
                                        &written_password,
                                        &bad_variable_name,
                                        &reserved_variable,
                                        &duplicate_variable,
                                        &unknown_variable,
                                        &broken_reference,
                                        &variable_cycle,
                                        &variable_too_deep,
                                        &variables_too_large,
                                        &undeclared_set,
                                        &include_cycle,
                                        &include_too_deep,
                                        &secret_not_set,
                                        &secret_unreadable,
                                        &secret_not_a_file,
                                        &secret_open_to_others,
                                        &secret_too_large,
                                        &secret_empty};

}  // namespace mealsync::rules
