#include <campus/store/meal_columns.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace mealsync::campus {
namespace {

// S is stored for Paid: districts write `eligibility != 'S'` for free or reduced.
constexpr std::array<std::string_view, 3> eligibility_letters{"F", "R", "S"};
constexpr std::array<std::string_view, 2> source_letters{"D", "N"};

template <class E, std::size_t N>
std::optional<E> read_letter(const std::array<std::string_view, N>& letters, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (letters[i] == text) return static_cast<E>(i);
  return std::nullopt;
}

}  // namespace

std::string_view letter(Eligibility eligibility) {
  return eligibility_letters[static_cast<std::size_t>(eligibility)];
}

std::string_view letter(Source source) {
  return source_letters[static_cast<std::size_t>(source)];
}

Statement select_meals(Connection& connection, std::string_view which) {
  std::string sql =
      "SELECT eligibilityID, personID, endYear, eligibility, source, type, startDate, endDate, applicationID,"
      " extended, districtID, importRunID, modifiedDate FROM POSEligibility WHERE eligType = 'Meal' ";
  return {connection, (sql += which).c_str()};
}

MealRow read_meal(const Statement& meal) {
  MealRow row;
  const auto take = [&](auto& to, const auto& value, std::string_view name, MealColumn column) {
    if (value) {
      to = *value;
    } else if (row.unreadable_column.empty()) {
      row.unreadable_column = name;
      row.unreadable_value = meal.text(column);
    }
  };
  const auto text = [&](MealColumn column) { return meal.text(column); };
  MealRecord& record = row.record;
  row.person = meal.integer(column_person);
  record.id = meal.integer(column_id);
  take(record.year, SchoolYear::read(text(column_year)), "endYear", column_year);
  take(record.status.eligibility, read_letter<Eligibility>(eligibility_letters, text(column_eligibility)),
       "eligibility", column_eligibility);
  take(record.status.source, read_letter<Source>(source_letters, text(column_source)), "source",
       column_source);
  record.status.type = read_code<CertifiedType>(text(column_type)).value_or(CertifiedType::unknown);
  take(record.start, date_from_iso(text(column_start)), "startDate", column_start);
  if (!text(column_end).empty()) take(record.end, date_from_iso(text(column_end)), "endDate", column_end);
  record.from_application = !meal.is_null(column_application);
  return row;
}

}  // namespace mealsync::campus
