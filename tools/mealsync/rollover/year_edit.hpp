// rollover/year_edit.hpp -- what has to be written otherwise in a pipeline file for it to run in another school year.
//
// That is school_year, active="no", a host that begins with **, and a default_expiration of the year before. A value that
// is a variable of the file is changed where the variable has its value.
//
// Errors  MS6702 to MS6705, each at its place; then nothing is to be changed.
#pragma once

#include <optional>
#include <vector>

#include <finding/finding.hpp>
#include <pipeline/pipeline.hpp>

#include "edit_file.hpp"

namespace mealsync::tool {

/// Into which year, and what the file cannot tell of it.
struct NewYear {
  SchoolYear year;
  std::optional<Date> expiration{};
};

/// No value where it fits the year already. `pipeline` was read with `outside` and without a fault.
[[nodiscard]] std::vector<NewValue> values_for(const NewYear& to, const Pipeline& pipeline,
                                               const Variables& outside, Findings& findings);

}  // namespace mealsync::tool
