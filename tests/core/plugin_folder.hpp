// plugin_folder.hpp -- plugins of tests/strangers, copied into a temporary folder where they may be damaged.
#pragma once

#include <sys/stat.h>

#include <iterator>
#include <string>
#include <string_view>

#include <catalog/library.hpp>

#include "pipeline_folder.hpp"

namespace mealsync {

class PluginFolder : public PipelineFolder {
 protected:
  [[nodiscard]] static std::string file_name(std::string_view stranger) {
    return "mealsync_" + std::string(stranger) + ".so";
  }
  /// Copies it `as` a file in the folder: without it, under its own name.
  std::filesystem::path copy(std::string_view stranger, std::string_view as = {}) const {
    auto to = folder_ / (as.empty() ? file_name(stranger) : as);
    std::filesystem::copy_file(
        std::filesystem::path(MEALSYNC_STRANGER_FOLDER) / stranger / file_name(stranger), to);
    chmod(to.c_str(), 0755);
    return to;
  }
  [[nodiscard]] static std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// A copy of the plugin whose label says `words`, as many, instead of `before`.
  std::filesystem::path relabelled(std::string_view stranger, std::string_view before,
                                   std::string_view words) const {
    const auto file = copy(stranger);
    std::string bytes = bytes_of(file);
    const auto at = bytes.find(before);
    EXPECT_NE(at, std::string::npos);
    EXPECT_EQ(before.size(), words.size());
    std::ofstream(file, std::ios::binary) << bytes.replace(at, before.size(), words);
    return file;
  }
  /// What is told of a plugin that is refused.
  std::string told_of(const std::filesystem::path& file) {
    EXPECT_FALSE(open_plugin(file, findings_).has_value());
    return told();
  }
};

}  // namespace mealsync
