#include "clock.hpp"

#include <array>
#include <ctime>

namespace mealsync::tool {

namespace {

std::string utc(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  const auto size = std::strftime(text.data(), text.size(), format, &utc);
  return {text.data(), size};
}

}  // namespace

std::string utc_now() {
  return utc("%Y-%m-%dT%H:%M:%SZ");
}

std::string mail_now() {
  return utc("%a, %d %b %Y %H:%M:%S +0000");
}

std::chrono::sys_seconds now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
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
