// campus/oneroster/options.hpp -- what a load is told of the set.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <mealsync/school_year.hpp>

namespace mealsync::oneroster {

/// Columns are names of the header: of users.csv, or of demographics.csv where users.csv has none. userIds:TYPE is the
/// value of that type in a list like {TYPE:value}.
struct Options {
  std::filesystem::path set;  // a folder or an archive
  std::optional<std::filesystem::path> provisions, households;
  std::string state_id = "identifier";
  std::string student_number = "sourcedId";
  std::optional<std::string> ssn;            // read only when it is asked for
  std::string school_number = "identifier";  // of orgs.csv
  std::optional<SchoolYear> school_year;     // of what says none, and the active one
};

}  // namespace mealsync::oneroster
