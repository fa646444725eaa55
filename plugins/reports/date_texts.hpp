// reports/date_texts.hpp -- dates as they are written, each worked out once: a school year has few of them.
//
// Ownership  A text lives until the next one is asked for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <mealsync/date.hpp>
#include <mealsync/value.hpp>

namespace mealsync::reports {

/// Those of one column.
class DateTexts {
 public:
  [[nodiscard]] Text text(Date date) {
    Known& known = known_[static_cast<std::uint32_t>(date.days) % known_.size()];
    if (known.date != date || !known.is_set) known = {date, true, iso(date)};
    return {known.text.data(), known.text.size()};
  }

 private:
  struct Known {
    Date date;
    bool is_set = false;
    std::array<char, 10> text{};
  };
  std::array<Known, 512> known_{};
};

}  // namespace mealsync::reports
