#include <campus/store/store.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cerrno>
#include <limits>
#include <stdexcept>
#include <string>
#include <system_error>

#include <campus/store/connection.hpp>
#include <campus/store/meal_columns.hpp>
#include <campus/store/run_entry.hpp>
#include <campus/store/schema.hpp>

namespace mealsync::campus {
namespace {

namespace fs = std::filesystem;

/// The file itself, as SQLite sees it when it names the files beside it.
fs::path find_file(const fs::path& path) {
  std::error_code none;
  const auto status = fs::status(path, none);
  if (!fs::exists(status)) throw StoreError(Fault::missing, "there is no such file");
  if (fs::is_directory(status)) throw StoreError(Fault::not_a_file, "it is a folder");
  if (!fs::is_regular_file(status)) throw StoreError(Fault::not_a_file, "it is not a file");
  const auto file = fs::canonical(path, none);
  return none ? path : file;
}

bool may_write(const fs::path& file) {
  const auto may = [](const fs::path& what, int how) {
    return faccessat(AT_FDCWD, what.c_str(), how, AT_EACCESS) == 0;
  };
  return may(file, W_OK) && may(file.parent_path(), W_OK | X_OK);
}

bool has_log(const fs::path& file) {
  std::error_code none;
  const auto size = fs::file_size(fs::path(file) += "-wal", none);
  return !none && size > 0;
}

/// A reader of a write-ahead log needs files of its own beside the database, and only one that may write can
/// remove them again. Where it may not, and there is no log, the file is read as one that nobody changes.
std::unique_ptr<Connection> connect_to_read(const fs::path& file, std::chrono::milliseconds patience) {
  const bool log_is_there = has_log(file);
  if (!may_write(file))
    return std::make_unique<Connection>(file, SQLITE_OPEN_READONLY, log_is_there ? "" : "immutable=1",
                                        patience);
  auto connection = std::make_unique<Connection>(file, SQLITE_OPEN_READWRITE, "", patience);
  connection->execute("PRAGMA query_only = ON");
  if (log_is_there) connection->keep_log_on_close();
  return connection;
}

std::unique_ptr<Connection> connect_to_write(const fs::path& file, std::chrono::milliseconds patience) {
  if (!may_write(file)) throw StoreError(Fault::read_only, "the file, or its folder, may not be written");
  auto connection = std::make_unique<Connection>(file, SQLITE_OPEN_READWRITE, "", patience);
  connection->execute("PRAGMA foreign_keys = ON");
  // A run's changes are one transaction, in the order of students: what has left the cache is not asked for again.
  connection->execute("PRAGMA cache_size = -4096");
  // The log is brought into the file when the run's reports are being written, not inside the commit: see settle.
  connection->execute("PRAGMA wal_autocheckpoint = 0");
  return connection;
}

void check_schema(Connection& connection) {
  if (connection.number("PRAGMA application_id") != application_id)
    throw StoreError(Fault::not_campus, "it is not a Campus database");
  const auto version = connection.number("PRAGMA user_version");
  if (version != schema_version)
    throw StoreError(Fault::other_version, "its schema has version " + std::to_string(version) +
                                               ", and this program knows version " +
                                               std::to_string(schema_version));
}

/// Without a write-ahead log a loader would have to wait for the stages that read: for its own run.
void check_log(Connection& connection) {
  Statement mode(connection, "PRAGMA journal_mode");
  if (mode.step() && mode.text(0) != "wal")
    throw StoreError(Fault::other_version, "it is not in WAL mode; run PRAGMA journal_mode=WAL on it once");
}

/// Databases of before have no column for them.
bool keeps_ssns(Connection& connection) {
  return connection.number("SELECT count(*) FROM pragma_table_info('Identity') WHERE name = 'ssn'") > 0;
}

/// A scan of the table itself, which SQLite makes in the order of its numbers; whoever reads it relies on that.
constexpr std::string_view from_persons = "FROM Person p NOT INDEXED";

class Ascending {
 public:
  [[nodiscard]] std::int64_t next(sqlite3_value* number) { return take(integer_of(number)); }
  std::int64_t take(std::int64_t person) {
    if (person < last_) throw std::logic_error("persons do not come in the order of their numbers");
    return last_ = person;
  }

 private:
  std::int64_t last_ = std::numeric_limits<std::int64_t>::min();
};

/// Of a year, by person, then in the order they were entered: the index holds them so, with all that is read of them.
std::string enrollments(Connection& connection, SchoolYear year) {
  return connection.from("Enrollment", "WHERE noShow = 0 AND endYear = " + std::to_string(year.end_year),
                         "EnrollmentInYear", "personID, enrollmentID");
}

using SchoolsByCalendar = boost::unordered_flat_map<std::int64_t, std::uint32_t>;

/// Which school a calendar is of, by its place in `numbers`: there are few of them, and an enrolment names one.
SchoolsByCalendar schools_by_calendar(Connection& connection, std::vector<std::string>& numbers) {
  SchoolsByCalendar schools;
  Statement calendar(
      connection, "SELECT c.calendarID, s.number FROM Calendar c JOIN School s ON s.schoolID = c.schoolID");
  while (calendar.step()) {
    schools.emplace(calendar.integer(0), static_cast<std::uint32_t>(numbers.size()));
    numbers.emplace_back(calendar.text(1));
  }
  return schools;
}

void check_schema_of_occupant(const fs::path& path) {
  try {
    const CampusStore store(path, Access::read_only);
  } catch (const StoreError& error) {
    if (error.fault() != Fault::not_campus && error.fault() != Fault::not_a_database) throw;
    throw StoreError(Fault::occupied, "a file that is not a Campus database is there");
  }
}

void bring_up_to_date(const fs::path& file) {
  Connection connection(file, SQLITE_OPEN_READWRITE, "", CampusStore::usual_patience);
  if (!keeps_ssns(connection)) connection.execute("ALTER TABLE Identity ADD COLUMN ssn TEXT");
  if (!keeps_undoes(connection)) connection.execute("ALTER TABLE ImportRun ADD COLUMN undoesRunID INTEGER");
  connection.execute(index_sql);
}

/// It holds every child's status, whatever the account's umask says. What SQLite puts beside it has the same rights.
void make_private_file(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) throw StoreError(Fault::failed, std::generic_category().message(errno));
  ::close(descriptor);
}

}  // namespace

Made init(const fs::path& path) {
  std::error_code none;
  const auto status = fs::status(path, none);
  if (fs::exists(status)) {
    const auto file = find_file(path);
    if (fs::file_size(file, none) > 0) {
      check_schema_of_occupant(file);
      bring_up_to_date(file);
      return Made::before;
    }
  }
  make_private_file(path);
  Connection connection(path, SQLITE_OPEN_READWRITE, "", CampusStore::usual_patience);
  connection.execute(("PRAGMA page_size = " + std::to_string(page_size)).c_str());
  connection.execute("BEGIN EXCLUSIVE");
  connection.execute(schema_sql);
  connection.execute(index_sql);
  connection.execute(roster_keys_sql);
  connection.execute(("PRAGMA application_id = " + std::to_string(application_id)).c_str());
  connection.execute(("PRAGMA user_version = " + std::to_string(schema_version)).c_str());
  connection.execute("COMMIT");
  connection.execute("PRAGMA journal_mode = WAL");
  return Made::now;
}

CampusStore::CampusStore(const fs::path& path, Access access, std::chrono::milliseconds patience) {
  const auto file = find_file(path);
  connection_ =
      access == Access::read_only ? connect_to_read(file, patience) : connect_to_write(file, patience);
  check_schema(*connection_);
  if (access == Access::read_write) check_log(*connection_);
}

CampusStore::~CampusStore() = default;
CampusStore::CampusStore(CampusStore&&) noexcept = default;
CampusStore& CampusStore::operator=(CampusStore&&) noexcept = default;

void CampusStore::begin_read() {
  connection_->execute("BEGIN");
}

void CampusStore::end_read() {
  connection_->execute("COMMIT");
}

std::optional<PastImport> CampusStore::find_import(std::string_view run) {
  Statement row(
      *connection_,
      "SELECT finishedAt, status, inserted, updated, ended, removed, trimmed FROM ImportRun WHERE run = ?");
  if (!row.bind(1, run).step()) return std::nullopt;
  const auto count = [&row](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
  return PastImport{
      std::string(row.text(0)), std::string(row.text(1)), count(2), count(3), count(4), count(5), count(6)};
}

void CampusStore::settle() noexcept {
  try {
    Statement(*connection_, "PRAGMA wal_checkpoint(PASSIVE)").run();
  } catch (const StoreError&) {  // Whoever closes the database last does it.
  }
}

PersonNumbers CampusStore::persons() {
  constexpr std::int64_t least_bytes = 8;  // of a person in the file
  // One extreme a statement: of two SQLite reads the whole table.
  const auto last = connection_->number("SELECT coalesce(max(personID), 0) FROM Person");
  const auto first = connection_->number("SELECT coalesce(min(personID), 1) FROM Person");
  const auto bytes = connection_->number("PRAGMA page_count") * connection_->number("PRAGMA page_size");
  return {first, last,
          static_cast<std::size_t>(std::clamp<std::int64_t>(last - first + 1, 0, bytes / least_bytes))};
}

void CampusStore::read_state_ids(
    const std::function<void(std::int64_t person, std::string_view state_id)>& visit) {
  Ascending ascending;
  connection_->visit_rows("p.personID, p.stateID", from_persons, [&](Connection::Values row) {
    visit(ascending.next(row[0]), text_of(row[1]));
    return true;
  });
}

void CampusStore::read_persons(const std::function<void(const PersonRow&)>& visit) {
  Statement person(*connection_, "SELECT personID, stateID, studentNumber FROM Person ORDER BY personID");
  while (person.step())
    visit({person.integer(0), person.text(1), person.text(2)});
}

void CampusStore::read_identities(const std::function<void(const IdentityRow&)>& visit) {
  Statement identity(*connection_,
                     "SELECT p.personID, p.stateID, i.lastName, i.firstName, i.birthdate FROM Person p"
                     " JOIN Identity i ON i.identityID = p.currentIdentityID AND i.personID = p.personID"
                     " ORDER BY p.personID");
  while (identity.step())
    visit({identity.integer(0), identity.text(1), identity.text(2), identity.text(3),
           date_from_iso(identity.text(4))});
}

void CampusStore::read_ssns(const std::function<void(const SsnRow&)>& visit) {
  if (!keeps_ssns(*connection_))
    throw StoreError(Fault::other_version,
                     "it has no place for SSNs yet; run mealsync campus init on it once");
  Statement identity(*connection_,
                     "SELECT p.personID, p.stateID, i.ssn FROM Person p"
                     " JOIN Identity i ON i.identityID = p.currentIdentityID AND i.personID = p.personID"
                     " ORDER BY p.personID");
  while (identity.step())
    visit({identity.integer(0), identity.text(1), identity.text(2)});
}

void CampusStore::read_names(bool with_state_ids, const std::function<bool(const NameRow&)>& visit) {
  std::string from(from_persons);
  from += " LEFT JOIN Identity i ON i.identityID = p.currentIdentityID";
  Ascending ascending;
  connection_->visit_rows(
      with_state_ids ? "p.personID, i.lastName, i.firstName, p.stateID"
                     : "p.personID, i.lastName, i.firstName, NULL",
      from, [&](Connection::Values row) {
        return visit({ascending.next(row[0]), text_of(row[3]), text_of(row[1]), text_of(row[2])});
      });
}

std::vector<std::string> CampusStore::read_enrollments(
    SchoolYear year, const std::function<void(const EnrollmentRow&)>& visit) {
  std::vector<std::string> numbers;
  const auto schools = schools_by_calendar(*connection_, numbers);
  Ascending ascending;
  const auto read_date = [](sqlite3_value* text, std::optional<Date>& to) {
    if (Date date; date_from_iso(text_of(text), date)) to = date;
  };
  connection_->visit_rows("personID, calendarID, serviceType, startDate, endDate",
                          enrollments(*connection_, year), [&](Connection::Values row) {
                            EnrollmentRow enrollment;
                            enrollment.person = ascending.next(row[0]);
                            const auto school = schools.find(integer_of(row[1]));
                            if (school == schools.end()) return true;
                            enrollment.school = school->second;
                            enrollment.is_primary = text_of(row[2]) == "P";
                            read_date(row[3], enrollment.start);
                            read_date(row[4], enrollment.end);
                            visit(enrollment);
                            return true;
                          });
  return numbers;
}

void CampusStore::read_enrolled(SchoolYear year, const std::function<void(std::int64_t person)>& visit) {
  Ascending ascending;
  connection_->visit_rows("personID", enrollments(*connection_, year), [&](Connection::Values row) {
    visit(ascending.next(row[0]));
    return true;
  });
}

void CampusStore::read_schools(SchoolYear year, const std::function<void(const SchoolRow&)>& visit) {
  Statement school(*connection_,
                   "SELECT s.number, p.provision FROM School s"
                   " LEFT JOIN SchoolProvision p ON p.schoolID = s.schoolID AND p.endYear = ?1"
                   " WHERE EXISTS (SELECT 1 FROM Calendar c WHERE c.schoolID = s.schoolID AND c.endYear = ?1)"
                   " ORDER BY s.number, s.schoolID");
  school.bind(1, std::int64_t{year.end_year});
  while (school.step())
    visit({school.text(0), school.text(1)});
}

void CampusStore::read_meals(const std::function<bool(const MealRow&)>& visit) {
  Ascending ascending;
  visit_meals(*connection_, [&](const MealRow& row) {
    ascending.take(row.person);
    return visit(row);
  });
}

}  // namespace mealsync::campus
