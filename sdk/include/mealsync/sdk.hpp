// mealsync/sdk.hpp -- all that a plugin includes. What a stage is: stage.hpp.
#pragma once

#include <mealsync/bytes.hpp>
#include <mealsync/columns.hpp>
#include <mealsync/context.hpp>
#include <mealsync/describe.hpp>
#include <mealsync/meal_status.hpp>
#include <mealsync/output.hpp>
#include <mealsync/row.hpp>
#include <mealsync/stage.hpp>
#include <mealsync/summary.hpp>
