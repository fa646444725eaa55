// guess/student_key.hpp -- which column says who the student is, as far as the file or a Campus database tells.
//
// Errors   The store's, where the database cannot be read.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "meanings.hpp"

namespace mealsync::guess {

enum class KeyKind : std::uint8_t { none, state_id, student_number, person_id, name_birth_date };

[[nodiscard]] std::string_view spell(KeyKind kind);

/// How many records one column, or the name and the birth date, find a student for.
struct Proof {
  KeyKind kind = KeyKind::none;
  std::vector<std::size_t> columns;  // one; of a name: last name, first name, birth date
  std::uint64_t records = 0;
};

struct StudentKey {
  Proof chosen;
  std::vector<Proof> proofs;  // best first; none where there was no database to ask
  int id_digits = 10;         // of a state ID; 0 where it may hold letters, or lengths differ
};

/// By the columns' names and forms alone.
[[nodiscard]] StudentKey key_of(const Table& table, const Meanings& meanings);

/// By the students of a Campus database.
[[nodiscard]] StudentKey prove_key(std::string_view bytes, const Shape& shape, const Table& table,
                                   const Meanings& meanings, const std::filesystem::path& campus);

}  // namespace mealsync::guess
