#include <reports/table.hpp>

#include <algorithm>
#include <string>

#include <reports/clean.hpp>

namespace mealsync::reports {
namespace {

// No cell holds them: they are control characters.
constexpr char cell_end = '\t';
constexpr char row_end = '\n';

void split(Text row, std::vector<Text>& cells) {
  cells.clear();
  for (auto end = row.find(cell_end); end != Text::npos; end = row.find(cell_end)) {
    cells.push_back(row.substr(0, end));
    row.remove_prefix(end + 1);
  }
}

}  // namespace

std::size_t characters(Text text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void Table::add(std::span<const Text> cells) {
  if (widths_.size() < cells.size()) widths_.resize(cells.size());
  std::string& text = rows_text_.end();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t begin = text.size();
    append_clean(text, cells[i]);
    widths_[i] = std::max(widths_[i], characters(Text(text).substr(begin)));
    text += cell_end;
  }
  text += row_end;
  ++rows_;
}

void Table::each(const std::function<void(std::span<const Text>)>& body) const {
  std::vector<Text> cells;
  std::string begun;  // of a row that goes on in the next piece
  rows_text_.each_piece([&](Text piece) {
    for (auto end = piece.find(row_end); end != Text::npos; end = piece.find(row_end)) {
      const Text rest = piece.substr(0, end);
      split(begun.empty() ? rest : Text(begun.append(rest)), cells);
      body(cells);
      begun.clear();
      piece.remove_prefix(end + 1);
    }
    begun += piece;
  });
}

std::size_t Table::width(std::size_t column) const {
  return column < widths_.size() ? widths_[column] : 0;
}

}  // namespace mealsync::reports
