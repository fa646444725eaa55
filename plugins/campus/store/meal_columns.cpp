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

/// A certified type that we do not know is Unknown. What we have written ourselves is spelled as the words are.
CertifiedType read_type(std::string_view text) {
  using Words = CodeSet<CertifiedType>;
  for (std::size_t i = 0; i < Words::words.size(); ++i)
    if (Words::words[i] == text) return static_cast<CertifiedType>(i);
  return read_code<CertifiedType>(text).value_or(CertifiedType::unknown);
}

/// Nothing where it cannot be read.
std::optional<SchoolYear> read_year(const Statement& meal) {
  if (!meal.is_integer(column_year)) return SchoolYear::read(meal.text(column_year));
  return SchoolYear::of_end_year(meal.integer(column_year));
}

Statement select(Connection& connection, std::string_view more_columns, std::string_view which) {
  std::string sql =
      "SELECT eligibilityID, personID, endYear, eligibility, source, type, startDate, endDate, applicationID";
  ((sql += more_columns) += " FROM POSEligibility WHERE eligType = 'Meal' ") += which;
  return {connection, sql.c_str()};
}

}  // namespace

std::string_view letter(Eligibility eligibility) {
  return eligibility_letters[static_cast<std::size_t>(eligibility)];
}

std::string_view letter(Source source) {
  return source_letters[static_cast<std::size_t>(source)];
}

Statement select_meals(Connection& connection, std::string_view which) {
  return select(connection, ", extended, districtID, importRunID, modifiedDate", which);
}

Statement select_decided_meals(Connection& connection, std::string_view which) {
  return select(connection, "", which);
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
  take(record.year, read_year(meal), "endYear", column_year);
  take(record.status.eligibility, read_letter<Eligibility>(eligibility_letters, text(column_eligibility)),
       "eligibility", column_eligibility);
  take(record.status.source, read_letter<Source>(source_letters, text(column_source)), "source",
       column_source);
  record.status.type = read_type(text(column_type));
  take(record.start, date_from_iso(text(column_start)), "startDate", column_start);
  if (const auto end = text(column_end); !end.empty())
    take(record.end, date_from_iso(end), "endDate", column_end);
  record.from_application = !meal.is_null(column_application);
  return row;
}

}  // namespace mealsync::campus
