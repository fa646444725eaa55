#include "holding.hpp"

#include <journal/rules.hpp>

namespace mealsync::tool {

std::string held_because(const Pipeline& pipeline) {
  if (!pipeline.active) return "the pipeline says active=\"no\"";
  for (const StageSpec& stage : pipeline.stages)
    for (const Setting& setting : stage.settings)
      if (stage.role == Role::source && setting.name == "host" && setting.value.starts_with("**"))
        return "the host of its source begins with **";
  return {};
}

Findings look_at_hold(Journal& journal, const std::string& pipeline, Date as_of, bool is_test) {
  Findings findings;
  Holds holds(journal);
  const auto found = holds.list(pipeline, findings);
  if (!found || found->empty()) return findings;
  const Hold& hold = found->front();
  if (!hold.is_over(as_of)) {
    findings.add<journal_rules::held>({}, pipeline, hold.user, days_of(hold), hold.reason);
    return findings;
  }
  if (!is_test && holds.lift(pipeline, findings))
    findings.add<journal_rules::hold_is_over>({}, pipeline, hold.user, hold.since, *hold.until, hold.reason);
  return findings;
}

std::string days_of(const Hold& hold) {
  return to_text(hold.since) + until_words(hold);
}

std::string until_words(const Hold& hold) {
  return hold.until ? " until " + to_text(*hold.until) : "";
}

}  // namespace mealsync::tool
