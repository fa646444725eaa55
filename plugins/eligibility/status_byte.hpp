// eligibility/status_byte.hpp -- a status in one byte, where there are a million of them.
#pragma once

#include <cstdint>

#include <eligibility/record.hpp>

namespace mealsync {

struct StatusByte {
  std::uint8_t bits = 0;

  [[nodiscard]] static constexpr StatusByte of(const Status& status) {
    return {static_cast<std::uint8_t>(static_cast<unsigned>(status.type) << 3 |
                                      static_cast<unsigned>(status.source) << 2 |
                                      static_cast<unsigned>(status.eligibility))};
  }
  [[nodiscard]] constexpr Status unpacked() const {
    return {static_cast<Eligibility>(bits & 3), static_cast<Source>(bits >> 2 & 1),
            static_cast<CertifiedType>(bits >> 3)};
  }
};
static_assert(CodeSet<CertifiedType>::words.size() <= 32 && CodeSet<Source>::words.size() <= 2 &&
              CodeSet<Eligibility>::words.size() <= 4);

}  // namespace mealsync
