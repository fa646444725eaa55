// campus/store/overlap_check.hpp -- whether the meal records of students whom a run changed overlap.
//
// Students are looked at while what was written of them is still at hand. One whose records overlap then is looked at
// again at the end: what is still to come may mend it.
//
// Errors   Throws StoreError.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <campus/store/connection.hpp>
#include <campus/store/lent_table.hpp>

namespace mealsync::campus {

class OverlapCheck {
 public:
  explicit OverlapCheck(Connection& connection);

  /// The run changes a record of his.
  void note(std::int64_t person) {
    if (changed_.empty() || changed_.back() != person) changed_.push_back(person);
  }
  /// All changes that were noted are written, but perhaps not all of the student who was noted last.
  void look();
  /// All changes are written. The records that begin before another one of their student has ended.
  [[nodiscard]] std::vector<std::int64_t> find();

 private:
  static const std::array<LentColumn<std::int64_t>, 1> columns;

  /// Goes on to a record that overlaps one before it of its student, in the order in which they are read.
  [[nodiscard]] bool find_next();
  /// Begins with the records of those of changed_ who have several.
  void begin();
  void find_several();
  void find_several_in_range();

  Connection& connection_;
  std::vector<std::int64_t> changed_;   // not looked at yet
  std::vector<std::int64_t> suspects_;  // to be looked at again
  std::vector<std::int64_t> several_;   // those of changed_ who have several records
  LentTable<std::int64_t> table_;
  Statement several_of_table_, records_, persons_in_range_;
  struct {
    std::int64_t person = 0;
    std::optional<Date> taken_until;
  } at_;
};

}  // namespace mealsync::campus
