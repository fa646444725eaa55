// campus/roster.hpp -- a district's students in memory: who has a key, and where he is enrolled when.
//
// One scan a table, then a look-up a record. About 100 bytes a student: the key in use, and the state ID where that is
// another.
// Ownership  Owns what it holds; texts it gives live as long as it does.
// Threads    Read by one thread at a time.
#pragma once

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <campus/store/store.hpp>
#include <campus/student_key.hpp>
#include <mealsync/sheet.hpp>

namespace mealsync::campus {

struct Enrollment {
  std::int64_t person = 0;
  std::optional<Date> start, end;
  std::string_view school;  // its number
  bool is_primary = false;

  [[nodiscard]] bool is_active(Date day) const { return (!start || *start <= day) && (!end || day <= *end); }
};

class Roster {
 public:
  static constexpr std::int64_t nobody = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t several = nobody + 1;

  /// `keys` makes of Campus's keys what `person` is asked with.
  Roster(CampusStore& store, SchoolYear year, ComparedKey& keys) {
    read_keys(store, keys);
    store.read_enrollments(year, [&](const EnrollmentRow& row) {
      enrollments_.push_back({row.person, row.start, row.end, school(row.school), row.service_type == "P"});
    });
  }

  /// The person with this key as it is compared, nobody, or several.
  [[nodiscard]] std::int64_t person(std::string_view key) const {
    const auto at = persons_.find(key);
    return at == persons_.end() ? nobody : at->second;
  }
  /// A person's state ID where persons are found by another key; empty where he has none.
  [[nodiscard]] std::string_view state_id(std::int64_t person) const {
    const auto at = std::lower_bound(state_ids_.begin(), state_ids_.end(), person,
                                     [](const StateId& each, std::int64_t who) { return each.person < who; });
    return at != state_ids_.end() && at->person == person ? at->text : std::string_view();
  }

  /// A person's enrolments in the year.
  [[nodiscard]] std::span<const Enrollment> enrollments(std::int64_t person) const {
    const auto [first, last] = std::equal_range(enrollments_.begin(), enrollments_.end(), person, ByPerson{});
    return {first, last};
  }

 private:
  struct ByPerson {
    bool operator()(const Enrollment& e, std::int64_t person) const { return e.person < person; }
    bool operator()(std::int64_t person, const Enrollment& e) const { return person < e.person; }
  };
  struct StateId {
    std::int64_t person;
    std::string_view text;
  };

  void read_keys(CampusStore& store, ComparedKey& keys) {
    switch (keys.kind()) {
      case KeyKind::state_id:
        return store.read_persons([&](const PersonRow& row) { hold(row.state_id, row.person); });
      case KeyKind::student_number:
        return store.read_persons(
            [&](const PersonRow& row) { hold(row.student_number, row.person, row.state_id); });
      case KeyKind::person_id:
        return store.read_persons(
            [&](const PersonRow& row) { hold(keys.of(row.person), row.person, row.state_id); });
      case KeyKind::ssn:
        return store.read_ssns([&](const SsnRow& row) {
          if (is_ssn_shaped(row.ssn)) hold(keys.of(row.ssn), row.person, row.state_id);
        });
      case KeyKind::name_birth_date:
        return store.read_identities([&](const IdentityRow& row) {
          if (row.birth_date)
            hold(keys.of(row.last_name, row.first_name, *row.birth_date), row.person, row.state_id);
        });
    }
  }
  void hold(std::string_view key, std::int64_t person, std::string_view state_id = {}) {
    if (key.empty()) return;
    if (const auto at = persons_.find(key); at != persons_.end())
      at->second = several;
    else
      persons_.emplace(texts_.keep(key), person);
    if (!state_id.empty()) state_ids_.push_back({person, texts_.keep(state_id)});
  }
  std::string_view school(std::string_view number) {
    const auto at = schools_.find(number);
    return at != schools_.end() ? *at : *schools_.insert(texts_.keep(number)).first;
  }

  detail::TextStore texts_;
  boost::unordered_flat_map<std::string_view, std::int64_t> persons_;  // by key
  std::vector<StateId> state_ids_;                                     // by person
  boost::unordered_flat_set<std::string_view> schools_;
  std::vector<Enrollment> enrollments_;  // by person
};

/// Where a student with these enrolments is on `day`: the primary one before others, then the latest start.
/// Source: campus.md 7 and 8.1, the order of the vendor's eligibility report.
[[nodiscard]] inline const Enrollment* active_on(std::span<const Enrollment> enrollments, Date day) {
  const Enrollment* best = nullptr;
  for (const Enrollment& each : enrollments) {
    if (!each.is_active(day)) continue;
    const auto merit = [](const Enrollment& e) { return std::pair(e.is_primary, e.start.value_or(Date{})); };
    if (best == nullptr || merit(*best) < merit(each)) best = &each;
  }
  return best;
}

}  // namespace mealsync::campus
