// catalog/library.hpp -- one plugin's file: judged by what its file says, opened once, never closed.
//
// The only place that knows Boost.DLL. Nothing of a library that is refused has run here; one that runs code of its own
// as soon as it is opened, or is linked with a library that may, is opened in a child process first.
// Errors     Each reason to refuse is a finding of its own (MS2002 to MS2013).
// Ownership  What is opened lives as long as the process: a plugin's texts and functions are never unmapped.
// Threads    One thread at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <mealsync/abi.h>
#include <catalog/label.hpp>
#include <finding/finding.hpp>

namespace mealsync {

struct Plugin {
  std::filesystem::path file;
  std::string name;
  std::string version;
  std::vector<const ms_stage*> stages;
};

/// The label of a plugin that may be opened; nothing of it runs.
[[nodiscard]] std::optional<Label> judge_plugin(const std::filesystem::path& file, Findings& findings);

/// Whether opening the plugin runs no code, neither its own nor that of a library it is linked with.
[[nodiscard]] bool runs_nothing_when_opened(const std::filesystem::path& file);

/// The plugin, judged and then opened.
[[nodiscard]] std::optional<Plugin> open_plugin(const std::filesystem::path& file, Findings& findings);

}  // namespace mealsync
