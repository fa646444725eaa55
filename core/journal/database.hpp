// journal/database.hpp -- the journal's door to SQLite.
//
// Errors     What SQLite refuses is thrown as a Fault; it is caught inside this folder.
// Ownership  A text that is bound is borrowed until the statement is bound again or gone.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sqlite3.h>

namespace mealsync::journal_file {

/// What went wrong, in SQLite's own words.
class Fault : public std::runtime_error {
 public:
  explicit Fault(sqlite3* database)
      : std::runtime_error(sqlite3_errmsg(database)), code_(sqlite3_errcode(database)) {}
  [[nodiscard]] int code() const { return code_; }

 private:
  int code_;
};

/// Has SQLite keep no statistics of its memory, in the whole process: at each allocation the threads of a run would wait
/// for the lock that these stand behind. Nobody reads them. Where SQLite is in use already, it goes on keeping them.
inline void keep_no_memory_statistics() {
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

class Database {
 public:
  /// Opens a file that exists, for one thread at a time. What is deleted does not cascade before
  /// delete_what_refers().
  explicit Database(const std::filesystem::path& file) {
    keep_no_memory_statistics();
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(opened);
    if (code != SQLITE_OK) throw Fault(opened);
    sqlite3_busy_timeout(opened, patience_ms);
  }

  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

  /// Runs statements that have no parameters and no answer.
  void execute(const std::string& statements) {
    if (sqlite3_exec(handle(), statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw Fault(handle());
    }
  }

  /// From now on rows go with the row that they refer to, and each new one is looked up: outside a transaction only.
  void delete_what_refers() { execute("PRAGMA foreign_keys = ON"); }

  /// The rows that the last statement inserted, updated or deleted.
  [[nodiscard]] std::uint64_t changes() const {
    return static_cast<std::uint64_t>(sqlite3_changes64(handle()));
  }

 private:
  static constexpr int patience_ms = 10'000;

  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

class Statement {
 public:
  Statement(Database& database, std::string_view sql) : database_(database.handle()) {
    sqlite3_stmt* prepared = nullptr;
    check(sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &prepared, nullptr));
    handle_.reset(prepared);
  }

  template <class... Values>
  void bind(const Values&... values) {
    reset();
    bind_from(0, values...);
  }
  /// Binds the parameters after the first `bound` ones.
  template <class... Values>
  void bind_from(int bound, const Values&... values) {
    (check(bind_one(++bound, values)), ...);
  }

  /// Makes it ready to be bound and run again.
  void reset() { sqlite3_reset(handle_.get()); }

  /// Goes to the next row; false past the last.
  bool next() {
    const int code = sqlite3_step(handle_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) throw Fault(database_);
    return code == SQLITE_ROW;
  }

  /// Runs a statement that gives no rows.
  template <class... Values>
  void run(const Values&... values) {
    bind(values...);
    next();
  }

  /// A column of the row, counted from 0.
  [[nodiscard]] std::uint64_t number(int column) const {
    return static_cast<std::uint64_t>(sqlite3_column_int64(handle_.get(), column));
  }
  [[nodiscard]] std::string text(int column) const {
    const void* bytes = sqlite3_column_blob(handle_.get(), column);
    const int size = sqlite3_column_bytes(handle_.get(), column);
    return size == 0 ? std::string()
                     : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
  }

 private:
  int bind_one(int at, std::string_view text) {
    // A null pointer would bind NULL, which is not the empty text.
    const char* bytes = text.empty() ? "" : text.data();
    return sqlite3_bind_text64(handle_.get(), at, bytes, text.size(), nullptr, SQLITE_UTF8);
  }
  int bind_one(int at, std::integral auto number) {
    return sqlite3_bind_int64(handle_.get(), at, static_cast<sqlite3_int64>(number));
  }
  void check(int code) const {
    if (code != SQLITE_OK) throw Fault(database_);
  }

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// Undone unless it is committed. Takes the right to write at once, so that it waits for another writer only
/// here.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) { database_.execute("BEGIN IMMEDIATE"); }
  ~Transaction() {
    if (!committed_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    database_.execute("COMMIT");
    committed_ = true;
  }

 private:
  Database& database_;
  bool committed_ = false;
};

}  // namespace mealsync::journal_file
