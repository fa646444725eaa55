#include <engine/make_stage.hpp>

#include <map>
#include <string>

#include <mealsync/value.hpp>

namespace mealsync {

std::unique_ptr<LiveStage> make_stage(const Plan& plan, std::size_t position, const RunFacts& facts,
                                      Ledger& ledger) {
  const Pipeline& pipeline = plan.pipeline;
  ms_run run{};
  run.size = sizeof run;
  run.school_year = pipeline.school_year.end_year;
  run.as_of = facts.as_of.days;
  run.test = facts.test ? 1 : 0;
  run.pipeline = borrow(pipeline.name);
  run.district = borrow(pipeline.district);
  run.run = borrow(facts.run);
  run.started_at = borrow(facts.started_at);
  const std::map<std::string, std::string> variables{
      {"pipeline", pipeline.name}, {"run", facts.run}, {"date", to_text(facts.as_of)}};
  return LiveStage::create(plan.stages[position], position, run, variables, ledger, facts.gauge, facts.step);
}

}  // namespace mealsync
