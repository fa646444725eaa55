// plugins/numbers.hpp -- random numbers that are the same on every machine.
#pragma once

#include <cstdint>

namespace mealsync::testing {

/// splitmix64.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  int below(int bound) {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<int>((z ^ (z >> 31U)) % static_cast<std::uint64_t>(bound));
  }
  bool once_in(int bound) { return below(bound) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace mealsync::testing
