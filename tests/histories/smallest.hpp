// histories/smallest.hpp -- the least that still breaks a promise, for a person to read.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "history.hpp"

namespace mealsync::testing {

using Breaks = std::function<bool(const History&)>;

namespace detail {

/// Takes away each element without which the promise is broken all the same.
template <class T>
void drop_needless(History& history, const Breaks& breaks, std::vector<T> Case::*part) {
  for (std::size_t i = (history.cases.front().*part).size(); i-- > 0;) {
    History less = history;
    auto& elements = less.cases.front().*part;
    elements.erase(elements.begin() + static_cast<std::ptrdiff_t>(i));
    if (breaks(less)) history = less;
  }
}

inline void drop_needless_options(History& history, const Breaks& breaks) {
  const Options all = history.options;
  for (const auto& [stage, values] : all)
    for (const auto& [name, value] : values) {
      History less = history;
      less.options[stage].erase(name);
      if (breaks(less)) history = less;
    }
}

}  // namespace detail

/// The first case of `history` that breaks it alone, without what it does not need, as text; or that there is none.
[[nodiscard]] inline std::string smallest(const History& history, const Breaks& breaks) {
  for (const Case& each : history.cases) {
    History alone{history.options, {each}};
    if (!breaks(alone)) continue;
    detail::drop_needless(alone, breaks, &Case::lines);
    detail::drop_needless(alone, breaks, &Case::records);
    detail::drop_needless(alone, breaks, &Case::enrolments);
    detail::drop_needless(alone, breaks, &Case::students);
    detail::drop_needless_options(alone, breaks);
    return write(alone.options, alone.cases.front());
  }
  return "no case breaks it alone\n";
}

}  // namespace mealsync::testing
