// journal/run_details.hpp -- what an entry says beside its counts and findings, and what is left of it when it is cleared.
//
// Errors     Throws Fault.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <journal/database.hpp>

namespace mealsync::journal_file {

/// Versions by name.
using Plugins = std::map<std::string, std::string>;

void write_plugins(Database& database, std::string_view run, const Plugins& plugins);
[[nodiscard]] Plugins read_plugins(Database& database, std::uint64_t id);

void write_reports(Database& database, std::uint64_t id, const std::vector<std::string>& paths);
[[nodiscard]] std::vector<std::string> read_reports(Database& database, std::uint64_t id);

/// How many entries are no longer shown; see Journal::clear.
[[nodiscard]] std::uint64_t clear_runs(Database& database, std::string_view pipeline);

}  // namespace mealsync::journal_file
