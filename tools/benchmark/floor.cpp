// floor.cpp -- the benchmark's job (README.md) with no more than it needs: a mapped file, a byte scan, a
// hash table, SQLite. How fast the job can be, and no product: nine fields a record, valid dates, no report.
//
// Usage   floor DATABASE POS_FILE ERRORS
// Build   g++ -O3 -march=x86-64-v3 -std=c++20 floor.cpp -o floor -lsqlite3
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace {

using Text = std::string_view;
using Day = std::uint32_t;  // such as 20160831

constexpr Day first_day = 20160701;
constexpr Day last_day = 20170630;

[[noreturn]] void stop(const char* what, const char* why) {
  std::fprintf(stderr, "floor: %s: %s\n", what, why);
  std::exit(1);
}

std::uint32_t digits(Text text, std::size_t at, std::size_t count) {
  std::uint32_t number = 0;
  for (std::size_t i = at; i < at + count; i++)
    number = number * 10 + static_cast<std::uint32_t>(text[i] - '0');
  return number;
}

Day american(Text text) {  // 08/31/2016
  return digits(text, 6, 4) * 10000 + digits(text, 0, 2) * 100 + digits(text, 3, 2);
}

Day iso(Text text) {  // 2016-08-31
  return digits(text, 0, 4) * 10000 + digits(text, 5, 2) * 100 + digits(text, 8, 2);
}

Text write_iso(Day day, std::array<char, 10>& to) {
  to[4] = to[7] = '-';
  for (const std::size_t place : {9, 8, 6, 5, 3, 2, 1, 0}) {
    to[place] = static_cast<char>('0' + day % 10);
    day /= 10;
  }
  return {to.data(), to.size()};
}

Day day_before(Day date) {
  using namespace std::chrono;
  const auto given = year(static_cast<int>(date / 10000)) / month(date / 100 % 100) / day(date % 100);
  const year_month_day before = sys_days(given) - days(1);
  return static_cast<Day>(static_cast<int>(before.year())) * 10000 +
         static_cast<unsigned>(before.month()) * 100 + static_cast<unsigned>(before.day());
}

void run(sqlite3* db, const char* sql) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) stop(sql, sqlite3_errmsg(db));
}

sqlite3* open_database(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) stop(path, "cannot be opened");
  run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
  run(db, "PRAGMA cache_size=-262144; PRAGMA mmap_size=2147418112");
  return db;
}

class Statement {
 public:
  Statement(sqlite3* db, const char* sql) {
    if (sqlite3_prepare_v2(db, sql, -1, &sql_, nullptr) != SQLITE_OK) stop(sql, sqlite3_errmsg(db));
  }
  ~Statement() { sqlite3_finalize(sql_); }

  bool next_row() {
    const int step = sqlite3_step(sql_);
    if (step != SQLITE_ROW && step != SQLITE_DONE) fail();
    return step == SQLITE_ROW;
  }
  int number(int column) { return sqlite3_column_int(sql_, column); }
  Text text(int column) {
    const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(sql_, column));
    return {start, static_cast<std::size_t>(sqlite3_column_bytes(sql_, column))};
  }

  template <typename... Values>
  void change(Values... values) {
    int place = 0;
    (bind(++place, values), ...);
    if (sqlite3_step(sql_) != SQLITE_DONE) fail();
    sqlite3_reset(sql_);
  }

 private:
  void bind(int place, int number) { sqlite3_bind_int(sql_, place, number); }
  void bind(int place, Text text) {
    sqlite3_bind_text(sql_, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  }
  [[noreturn]] void fail() { stop(sqlite3_sql(sql_), sqlite3_errmsg(sqlite3_db_handle(sql_))); }

  sqlite3_stmt* sql_ = nullptr;
};

struct Meaning {
  std::string status, cert_type, elig_type;
  int rank;
};

/// By code and status, as `DC-SNAP,F`.
using Codes = std::unordered_map<std::string, Meaning>;

Codes read_codes(sqlite3* db) {
  Codes codes;
  Statement rows(
      db, "SELECT vendor_code || ',' || pos_status, pos_status, cert_type, elig_type, rank FROM code_map");
  const auto text = [&](int column) { return std::string(rows.text(column)); };
  while (rows.next_row())
    codes[text(0)] = {text(1), text(2), text(3), rows.number(4)};
  return codes;
}

std::unordered_set<std::string> read_cep_schools(sqlite3* db) {
  std::unordered_set<std::string> schools;
  Statement rows(db, "SELECT school_code FROM school WHERE cep = 1");
  while (rows.next_row())
    schools.emplace(rows.text(0));
  return schools;
}

/// The person of a state ID: an open hash table of numbers, at most half full.
class Students {
 public:
  static constexpr std::int32_t nobody = 0, several = -1;

  Students(sqlite3* db, std::size_t persons)
      : slots_(std::bit_ceil(std::max<std::size_t>(64, persons * 2))),
        shift_(64 - std::countr_zero(slots_.size())) {
    Statement rows(db, "SELECT person_id, state_id FROM student NOT INDEXED");
    while (rows.next_row()) {
      const std::uint64_t key = key_of(rows.text(1));
      if (key == no_key) continue;
      Slot& slot = slots_[place_of(key)];
      slot = {key, slot.key == no_key ? rows.number(0) : several};
    }
  }

  std::int32_t find(Text state_id) const { return slots_[place_of(key_of(state_id))].person; }

 private:
  static constexpr std::uint64_t no_key = 0;  // of a slot that is free
  struct Slot {
    std::uint64_t key = no_key;
    std::int32_t person = nobody;
  };

  /// The ID's number and one, so that 0 is nobody's; no_key where it is not ten digits.
  static std::uint64_t key_of(Text state_id) {
    if (state_id.size() != 10) return no_key;
    std::uint64_t number = 0;
    for (const char letter : state_id) {
      const unsigned digit = static_cast<unsigned>(letter) - '0';
      if (digit > 9) return no_key;
      number = number * 10 + digit;
    }
    return number + 1;
  }

  std::size_t place_of(std::uint64_t key) const {
    std::size_t place = (key * 0x9E3779B97F4A7C15ULL) >> shift_;
    while (slots_[place].key != no_key && slots_[place].key != key)
      place = (place + 1) & (slots_.size() - 1);
    return place;
  }

  std::vector<Slot> slots_;
  int shift_;
};

/// The year's record of a person.
struct Existing {
  std::int32_t id = 0;  // 0: none
  Day start = 0;
  int rank = 0;
};

std::vector<Existing> existing_by_person(sqlite3* db) {
  Statement last(db, "SELECT max(person_id) FROM student");
  last.next_row();
  std::vector<Existing> existing(static_cast<std::size_t>(last.number(0)) + 1);
  Statement rows(db,
                 "SELECT person_id, elig_id, start_date, rank FROM eligibility WHERE school_year='16-17'");
  while (rows.next_row())
    existing[static_cast<std::size_t>(rows.number(0))] = {rows.number(1), iso(rows.text(2)), rows.number(3)};
  return existing;
}

enum Column : std::size_t { state_id, school = 4, status, code, start_date, end_date, columns };
using Record = std::array<Text, columns>;

class PosFile {
 public:
  explicit PosFile(const char* path) {
    const int file = open(path, O_RDONLY);
    struct stat about {};
    if (file < 0 || fstat(file, &about) != 0) stop(path, "cannot be opened");
    const auto size = static_cast<std::size_t>(about.st_size);
    void* bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (bytes == MAP_FAILED) stop(path, "cannot be read");
    at_ = static_cast<const char*>(bytes);
    end_ = at_ + size;
  }

  bool next(Record& record) {
    if (at_ >= end_) return false;
    const char* at = at_;
    for (std::size_t field = 0;; field++) {
      const char* start = at;
      at = at < end_ && *at == '"' ? after_quoted(at) : after_plain(at);
      const bool is_last = at >= end_ || *at == '\n';
      auto size = static_cast<std::size_t>(at - start);
      if (is_last && size > 0 && at[-1] == '\r') size--;
      if (field < columns) record[field] = Text(start, size);
      if (!is_last && *at == '\r') at++;  // behind a quoted last field
      if (at >= end_ || *at == '\n') break;
      at++;
    }
    at_ = at + 1;
    return true;
  }

 private:
  /// Behind the closing quote; two quotes are one inside the text.
  const char* after_quoted(const char* at) const {
    at++;
    while (!(*at == '"' && (at + 1 >= end_ || at[1] != '"')))
      at += *at == '"' ? 2 : 1;
    return at + 1;
  }

  const char* after_plain(const char* at) const {
    while (at < end_ && *at != ',' && *at != '\n')
      at++;
    return at;
  }

  const char* at_ = nullptr;
  const char* end_ = nullptr;
};

struct Insert {
  std::int32_t person;
  Day start, end;
  const Meaning* meaning;
};

struct Outcome {
  unsigned long records = 0, existing = 0, errors = 0, warnings = 0, cep = 0;
  std::vector<Insert> inserts;
  std::vector<std::pair<std::int32_t, Day>> ends;  // a row, and its last day from now on
  std::vector<std::int32_t> removals;
};

class Job {
 public:
  Job(sqlite3* db, const char* errors)
      : codes_(read_codes(db)),
        cep_schools_(read_cep_schools(db)),
        existing_(existing_by_person(db)),
        students_(db, existing_.size()),
        errors_(std::fopen(errors, "w")) {
    if (errors_ == nullptr) stop(errors, "cannot be written");
    std::setvbuf(errors_, nullptr, _IOFBF, 1 << 20);
  }

  Outcome read(PosFile file) {
    Record record;
    while (file.next(record)) {
      outcome_.records++;
      decide(record);
    }
    std::fclose(errors_);
    return std::move(outcome_);
  }

 private:
  /// The steps of README.md, in its order.
  void decide(const Record& record) {
    if (is_cep(record)) {
      outcome_.cep++;
      return;
    }
    const Meaning* meaning = meaning_of(record);
    if (meaning == nullptr) return error("3001 - Invalid [CertType] '%.*s'\n", record[code]);
    const Day start = american(record[start_date]), end = american(record[end_date]);
    if (end < start) return error("3010 - Record contains End Date before Start Date\n");
    if (start < first_day || end > last_day) return error("3011 - Record is outside school year 16-17\n");
    const std::int32_t person = students_.find(record[state_id]);
    if (person == Students::several)
      return error("2001 - Multiple matches found for Student State ID '%.*s'\n", record[state_id]);
    if (person != Students::nobody) return merge({person, start, end, meaning});
    if (record[state_id].size() != 9) return error("1001 - State ID '%.*s' not found\n", record[state_id]);
    error("1001 - State ID '*****%.*s' not found\n", record[state_id].substr(5));  // may be an SSN
  }

  bool is_cep(const Record& record) { return cep_schools_.contains(key_.assign(record[school])); }

  const Meaning* meaning_of(const Record& record) {
    const auto found = codes_.find(key_.assign(record[code]).append(1, ',').append(record[status]));
    return found == codes_.end() ? nullptr : &found->second;
  }

  void merge(const Insert& record) {
    const Existing& old = existing_[static_cast<std::size_t>(record.person)];
    if (old.id != 0) {
      if (record.meaning->rank <= old.rank) return keep(old, *record.meaning);
      if (record.start > old.start)
        outcome_.ends.emplace_back(old.id, day_before(record.start));
      else
        outcome_.removals.push_back(old.id);
    }
    outcome_.inserts.push_back(record);
  }

  void keep(const Existing& old, const Meaning& meaning) {
    outcome_.existing++;
    if (meaning.rank == old.rank) return;
    outcome_.warnings++;
    std::fprintf(errors_, "Line %lu: WARNING 3037 - The record cannot be updated with the %s Type\n",
                 outcome_.records, meaning.elig_type.c_str());
  }

  /// `words` is the format of one text, or of none.
  void error(const char* words, Text value = {}) {
    outcome_.errors++;
    std::fprintf(errors_, "Line %lu: ERROR ", outcome_.records);
    std::fprintf(errors_, words, static_cast<int>(value.size()), value.data());
  }

  Codes codes_;
  std::unordered_set<std::string> cep_schools_;
  std::vector<Existing> existing_;
  Students students_;
  std::FILE* errors_;
  Outcome outcome_;
  std::string key_;  // kept, so that a look-up allocates nothing
};

/// In the order of their keys, which is the order of the table's pages.
void write_changes(sqlite3* db, Outcome& outcome) {
  std::sort(outcome.inserts.begin(), outcome.inserts.end(),
            [](const Insert& a, const Insert& b) { return a.person < b.person; });
  std::sort(outcome.ends.begin(), outcome.ends.end());
  std::sort(outcome.removals.begin(), outcome.removals.end());

  std::array<char, 10> first, last;
  Statement update(db, "UPDATE eligibility SET end_date = ? WHERE elig_id = ?");
  for (const auto& [id, day] : outcome.ends)
    update.change(write_iso(day, last), id);
  Statement removal(db, "DELETE FROM eligibility WHERE elig_id = ?");
  for (const std::int32_t id : outcome.removals)
    removal.change(id);
  Statement row(db, R"(INSERT INTO eligibility(person_id, school_year, status, elig_type, cert_type, rank,
      start_date, end_date, source) VALUES(?, '16-17', ?, ?, ?, ?, ?, ?, 'POS'))");
  for (const auto& [person, start, end, means] : outcome.inserts)
    row.change(person, Text(means->status), Text(means->elig_type), Text(means->cert_type), means->rank,
               write_iso(start, first), write_iso(end, last));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) stop("usage", "floor DATABASE POS_FILE ERRORS");
  sqlite3* db = open_database(arguments[1]);
  run(db, "BEGIN IMMEDIATE");
  Job job(db, arguments[3]);
  Outcome outcome = job.read(PosFile(arguments[2]));
  write_changes(db, outcome);
  run(db, "COMMIT");
  sqlite3_close(db);  // the checkpoint of its WAL
  std::printf("rows=%lu new=%zu ended=%zu removed=%zu existing=%lu errors=%lu warnings=%lu cep=%lu\n",
              outcome.records, outcome.inserts.size(), outcome.ends.size(), outcome.removals.size(),
              outcome.existing, outcome.errors, outcome.warnings, outcome.cep);
}
