// engine/guards.hpp -- what must hold before the first commit, whatever the stages think.
#pragma once

#include <engine/ledger.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {

/// Adds a refusal for each guard that does not hold, and a fatal finding where a record was lost. A share is not
/// judged below 50 records, but a file of which nothing can be used is refused whatever its size.
/// Source: meal-status.md 3.9; a benefit that is lowered counts as the record that it ends or removes. The shares of
/// records changed and ended need the counter existing_records, the district's records of the year before the run.
void check_guards(const Guard& guard, Ledger& ledger);

}  // namespace mealsync
