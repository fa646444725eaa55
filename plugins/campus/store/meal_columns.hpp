// campus/store/meal_columns.hpp -- how a meal record stands in POSEligibility.
#pragma once

#include <functional>
#include <string_view>

#include <campus/store/connection.hpp>
#include <campus/store/store.hpp>
#include <mealsync/meal_status.hpp>

namespace mealsync::campus {

/// The columns of select_meals; those before column_extended are what read_meal looks at.
enum MealColumn : int {
  column_id,
  column_person,
  column_year,
  column_eligibility,
  column_source,
  column_type,
  column_start,
  column_end,
  column_application,
  column_extended,
  column_district,
  column_run,
  column_modified
};

/// Records of type Meal with all their columns, `which` being the rest of the query, from AND.
[[nodiscard]] Statement select_meals(Connection& connection, std::string_view which);
/// All of them, by person, until `visit` answers false.
void visit_meals(Connection& connection, const std::function<bool(const MealRow&)>& visit);

/// The record that a statement of select_meals stands on. A certified type that we do not know is Unknown.
[[nodiscard]] MealRow read_meal(const Statement& meal);

/// As the columns eligibility and source have it.
[[nodiscard]] std::string_view letter(Eligibility eligibility);
[[nodiscard]] std::string_view letter(Source source);

}  // namespace mealsync::campus
