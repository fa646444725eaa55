// formats/scanner.hpp -- finds the few signs that divide a text, 64 bytes at a time.
//
// A window of 64 bytes becomes a number with a bit for each byte that is such a sign. To go from sign to sign is
// to take the lowest bit each time, so that a short field costs no search of its own.
// Ownership  Refers to the bytes that were given.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
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
  std::uint64_t odd = 0;    // not 0 where a byte is no ASCII, or a NUL
};

/// As any machine can do it.
[[nodiscard]] inline Window look_slowly(const char* at, const Signs& signs) {
  Window window;
  for (std::size_t i = 0; i < window_size; ++i) {
    const bool is_sign = at[i] == signs[0] || at[i] == signs[1] || at[i] == signs[2];
    window.signs |= std::uint64_t{is_sign} << i;
    window.odd |= static_cast<std::uint64_t>(at[i] == 0 || (at[i] & 0x80) != 0);
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
  return {found_signs, static_cast<std::uint64_t>(_mm_movemask_epi8(odd))};
}
#else
[[nodiscard]] inline Window look(const char* at, const Signs& signs) {
  return look_slowly(at, signs);
}
#endif

/// The same for the last bytes, behind which there is nothing.
[[nodiscard]] inline Window look_at_end(std::string_view bytes, const Signs& signs) {
  std::array<char, window_size> padded;
  padded.fill(' ');
  std::copy(bytes.begin(), bytes.end(), padded.begin());
  Window window = look(padded.data(), signs);
  window.signs &= (std::uint64_t{1} << bytes.size()) - 1;
  return window;
}

/// How far a scanner has got.
struct Spot {
  const char* window = nullptr;
  std::uint64_t left = 0;  // of the window's signs
};

class Scanner {
 public:
  explicit Scanner(const Signs& signs) : signs_(signs) {}

  [[nodiscard]] Spot begin(std::string_view bytes) {
    end_ = bytes.data() + bytes.size();
    odd_ = 0;
    Spot spot;
    seek(spot, bytes.data());
    return spot;
  }
  /// The next sign, or the end of the bytes.
  [[nodiscard]] const char* next(Spot& spot) {
    while (spot.left == 0) {
      if (static_cast<std::size_t>(end_ - spot.window) <= window_size) return end_;
      seek(spot, spot.window + window_size);
    }
    const char* const at = spot.window + std::countr_zero(spot.left);
    spot.left &= spot.left - 1;
    return at;
  }
  /// Goes to any place in the bytes, also back.
  void seek(Spot& spot, const char* at) {
    const auto size = static_cast<std::size_t>(end_ - at);
    const Window window = size >= window_size ? look(at, signs_) : look_at_end({at, size}, signs_);
    spot = {at, window.signs};
    odd_here_ = window.odd;
    odd_ |= window.odd;
  }
  /// Whether all bytes since the last call, and some of those around them, are ASCII without a NUL.
  [[nodiscard]] bool was_plain() {
    const bool was = odd_ == 0;
    odd_ = odd_here_;
    return was;
  }

 private:
  Signs signs_;
  const char* end_ = nullptr;
  std::uint64_t odd_here_ = 0, odd_ = 0;  // of the window, and of all since was_plain
};

}  // namespace mealsync::formats
