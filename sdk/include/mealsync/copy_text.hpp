// mealsync/copy_text.hpp -- copies a text, which is nearly always short: two copies of a fixed size, which may overlap,
// take less time than a call for one of any size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace mealsync::detail {

/// Both ends of a text that is as long as a Word, or up to twice as long.
template <class Word>
inline void copy_ends(std::string_view text, char* to) {
  const std::size_t last_at = text.size() - sizeof(Word);
  Word first, last;
  std::memcpy(&first, text.data(), sizeof first);
  std::memcpy(&last, text.data() + last_at, sizeof last);
  std::memcpy(to, &first, sizeof first);
  std::memcpy(to + last_at, &last, sizeof last);
}

/// To where there is room for it; gives the place behind it.
[[nodiscard]] inline char* copy_text(std::string_view text, char* to) {
  using Sixteen = std::array<std::uint64_t, 2>;
  const std::size_t size = text.size();
  if (size > 2 * sizeof(Sixteen))
    std::memcpy(to, text.data(), size);
  else if (size >= sizeof(Sixteen))
    copy_ends<Sixteen>(text, to);
  else if (size >= sizeof(std::uint64_t))
    copy_ends<std::uint64_t>(text, to);
  else if (size >= sizeof(std::uint32_t))
    copy_ends<std::uint32_t>(text, to);
  else
    for (std::size_t i = 0; i < size; ++i)
      to[i] = text[i];
  return to + size;
}

}  // namespace mealsync::detail
