#include "raw_cells.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace mealsync::tool {

void each_raw_cell(
    const std::string& file,
    const std::function<void(std::uint64_t line, std::size_t index, std::string_view cell)>& body) {
  constexpr std::string_view separators = ",;|\t~^", around = " \"'\r";
  std::error_code none;
  if (!std::filesystem::is_regular_file(file, none)) return;
  std::ifstream in(file, std::ios::binary);
  std::string text;
  for (std::uint64_t line = 1; std::getline(in, text); ++line) {
    std::string_view left = text;
    for (std::size_t index = 0; !left.empty(); ++index) {
      const auto end = std::min(left.find_first_of(separators), left.size());
      std::string_view cell = left.substr(0, end);
      left.remove_prefix(std::min(end + 1, left.size()));
      const auto first = cell.find_first_not_of(around);
      if (first == std::string_view::npos) continue;
      body(line, index, cell.substr(first, cell.find_last_not_of(around) + 1 - first));
    }
  }
}

}  // namespace mealsync::tool
