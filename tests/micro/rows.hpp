// rows.hpp -- what every benchmark shows: rows a second, and what a row takes.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

namespace mealsync::micro {

inline void count_rows(benchmark::State& state, std::size_t rows_an_iteration) {
  const auto rows = state.iterations() * static_cast<std::int64_t>(rows_an_iteration);
  state.SetItemsProcessed(rows);
  state.counters["row"] = benchmark::Counter(static_cast<double>(rows),
                                             benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

}  // namespace mealsync::micro
