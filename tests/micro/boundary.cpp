// What the boundary costs: a stage as a plugin, called by the engine through the C table, against the same class
// compiled in and called row by row.
//
// An iteration gives one batch to both, in changing order. `plugin` and `compiled_in` are the medians of what a row
// takes a stage, in seconds; `boundary` is the median of the differences, pair by pair, so that what disturbs the
// machine disturbs both sides of it. Time and rates are the plugin's.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "chain.hpp"
#include "planned_stages.hpp"
#include "pos_lines.hpp"
#include "rows.hpp"

namespace mealsync::micro {
namespace {

constexpr std::size_t rows_a_batch = 4096;  // as the SDK makes them

/// As run.cpp links the stages of a pipeline.
class Plugins : public Chain {
 public:
  Plugins(PlannedStages& stages, const Links& links) {
    for (const PlannedStage* planned : links)
      stages_.push_back(stages.make(planned->spec.id));
    for (std::size_t i = 0; i + 1 < stages_.size(); ++i)
      stages_[i]->send_to([next = stages_[i + 1].get()](const ms_batch& batch) {
        return next->take(next->stage().process, batch);
      });
    stages_.back()->send_to([this](const ms_batch& batch) {
      rows_ += batch.selected == nullptr ? batch.rows : batch.selected_count;
      return ms_status{MS_OK};
    });
  }

  void take(const ms_batch& batch) override {
    LiveStage& first = *stages_.front();
    if (first.take(first.stage().process, batch) != MS_OK) throw std::runtime_error("a stage has failed");
  }

 private:
  std::vector<std::unique_ptr<LiveStage>> stages_;
};

[[nodiscard]] double seconds_of(Chain& chain, const ms_batch& batch) {
  const auto begin = std::chrono::steady_clock::now();
  chain.take(batch);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

[[nodiscard]] double median(std::vector<double> values) {
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// `transform` writes the stage into the pipeline.
void boundary(benchmark::State& state, std::string (*transform)(const std::string& id), MakeChain make) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::string text = pos_source(six_columns);
  for (std::size_t i = 0; i < count; ++i)
    text += transform("stage" + std::to_string(i));
  PlannedStages stages(text + std::string(no_sink));
  Links links;
  for (std::size_t i = 0; i < count; ++i)
    links.push_back(&stages.planned("stage" + std::to_string(i)));
  const Batches batches = batches_after(stages, {"delimited"}, pos_lines(rows_a_batch));
  const ms_batch& batch = batches.front()->view();
  Plugins plugins(stages, links);
  const auto compiled_in = make(links);

  std::vector<double> theirs, ours, differences;
  bool is_plugin_first = false;
  for (auto _ : state) {
    is_plugin_first = !is_plugin_first;
    double plugin = is_plugin_first ? seconds_of(plugins, batch) : 0;
    const double compiled = seconds_of(*compiled_in, batch);
    if (!is_plugin_first) plugin = seconds_of(plugins, batch);
    state.SetIterationTime(plugin);
    theirs.push_back(plugin);
    ours.push_back(compiled);
    differences.push_back(plugin - compiled);
  }
  if (plugins.rows() != compiled_in->rows() || plugins.rows() != theirs.size() * rows_a_batch)
    state.SkipWithError("rows were lost");
  const auto a_row_and_stage = [&](std::vector<double>& seconds) {
    return median(std::move(seconds)) / static_cast<double>(rows_a_batch * count);
  };
  count_rows(state, rows_a_batch);
  state.counters["plugin"] = a_row_and_stage(theirs);
  state.counters["compiled_in"] = a_row_and_stage(ours);
  state.counters["boundary"] = a_row_and_stage(differences);
}

std::string glance(const std::string& id) {
  return transform("glance", id);
}
std::string year_mapping(const std::string& id) {
  return transform("year_mapping", id);
}

BENCHMARK_CAPTURE(boundary, glance, glance, compiled_glance)->Arg(1)->Arg(4)->UseManualTime();
BENCHMARK_CAPTURE(boundary, year_mapping, year_mapping, compiled_year_mapping)
    ->Arg(1)
    ->Arg(4)
    ->UseManualTime();
BENCHMARK_CAPTURE(boundary, map_values, map_values, compiled_map_values)->Arg(1)->Arg(4)->UseManualTime();
BENCHMARK_CAPTURE(boundary, glance_against_structs, glance, glance_on_structs)
    ->Arg(1)
    ->Arg(4)
    ->UseManualTime();

}  // namespace
}  // namespace mealsync::micro
