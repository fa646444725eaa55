#include "look.hpp"

#include <utility>

#include "clock.hpp"
#include "command_line.hpp"

namespace mealsync::tool {

Outcome look(const Plan& plan, std::string who, Date day,
             std::function<void(std::size_t stage, const ms_batch&)> show, std::uint64_t most_records) {
  RunFacts facts{std::move(who), day, true, utc_now(), utc_now, {}, {}, {}};
  facts.look = {most_records, std::move(show)};
  return run_pipeline(plan, facts);
}

int exit_of(const Outcome& outcome) {
  return outcome.status == "unsuccessful" ? exit_failed
         : outcome.status == "refused"    ? exit_refused
                                          : exit_imported;
}

}  // namespace mealsync::tool
