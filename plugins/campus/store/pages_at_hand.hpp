// campus/store/pages_at_hand.hpp -- keeps pages in the cache that a run's new records write all along it.
//
// A page that has left the cache for the write-ahead log and is written once more has SQLite read all of that log behind
// it again. Such are the one where the records of before end and the new ones begin, and the inner pages, which share
// what their neighbours have no room for. They stay by being looked at.
//
// Errors   Throws StoreError.
#pragma once

#include <cstddef>
#include <cstdint>

#include <campus/store/connection.hpp>

namespace mealsync::campus {

class PagesAtHand {
 public:
  /// In a transaction that has begun; `first_record` is the ID that the first new record will have.
  PagesAtHand(Connection& connection, std::int64_t first_record);

  /// After each write. The run has come to `last_record`, and noted so many changes.
  void look(std::int64_t last_record, std::int64_t changes);

 private:
  Statement records_, changes_, persons_;
  std::int64_t first_record_;
  std::int64_t changes_before_;
  std::int64_t last_person_ = 0;  // with a record; 0: no index by person
  std::size_t writes_ = 0;
};

}  // namespace mealsync::campus
