// journal/tables.hpp -- the tables of a new journal, and what one of an earlier version lacks.
//
// Errors     Throws Fault.
#pragma once

#include <journal/database.hpp>

namespace mealsync::journal_file {

/// Leaves a file alone that holds anything.
void make_tables_where_empty(Database& database);
/// Leaves alone what is no journal, or one of this version or a later one.
void upgrade_tables(Database& database);

}  // namespace mealsync::journal_file
