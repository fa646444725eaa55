// files/told_file.hpp -- a file as people are told of it while a connection is tested.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string>

#include <mealsync/sdk.hpp>

#include "files/open_file.hpp"

namespace mealsync::files {

[[nodiscard]] inline std::string told_size(std::uint64_t bytes) {
  constexpr std::array<Text, 4> units{"bytes", "kB", "MB", "GB"};
  std::size_t unit = 0;
  for (; bytes >= 10'000 && unit + 1 < units.size(); ++unit)
    bytes = (bytes + 500) / 1000;
  return compose("{} {}", bytes, units[unit]);
}

/// `2016-09-06 01:00`, by the clock of this machine's place.
[[nodiscard]] inline std::string told_time(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts)};
}

/// `'IC_Eligibility.txt', 34 kB, of 2016-09-06 01:00`
[[nodiscard]] inline std::string told_file(const ListedFile& file) {
  return compose("'{}', {}, of {}", file.name, told_size(file.size), told_time(file.written));
}

}  // namespace mealsync::files
