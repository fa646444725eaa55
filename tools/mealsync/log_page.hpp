// log_page.hpp -- entries of the log for people: a line each, or one as a whole page.
#pragma once

#include <string>

#include <journal/journal.hpp>

namespace mealsync::tool {

[[nodiscard]] std::string log_line(const RunRecord& record);

/// Who ran it and with what, what it read and counted, and its findings by code, the worst first.
[[nodiscard]] std::string log_page(const RunRecord& record);

}  // namespace mealsync::tool
