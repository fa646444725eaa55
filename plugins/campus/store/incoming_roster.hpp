// campus/store/incoming_roster.hpp -- a district's schools and students as somebody else has them, to be made those
// of the student database.
//
// Units      Lines are those of the file that a row came from, for whoever has to tell of it.
// Ownership  Texts are borrowed; they live as long as the load. An empty text says nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <mealsync/date.hpp>
#include <mealsync/school_year.hpp>

namespace mealsync::campus {

struct IncomingYear {
  SchoolYear year;
  Date first, last;
};

struct IncomingSchool {
  std::string_view sourced_id;
  std::string_view number;
  std::string_view name;
  std::uint64_t line = 0;
};

struct IncomingPerson {
  std::string_view sourced_id;
  std::string_view state_id, student_number;
  std::string_view last_name, first_name, middle_name;
  std::string_view gender;  // M, F, N
  std::optional<Date> birth_date;
  std::string_view ssn;
  std::string_view grade;
  std::uint64_t line = 0;
};

/// One a person, school and year.
struct IncomingEnrollment {
  std::uint32_t person = 0;  // where he and the school stand in the roster
  std::uint32_t school = 0;
  SchoolYear year;
  bool is_primary = false;
  Date first, last;
};

/// One a school and year.
struct IncomingProvision {
  std::string_view school;  // its number
  SchoolYear year;
  std::string_view provision;  // empty: the school has none
  std::optional<double> isp;
  std::string_view group;
  std::uint64_t line = 0;
};

/// One a household and student.
struct IncomingMember {
  std::string_view household;
  std::string_view household_name;
  std::string_view student;  // his state ID, or what the roster calls him
  bool is_secondary = false;
  std::optional<Date> first, last;
  std::uint64_t line = 0;
};

struct IncomingRoster {
  std::vector<IncomingYear> years;
  std::vector<IncomingSchool> schools;
  std::vector<IncomingPerson> persons;
  std::vector<IncomingEnrollment> enrollments;
  std::vector<IncomingProvision> provisions;
  std::vector<IncomingMember> members;

  /// The year that becomes the active one, unless a later one is.
  SchoolYear active;
  /// It becomes so whatever the database says.
  bool is_active_told = false;
  bool has_ssn = false;
  /// Whether an enrolment that is not here, of a school and a year that are, is over.
  bool removes_absent = true;
  /// Students and households of whom something could not be read: nothing of theirs is removed.
  std::vector<std::string_view> held_persons, held_households;
};

}  // namespace mealsync::campus
