// guess/dates.hpp -- in which way, or ways, a column writes its days.
//
// What decides is every value. Where month and day might change places in all of them, nothing in the column tells
// which is which: that is said, never hidden.
#pragma once

#include <optional>
#include <string>

#include <mealsync/date.hpp>

#include "profile.hpp"

namespace mealsync::guess {

struct DateColumn {
  std::string pattern;  // as delimited takes it: M/D/YYYY|YYYY/M/D
  std::string
      other;  // the pattern that would read every value as well, with other days; empty: there is none
  bool is_by_year = false;       // decided because the other one scatters over several school years
  std::uint64_t telling = 0;     // records whose day is above 12
  std::uint64_t unread = 0;      // records whose value is no day in this pattern
  Date earliest, latest, usual;  // usual: half of the records are earlier
};

/// Nothing where it holds no days.
[[nodiscard]] std::optional<DateColumn> dates_in(const Profile& column);

}  // namespace mealsync::guess
