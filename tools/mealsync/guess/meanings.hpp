// guess/meanings.hpp -- what each column of a file is, by its name and by what it holds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <mealsync/school_year.hpp>

#include "dates.hpp"
#include "header_words.hpp"
#include "profile.hpp"

namespace mealsync::guess {

struct Column {
  Meaning meaning = Meaning::unknown;
  std::string header;  // empty: there is none
  std::optional<DateColumn> dates;
  bool may_be_key = false;  // nearly every record has another value, and it is a number
  bool may_be_name = false;
};

/// `today` says the school year of a file that does not.
struct Meanings {
  std::vector<Column> columns;
  SchoolYear year;
  bool is_year_known = false;  // by the file

  [[nodiscard]] std::vector<std::size_t> all(Meaning meaning) const;
  [[nodiscard]] std::optional<std::size_t> first(Meaning meaning) const;
};

[[nodiscard]] Meanings meanings_of(const Table& table, Date today);

/// Whether it is text that may stand in a pipeline file: UTF-8 without control characters.
[[nodiscard]] bool is_printable(std::string_view text);

/// Whether it may be shown and listed as a code: short, and no number of somebody's.
[[nodiscard]] bool is_listable(std::string_view value);

}  // namespace mealsync::guess
