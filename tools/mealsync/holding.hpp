// holding.hpp -- what keeps an import from running: its own file, or somebody's hold.
#pragma once

#include <string>

#include <finding/finding.hpp>
#include <journal/holds.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync::tool {

/// Why a pipeline's own file has it do nothing; empty where it runs.
[[nodiscard]] std::string held_because(const Pipeline& pipeline);

/// Before a run: 9002 as a refusal where the pipeline is held. A hold whose end has come is lifted, and told this once;
/// a test import leaves it, as it leaves everything.
[[nodiscard]] Findings look_at_hold(Journal& journal, const std::string& pipeline, Date as_of, bool is_test);

/// "2016-06-28 until 2016-08-10", or the first alone.
[[nodiscard]] std::string days_of(const Hold& hold);
/// " until 2016-08-10", or nothing.
[[nodiscard]] std::string until_words(const Hold& hold);

}  // namespace mealsync::tool
