// formats/scanner.hpp -- finds the few signs that divide a text, 64 bytes at a time.
//
// A window of 64 bytes becomes a number with a bit for each byte that is such a sign. To go from sign to sign is
// to take the lowest bit each time, so that a short field costs no search of its own.
// Ownership  Refers to the bytes that were given.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace mealsync::formats {

/// Up to three signs; fewer are given by naming one of them again.
using Signs = std::array<char, 3>;

inline constexpr std::size_t window_size = 64;

/// What a window holds.
struct Window {
  std::uint64_t signs = 0;  // a bit for each byte that is one, the first byte's the lowest
  bool is_plain = true;     // ASCII without a NUL
};

/// As any machine can do it.
[[nodiscard]] inline Window look_slowly(const char* at, const Signs& signs) {
  Window window;
  for (std::size_t i = 0; i < window_size; ++i) {
    const bool is_sign = at[i] == signs[0] || at[i] == signs[1] || at[i] == signs[2];
    window.signs |= std::uint64_t{is_sign} << i;
    window.is_plain &= static_cast<signed char>(at[i]) > 0;
  }
  return window;
}

#ifdef __SSE2__
/// The same, 16 bytes at once: every x86-64 can.
[[nodiscard]] inline Window look(const char* at, const Signs& signs) {
  const __m128i first = _mm_set1_epi8(signs[0]), second = _mm_set1_epi8(signs[1]),
                third = _mm_set1_epi8(signs[2]);
  std::uint64_t found_signs = 0;
  __m128i odd = _mm_setzero_si128();
  for (std::size_t i = 0; i < window_size; i += sizeof odd) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + i));
    const __m128i found =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, first), _mm_cmpeq_epi8(bytes, second)),
                     _mm_cmpeq_epi8(bytes, third));
    found_signs |= std::uint64_t{static_cast<std::uint16_t>(_mm_movemask_epi8(found))} << i;
    odd = _mm_or_si128(odd, _mm_or_si128(bytes, _mm_cmpeq_epi8(bytes, _mm_setzero_si128())));
  }
  return {found_signs, _mm_movemask_epi8(odd) == 0};
}
#else
[[nodiscard]] inline Window look(const char* at, const Signs& signs) {
  return look_slowly(at, signs);
}
#endif

class Scanner {
 public:
  explicit Scanner(const Signs& signs) : signs_(signs) {}

  void begin(std::string_view bytes) {
    end_ = bytes.data() + bytes.size();
    is_plain_ = true;
    load(bytes.data());
  }
  /// The next sign, or the end of the bytes.
  [[nodiscard]] const char* next() {
    while (left_ == 0) {
      if (static_cast<std::size_t>(end_ - window_) <= window_size) return end_;
      load(window_ + window_size);
    }
    const char* const at = window_ + std::countr_zero(left_);
    left_ &= left_ - 1;
    return at;
  }
  /// Goes to any place in the bytes, also back.
  void seek(const char* at) { load(at); }

  /// Whether all bytes since the last call, and some of those around them, are ASCII without a NUL.
  [[nodiscard]] bool was_plain() {
    const bool was = is_plain_;
    is_plain_ = window_is_plain_;
    return was;
  }

 private:
  void load(const char* at) {
    Window window;
    const auto size = static_cast<std::size_t>(end_ - at);
    if (size >= window_size) {
      window = look(at, signs_);
    } else {
      // The last bytes with others behind them that are no part of the text.
      std::array<char, window_size> rest;
      rest.fill(' ');
      if (size > 0) std::memcpy(rest.data(), at, size);
      window = look(rest.data(), signs_);
      window.signs &= (std::uint64_t{1} << size) - 1;
    }
    window_ = at;
    left_ = window.signs;
    window_is_plain_ = window.is_plain;
    is_plain_ = is_plain_ && window.is_plain;
  }

  Signs signs_;
  const char* end_ = nullptr;
  const char* window_ = nullptr;
  std::uint64_t left_ = 0;  // of the window's signs
  bool window_is_plain_ = true;
  bool is_plain_ = true;  // since was_plain
};

}  // namespace mealsync::formats
