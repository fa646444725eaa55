// catalog/rules.hpp -- what the catalog finds: plugins (MS2xxx), and settings a stage does not take (MS12xx).
#pragma once

#include <array>

#include <mealsync/rule.hpp>

namespace mealsync::rules {

inline constexpr Rule no_stage{own(2001), Severity::error, "No plugin gives the {} '{}'{}; searched: {}",
                               "Correct the name, or put the plugin into one of these folders."};
inline constexpr Rule not_a_file{own(2002), Severity::error, "Plugin '{}' cannot be read: {}",
                                 "Put the plugin's library there again, readable."};
inline constexpr Rule not_a_library{own(2003), Severity::error,
                                    "Plugin '{}' is no library for this machine: {}",
                                    "Build the plugin for this machine, or copy it again, whole."};
inline constexpr Rule no_entry{own(2004), Severity::error,
                               "Library '{}' is no plugin of mealsync: it exports no {}",
                               "Build it with mealsync_add_plugin and MEALSYNC_PLUGIN, or take it away."};
inline constexpr Rule other_major{
    own(2005), Severity::error, "Plugin '{}' is built for another mealsync: it has {}, this program needs {}",
    "Rebuild the plugin against this version of mealsync."};
inline constexpr Rule newer_minor{own(2006), Severity::error,
                                  "Plugin '{}' needs ABI {}.{}, this program has {}.{}",
                                  "Update mealsync, or rebuild the plugin against this version."};
inline constexpr Rule does_not_open{own(2007), Severity::error, "Plugin '{}' cannot be opened: {}",
                                    "Install what the library needs, or rebuild it."};
inline constexpr Rule writable{own(2008), Severity::error, "Plugin '{}' is refused: {} can be changed by {}",
                               "Take the right to write away from others (chmod go-w)."};
inline constexpr Rule bad_stage{own(2009), Severity::error, "Plugin '{}' has a stage that cannot be used: {}",
                                "Report this to the author of the plugin."};

inline constexpr Rule no_label{
    own(2010), Severity::error, "Plugin '{}' has no label: nobody knows what it holds without opening it",
    "Build it anew against this version of mealsync; a plugin in C writes MS_LABEL (mealsync/abi.h)."};
inline constexpr Rule bad_label{own(2011), Severity::error, "The label of plugin '{}' cannot be read: {}",
                                "Report this to the author of the plugin."};
inline constexpr Rule other_label{own(2012), Severity::error,
                                  "The label of plugin '{}' names {}, and the plugin holds {}",
                                  "Report this to the author of the plugin."};
inline constexpr Rule breaks_down{own(2013), Severity::error,
                                  "Plugin '{}' broke down while it was loaded: {}",
                                  "Report this to the author of the plugin, or take it away."};
inline constexpr Rule two_plugins{own(2014), Severity::error, "Two plugins have the {} '{}': '{}' and '{}'",
                                  "Take one of them away, or search in one of their folders only."};
inline constexpr Rule one_file_name{own(2015), Severity::error, "Two plugins have one name: '{}' and '{}'",
                                    "Take one of them away, or search in one of their folders only."};

inline constexpr Rule unknown_option{own(1201), Severity::error, "The {} has no option '{}'{}",
                                     "See mealsync describe for its options."};
inline constexpr Rule unknown_child{own(1202), Severity::error, "The {} takes no <{}>{}",
                                    "See mealsync describe for what it takes."};
inline constexpr Rule missing_option{own(1203), Severity::error, "The {} needs the option '{}'",
                                     "Add the option."};
inline constexpr Rule wrong_type{own(1204), Severity::error, "Option '{}' is '{}', and {} is needed",
                                 "Correct the value."};
inline constexpr Rule out_of_range{own(1205), Severity::error, "Option '{}' is {}, and must be {}",
                                   "Correct the value."};
inline constexpr Rule no_choice{own(1206), Severity::error, "Option '{}' is '{}'{}; it is one of: {}",
                                "Choose one of the values."};
inline constexpr Rule no_fragment{own(1207), Severity::error, "There is no <values name=\"{}\">{}",
                                  "Add the <values>, or include the file that has it."};
inline constexpr Rule literal_secret{
    own(1208), Severity::warning, "Option '{}' holds a secret in the file itself",
    "Refer to it: env:NAME, or file:PATH of a file that only the owner can read."};

/// All of them, for the reference.
inline constexpr std::array of_catalog{
    &no_stage,      &not_a_file,   &not_a_library, &no_entry,       &other_major,   &newer_minor,
    &does_not_open, &writable,     &bad_stage,     &no_label,       &bad_label,     &other_label,
    &breaks_down,   &two_plugins,  &one_file_name, &unknown_option, &unknown_child, &missing_option,
    &wrong_type,    &out_of_range, &no_choice,     &no_fragment,    &literal_secret};

}  // namespace mealsync::rules
