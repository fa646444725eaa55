// campus/store/meal_columns.hpp -- how a meal record stands in POSEligibility.
#pragma once

#include <functional>
#include <string_view>

#include <campus/store/connection.hpp>
#include <campus/store/store.hpp>
#include <mealsync/meal_status.hpp>

namespace mealsync::campus {

/// Finds the record of type Meal whose ID is its parameter.
[[nodiscard]] Statement find_meal(Connection& connection);
/// All records of type Meal, by person, until `visit` answers false.
void visit_meals(Connection& connection, const std::function<bool(const MealRow&)>& visit);

/// The record that a statement of find_meal stands on. A certified type that we do not know is Unknown.
[[nodiscard]] MealRow read_meal(const Statement& meal);

/// As the columns eligibility and source have it.
[[nodiscard]] std::string_view letter(Eligibility eligibility);
[[nodiscard]] std::string_view letter(Source source);

}  // namespace mealsync::campus
