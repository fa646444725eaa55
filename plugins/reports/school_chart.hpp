// reports/school_chart.hpp -- free, reduced and paid by school as a chart, and the same as a table.
#pragma once

#include <reports/html_page.hpp>
#include <reports/schools.hpp>

namespace mealsync::reports {

/// Nothing where the import concerns no student. The chart has the largest schools, the table all.
void write_schools(HtmlPage& page, const Schools& schools, bool is_committed);

}  // namespace mealsync::reports
