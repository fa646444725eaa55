// campus/store/lent_table.hpp -- rows in memory as a table that SQL reads: many rows in one statement, without a
// parameter for each value.
//
// Ownership  Rows and their texts live until the statement that reads them has ended. Statements that name the table go
//            before it does.
// Errors     Throws StoreError where SQLite does not take the table.
// Threads    As its connection.
#pragma once

#include <cstdint>
#include <new>
#include <span>
#include <string>
#include <string_view>

#include <campus/store/connection.hpp>

namespace mealsync::campus {

/// Where a column puts its value.
class LentCell {
 public:
  explicit LentCell(sqlite3_context* context) : context_(context) {}
  void put(std::int64_t value) const { sqlite3_result_int64(context_, value); }
  void put(std::string_view text) const {
    sqlite3_result_text(context_, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  }
  void put_null() const { sqlite3_result_null(context_); }

 private:
  sqlite3_context* context_;
};

template <class Row>
struct LentColumn {
  std::string_view name;
  void (*put)(const Row&, LentCell);
};

/// A table-valued view of an array; in SQL it has the name it is given here.
template <class Row>
class LentTable {
 public:
  LentTable(Connection& connection, const char* name, std::span<const LentColumn<Row>> columns)
      : connection_(connection), name_(name), columns_(columns) {
    connection_.add_module(name_, &module, this);
  }
  ~LentTable() { connection_.drop_module(name_); }
  LentTable(const LentTable&) = delete;
  LentTable& operator=(const LentTable&) = delete;

  void lend(std::span<const Row> rows) { rows_ = rows; }

 private:
  struct Table : sqlite3_vtab {
    const LentTable* lent = nullptr;
  };
  struct Cursor : sqlite3_vtab_cursor {
    std::size_t at = 0;
  };
  static const LentTable& of(sqlite3_vtab_cursor* cursor) {
    return *static_cast<Table*>(cursor->pVtab)->lent;
  }
  static std::size_t& at(sqlite3_vtab_cursor* cursor) { return static_cast<Cursor*>(cursor)->at; }

  static int connect(sqlite3* database, void* self, int, const char* const*, sqlite3_vtab** table, char**) {
    const auto* lent = static_cast<const LentTable*>(self);
    std::string sql = "CREATE TABLE lent(";
    for (const auto& column : lent->columns_)
      (sql += &column == lent->columns_.data() ? "" : ", ") += column.name;
    const int code = sqlite3_declare_vtab(database, (sql += ")").c_str());
    if (code != SQLITE_OK) return code;
    auto* made = new (std::nothrow) Table;
    if (made == nullptr) return SQLITE_NOMEM;
    made->lent = lent;
    *table = made;
    return SQLITE_OK;
  }
  static int disconnect(sqlite3_vtab* table) {
    delete static_cast<Table*>(table);
    return SQLITE_OK;
  }
  static int plan(sqlite3_vtab*, sqlite3_index_info*) { return SQLITE_OK; }
  static int open(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) {
    *cursor = new (std::nothrow) Cursor;
    return *cursor != nullptr ? SQLITE_OK : SQLITE_NOMEM;
  }
  static int close(sqlite3_vtab_cursor* cursor) {
    delete static_cast<Cursor*>(cursor);
    return SQLITE_OK;
  }
  static int begin(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
    at(cursor) = 0;
    return SQLITE_OK;
  }
  static int next(sqlite3_vtab_cursor* cursor) {
    ++at(cursor);
    return SQLITE_OK;
  }
  static int is_at_end(sqlite3_vtab_cursor* cursor) { return at(cursor) >= of(cursor).rows_.size() ? 1 : 0; }
  static int give(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int column) {
    const LentTable& lent = of(cursor);
    lent.columns_[static_cast<std::size_t>(column)].put(lent.rows_[at(cursor)], LentCell(context));
    return SQLITE_OK;
  }
  static int number(sqlite3_vtab_cursor* cursor, sqlite3_int64* row) {
    *row = static_cast<sqlite3_int64>(at(cursor));
    return SQLITE_OK;
  }

  static constexpr sqlite3_module module = [] {
    sqlite3_module m{};
    m.xConnect = connect;  // and no xCreate: the table is there without being created
    m.xDisconnect = disconnect;
    m.xBestIndex = plan;
    m.xOpen = open;
    m.xClose = close;
    m.xFilter = begin;
    m.xNext = next;
    m.xEof = is_at_end;
    m.xColumn = give;
    m.xRowid = number;
    return m;
  }();

  Connection& connection_;
  const char* name_;
  std::span<const LentColumn<Row>> columns_;
  std::span<const Row> rows_;
};

}  // namespace mealsync::campus
