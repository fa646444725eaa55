// What it costs to bring rows to another thread: each batch is copied, without the columns that nobody reads there, and
// waits in a queue.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include <engine/crossing.hpp>

#include "planned_stages.hpp"
#include "pos_lines.hpp"
#include "rows.hpp"

namespace mealsync::micro {
namespace {

constexpr std::size_t rows_a_batch = 4096;
constexpr std::size_t most_bytes = std::size_t{32} << 20;  // as in run.cpp

/// What an import brings to the thread that looks students up. Nobody opens the database.
class ToBeMatched {
 public:
  [[nodiscard]] std::shared_ptr<const OwnedBatch> copy() const {
    return std::make_shared<const OwnedBatch>(batches_.front()->view(), last_.output, last_.wanted);
  }

 private:
  PlannedStages stages_{pos_source(six_columns) + map_values("codes") + transform("year_mapping", "year") +
                        R"(<transform plugin="match_student" database="campus.db"/>
                           <transform plugin="merge_eligibility" database="campus.db"/>
                           <sink plugin="ic_database" database="campus.db"/>)"};
  const PlannedStage& last_ = stages_.planned("year");
  Batches batches_ = batches_after(stages_, {"delimited", "codes", "year"}, pos_lines(rows_a_batch));
};

void copy(benchmark::State& state) {
  const ToBeMatched rows;
  for (auto _ : state)
    benchmark::DoNotOptimize(rows.copy());
  count_rows(state, rows_a_batch);
  state.counters["bytes_a_row"] = static_cast<double>(rows.copy()->bytes()) / rows_a_batch;
}
BENCHMARK(copy)->Name("crossing/copy");

/// Both threads at work, where there are two cores; the other one does nothing with the rows but to read each place.
void cross(benchmark::State& state) {
  const ToBeMatched rows;
  std::uint64_t read = 0;
  Crossing crossing(
      [&](const ms_batch& batch) {
        for (std::size_t i = 0; i < batch.rows; ++i)
          read += batch.places[i];
        return ms_status{MS_OK};
      },
      most_bytes);
  for (auto _ : state)
    if (crossing.push(rows.copy()) != MS_OK) state.SkipWithError("the other thread has failed");
  crossing.finish();
  benchmark::DoNotOptimize(read);
  count_rows(state, rows_a_batch);
}
BENCHMARK(cross)->Name("crossing/copy_and_queue")->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace mealsync::micro
