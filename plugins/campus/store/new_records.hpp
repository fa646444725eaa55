// campus/store/new_records.hpp -- the records that a run inserts, and its note of each, written many at a time.
//
// One statement for many rows costs half of one for each: SQLite looks up the last ID that was given (AUTOINCREMENT),
// and begins and ends a statement, once for all of them. A row that it does not take ends the transaction; to be able to
// take back the statement alone, SQLite would write each page that it changes to a file first. The IDs it will give are
// known: they follow the last ever.
//
// Errors   Throws StoreError; Fault::changed_meanwhile where a student is no longer in the database.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <campus/store/connection.hpp>
#include <campus/store/lent_table.hpp>
#include <campus/store/pages_at_hand.hpp>
#include <eligibility/record.hpp>

namespace mealsync::campus {

class NewRecords {
 public:
  /// In a transaction that has begun. `modified_at` lives longer.
  NewRecords(Connection& connection, std::int64_t run, std::string_view modified_at);

  void add(std::int64_t person, const MealRecord& record, bool is_extended);
  /// Writes what waits, as the changes that follow number `sequence`.
  void flush(std::int64_t& sequence);

  [[nodiscard]] bool is_full() const { return waiting_.size() == rows_a_statement; }
  /// Whether the record is one of these.
  [[nodiscard]] bool holds(std::int64_t record) const { return record >= first_id_; }

 private:
  static constexpr std::size_t rows_a_statement = 512;

  struct Row {
    std::int64_t id, person;
    MealRecord record;
    std::array<char, 10> start, end;
  };
  static const std::array<LentColumn<Row>, 8> columns;

  Connection& connection_;
  std::int64_t first_id_, next_id_;
  std::vector<Row> waiting_;
  LentTable<Row> table_;
  std::vector<std::int64_t> extended_;  // of those that wait
  Statement insert_records_, note_changes_, find_orphan_;
  Statement mark_extended_;  // few are: apart from the statement that writes them all
  PagesAtHand pages_;
};

}  // namespace mealsync::campus
