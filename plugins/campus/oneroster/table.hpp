// campus/oneroster/table.hpp -- one CSV file, row by row, its columns known by the header.
//
// Column names are compared without case; columns that nobody asks for are passed over. A row that cannot be read is
// told and passed over. Text is UTF-8, or Windows-1252 where it cannot be.
//
// Units     Lines are physical ones, from 1.
// Errors    Told to Faults; a file that stops being readable ends like one that is over, and its fault stops the load.
// Ownership Cells live until the next row.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <campus/oneroster/faults.hpp>
#include <campus/oneroster/file_set.hpp>
#include <formats/splitter.hpp>
#include <mealsync/value.hpp>

namespace mealsync::oneroster {

/// Told of each block of bytes that was read.
using OnBytes = std::function<void(std::uint64_t)>;

class Table {
 public:
  using Column = std::size_t;

  /// `name` is how findings call the file.
  Table(std::string name, Faults& faults, OnBytes on_bytes = {})
      : name_(std::move(name)), faults_(&faults), on_bytes_(std::move(on_bytes)) {}
  Table(const Table&) = delete;  // the splitter points into the buffer
  Table& operator=(const Table&) = delete;

  // Before the header is read.
  Column need(std::string_view column) { return add(column, true); }
  Column may_have(std::string_view column) { return add(column, false); }

  /// Reads the header. What is wrong with it is told.
  void open(const std::function<std::unique_ptr<ByteSource>()>& source);
  [[nodiscard]] bool is_open() const { return source_ != nullptr; }
  [[nodiscard]] bool has(Column column) const { return columns_[column].is_there; }

  /// Goes to the next row that can be read.
  [[nodiscard]] bool next();
  /// Trimmed; empty where the file has no such column.
  [[nodiscard]] Text operator[](Column column) const { return columns_[column].value; }
  [[nodiscard]] std::uint64_t line() const { return line_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  /// A finding in the row.
  template <const Rule& R, class... Args>
  void tell(const Args&... args) {
    faults_->add<R>(name_, line_, args...);
  }
  /// A finding in an earlier row.
  template <const Rule& R, class... Args>
  void tell_at(std::uint64_t line, const Args&... args) {
    faults_->add<R>(name_, line, args...);
  }
  /// The value of a column that has to have one; empty: told.
  [[nodiscard]] Text required(Column column);
  /// A day. No value where the cell is empty; `is_good` becomes false where it is no date, which is told.
  [[nodiscard]] std::optional<Date> date(Column column, bool& is_good);

  /// Rows so far, also those that cannot be read.
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  /// Rows of which nothing is known, so that nobody can tell whom they are about.
  [[nodiscard]] std::uint64_t lost_rows() const { return lost_rows_; }
  void lose_row() { ++lost_rows_; }

 private:
  struct Asked {
    std::string name;
    bool is_needed;
    bool is_there = false;
    std::size_t field = 0;
    Text value{};
    std::string single{}, converted{};
  };

  Column add(std::string_view column, bool is_needed) {
    columns_.push_back({std::string(column), is_needed});
    return columns_.size() - 1;
  }
  /// Goes to the next record, whatever it is.
  [[nodiscard]] bool next_record();
  [[nodiscard]] bool fill();
  void read_header();
  [[nodiscard]] bool read_row();
  [[nodiscard]] std::optional<Text> read(const formats::Field& field, std::string& single,
                                         std::string& converted) const;

  std::string name_;
  Faults* faults_;
  OnBytes on_bytes_;
  std::unique_ptr<ByteSource> source_;
  std::vector<Asked> columns_;
  std::size_t width_ = 0;

  formats::Dialect dialect_;
  formats::Splitter splitter_{dialect_};
  std::string buffer_;
  std::size_t used_ = 0;  // of the buffer, by the splitter
  bool is_over_ = false;
  bool has_failed_ = false;
  bool is_plain_ = true;  // the buffer
  bool is_lost_ = false;  // in a line without an end
  std::uint64_t line_ = 0, next_line_ = 1;
  std::uint64_t rows_ = 0, lost_rows_ = 0;
};

/// The parts of a cell that lists several, "a, b" or "{a},{b}": without blanks and braces.
template <class Visit>
void for_each_part(Text list, Visit&& visit) {
  const auto trim = [](Text text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '{' || text.front() == '['))
      text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '}' || text.back() == ']'))
      text.remove_suffix(1);
    return text;
  };
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    if (const Text part = trim(list.substr(0, comma)); !part.empty()) visit(part);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

/// Whether two words are the same but for case.
[[nodiscard]] bool is_same_word(Text a, Text b);

}  // namespace mealsync::oneroster
