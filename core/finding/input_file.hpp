// finding/input_file.hpp -- one file that a run has read.
#pragma once

#include <cstdint>
#include <string>

namespace mealsync {

struct InputFile {
  std::string file;  // its name, without the folder
  std::uint64_t bytes = 0;
  std::string sha256;
  std::string path{};  // where it was, absolute; empty: on another machine
};

}  // namespace mealsync
