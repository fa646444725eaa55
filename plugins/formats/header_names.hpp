// formats/header_names.hpp -- the names in a file's first line, as they are compared and shown.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace mealsync::formats {

/// Case of ASCII letters does not count.
[[nodiscard]] inline bool is_same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

[[nodiscard]] inline std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& each : names)
    all += (all.empty() ? "'" : ", '") + each + "'";
  return all;
}

}  // namespace mealsync::formats
