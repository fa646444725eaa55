// eligibility/duplicates.hpp -- which of one student's rows count where they overlap.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include <eligibility/record.hpp>

namespace mealsync {

/// Of rows that overlap: the best rank, then the last line; the last line; none of them; the best rank, then the
/// earliest start, as states' lists are meant (layouts.md 2.3).
enum class Duplicates : std::uint8_t { best, last, reject, earliest };

/// For each row: the row that stands in its way, or nothing where it counts.
/// Chosen best first, so a row is dropped only for one that does count (under `reject`, for any that
/// overlaps).
[[nodiscard]] inline std::vector<std::optional<std::size_t>> find_duplicates(
    std::span<const IncomingRow> rows, Duplicates policy) {
  const auto overlaps = [&](std::size_t a, std::size_t b) {
    return overlap({rows[a].start, rows[a].end}, {rows[b].start, rows[b].end});
  };
  std::vector<std::size_t> by_merit(rows.size());
  std::iota(by_merit.begin(), by_merit.end(), std::size_t{0});
  std::sort(by_merit.begin(), by_merit.end(), [&](std::size_t a, std::size_t b) {
    const auto merit = [&](std::size_t row) {
      const bool by_rank = policy == Duplicates::best || policy == Duplicates::earliest;
      return std::tuple(by_rank ? -rank(rows[row].status) : 0,
                        policy == Duplicates::earliest ? -rows[row].start.days : 0, rows[row].place, row);
    };
    return merit(a) > merit(b);
  });

  std::vector<std::optional<std::size_t>> in_the_way(rows.size());
  for (auto row = by_merit.begin(); row != by_merit.end(); ++row) {
    const auto rivals_end = policy == Duplicates::reject ? by_merit.end() : row;
    const auto rival = std::find_if(by_merit.begin(), rivals_end, [&](std::size_t other) {
      return other != *row && overlaps(other, *row) && (policy == Duplicates::reject || !in_the_way[other]);
    });
    if (rival != rivals_end) in_the_way[*row] = *rival;
  }
  return in_the_way;
}

}  // namespace mealsync
