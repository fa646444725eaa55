// What a line of the POS costs until it is a row: found, split, typed.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include <formats/splitter.hpp>

#include "planned_stages.hpp"
#include "pos_lines.hpp"
#include "rows.hpp"

namespace mealsync::micro {
namespace {

constexpr std::size_t lines = 6000;  // about a block of the engine's

void count_bytes(benchmark::State& state, const std::string& bytes) {
  count_rows(state, lines);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

/// The whole format, as the engine calls it.
void decode(benchmark::State& state, std::string_view columns, Hand hand) {
  PlannedStages stages(pos_source(columns) + std::string(no_sink));
  const auto format = stages.make("delimited");
  std::size_t rows = 0;
  format->send_to([&](const ms_batch& batch) {
    rows += batch.rows;
    return ms_status{MS_OK};
  });
  const std::string bytes = pos_lines(lines, hand);
  const ms_block block = block_of(bytes);
  for (auto _ : state)
    call(*format, format->stage().decode, block);
  if (rows % lines != 0) state.SkipWithError("lines were lost");
  count_bytes(state, bytes);
}
BENCHMARK_CAPTURE(decode, six_of_nine_columns, six_columns, Hand::plain);
BENCHMARK_CAPTURE(decode, six_of_nine_columns_mixed, six_columns, Hand::mixed);
BENCHMARK_CAPTURE(decode, nine_columns, nine_columns, Hand::plain);
BENCHMARK_CAPTURE(decode, nine_columns_mixed, nine_columns, Hand::mixed);

/// Of that: to find the fields.
void split(benchmark::State& state, Hand hand) {
  const std::string bytes = pos_lines(lines, hand);
  formats::Splitter splitter(formats::Dialect{});
  for (auto _ : state)
    for (splitter.begin(bytes); splitter.next();)
      benchmark::DoNotOptimize(splitter.fields().data());
  count_bytes(state, bytes);
}
BENCHMARK_CAPTURE(split, plain, Hand::plain);
BENCHMARK_CAPTURE(split, mixed, Hand::mixed);

/// Of that: to see where the last whole record of a block ends.
void frame(benchmark::State& state, Hand hand) {
  const std::string bytes = pos_lines(lines, hand);
  formats::Splitter splitter(formats::Dialect{});
  for (auto _ : state)
    benchmark::DoNotOptimize(splitter.whole(bytes));
  count_bytes(state, bytes);
}
BENCHMARK_CAPTURE(frame, plain, Hand::plain);
BENCHMARK_CAPTURE(frame, mixed, Hand::mixed);

}  // namespace
}  // namespace mealsync::micro
