#include <engine/connect.hpp>

#include <engine/ledger.hpp>
#include <engine/make_stage.hpp>

namespace mealsync {

Connection connect_pipeline(const Plan& plan, const RunFacts& facts) {
  Ledger ledger;
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    const ms_stage& stage = *plan.stages[i].stage;
    if (stage.role != MS_SOURCE && stage.test == nullptr) continue;
    const auto made = make_stage(plan, i, facts, ledger);
    if (made && stage.test != nullptr) static_cast<void>(made->call(stage.test));
  }
  return {ledger.worst(), ledger.reason(), ledger.take_findings()};
}

}  // namespace mealsync
