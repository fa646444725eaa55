// campus/store/connection.hpp -- SQLite, as far as the store needs it: the only header of the plugins that
// includes it.
//
// Errors   Every failure is a StoreError with SQLite's own words.
// Threads  One thread at a time.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <campus/store/store_error.hpp>
#include <mealsync/date.hpp>

namespace mealsync::campus {

class Statement;

class Connection {
 public:
  /// `flags` are SQLite's, SQLITE_OPEN_…; `parameters` those of its URI, `immutable=1`.
  Connection(const std::filesystem::path& path, int flags, std::string_view parameters,
             std::chrono::milliseconds patience);

  /// Runs statements that give no rows.
  void execute(const char* sql);
  [[nodiscard]] std::int64_t number(const char* sql);
  [[nodiscard]] std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
  /// The greatest ID that a table with AUTOINCREMENT ever gave; it never gives one twice.
  [[nodiscard]] std::int64_t last_id_ever(const std::string& table, const std::string& column);
  [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  /// Ends a transaction without its changes; says nothing where there is none, or none that can be ended.
  void roll_back() noexcept;
  /// A table of our own; `self` is what the module's functions are given.
  void add_module(const char* name, const sqlite3_module* module, void* self) {
    check(sqlite3_create_module_v2(handle_.get(), name, module, self, nullptr));
  }
  /// Calls `visit` with the columns of each row of "SELECT <columns> <from>", in the order in which SQLite comes to
  /// them; `visit` answers whether to go on. Takes two thirds of what stepping through the rows does: SQLite calls, and
  /// does not come back for each.
  using Values = std::span<sqlite3_value* const>;
  using VisitRow = std::function<bool(Values)>;
  void visit_rows(std::string_view columns, std::string_view from, const VisitRow& visit);
  /// Likewise, prepared once for several visits.
  [[nodiscard]] Statement prepare_visit(std::string_view columns, std::string_view from);
  void visit_rows(Statement& rows, const VisitRow& visit);
  /// A FROM for visit_rows whose rows come in the order of an index. A database of before may lack it: SQLite sorts.
  [[nodiscard]] std::string from(const std::string& table, const std::string& where, const std::string& index,
                                 const std::string& order);
  [[nodiscard]] bool has_index(const std::string& index);
  void drop_module(const char* name) noexcept {
    sqlite3_create_module_v2(handle_.get(), name, nullptr, nullptr, nullptr);
  }
  /// Leaves a write-ahead log that others left behind as it is.
  void keep_log_on_close();

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  [[noreturn]] void fail(int code) const;
  void check(int code) const {
    if (code != SQLITE_OK) fail(code);
  }

  struct Visit;
  void define_visit();

  std::unique_ptr<Visit*> visit_;  // what SQLite's function visits for
  std::unique_ptr<sqlite3, Close> handle_;
};

[[nodiscard]] inline std::int64_t integer_of(sqlite3_value* value) {
  return sqlite3_value_int64(value);
}
/// Lives as long as the row. Empty where it is NULL.
[[nodiscard]] inline std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = sqlite3_value_text(value);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

/// A prepared statement. Parameters count from 1, columns from 0.
class Statement {
 public:
  Statement(Connection& connection, const char* sql);

  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, double value);
  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, const std::optional<Date>& date);
  /// Without a copy: the text lives until the statement has run.
  Statement& bind_lent(int parameter, std::string_view text);
  Statement& bind_null(int parameter);
  /// All parameters are NULL again.
  void clear() { sqlite3_clear_bindings(handle_.get()); }

  /// Whether there is another row. After the last one the statement can be used again.
  [[nodiscard]] bool step();
  /// For statements that give no rows.
  void run() { static_cast<void>(step()); }
  void reset() { sqlite3_reset(handle_.get()); }

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  /// Valid until the next step. Empty where the column is NULL.
  [[nodiscard]] std::string_view text(int column) const;
  /// Asked itself, a value answers in half the time that the statement takes; only one thread may, and one thread at a
  /// time is what we have.
  [[nodiscard]] sqlite3_value* value(int column) const { return sqlite3_column_value(handle_.get(), column); }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  Connection& connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

}  // namespace mealsync::campus
