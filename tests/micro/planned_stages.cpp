#include "planned_stages.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <catalog/catalog.hpp>
#include <finding/render.hpp>
#include <pipeline/pipeline.hpp>

#include "folder.hpp"

namespace mealsync::micro {
namespace {

Plan plan_of(const std::string& stages) {
  const Folder folder;
  const auto file = folder / "micro.xml";
  std::ofstream(file) << "<pipeline name=\"micro\" district=\"Example County\" school_year=\"2016-17\">"
                      << stages << "</pipeline>";
  Findings findings;
  Catalog catalog({MEALSYNC_PLUGIN_FOLDER, MEALSYNC_MICRO_FOLDER});
  auto pipeline = read_pipeline(file, {}, findings);
  Plan plan = pipeline ? make_plan(*std::move(pipeline), catalog, findings) : Plan{};
  if (findings.failed()) throw std::runtime_error(render(findings.all().front()));
  return plan;
}

}  // namespace

PlannedStages::PlannedStages(const std::string& stages) : plan_(plan_of(stages)) {}

const PlannedStage& PlannedStages::planned(std::string_view id) const {
  const auto found = std::find_if(plan_.stages.begin(), plan_.stages.end(),
                                  [&](const PlannedStage& stage) { return stage.spec.id == id; });
  if (found == plan_.stages.end()) throw std::runtime_error("no stage " + std::string(id));
  return *found;
}

std::unique_ptr<LiveStage> PlannedStages::make(std::string_view id) {
  ms_run run{};
  run.size = sizeof run;
  run.school_year = school_year.end_year;
  run.as_of = as_of.days;
  auto live = LiveStage::create(planned(id), 0, run, {}, ledger_);
  if (live == nullptr) throw std::runtime_error(std::string(id) + ": " + ledger_.reason());
  return live;
}

ms_block block_of(std::string_view bytes) {
  ms_block block{};
  block.size = sizeof block;
  block.bytes = borrow(bytes);
  block.first_line = 1;
  block.last = 1;
  return block;
}

Batches batches_after(PlannedStages& stages, const std::vector<std::string_view>& ids,
                      std::string_view bytes) {
  std::vector<std::unique_ptr<LiveStage>> chain;
  for (const std::string_view id : ids)
    chain.push_back(stages.make(id));
  for (std::size_t i = 0; i + 1 < chain.size(); ++i)
    chain[i]->send_to([next = chain[i + 1].get()](const ms_batch& batch) {
      return next->take(next->stage().process, batch);
    });
  Batches batches;
  const Schema& columns = chain.back()->planned().output;
  chain.back()->send_to([&](const ms_batch& batch) {
    batches.push_back(
        std::make_unique<const OwnedBatch>(batch, columns, std::vector<std::uint8_t>(columns.size(), 1)));
    return ms_status{MS_OK};
  });
  call(*chain.front(), chain.front()->stage().decode, block_of(bytes));
  return batches;
}

}  // namespace mealsync::micro
