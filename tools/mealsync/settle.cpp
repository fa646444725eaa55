#include "settle.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include <campus/store/store.hpp>
#include <catalog/settings.hpp>

namespace mealsync::tool {
namespace {

/// The path of the database that the plan loads, or nothing.
std::optional<std::string> database_of(const Plan& plan) {
  const auto loader = std::find_if(plan.stages.begin(), plan.stages.end(), [](const PlannedStage& planned) {
    return planned.spec.role == Role::sink && (planned.stage->flags & MS_DATABASE) != 0;
  });
  if (loader == plan.stages.end()) return std::nullopt;
  Findings told_by_the_run;
  const auto settings =
      settings_for_run(loader->settings, *loader->stage, {{"pipeline", plan.pipeline.name}}, told_by_the_run);
  if (!settings) return std::nullopt;
  const auto database = std::find_if(settings->begin(), settings->end(),
                                     [](const Setting& setting) { return setting.name == "database"; });
  return database != settings->end() ? std::optional(database->value) : std::nullopt;
}

RunRecord settled(const std::string& run, const campus::PastImport& import) {
  RunRecord record;
  record.run = run;
  record.finished_at = import.finished_at;
  record.status = import.status;
  record.reason = "the process ended after the changes were written, and before it could count the records";
  record.counts = {{"inserted", import.inserted},
                   {"updated", import.updated},
                   {"ended", import.ended},
                   {"removed", import.removed},
                   {"trimmed", import.trimmed}};
  return record;
}

}  // namespace

void settle_interrupted(Journal& journal, const Plan& plan) {
  Findings told_by_the_run;
  const auto runs = journal.interrupted(plan.pipeline.name, told_by_the_run);
  if (!runs || runs->empty()) return;
  const auto database = database_of(plan);
  if (!database) return;
  try {
    campus::CampusStore store(*database, campus::Access::read_only);
    for (const std::string& run : *runs)
      if (const auto import = store.find_import(run))
        static_cast<void>(journal.finish(settled(run, *import), {}, told_by_the_run));
  } catch (const campus::StoreError&) {  // The run tells of it, when it opens the database itself.
  }
}

}  // namespace mealsync::tool
