// look.hpp -- a pipeline's records as they leave its stages, for somebody who only looks: nothing is written, no file is
// put away, and guards do not judge.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>

#include <engine/run.hpp>
#include <mealsync/row.hpp>

namespace mealsync::tool {

inline constexpr auto all_records = std::numeric_limits<std::uint64_t>::max();

/// `who` stands for the name of a run. Calls of `show` are those of Look.
[[nodiscard]] Outcome look(const Plan& plan, std::string who, Date day,
                           std::function<void(std::size_t stage, const ms_batch&)> show,
                           std::uint64_t most_records = all_records);

/// The exit code of a look.
[[nodiscard]] int exit_of(const Outcome& outcome);

/// The column of rows by its name; none where they have no such column of this type.
template <class T>
[[nodiscard]] Column<T> column_of(const Schema& rows, std::string_view name) {
  for (std::uint32_t i = 0; i < rows.size(); ++i)
    if (rows.name(i) == name && rows.type(i) == mealsync::detail::CellOf<T>::type) return {i, MS_NO_COLUMN};
  return {};
}

}  // namespace mealsync::tool
