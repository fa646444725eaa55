// golden/shapes.hpp -- what in a case's input has the shape of a Social Security Number.
#pragma once

#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "../pipelines/program.hpp"

namespace mealsync::testing {

/// Nine digits that stand alone, also as ddd-dd-dddd, in the files that a run reads in this folder.
inline std::set<std::string> ssns_of(const std::filesystem::path& folder) {
  static const std::regex shape("(?:^|[^0-9])([0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4})(?![0-9])");
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".txt" || !entry.is_regular_file()) continue;
    if (entry.path().parent_path().filename() == "reports") continue;
    const std::string text = bytes_of(entry.path());
    for (std::sregex_iterator each(text.begin(), text.end(), shape), end; each != end; ++each)
      found.insert((*each)[1]);
  }
  return found;
}

}  // namespace mealsync::testing
