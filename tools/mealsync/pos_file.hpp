// pos_file.hpp -- what a POS file says of each student, read by the pipeline that imports it, up to its merge.
//
// A look: nothing is written, no file is put away, and guards do not judge.
// Errors   What ends the reading is in the outcome.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <engine/run.hpp>
#include <mealsync/meal_status.hpp>

namespace mealsync::tool {

/// Source, format, and the transforms before the first that compares with Campus or adds students who are not in the
/// file.
[[nodiscard]] Plan reading_part(Plan plan);

/// The file as it counts on a day. A student of several records has the best of his statuses.
struct FileCounts {
  std::unordered_map<std::int64_t, Eligibility> students;
  std::uint64_t stopped =
      0;  // records that were rejected or skipped, but for those of schools where all eat free
  std::uint64_t other_days = 0;  // records that do not hold on the day
  Outcome outcome;
};

/// Nothing where the plan does not find out both person and eligibility.
[[nodiscard]] std::optional<FileCounts> count_file(const Plan& reading, Date day);

/// A line of the file that is of one of the students looked for.
struct FileLine {
  std::uint64_t line = 0;
  std::string code;     // as it was sent
  std::string status;   // empty where it was not found out, and words where the line could not be read
  std::string finding;  // codes of what was found wrong
};

struct FileLines {
  std::map<std::string, std::vector<FileLine>, std::less<>> by_key;
  Outcome outcome;
};

/// The column by which the plan tells students apart, where that is one that Campus can list: state_id, student_number
/// or person_id.
[[nodiscard]] std::optional<std::string> key_of(const Plan& reading);

/// The lines whose `key` is one for which `is_wanted` answers true.
[[nodiscard]] FileLines find_lines(const Plan& reading, const std::string& key, Date day,
                                   const std::function<bool(std::string_view key)>& is_wanted);

}  // namespace mealsync::tool
