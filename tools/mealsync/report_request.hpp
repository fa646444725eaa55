// report_request.hpp -- which report is asked for, of which database, and where it goes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <mealsync/date.hpp>
#include <mealsync/school_year.hpp>
#include <reports/table_page.hpp>

namespace mealsync::tool {

struct ReportRequest {
  std::filesystem::path campus;
  std::string district;
  SchoolYear year;
  Date day;
  std::optional<Date> expiration;  // of the year, where the pipeline says it
  reports::TableFormat format = reports::TableFormat::text;
  std::string path;  // of the file that is written
  int percent = 5;   // a difference of more is large,
  int students = 5;  // where it is of this many at least

  /// What stands below the title.
  [[nodiscard]] std::string of() const {
    return (district.empty() ? "" : district + ", ") + "school year " + to_text(year) + ", as of " +
           to_text(day);
  }
};

}  // namespace mealsync::tool
