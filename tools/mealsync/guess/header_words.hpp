// guess/header_words.hpp -- what the name of a column says that it holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mealsync::guess {

enum class Meaning : std::uint8_t {
  state_id,
  student_number,
  last_name,
  first_name,
  birth_date,
  start_date,
  end_date,
  school_year,
  school,
  code,
  ssn,
  case_number,
  person,  // something else about a student, which no import needs
  constant,
  unknown
};

/// In words, for people.
[[nodiscard]] std::string_view in_words(Meaning meaning);

/// "StudentDOB" and "STUDENT_DOB" are student, dob.
[[nodiscard]] std::vector<std::string> words_of(std::string_view name);

/// What the name says, or nothing.
[[nodiscard]] std::optional<Meaning> meaning_of_header(std::string_view name);

/// Whether it holds a word that only the name of a column holds.
[[nodiscard]] bool is_header_name(std::string_view name);

}  // namespace mealsync::guess
