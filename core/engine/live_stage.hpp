// engine/live_stage.hpp -- a stage at work: its handle, and the host it talks to.
//
// Ownership  Destroys the handle; refers to the planned stage and the ledger.
// Threads    As its stage: one at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <mealsync/abi.h>
#include <engine/ledger.hpp>
#include <engine/meter.hpp>
#include <engine/plan.hpp>
#include <finding/finding.hpp>

namespace mealsync {

/// Takes what a stage has reached, in words as anyone may see them, on one line.
using Steps = std::function<void(const std::string&)>;

class LiveStage {
 public:
  /// Creates the stage, which may open things; nothing where it has failed and said so.
  [[nodiscard]] static std::unique_ptr<LiveStage> create(const PlannedStage& planned, std::size_t position,
                                                         ms_run run,
                                                         const std::map<std::string, std::string>& variables,
                                                         Ledger& ledger, const Gauge& gauge = {},
                                                         Steps steps = {});
  ~LiveStage();
  LiveStage(const LiveStage&) = delete;
  LiveStage& operator=(const LiveStage&) = delete;

  /// Where the batches go that the stage emits; answers MS_FAILED to stop it.
  void send_to(std::function<ms_status(const ms_batch&)> next) { next_ = std::move(next); }

  /// Calls one verb of the stage: MS_OK, or MS_FAILED and there is a finding.
  template <class Verb, class... Args>
  [[nodiscard]] ms_status call(Verb verb, Args... args) {
    const Meter::Lap lap(meter_);
    has_told_ = false;
    return checked(verb(handle_, args..., &host_));
  }
  /// Calls a verb that gives some more, or answers MS_END.
  template <class Verb, class... Args>
  [[nodiscard]] ms_status pull(Verb verb, Args... args) {
    const Meter::Lap lap(meter_);
    if (!is_reader_) meter_.count(0);
    has_told_ = false;
    const ms_status status = verb(handle_, args..., &host_);
    return status == MS_END ? status : checked(status);
  }

  /// Gives it a batch: `process` of a transform, `write` of a sink.
  template <class Verb>
  [[nodiscard]] ms_status take(Verb verb, const ms_batch& batch) {
    meter_.count(rows_of(batch));
    return call(verb, &batch);
  }

  [[nodiscard]] StageCost cost() const { return {planned_.spec.id, planned_.spec.plugin, meter_.cost()}; }
  [[nodiscard]] const PlannedStage& planned() const { return planned_; }
  [[nodiscard]] const ms_stage& stage() const { return *planned_.stage; }
  /// The source's verb of this name; null also where its table is of before 1.3 and ends in front of it.
  [[nodiscard]] decltype(ms_stage::committed) committed() const {
    const bool knows_it = stage().size >= offsetof(ms_stage, committed) + sizeof(ms_stage::committed);
    return knows_it ? stage().committed : nullptr;
  }
  [[nodiscard]] const std::vector<std::string>& paths() const { return paths_; }

 private:
  LiveStage(const PlannedStage& planned, std::size_t position, Ledger& ledger, const Gauge& gauge,
            Steps steps);
  [[nodiscard]] static std::size_t rows_of(const ms_batch& batch) {
    return batch.selected == nullptr ? batch.rows : batch.selected_count;
  }
  ms_status checked(ms_status status);
  ms_status emit(const ms_batch& batch);

  const PlannedStage& planned_;
  std::size_t position_;
  bool is_reader_;
  Ledger& ledger_;
  Steps steps_;
  ms_host host_{};
  void* handle_ = nullptr;
  bool has_told_ = false;  // why the verb that is being called fails
  std::function<ms_status(const ms_batch&)> next_;
  std::vector<std::string> paths_;
  Meter meter_;
};

}  // namespace mealsync
