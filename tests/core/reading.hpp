// reading.hpp -- files read by the engine, and how their bytes become blocks.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "lab.hpp"

namespace mealsync {

/// The records are blocks: file:line 'bytes', and whether it ends the file.
class Reading : public Lab {
 protected:
  /// The records in their order, a line each.
  std::string blocks_of(std::string_view source, std::string_view format) {
    std::filesystem::remove(folder_ / "log");
    const Outcome outcome = run("<source plugin=\"given\" " + std::string(source) + std::string(format) +
                                R"(</source><sink plugin="loader" path="log" as=":"/>)");
    inputs_ = outcome.inputs;
    reason_ = outcome.reason;
    std::string blocks;
    const std::string all = log();
    constexpr std::string_view mark = ": writes ";
    for (auto at = all.find(mark); at != std::string::npos; at = all.find(mark, at)) {
      at += mark.size();
      blocks += all.substr(at, all.find('\n', at) + 1 - at);
    }
    return blocks;
  }

  std::vector<InputFile> inputs_;
  std::string reason_;
};

}  // namespace mealsync
