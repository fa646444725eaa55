#include <reports/table.hpp>

#include <stdio.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace mealsync::reports {
namespace {

// No cell holds them: they are control characters.
constexpr char cell_end = '\t';
constexpr char row_end = '\n';

[[noreturn]] void fail_for_room() {
  fail<no_room>(std::generic_category().message(errno));
}

/// The line that getline(3) reads into, which it makes longer as it has to.
class Line {
 public:
  Line() = default;
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line() { std::free(text_); }

  bool read(std::FILE* file) {
    const auto length = ::getline(&text_, &capacity_, file);
    length_ = length < 0 ? 0 : static_cast<std::size_t>(length);
    return length >= 0;
  }
  [[nodiscard]] Text text() const { return {text_, length_}; }

 private:
  char* text_ = nullptr;
  std::size_t capacity_ = 0;
  std::size_t length_ = 0;
};

void split(Text row, std::vector<Text>& cells) {
  cells.clear();
  for (auto end = row.find(cell_end); end != Text::npos; end = row.find(cell_end)) {
    cells.push_back(row.substr(0, end));
    row.remove_prefix(end + 1);
  }
}

}  // namespace

std::string clean(Text text) {
  return compose("{}", text);
}

std::size_t characters(Text text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Table::Table() : file_(std::tmpfile()) {
  if (!file_) fail_for_room();
}

void Table::add(std::span<const std::string> cells) {
  widths_.resize(std::max(widths_.size(), cells.size()));
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = clean(cells[i]);
    widths_[i] = std::max(widths_[i], characters(cell));
    row += cell;
    row += cell_end;
  }
  row += row_end;
  if (std::fwrite(row.data(), 1, row.size(), file_.get()) != row.size()) fail_for_room();
  ++rows_;
}

void Table::each(const std::function<void(std::span<const Text>)>& body) {
  if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) fail_for_room();
  Line line;
  std::vector<Text> cells;
  while (line.read(file_.get())) {
    split(line.text(), cells);
    body(cells);
  }
  if (std::ferror(file_.get()) != 0) fail_for_room();
}

std::size_t Table::width(std::size_t column) const {
  return column < widths_.size() ? widths_[column] : 0;
}

}  // namespace mealsync::reports
