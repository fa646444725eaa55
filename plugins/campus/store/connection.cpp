#include <campus/store/connection.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <string>

namespace mealsync::campus {
namespace {

Fault fault_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Fault::locked;
    case SQLITE_NOTADB:
      return Fault::not_a_database;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return Fault::missing;
    case SQLITE_READONLY:
      return Fault::read_only;
    default:
      return Fault::failed;
  }
}

/// As a URI, in which every byte may stand that a file name may have.
std::string uri(const std::filesystem::path& path, std::string_view parameters) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto absolute = std::filesystem::absolute(path);
  std::string text = "file:";
  for (const char c : absolute.native()) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '%' || c == '?' || c == '#' || byte < ' ')
      (text += '%') += {digits[byte / 16], digits[byte % 16]};
    else
      text += c;
  }
  return (text += '?') += parameters;
}

}  // namespace

Connection::Connection(const std::filesystem::path& path, int flags, std::string_view parameters,
                       std::chrono::milliseconds patience) {
  sqlite3* handle = nullptr;
  // One thread at a time uses a connection, so that it needs no lock a call.
  const int code =
      sqlite3_open_v2(uri(path, parameters).c_str(), &handle,
                      flags | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(handle);
  check(code);
  check(sqlite3_busy_timeout(handle, static_cast<int>(patience.count())));
}

void Connection::fail(int code) const {
  throw StoreError(fault_of(code), handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code));
}

void Connection::execute(const char* sql) {
  check(sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr));
}

std::int64_t Connection::number(const char* sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Connection::last_id_ever(const std::string& table, const std::string& column) {
  const auto there = number(("SELECT coalesce(max(" + column + "), 0) FROM " + table).c_str());
  const auto given =
      number(("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = '" + table + "'").c_str());
  return std::max(there, given);
}

bool Connection::has_index(const std::string& index) {
  return number(
             ("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name = '" + index + "'").c_str()) >
         0;
}

std::string Connection::from(const std::string& table, const std::string& where, const std::string& index,
                             const std::string& order) {
  if (has_index(index)) return "FROM " + table + " INDEXED BY " + index + " " + where;
  return "FROM (SELECT * FROM " + table + " " + where + " ORDER BY " + order + ")";
}

/// One call of visit_rows.
struct Connection::Visit {
  const VisitRow& visit;
  bool has_enough = false;
  std::exception_ptr fault{};  // must not go through SQLite

  void row(sqlite3_context* context, Values values) {
    if (has_enough) return;
    try {
      has_enough = !visit(values);
    } catch (...) {
      fault = std::current_exception();
      has_enough = true;
    }
    if (has_enough) sqlite3_result_error_code(context, SQLITE_INTERRUPT);
  }
};

/// To SQLite it is the same function in every call, so that no statement has to be prepared anew because of one.
void Connection::define_visit() {
  const auto step = [](sqlite3_context* context, int count, sqlite3_value** values) {
    auto& now = *static_cast<Visit**>(sqlite3_user_data(context));
    now->row(context, {values, static_cast<std::size_t>(count)});
  };
  visit_ = std::make_unique<Visit*>();
  check(sqlite3_create_function_v2(
      handle_.get(), "mealsync_visit", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, visit_.get(), nullptr, +step,
      +[](sqlite3_context*) {}, nullptr));
}

Statement Connection::prepare_visit(std::string_view columns, std::string_view from) {
  if (!visit_) define_visit();
  std::string sql = "SELECT mealsync_visit(";
  ((sql += columns) += ") ") += from;
  return {*this, sql.c_str()};
}

void Connection::visit_rows(Statement& rows, const VisitRow& visit) {
  Visit now{visit};
  *visit_ = &now;
  try {
    rows.run();
    rows.reset();
  } catch (const StoreError&) {
    if (!now.has_enough) throw;
  }
  if (now.fault) std::rethrow_exception(now.fault);
}

void Connection::visit_rows(std::string_view columns, std::string_view from, const VisitRow& visit) {
  Statement rows = prepare_visit(columns, from);
  visit_rows(rows, visit);
}

void Connection::roll_back() noexcept {
  if (in_transaction()) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Connection::keep_log_on_close() {
  check(sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr));
}

Statement::Statement(Connection& connection, const char* sql) : connection_(connection) {
  sqlite3_stmt* handle = nullptr;
  connection.check(
      sqlite3_prepare_v3(connection.handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr));
  handle_.reset(handle);
}

Statement& Statement::bind(int parameter, std::int64_t value) {
  connection_.check(sqlite3_bind_int64(handle_.get(), parameter, value));
  return *this;
}

Statement& Statement::bind(int parameter, double value) {
  connection_.check(sqlite3_bind_double(handle_.get(), parameter, value));
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  connection_.check(
      sqlite3_bind_text64(handle_.get(), parameter, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_lent(int parameter, std::string_view text) {
  connection_.check(
      sqlite3_bind_text64(handle_.get(), parameter, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  connection_.check(sqlite3_bind_null(handle_.get(), parameter));
  return *this;
}

Statement& Statement::bind(int parameter, const std::optional<Date>& date) {
  if (!date) return bind_null(parameter);
  const auto text = iso(*date);
  return bind(parameter, std::string_view(text.data(), text.size()));
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  // The words of the fault stay the connection's until its next call.
  if (sqlite3_reset(handle_.get()) != SQLITE_OK) connection_.fail(code);
  return false;
}

std::int64_t Statement::integer(int column) const {
  return integer_of(value(column));
}

double Statement::real(int column) const {
  return sqlite3_value_double(value(column));
}

bool Statement::is_null(int column) const {
  return sqlite3_value_type(value(column)) == SQLITE_NULL;
}

std::string_view Statement::text(int column) const {
  return text_of(value(column));
}

}  // namespace mealsync::campus
