#include "clock.hpp"

#include <array>
#include <ctime>

namespace mealsync::tool {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text.data(), size};
}

Date today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return Date::of(local.tm_year + 1900, static_cast<unsigned>(local.tm_mon) + 1,
                  static_cast<unsigned>(local.tm_mday))
      .value();
}

}  // namespace mealsync::tool
