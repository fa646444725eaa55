// campus/oneroster/enrollments.hpp -- in which school a student is in which year, out of the classes he takes.
//
// A set enrols students in classes; Campus enrols them in schools. All classes of one school in one year are one
// enrolment, from the earliest day to the latest.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <utility>
#include <vector>

#include <campus/oneroster/people.hpp>
#include <campus/oneroster/years.hpp>
#include <campus/store/incoming_roster.hpp>

namespace mealsync::oneroster {

class Enrollments {
 public:
  explicit Enrollments(Table& table);

  /// Adds the enrolments, and the students of whom one could not be read.
  void read(const Years& years, const Schools& schools, const People& people, Texts& texts,
            campus::IncomingRoster& roster);

 private:
  [[nodiscard]] bool read_row(const Years& years, const Schools& schools, const People& people,
                              campus::IncomingRoster& roster);
  void add(std::uint32_t person, std::uint32_t school, const campus::IncomingYear& year,
           const std::optional<Date>& first, const std::optional<Date>& last, campus::IncomingRoster& roster);
  static void choose_primaries(const People& people, campus::IncomingRoster& roster);

  Table& table_;
  struct {
    Table::Column status, of_class, school, user, role, first, last;
  } at_;
  boost::unordered_flat_map<std::pair<std::uint64_t, int>, std::uint32_t> places_;  // person, school and year
};

}  // namespace mealsync::oneroster
