// campus/store/store.hpp -- the student database: making one, opening it, reading what an import must know.
//
// Units      Text that is NULL is empty; a date that is NULL or cannot be read is nothing.
// Errors     Throws StoreError.
// Ownership  Rows hold views that end when the callback returns.
// Threads    One thread at a time a store; several processes may use one database.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <campus/store/store_error.hpp>
#include <eligibility/record.hpp>
#include <mealsync/date.hpp>
#include <mealsync/school_year.hpp>

namespace mealsync::campus {

class Connection;
class Statement;
struct DatedRecord;

enum class Made : std::uint8_t { now, before };

/// Makes an empty Campus database. One that is there already is left as it is, but for columns that it lacks.
[[nodiscard]] Made init(const std::filesystem::path& path);

enum class Access : std::uint8_t { read_only, read_write };

struct PersonRow {
  std::int64_t person = 0;
  std::string_view state_id;
  std::string_view student_number;
};

struct PersonNumbers {
  std::int64_t first = 0, last = 0;
  // No fewer than there are, and not many more where their numbers follow each other: to make room for.
  std::size_t count = 0;
};

/// A person as a report names him.
struct NameRow {
  std::int64_t person = 0;
  std::string_view state_id, last_name, first_name;
};

/// A person as he is now called: one without a current identity has none.
struct IdentityRow {
  std::int64_t person = 0;
  std::string_view state_id;
  std::string_view last_name, first_name;
  std::optional<Date> birth_date;
};

struct SsnRow {
  std::int64_t person = 0;
  std::string_view state_id;
  std::string_view ssn;
};

struct EnrollmentRow {
  std::int64_t person = 0;
  std::uint32_t school = 0;  // its place among the numbers of schools that the reading gives
  bool is_primary = false;
  std::optional<Date> start;
  std::optional<Date> end;
};

struct SchoolRow {
  std::string_view school;     // its number
  std::string_view provision;  // empty: none
};

/// A run that changed meal records of this database.
struct KnownRun {
  std::int64_t id = 0;
  std::string run;  // the journal's name of it
  std::string pipeline, started_at;
  SchoolYear year;
  std::int64_t undoes = 0;  // the ID of the run that it has undone; 0: none
  std::string undone_by;    // the run that has undone it, and is not undone itself; empty: none
};

/// A meal record in the very words that are stored.
struct StoredRecord {
  std::string_view end_year, eligibility, source, type, start, end;
};

/// What a run did to a record. Of one that was not there before, or is not afterwards, all is empty.
struct ChangeRow {
  std::string_view run, started_at, action;
  std::int64_t record = 0;
  StoredRecord before, after;
};

struct MealRow {
  std::int64_t person = 0;
  MealRecord record;
  // The column of a record that cannot be read, and its value: such a record is to be left alone.
  std::string_view unreadable_column;
  std::string_view unreadable_value;
};

/// An import as the database itself remembers it.
struct PastImport {
  std::string finished_at;  // UTC
  std::string status;
  std::uint64_t inserted = 0, updated = 0, ended = 0, removed = 0, trimmed = 0;
};

class CampusStore {
 public:
  /// How long to wait for another process.
  static constexpr std::chrono::milliseconds usual_patience{30'000};

  /// Opened to be read, the database is left byte for byte as it is, and no other file beside it.
  CampusStore(const std::filesystem::path& path, Access access,
              std::chrono::milliseconds patience = usual_patience);
  ~CampusStore();
  CampusStore(CampusStore&&) noexcept;
  CampusStore& operator=(CampusStore&&) noexcept;

  /// Until end_read, all that is read is of one moment.
  void begin_read();
  void end_read();

  [[nodiscard]] PersonNumbers persons();
  /// By person; empty where he has none.
  void read_state_ids(const std::function<void(std::int64_t person, std::string_view state_id)>& visit);
  /// By person.
  void read_persons(const std::function<void(const PersonRow&)>& visit);
  /// By person.
  void read_identities(const std::function<void(const IdentityRow&)>& visit);
  /// Of the same identities. A database of an earlier time has no place for them: Fault::other_version.
  void read_ssns(const std::function<void(const SsnRow&)>& visit);
  /// By person, until `visit` answers false. State IDs are left empty where nobody asks for them.
  void read_names(bool with_state_ids, const std::function<bool(const NameRow&)>& visit);
  /// Of a year, by person, then in the order they were entered; without those who never came. The answer is the
  /// numbers of the schools.
  std::vector<std::string> read_enrollments(SchoolYear year,
                                            const std::function<void(const EnrollmentRow&)>& visit);
  /// Who has an enrolment in the year, ascending; once for each that he has. Whether its school is known does not
  /// count: nobody asks for it.
  void read_enrolled(SchoolYear year, const std::function<void(std::int64_t person)>& visit);
  /// Who lives in which household on a day, by household, then by person. A membership that is not the person's first
  /// home does not count.
  void read_households(Date day,
                       const std::function<void(std::int64_t household, std::int64_t person)>& visit);
  /// Records of type Meal, of all years, by person, until `visit` answers false.
  void read_meals(const std::function<bool(const MealRow&)>& visit);
  /// Those that teach in a year, by number.
  void read_schools(SchoolYear year, const std::function<void(const SchoolRow&)>& visit);

  /// By the journal's name of the run; nothing where it has not committed to this database.
  [[nodiscard]] std::optional<PastImport> find_import(std::string_view run);
  /// Nothing where no such run changed anything here.
  [[nodiscard]] std::optional<KnownRun> find_run(std::string_view run);
  /// Who has the key for a state ID, or for a student number; by person.
  [[nodiscard]] std::vector<std::int64_t> find_persons(std::string_view key);
  /// What runs did to a person's records, in the order in which they did it.
  void read_changes(std::int64_t person, const std::function<void(const ChangeRow&)>& visit);
  /// A person's records of type Meal, by their first day.
  void read_records(std::int64_t person,
                    const std::function<void(std::int64_t record, const StoredRecord&)>& visit);

  /// Brings what was committed from the write-ahead log into the file, as far as nobody is in the way. What is not
  /// brought now is when the database is closed.
  void settle() noexcept;

 private:
  friend class DayChecks;
  friend class ImportTransaction;
  friend class RosterTransaction;
  friend void read_dated_records(CampusStore&, const std::function<void(const DatedRecord&)>&);
  friend class UndoTransaction;
  std::unique_ptr<Connection> connection_;
};

}  // namespace mealsync::campus
