#include <campus/store/pages_at_hand.hpp>

#include <algorithm>

namespace mealsync::campus {
namespace {

void look_at(Statement& rows, std::int64_t first, std::int64_t last) {
  static_cast<void>(rows.bind(1, first).bind(2, last).step());
  rows.reset();
}

/// At rows so far apart that there is one below each inner page.
void look_along(Statement& rows, std::int64_t first, std::int64_t last) {
  constexpr std::int64_t fewest_below = 250'000;  // rows below an inner page
  constexpr std::int64_t most_looks = 64;         // numbers may lie far apart
  const auto step = std::max(fewest_below, (last - first) / most_looks);
  for (; first < last; first += step)
    look_at(rows, first, first);
  look_at(rows, last, last);
}

}  // namespace

PagesAtHand::PagesAtHand(Connection& connection, std::int64_t first_record)
    : records_(connection, "SELECT count(*) FROM POSEligibility WHERE eligibilityID BETWEEN ? AND ?"),
      changes_(connection, "SELECT count(*) FROM ImportChange WHERE rowid BETWEEN ? AND ?"),
      persons_(connection, "SELECT count(*) FROM POSEligibility WHERE personID BETWEEN ? AND ?"),
      first_record_(first_record),
      changes_before_(connection.number("SELECT coalesce(max(rowid), 0) FROM ImportChange")) {
  if (connection.has_index("POSEligibilityOfPerson"))
    last_person_ = connection.number("SELECT coalesce(max(personID), 0) FROM POSEligibility");
}

void PagesAtHand::look(std::int64_t last_record, std::int64_t changes) {
  constexpr std::int64_t new_records = 256;  // more than a page of them
  constexpr std::size_t writes_in_cache = 8;
  look_at(records_, first_record_ - 1, first_record_ + new_records);
  if (++writes_ % writes_in_cache != 0) return;
  look_along(records_, 1, last_record);
  look_along(changes_, changes_before_ + 1, changes_before_ + changes);
  if (last_person_ > 0) look_along(persons_, 1, last_person_);
}

}  // namespace mealsync::campus
