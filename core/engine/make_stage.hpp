// engine/make_stage.hpp -- makes one stage of a plan, with the facts of the run.
#pragma once

#include <cstddef>
#include <memory>

#include <engine/ledger.hpp>
#include <engine/live_stage.hpp>
#include <engine/plan.hpp>
#include <engine/run.hpp>

namespace mealsync {

/// The stage at `position` of the plan, which may open things; nothing where it has failed and said so.
[[nodiscard]] std::unique_ptr<LiveStage> make_stage(const Plan& plan, std::size_t position,
                                                    const RunFacts& facts, Ledger& ledger);

}  // namespace mealsync
