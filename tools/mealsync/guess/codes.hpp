// guess/codes.hpp -- every combination of codes that the records hold, with what it says plainly.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "code_words.hpp"
#include "profile.hpp"

namespace mealsync::guess {

struct CodeCombination {
  std::string when;  // as a <map> has it: a value a column, divided by |
  Target target;
  std::uint64_t records = 0;
};

struct Codes {
  std::vector<CodeCombination> listed;  // the most frequent first
  bool say_why = false;                 // or may: then each has to say it for itself
  std::uint64_t unlisted = 0;           // records whose values no <map> can name, or that would be too many
};

[[nodiscard]] Codes codes_in(std::string_view bytes, const Shape& shape, const Table& table,
                             const std::vector<std::size_t>& columns);

}  // namespace mealsync::guess
