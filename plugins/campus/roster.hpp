// campus/roster.hpp -- a district's students in memory: who has a key, and where he is enrolled when.
//
// One scan a table, then a look-up a record. 24 bytes a student who is found by a state ID, for then all that is known
// of him lies beside it; about 60 more where he is found by another key.
// Ownership  Owns what it holds; texts it gives live as long as it does.
// Threads    Read by one thread at a time.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include <campus/enrollments.hpp>
#include <campus/key_table.hpp>
#include <campus/store/store.hpp>
#include <campus/student_key.hpp>
#include <mealsync/sheet.hpp>

namespace mealsync::campus {

class Roster {
 public:
  /// `keys` makes of Campus's keys what is looked up. Only `with_schools` it knows more of an enrolment than that there
  /// is one.
  Roster(CampusStore& store, SchoolYear year, Date as_of, ComparedKey& keys, bool with_schools)
      : Roster(store, store.persons(), year, as_of, keys, with_schools) {}

  enum class Found : std::uint8_t { one, nobody, several };
  struct Student {
    Found found = Found::nobody;
    Enrollments::Standing standing = Enrollments::not_enrolled;
    std::int64_t person = 0;
    std::string_view state_id{};  // where he is found by another key; empty where he has none

    [[nodiscard]] bool is_enrolled() const { return standing != Enrollments::not_enrolled; }
  };

  /// The student with this key as it is compared.
  [[nodiscard]] Student find(std::string_view key) const {
    const auto [value, tag] = by_key_.find(key);
    if (value >= KeyTable::several) return {value == KeyTable::nobody ? Found::nobody : Found::several};
    return lies_beside_key_ ? Student{Found::one, value, std::int64_t{tag}} : students_[value];
  }
  void fetch(std::string_view key) const { by_key_.fetch(key); }

  /// The number of the school where he is for a record with this start, if schools are asked for; empty: nowhere.
  [[nodiscard]] std::string_view school(const Student& student, Date start) const {
    return enrollments_.school(student.standing, start);
  }

 private:
  Roster(CampusStore& store, PersonNumbers numbers, SchoolYear year, Date as_of, ComparedKey& keys,
         bool with_schools)
      : enrollments_(store, year, as_of, with_schools, numbers.count),
        lies_beside_key_(keys.kind() == KeyKind::state_id && numbers.first >= 0 &&
                         numbers.last <= std::numeric_limits<std::uint32_t>::max()) {
    by_key_.reserve(numbers.count);
    if (!lies_beside_key_) students_.reserve(numbers.count);
    read_keys(store, keys);
    by_key_.finish();
    enrollments_.finish();
  }

  void read_keys(CampusStore& store, ComparedKey& keys) {
    switch (keys.kind()) {
      case KeyKind::state_id:
        return store.read_state_ids(
            [&](std::int64_t person, std::string_view state_id) { hold(state_id, person); });
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
  /// By person.
  void hold(std::string_view key, std::int64_t person, std::string_view state_id = {}) {
    if (key.empty()) return;
    const auto standing = enrollments_.of(person);
    if (lies_beside_key_) return by_key_.add(key, standing, static_cast<std::uint32_t>(person));
    by_key_.add(key, static_cast<std::uint32_t>(students_.size()), 0);
    students_.push_back({Found::one, standing, person, texts_.keep(state_id)});
  }

  Enrollments enrollments_;
  bool lies_beside_key_;
  KeyTable by_key_;  // where it lies beside: value is the standing, tag the person; else the place among:
  std::vector<Student> students_;
  detail::TextStore texts_;
};

}  // namespace mealsync::campus
