// places.hpp -- where a pipeline's database and inputs are on this machine: what the log keeps of a run, to find them
// again. Paths are absolute.
#pragma once

#include <string>

#include <engine/plan.hpp>

namespace mealsync::tool {

/// Of the database that the pipeline loads; empty: it loads none.
[[nodiscard]] std::string database_of(const Plan& plan);

/// Of the file that the source called `name`; empty: it is on another machine, or gone.
[[nodiscard]] std::string path_of_input(const Plan& plan, const std::string& name);

}  // namespace mealsync::tool
