// reports/table.hpp -- rows of text cells that wait on disk until the report is written.
//
// However many rows there are, memory stays the same. The file has no name: nobody else can open it, and it
// is gone with its table.
// Units    Widths in characters.
// Errors   Fails the run (9009) where the temporary folder has no room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <mealsync/context.hpp>

namespace mealsync::reports {

inline constexpr Rule no_room{9009, Severity::fatal,
                              "The report's lines cannot be kept in the temporary folder: {}",
                              "Free space in the system's temporary folder."};

/// Words as they may reach somebody's terminal: each control character is a '?'.
[[nodiscard]] std::string clean(Text text);

class Table {
 public:
  Table();

  /// Adds a row. The cells are cleaned.
  void add(std::span<const std::string> cells);
  /// Calls `body` with the cells of each row, in order; they live until it returns.
  void each(const std::function<void(std::span<const Text>)>& body);

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  /// Of the widest cell of a column.
  [[nodiscard]] std::size_t width(std::size_t column) const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<std::size_t> widths_;
  std::uint64_t rows_ = 0;
};

/// How many characters of UTF-8 there are.
[[nodiscard]] std::size_t characters(Text text);

}  // namespace mealsync::reports
