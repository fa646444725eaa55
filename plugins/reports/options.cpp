#include <reports/options.hpp>

namespace mealsync::reports {

void ReportOptions::describe(Describe<ReportOptions>& d) {
  d.required("path", &ReportOptions::path, "File to write; ${pipeline}, ${run} and ${date} are known.")
      .path();
  d.option("profile", &ReportOptions::profile,
           "Whom it is for: 'detail' for those who may see a student's meal status, 'summary' for anyone: "
           "counts and codes only.");
  d.option("details", &ReportOptions::details,
           "Whether updated and existing records are listed; a summary never lists them.");
}

}  // namespace mealsync::reports
