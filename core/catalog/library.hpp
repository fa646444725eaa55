// catalog/library.hpp -- one plugin's file: judged before it is opened, opened once, never closed.
//
// The only place that knows Boost.DLL. Nothing of a refused library has run.
// Errors     Each reason to refuse is a finding of its own (MS2002 to MS2009).
// Ownership  What is opened lives as long as the process: a plugin's texts and functions are never unmapped.
// Threads    One thread at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <mealsync/abi.h>
#include <finding/finding.hpp>

namespace mealsync {

struct Plugin {
  std::filesystem::path file;
  std::string name;
  std::string version;
  std::vector<const ms_stage*> stages;
};

[[nodiscard]] std::optional<Plugin> open_plugin(const std::filesystem::path& file, Findings& findings);

}  // namespace mealsync
