// campus/guard_measures.hpp -- what the guards of a run judge, counted while the merge decides: for the district and by
// school.
//
// Source   meal-status.md 3.9. A child loses where the best of the year's records that end, go or change is better than
//          the best that takes their place; who has none counts as Paid.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <eligibility/change.hpp>
#include <mealsync/sdk.hpp>

namespace mealsync::campus {

class GuardMeasures {
 public:
  /// What stands for a school in few bytes.
  using School = std::uint16_t;
  static constexpr School no_school = 0;

  explicit GuardMeasures(SchoolYear year) : year_(year) {}

  /// Past 65,535 schools they are judged as part of the district only.
  [[nodiscard]] School of(Text number) {
    if (number.empty()) return no_school;
    // Texts of one school are mostly the same bytes: where they lie tells which school to compare with first.
    School& likely =
        likely_[std::bit_cast<std::uintptr_t>(number.data()) / sizeof(std::uint64_t) % likely_.size()];
    if (counts_[likely].number != number) likely = look_up(number);
    return likely;
  }

  /// Lives until the next `of`.
  [[nodiscard]] Text number(School school) const { return counts_[school].number; }

  void add(const Change& change, School school) {
    Counts& counts = counts_[school];
    if (change.fate) {
      ++counts.records;
      if (change.after.status.eligibility != Eligibility::paid) ++free_or_reduced_;
    }
    // An end that is what became of a row is a record that is only shorter, and good if it lasts the year.
    const bool is_shortened = change.action == Action::end && change.fate;
    const bool is_given = change.action == Action::insert || change.action == Action::update ||
                          (is_shortened && (!change.after.end || *change.after.end >= year_.last()));
    if (is_given) has_ = std::min(has_, change.after.status.eligibility);
    // Of another year is what is carried over: its end is no loss. What is trimmed begins only when the other has ended.
    const bool is_taken =
        change.action != Action::insert && change.action != Action::none && change.before.year == year_;
    if (!is_taken) return;
    had_ = std::min(had_, change.before.status.eligibility);
    ++counts.changed;
    if (change.action == Action::end && !is_shortened) ++counts.ended;
  }
  /// All changes of one student have been added.
  void end_student(School school) {
    if (had_ < has_) ++counts_[school].lost;
    had_ = has_ = Eligibility::paid;
  }

  void tell(Output& out) const {
    Counts all;
    for (const Counts& counts : counts_) {
      all.changed += counts.changed;
      all.ended += counts.ended;
      all.lost += counts.lost;
    }
    // Told also where it is 0: by this the guards know that somebody counts.
    out.count(MS_GUARD_COUNTER + std::string("changed"), all.changed);
    tell("ended", all.ended, out);
    tell("lost", all.lost, out);
    tell("free_or_reduced", free_or_reduced_, out);
    for (const Counts& counts : std::span(counts_).subspan(1)) {
      tell("school.records." + counts.number, counts.records, out);
      tell("school.changed." + counts.number, counts.changed, out);
      tell("school.ended." + counts.number, counts.ended, out);
      tell("school.lost." + counts.number, counts.lost, out);
    }
  }

 private:
  struct Counts {
    std::string number;
    std::uint64_t records = 0, changed = 0, ended = 0, lost = 0;
  };
  struct ByNumber {
    using is_transparent = void;
    std::size_t operator()(Text number) const { return boost::hash<Text>()(number); }
  };

  [[nodiscard]] School look_up(Text number) {
    auto at = schools_.find(number);
    if (at == schools_.end()) {
      if (counts_.size() > std::numeric_limits<School>::max()) return no_school;
      at = schools_.emplace(std::string(number), static_cast<School>(counts_.size())).first;
      counts_.emplace_back().number = number;
    }
    return at->second;
  }

  static void tell(const std::string& measure, std::uint64_t value, Output& out) {
    if (value > 0) out.count(MS_GUARD_COUNTER + measure, value);
  }

  SchoolYear year_;
  boost::unordered_flat_map<std::string, School, ByNumber, std::equal_to<>> schools_;
  std::vector<Counts> counts_ = std::vector<Counts>(1);  // by school, those of no school first
  std::array<School, 256> likely_{};
  std::uint64_t free_or_reduced_ = 0;
  // Of the student that is decided: the best that he had of what changes, and has instead.
  Eligibility had_ = Eligibility::paid, has_ = Eligibility::paid;
};

}  // namespace mealsync::campus
