// What it costs to find a student by his key.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include <campus/key_table.hpp>

#include "campus_folder.hpp"
#include "planned_stages.hpp"
#include "pos_lines.hpp"
#include "rows.hpp"

namespace mealsync::micro {
namespace {

using campus::KeyTable;

constexpr std::size_t keys = 1'000'000;

/// State IDs, one behind the other. The table gives each a place that chance might have given.
class Keys {
 public:
  Keys() {
    for (std::size_t n = 0; n < keys; ++n)
      texts_ += state_id(n);
  }
  [[nodiscard]] std::string_view operator[](std::size_t n) const {
    return std::string_view(texts_).substr(n * length, length);
  }

 private:
  static constexpr std::size_t length = 10;
  std::string texts_;
};

void fill(KeyTable& table, const Keys& all) {
  table.reserve(keys);
  for (std::size_t n = 0; n < keys; ++n)
    table.add(all[n], static_cast<std::uint32_t>(n), static_cast<std::uint32_t>(n));
  table.finish();
}

void build(benchmark::State& state) {
  const Keys all;
  for (auto _ : state) {
    KeyTable table;
    fill(table, all);
    benchmark::DoNotOptimize(table);
  }
  count_rows(state, keys);
}
BENCHMARK(build)->Name("match/build_of_a_million")->Unit(benchmark::kMillisecond);

/// `ahead`: how many keys earlier a place is fetched. 0: not at all.
void find(benchmark::State& state, std::size_t ahead) {
  const Keys all;
  KeyTable table;
  fill(table, all);
  for (auto _ : state)
    for (std::size_t n = 0; n < keys; ++n) {
      if (ahead > 0 && n + ahead < keys) table.fetch(all[n + ahead]);
      benchmark::DoNotOptimize(table.find(all[n]));
    }
  count_rows(state, keys);
}
BENCHMARK_CAPTURE(find, not_fetched, 0)->Name("match/find")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(find, fetched, 16)->Name("match/find_fetched_ahead")->Unit(benchmark::kMillisecond);

/// The whole stage, once it has read its roster.
void match_student(benchmark::State& state) {
  const CampusFolder campus(students);
  const std::string options = " database=\"" + campus.database().string() + "\"";
  PlannedStages stages(pos_source(six_columns) + "<transform plugin=\"match_student\"" + options + "/>" +
                       std::string(no_sink));
  constexpr std::size_t lines = students / 2;
  const Batches batches = batches_after(stages, {"delimited"}, pos_lines(lines));
  const auto stage = stages.make("match_student");
  std::size_t rows = 0;
  stage->send_to([&](const ms_batch& batch) {
    rows += batch.rows;
    return ms_status{MS_OK};
  });
  call(*stage, stage->stage().process, batches.front()->view());
  rows = 0;
  for (auto _ : state)
    for (const auto& batch : batches)
      call(*stage, stage->stage().process, batch->view());
  if (rows % lines != 0) state.SkipWithError("students were not found");
  count_rows(state, lines);
}
BENCHMARK(match_student)->Name("match/stage")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mealsync::micro
