// guess/draft.hpp -- a pipeline of the ordinary stages for a file of which something is known.
//
// What is not known is left as a fault that `check` reports at its line.
#pragma once

#include <string>
#include <vector>

#include "codes.hpp"
#include "meanings.hpp"
#include "student_key.hpp"

namespace mealsync::guess {

struct Findings {
  std::string name;    // of the pipeline
  std::string path;    // of the file, as the pipeline names it
  std::string campus;  // likewise
  Shape shape;
  Table table;
  Meanings meanings;
  StudentKey key;
  std::vector<std::size_t> code_columns;
  Codes codes;
};

/// A name that each column has in the pipeline; empty where it is passed over.
[[nodiscard]] std::vector<std::string> names_of(const Findings& found);

[[nodiscard]] std::string draft_of(const Findings& found);

}  // namespace mealsync::guess
