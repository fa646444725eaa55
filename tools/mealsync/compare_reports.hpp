// compare_reports.hpp -- the reports that hold a POS file against Campus.
//
// Errors   Each answers with the exit code; what is wrong it has told on standard error.
#pragma once

#include <engine/plan.hpp>

#include "report_request.hpp"

namespace mealsync::tool {

/// Students by school and status, in the file and in Campus. `reading`: see reading_part.
[[nodiscard]] int write_reconcile(const Plan& reading, const ReportRequest& request);

/// Students without a record in Campus, each with what the file says of him.
[[nodiscard]] int write_missing_against(const Plan& reading, const ReportRequest& request);

}  // namespace mealsync::tool
