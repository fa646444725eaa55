// histories/history.hpp -- a small district as text: who there is, what Campus has of them, what comes in.
//
//   option    | merge_eligibility | precedence | rank          of a stage; `run` has as_of and expiration
//   student   | 11 | 1000000011                                person and state ID
//   enrolment | 11 | 010 | 2017 | P | 2016-07-05 |             school, year, service type, first and last day
//   record    | 11 | 2017 | Meal | F | D | SNAP | 2016-07-10 | 2017-06-30 | 901       the last: its application
//   line      | 1000000011,F,SNAP,07/12/2016,06/30/2017        of the file: state ID, status, code, start, end
//
// A blank cell is NULL in the database, '' a text without letters. Records are numbered from 1, as they stand.
// The school year is 2016-17. School 010 and 040 teach it as usual, 020 is CEP, 030 is at Provision 2.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/date.hpp>
#include <mealsync/school_year.hpp>

namespace mealsync::testing {

inline constexpr SchoolYear year{2017};

using Cells = std::vector<std::string>;

/// By stage and name; what is not here has the stage's own default.
using Options = std::map<std::string, std::map<std::string, std::string>>;

/// Some students who have nothing to do with those of other cases.
struct Case {
  std::vector<Cells> students, enrolments, records;
  std::vector<std::string> lines;
};

struct History {
  Options options;
  std::vector<Case> cases;
};

/// The option's value, or `otherwise`.
[[nodiscard]] std::string option(const Options& options, const std::string& stage, const std::string& name,
                                 const std::string& otherwise);
/// The last day of an open record of that year, as the merge takes it.
[[nodiscard]] Date last_day_of_open(const Options& options, SchoolYear of);

[[nodiscard]] std::string write(const Options& options, const Case& shown);
/// A history of one case. Throws std::runtime_error at a line that is none of these.
[[nodiscard]] History read_history(std::string_view text);

}  // namespace mealsync::testing
