// merge_trial.hpp -- the merge tried on a few lines of a file against a few records of a database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <mealsync/trial.hpp>

#include "built_stage.hpp"
#include "campus_database.hpp"

namespace mealsync::testing {

using Counters = std::map<std::string, std::uint64_t>;

inline constexpr auto merge_columns =
    "person_id:int | state_id | eligibility:eligibility | source:source | certified_type:certified_type |"
    " start_date:date | end_date:date\n";

inline Trial merge_at(const std::string& database, std::vector<Setting> settings, const std::string& rows,
                      const Facts& facts = {}) {
  settings.push_back({"database", database});
  return run(stage("merge_eligibility"), settings, merge_columns + rows, facts);
}

/// `records`: (eligibilityID, personID, endYear, eligibility, source, type, startDate, endDate, applicationID)
inline std::string insert_meals(const std::string& records) {
  if (records.empty()) return {};
  return "INSERT INTO POSEligibility (eligibilityID, personID, endYear, eligibility, source, type, startDate,"
         " endDate, applicationID, eligType) SELECT *, 'Meal' FROM (VALUES " +
         records + ");";
}

inline Trial merge(const std::string& records, const std::vector<Setting>& settings,
                   const std::string& rows) {
  const Folder folder;
  return merge_at(campus_with(folder, insert_meals(records)).string(), settings, rows);
}

/// What was counted for the guards, or for everybody.
inline Counters counted(const Trial& trial, bool for_guards) {
  Counters counted;
  for (const auto& [name, value] : trial.counters)
    if (name.starts_with(MS_GUARD_COUNTER) == for_guards) counted.emplace(name, value);
  return counted;
}

/// The changes without what they were and what all have in common:
/// state ID, record, action, eligibility, source, certified type, start, end, fate.
inline std::string changes(const Trial& trial) {
  constexpr std::size_t told[] = {0, 2, 5, 6, 7, 8, 9, 10, 16};
  std::string all;
  for (const auto line : detail::split(detail::trim(trial.rows), '\n')) {
    const auto cells = detail::split(line, '|');
    std::string change;
    for (const std::size_t cell : told)
      if (cells.size() > cell && !cells[cell].empty())
        change += (change.empty() ? "" : " ") + std::string(cells[cell]);
    all += change + '\n';
  }
  return all;
}

}  // namespace mealsync::testing
