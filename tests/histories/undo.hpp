// histories/undo.hpp -- what a run changed in one student's records, taken back from what it kept of them.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "import.hpp"

namespace mealsync::testing {

inline constexpr std::array now_columns{
    std::pair{meal::end_year, change::end_year}, std::pair{meal::eligibility, change::eligibility},
    std::pair{meal::source, change::source},     std::pair{meal::type, change::type},
    std::pair{meal::start, change::start},       std::pair{meal::end, change::end}};
inline constexpr std::array was_columns{std::pair{meal::end_year, change::was_end_year},
                                        std::pair{meal::eligibility, change::was_eligibility},
                                        std::pair{meal::source, change::was_source},
                                        std::pair{meal::type, change::was_type},
                                        std::pair{meal::start, change::was_start},
                                        std::pair{meal::end, change::was_end},
                                        std::pair{meal::application, change::was_application},
                                        std::pair{meal::extended, change::was_extended},
                                        std::pair{meal::district, change::was_district},
                                        std::pair{meal::run, change::was_run},
                                        std::pair{meal::modified, change::was_modified}};

/// The records before the changes, the last change first. Nothing where one does not find what it says it left.
[[nodiscard]] inline std::optional<std::vector<Cells>> undo(std::vector<Cells> records,
                                                            const std::vector<Cells>& changes) {
  for (auto step = changes.rbegin(); step != changes.rend(); ++step) {
    const Cells& kept = *step;
    auto record = std::find_if(records.begin(), records.end(),
                               [&](const Cells& each) { return each[meal::id] == kept[change::id]; });
    const bool is_gone = kept[change::action] == "remove";
    if (is_gone != (record == records.end())) return std::nullopt;
    if (is_gone) {
      Cells put_back(meal::modified + 1);
      put_back[meal::id] = kept[change::id];
      put_back[meal::person] = kept[change::person];
      put_back[meal::elig_type] = "Meal";
      record = records.insert(records.end(), std::move(put_back));
    } else {
      for (const auto& [column, now] : now_columns)
        if ((*record)[column] != kept[now]) return std::nullopt;
    }
    if (kept[change::action] == "insert") {
      records.erase(record);
      continue;
    }
    for (const auto& [column, was] : was_columns)
      (*record)[column] = kept[was];
  }
  std::sort(records.begin(), records.end(),
            [](const Cells& a, const Cells& b) { return std::stoll(a[meal::id]) < std::stoll(b[meal::id]); });
  return records;
}

}  // namespace mealsync::testing
