// guess/shape.hpp -- how the records of a file are divided: by a separator, or by their places in the line.
//
// Ownership  Cells live until the next record.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mealsync::guess {

struct Span {
  std::size_t start = 0, length = 0;  // in characters; the start counts from 0
  auto operator<=>(const Span&) const = default;
};

struct Shape {
  char separator = '\0';    // none: each column has its place
  char quote = '"';         // '\0': none
  std::size_t columns = 0;  // of nearly every record
  std::vector<Span> places;
  [[nodiscard]] bool is_fixed() const { return separator == '\0'; }
};

/// Nothing where no separator gives most records the same number of columns, and lines are of many lengths.
[[nodiscard]] std::optional<Shape> shape_of(std::string_view bytes);

/// Where the columns of lines of one length begin and end, as far as blanks, kinds of signs and dates tell.
[[nodiscard]] std::vector<Span> places_in(const std::vector<std::string_view>& lines);

using Cells = std::span<const std::string>;

/// Calls `visit` with each record of the usual number of columns: trimmed, as UTF-8. Answers how many are of another.
std::uint64_t each_record(std::string_view bytes, const Shape& shape,
                          const std::function<void(Cells)>& visit);

}  // namespace mealsync::guess
