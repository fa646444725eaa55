#include <journal/tables.hpp>

#include <array>
#include <span>
#include <string>

#include <journal/acceptance.hpp>
#include <journal/schema.hpp>

namespace mealsync::journal_file {
namespace {

/// What each version brought, from version 2 on.
constexpr std::array upgrades{since_version_2, since_version_3, since_version_4, since_version_5};
static_assert(upgrades.size() + 1 == schema_version);

bool is_empty(Database& database) {
  Statement statement(
      database,
      "SELECT application_id = 0 AND user_version = 0 AND NOT EXISTS (SELECT * FROM sqlite_schema) "
      "FROM pragma_application_id, pragma_user_version");
  statement.next();
  return statement.number(0) != 0;
}

/// What a journal of an earlier version still has to be told; nothing where it is no such journal.
std::span<const char* const> upgrades_for(Database& database) {
  Statement version(database,
                    "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version");
  version.next();
  const auto of = version.number(1);
  if (version.number(0) != application_id || of == 0 || of > schema_version) return {};
  return std::span(upgrades).subspan(of - 1);
}

}  // namespace

void make_tables_where_empty(Database& database) {
  if (!is_empty(database)) return;
  Transaction transaction(database);
  // Another process may have been faster.
  if (!is_empty(database)) return;
  database.execute(schema);
  for (const char* upgrade : std::span(upgrades).subspan(1))
    database.execute(upgrade);
  database.execute("PRAGMA application_id = " + std::to_string(application_id));
  database.execute("PRAGMA user_version = " + std::to_string(schema_version));
  transaction.commit();
}

void upgrade_tables(Database& database) {
  if (upgrades_for(database).empty()) return;
  Transaction transaction(database);
  // Another process may have been faster.
  const auto lacking = upgrades_for(database);
  if (lacking.empty()) return;
  for (const char* upgrade : lacking)
    database.execute(upgrade);
  database.execute("PRAGMA user_version = " + std::to_string(schema_version));
  transaction.commit();
}

}  // namespace mealsync::journal_file
