// engine/guards.hpp -- what must hold before the first commit, whatever the stages think.
//
// Beside the ledger's own counts they judge those of abi.h's MS_GUARD_COUNTER, and existing_records, the district's
// records of the year before the run. What no stage has counted is not judged.
#pragma once

#include <engine/ledger.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {

/// Objects for each guard that does not hold, and adds a fatal finding where a record was lost. A share is not judged
/// below the guard's least base, but a file of which nothing can be used is refused whatever its size. `baseline` is what
/// baseline_of gave for the last run that was committed, of this pipeline and school year: an August is never compared
/// with a June.
/// Source: meal-status.md 3.9; a benefit that is lowered counts as the record that it ends, removes or trims.
void check_guards(const Guard& guard, const Measures& baseline, Ledger& ledger);

/// What the guards of the next run compare with; empty where nothing was read, or where nothing of it counts and something
/// did `before`: the run before is the better measure then.
[[nodiscard]] Measures baseline_of(const Measures& measures, const Measures& before);

}  // namespace mealsync
