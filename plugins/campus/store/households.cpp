#include <campus/store/connection.hpp>
#include <campus/store/store.hpp>

namespace mealsync::campus {

void CampusStore::read_households(
    Date day, const std::function<void(std::int64_t household, std::int64_t person)>& visit) {
  Statement member(*connection_,
                   "SELECT householdID, personID FROM HouseholdMember WHERE secondary = 0"
                   " AND (coalesce(startDate, '') = '' OR startDate <= ?1)"
                   " AND (coalesce(endDate, '') = '' OR endDate >= ?1)"
                   " ORDER BY householdID, personID");
  member.bind(1, day);
  while (member.step())
    visit(member.integer(0), member.integer(1));
}

}  // namespace mealsync::campus
