#include <engine/live_stage.hpp>

#include <utility>

#include <catalog/settings.hpp>
#include <engine/rules.hpp>
#include <finding/render.hpp>
#include <mealsync/value.hpp>

namespace mealsync {

LiveStage::LiveStage(const PlannedStage& planned, std::size_t position, Ledger& ledger, const Gauge& gauge,
                     Steps steps)
    : planned_(planned),
      position_(position),
      is_reader_(planned.stage->decode != nullptr || planned.stage->produce != nullptr),
      ledger_(ledger),
      steps_(std::move(steps)),
      meter_(gauge) {
  host_.size = sizeof host_;
  host_.self = this;
  host_.declare = [](void*, const ms_plan*) noexcept {};
  host_.emit = [](void* self, const ms_batch* batch) noexcept {
    return static_cast<LiveStage*>(self)->emit(*batch);
  };
  host_.report = [](void* self, const ms_finding* finding) noexcept {
    auto& stage = *static_cast<LiveStage*>(self);
    stage.has_told_ = stage.has_told_ || finding->severity >= MS_REFUSAL;
    stage.ledger_.report(stage.planned_, stage.position_, stage.is_reader_, *finding);
  };
  host_.count = [](void* self, ms_str counter, std::uint64_t by) noexcept {
    static_cast<LiveStage*>(self)->ledger_.count(text_of(counter), by);
  };
  host_.saw = [](void* self, std::int64_t person) noexcept {
    auto& stage = *static_cast<LiveStage*>(self);
    stage.ledger_.saw(stage.position_, person);
  };
  host_.has_seen = [](void* self, std::int64_t person) noexcept {
    return std::uint32_t{static_cast<LiveStage*>(self)->ledger_.has_seen(person)};
  };
  host_.unidentified = [](void* self) noexcept {
    return static_cast<LiveStage*>(self)->ledger_.unidentified();
  };
  host_.step = [](void* self, ms_str words) noexcept {
    const auto& stage = *static_cast<LiveStage*>(self);
    if (!stage.steps_) return;
    std::string shown;
    detail::append_clean(shown, text_of(words));
    stage.steps_(scrub(std::move(shown)));
  };
}

LiveStage::~LiveStage() {
  if (handle_ != nullptr) stage().destroy(handle_);
}

std::unique_ptr<LiveStage> LiveStage::create(const PlannedStage& planned, std::size_t position, ms_run run,
                                             const std::map<std::string, std::string>& variables,
                                             Ledger& ledger, const Gauge& gauge, Steps steps) {
  Findings faults;
  const auto settings = settings_for_run(planned.settings, *planned.stage, variables, faults);
  for (Finding fault : faults.all()) {
    fault.severity = Severity::fatal;
    ledger.add(std::move(fault));
  }
  if (!settings) return nullptr;

  std::unique_ptr<LiveStage> live(new LiveStage(planned, position, ledger, gauge, std::move(steps)));
  live->paths_ = paths_among(*settings, *planned.stage);
  const SettingTable table(*settings);
  const auto input = planned.input.view();
  run.wanted = planned.wanted.data();
  run.wanted_count = planned.wanted.size();
  const Meter::Lap lap(live->meter_);
  const ms_status status =
      live->checked(planned.stage->create(table.settings().data(), table.settings().size(), input.data(),
                                          input.size(), &run, &live->host_, &live->handle_));
  if (status == MS_OK) return live;
  live->handle_ = nullptr;
  return nullptr;
}

ms_status LiveStage::checked(ms_status status) {
  if (status == MS_OK) return MS_OK;
  if (!has_told_) ledger_.add(make_finding<rules::silent_failure>({}, planned_.spec.id));
  return MS_FAILED;
}

ms_status LiveStage::emit(const ms_batch& batch) {
  if (batch.column_count != planned_.output.size()) {
    ledger_.add(
        make_finding<rules::wrong_columns>({}, planned_.spec.id, batch.column_count, planned_.output.size()));
    has_told_ = true;
    return MS_FAILED;
  }
  if (is_reader_) {
    ledger_.count_read(rows_of(batch));
    meter_.count(rows_of(batch));
  }
  if (!next_) {
    ledger_.add(make_finding<rules::records_from_nowhere>({}, planned_.spec.id));
    has_told_ = true;
    return MS_FAILED;
  }
  const Meter::Lap lap(meter_, true);
  const ms_status status = next_(batch);
  has_told_ = has_told_ || status != MS_OK;
  return status;
}

}  // namespace mealsync
