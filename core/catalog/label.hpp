// catalog/label.hpp -- what a plugin says on its label (mealsync/abi.h), and whether that is what it holds.
//
// Errors   A fault is part of the answer: what it means to the user is the caller's to say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mealsync/abi.h>
#include <pipeline/pipeline.hpp>

namespace mealsync {

struct LabelledStage {
  Role role = Role::source;
  std::string name;
  std::string summary;
};

struct Label {
  std::string fault;  // what is wrong with it; empty where nothing is
  std::uint32_t abi_major = 0;
  std::uint32_t abi_minor = 0;
  std::string plugin;
  std::string version;
  std::vector<LabelledStage> stages;
};

/// Whether this program understands a plugin of that ABI.
[[nodiscard]] constexpr bool is_understood(std::uint32_t abi_major, std::uint32_t abi_minor) {
  return abi_major == MS_ABI_MAJOR && abi_minor <= MS_ABI_MINOR;
}

/// Of a label whose ABI is not understood only the ABI is read.
[[nodiscard]] Label read_label(std::string_view text);

/// The first thing of which the label tells something else than the table and its stages: what the label names, and
/// what the plugin holds.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> difference(
    const Label& label, const ms_plugin& table, const std::vector<const ms_stage*>& stages);

}  // namespace mealsync
