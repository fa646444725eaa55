// reports/findings.hpp -- the messages of a report by code, for a page: each code with what it means and its lines.
#pragma once

#include <span>

#include <reports/gathered.hpp>
#include <reports/html_page.hpp>

namespace mealsync::reports {

/// What was found: the worst first, each code with what it means, what to do, and its lines. A summary has no lines.
void write_findings(HtmlPage& page, const Gathered& gathered, std::span<const ms_input> inputs);

}  // namespace mealsync::reports
