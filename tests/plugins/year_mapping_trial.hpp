// plugins/year_mapping_trial.hpp -- what the tests of year_mapping begin with.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mealsync/trial.hpp>

#include "built_stage.hpp"

namespace mealsync::testing {

inline const ms_stage& year_mapping() {
  return stage("year_mapping");
}

// The trials are of school year 2016-17 and as of 2016-09-06; a percentage of 100 keeps the guard of the
// whole file out of the way.
inline const Setting no_guard{"wrong_year_percent", "100"};

inline Facts as_of(Date day) {
  Facts facts;
  facts.as_of = day;
  return facts;
}

}  // namespace mealsync::testing
