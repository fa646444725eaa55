#include "settle.hpp"

#include <string>

#include <campus/store/store.hpp>

#include "places.hpp"

namespace mealsync::tool {
namespace {

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
  if (database.empty()) return;
  try {
    campus::CampusStore store(database, campus::Access::read_only);
    for (const std::string& run : *runs)
      if (const auto import = store.find_import(run))
        static_cast<void>(journal.finish(settled(run, *import), {}, told_by_the_run));
  } catch (const campus::StoreError&) {  // The run tells of it, when it opens the database itself.
  }
}

}  // namespace mealsync::tool
