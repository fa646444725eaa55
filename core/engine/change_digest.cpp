#include <engine/change_digest.hpp>

#include <cstddef>
#include <numeric>

#include <mealsync/meal_status.hpp>

namespace mealsync {
namespace {

constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;

/// Spreads what differs in a few bits over all of them.
std::uint64_t spread(std::uint64_t bits) {
  bits = (bits ^ bits >> 31) * 0xBF58476D1CE4E5B9;
  bits = (bits ^ bits >> 29) * 0x94D049BB133111EB;
  return bits ^ bits >> 32;
}

template <class Cell>
void add_as(std::vector<std::uint64_t>& sums, const ms_column& column, const std::vector<std::uint32_t>& rows,
            std::uint64_t factor) {
  const auto* cells = static_cast<const Cell*>(column.values);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t row = rows[i];
    const bool has_value = column.present == nullptr || column.present[row] != 0;
    sums[i] += has_value ? (static_cast<std::uint64_t>(cells[row]) + odd) * factor : 0;
  }
}

}  // namespace

ChangeDigest::ChangeDigest(const Schema& rows)
    : rows_(rows), action_column_(rows.code_column(CodeSet<Action>::name)) {}

void ChangeDigest::add(const ms_batch& batch) {
  find_changes(batch);
  if (changes_.empty()) return;
  sums_.assign(changes_.size(), 0);
  if (action_column_ != MS_NO_COLUMN)
    for (std::size_t column = 0; column < rows_.size(); ++column)
      add_cells(batch.columns[column], rows_.type(column), spread(column + 1) | 1);
  for (const std::uint64_t sum : sums_)
    value_ = value_ * odd + spread(sum + 1);
}

void ChangeDigest::find_changes(const ms_batch& batch) {
  changes_.clear();
  const std::size_t rows = batch.selected == nullptr ? batch.rows : batch.selected_count;
  const ms_column* action = action_column_ == MS_NO_COLUMN ? nullptr : &batch.columns[action_column_];
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t row = batch.selected == nullptr ? static_cast<std::uint32_t>(i) : batch.selected[i];
    const bool has_action = action != nullptr && (action->present == nullptr || action->present[row] != 0);
    const bool is_none = has_action && static_cast<const std::uint8_t*>(action->values)[row] ==
                                           static_cast<std::uint8_t>(Action::none);
    if (!is_none) changes_.push_back(row);
  }
}

void ChangeDigest::add_cells(const ms_column& column, std::uint32_t type, std::uint64_t factor) {
  switch (type) {
    case MS_INT:
      return add_as<std::int64_t>(sums_, column, changes_, factor);
    case MS_DATE:
      return add_as<std::int32_t>(sums_, column, changes_, factor);
    case MS_BOOL:
    case MS_CODE:
      return add_as<std::uint8_t>(sums_, column, changes_, factor);
    default:
      return;
  }
}

}  // namespace mealsync
