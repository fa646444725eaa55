// files/pick_lists.hpp -- which of a folder's lists are to be read: by name, month and kind.
//
// Errors   None: an answer without lists says why.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <mealsync/school_year.hpp>

#include "files/list_folder.hpp"
#include "files/list_name.hpp"

namespace mealsync::files {

/// What a state's lists hold: each all students, or only those who have come since the list before.
enum class Coverage : std::uint8_t { full, incremental };

struct Wanted {
  ListKind kind = ListKind::monthly;
  std::optional<Month> month;  // none: the latest of the school year
  Coverage coverage = Coverage::full;
};

struct Picked {
  struct List {
    std::string name;
    std::optional<Month> month;
    std::chrono::system_clock::time_point written;
  };
  std::vector<List> lists;       // in the order to read them
  std::optional<Month> another;  // where there are none: the latest month of which there is one
};

/// `full`: the newest list of the month. `incremental`: every list of the school year up to the month, so that one that was
/// missed is made up for.
[[nodiscard]] inline Picked pick_lists(const std::vector<ListedFile>& files, const NamePattern& pattern,
                                       const Wanted& wanted, SchoolYear year) {
  Picked picked;
  for (const ListedFile& file : files)
    if (const auto read = pattern.read(file.name); read && kind_of(file.name) == wanted.kind)
      picked.lists.push_back({file.name, read->month, file.written});
  std::sort(picked.lists.begin(), picked.lists.end(), [](const Picked::List& a, const Picked::List& b) {
    return std::tie(a.month, a.written, a.name) < std::tie(b.month, b.written, b.name);
  });
  if (picked.lists.empty()) return picked;
  picked.another = picked.lists.back().month;

  const auto is_of_year = [&](const Picked::List& list) {
    return !list.month || year.holds(list.month->first());
  };
  const bool is_full = wanted.coverage == Coverage::full;
  std::erase_if(picked.lists, [&](const Picked::List& list) {
    if (!wanted.month) return !is_of_year(list);
    return is_full ? list.month != wanted.month : *wanted.month < *list.month || !is_of_year(list);
  });
  if (is_full && picked.lists.size() > 1) picked.lists.erase(picked.lists.begin(), picked.lists.end() - 1);
  return picked;
}

}  // namespace mealsync::files
