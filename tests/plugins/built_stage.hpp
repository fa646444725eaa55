// plugins/built_stage.hpp -- a stage out of a plugin that was built, loaded as the host loads it.
//
// Ownership  A library stays open until the process ends: its stages live as long.
// Errors     Throws std::runtime_error with the loader's words.
#pragma once

#include <dlfcn.h>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include <mealsync/abi.h>

namespace mealsync::testing {

[[nodiscard]] inline const ms_stage& stage_in(const std::string& library, std::size_t index = 0) {
  void* const opened = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (opened == nullptr) throw std::runtime_error(dlerror());
  const auto* const plugin = static_cast<const ms_plugin*>(dlsym(opened, "mealsync_plugin_v1"));
  if (plugin == nullptr) throw std::runtime_error(dlerror());
  const ms_stage* const stage = plugin->stage(index);
  if (stage == nullptr) throw std::runtime_error(library + " has no stage " + std::to_string(index));
  return *stage;
}

/// The stage of one of our own plugins, which has its name.
[[nodiscard]] inline const ms_stage& stage(std::string_view name) {
  return stage_in(MEALSYNC_PLUGIN_FOLDER "/mealsync_" + std::string(name) + ".so");
}

}  // namespace mealsync::testing
