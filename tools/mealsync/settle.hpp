// settle.hpp -- what became of runs whose process died: the database knows whether they had committed.
#pragma once

#include <engine/plan.hpp>
#include <journal/journal.hpp>

namespace mealsync::tool {

/// Completes the entries of the plan's pipeline that are marked interrupted and whose changes are in its database.
/// A database that cannot be asked now is asked before the next run.
void settle_interrupted(Journal& journal, const Plan& plan);

}  // namespace mealsync::tool
