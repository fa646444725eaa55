// The plugin's own source, but for what makes a plugin of it. Nobody else asks for its rules here.
#include <mealsync/sdk.hpp>
#undef MEALSYNC_PLUGIN
#define MEALSYNC_PLUGIN(stage) static_assert(!stage::rules.empty())
#include <eligibility/map_values.cpp>

#include "compiled_in.hpp"

namespace mealsync::micro {

std::unique_ptr<Chain> compiled_map_values(const Links& links) {
  return std::make_unique<CompiledIn<MapValues>>(links);
}

}  // namespace mealsync::micro
