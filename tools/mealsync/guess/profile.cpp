#include "profile.hpp"

#include <algorithm>
#include <utility>

#include "header_words.hpp"

namespace mealsync::guess {
namespace {

bool has_digit(const std::string& cell) {
  return std::any_of(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Words such as a header is made of, and nothing that a record of a child holds.
bool is_header(const std::vector<std::string>& cells) {
  const auto named =
      std::count_if(cells.begin(), cells.end(), [](const auto& cell) { return is_header_name(cell); });
  const auto digits = std::count_if(cells.begin(), cells.end(), [](const std::string& cell) {
    return has_digit(cell) && !is_header_name(cell);
  });
  return digits == 0 && named * 2 >= std::ssize(cells);
}

}  // namespace

Table profile(std::string_view bytes, const Shape& shape) {
  Table table;
  table.columns.resize(shape.columns);
  bool is_first = true;
  table.broken = each_record(bytes, shape, [&](Cells cells) {
    if (std::exchange(is_first, false)) {
      const std::vector<std::string> first(cells.begin(), cells.end());
      if (!shape.is_fixed() && is_header(first)) {
        table.header = first;
        return;
      }
    }
    ++table.records;
    for (std::size_t i = 0; i < cells.size(); ++i)
      table.columns[i].add(cells[i]);
  });
  return table;
}

void each_data_record(std::string_view bytes, const Shape& shape, const Table& table,
                      const std::function<void(Cells)>& visit) {
  bool is_header = !table.header.empty();
  each_record(bytes, shape, [&](Cells cells) {
    if (!std::exchange(is_header, false)) visit(cells);
  });
}

}  // namespace mealsync::guess
