// campus/roster.hpp -- a district's students in memory: who has a key, and where he is enrolled when.
//
// One scan a table, then a look-up a record. About 50 bytes a student, and 20 more where schools are asked for; a state
// ID where that is not the key.
// Ownership  Owns what it holds; texts it gives live as long as it does.
// Threads    Read by one thread at a time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <campus/key_table.hpp>
#include <campus/store/store.hpp>
#include <campus/student_key.hpp>
#include <mealsync/sheet.hpp>

namespace mealsync::campus {

struct Enrollment {
  Date start{std::numeric_limits<std::int32_t>::min()};  // none: for ever
  Date end{std::numeric_limits<std::int32_t>::max()};
  std::uint32_t school : 31 = 0;  // as Roster::school knows it
  std::uint32_t is_primary : 1 = 0;

  [[nodiscard]] static Enrollment of(const EnrollmentRow& row) {
    Enrollment enrollment;
    if (row.start) enrollment.start = *row.start;
    if (row.end) enrollment.end = *row.end;
    enrollment.school = row.school & 0x7FFFFFFF;
    enrollment.is_primary = row.is_primary ? 1 : 0;
    return enrollment;
  }
  [[nodiscard]] bool is_active(Date day) const { return start <= day && day <= end; }
};

class Roster {
 public:
  /// `keys` makes of Campus's keys what is looked up. Only `with_schools` it knows more of an enrolment than that there
  /// is one.
  Roster(CampusStore& store, SchoolYear year, ComparedKey& keys, bool with_schools) {
    const auto most = store.most_persons();
    by_key_.reserve(most);
    persons_.reserve(most);
    read_keys(store, keys);
    by_key_.finish();
    if (with_schools)
      read_enrollments(store, year);
    else
      read_enrolled(store, year);
  }

  static constexpr std::uint32_t nobody = KeyTable::nobody;
  static constexpr std::uint32_t several = KeyTable::several;
  struct Student {
    std::uint32_t index = nobody;  // or several; else what the roster calls him
    std::int64_t person = 0;
  };

  /// The student with this key as it is compared.
  [[nodiscard]] Student find(std::string_view key) const {
    const auto found = by_key_.find(key);
    if (found.value >= several) return {found.value, 0};
    // A number of 32 bits lies beside the key and costs no way into another part of memory.
    return {found.value, are_small_ && found.has_tag ? std::int64_t{found.tag} : persons_[found.value]};
  }
  void fetch(std::string_view key) const { by_key_.fetch(key); }

  /// His state ID where students are found by another key; empty where he has none.
  [[nodiscard]] std::string_view state_id(std::uint32_t index) const {
    return index < state_ids_.size() ? state_ids_[index] : std::string_view();
  }
  [[nodiscard]] bool is_enrolled(std::uint32_t index) const {
    return firsts_.empty() ? is_enrolled_[index] : firsts_[index] < firsts_[index + 1];
  }
  /// His enrolments in the year, where schools are asked for.
  [[nodiscard]] std::span<const Enrollment> enrollments(std::uint32_t index) const {
    return std::span(enrollments_).subspan(firsts_[index], firsts_[index + 1] - firsts_[index]);
  }
  /// A school's number.
  [[nodiscard]] std::string_view school(const Enrollment& enrollment) const {
    return schools_[enrollment.school];
  }

 private:
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
  void hold(std::string_view key, std::int64_t person, std::string_view state_id = {}) {
    if (key.empty()) return;
    const auto index = static_cast<std::uint32_t>(persons_.size());
    by_key_.add(key, index, static_cast<std::uint32_t>(person));
    persons_.push_back(person);
    are_small_ = are_small_ && person >> 32 == 0;
    if (state_id.empty()) return;
    state_ids_.resize(index);
    state_ids_.push_back(texts_.keep(state_id));
  }

  void read_enrolled(CampusStore& store, SchoolYear year) {
    is_enrolled_.resize(persons_.size());
    std::uint32_t next = 0;
    store.read_enrolled(year, [&](std::int64_t person) {
      if (go_to(person, next)) is_enrolled_[next] = true;
    });
  }
  void read_enrollments(CampusStore& store, SchoolYear year) {
    std::uint32_t next = 0;
    schools_ = store.read_enrollments(year, [&](const EnrollmentRow& row) {
      if (!go_to(row.person, next)) return;
      firsts_.resize(next + 1, static_cast<std::uint32_t>(enrollments_.size()));
      enrollments_.push_back(Enrollment::of(row));
    });
    firsts_.resize(persons_.size() + 1, static_cast<std::uint32_t>(enrollments_.size()));
  }
  /// Goes on to a person; persons come in the order of their numbers. False where he has no key.
  [[nodiscard]] bool go_to(std::int64_t person, std::uint32_t& next) const {
    while (next < persons_.size() && persons_[next] < person)
      ++next;
    return next < persons_.size() && persons_[next] == person;
  }

  KeyTable by_key_;
  std::vector<std::int64_t> persons_;  // ascending; a student is called by his place among them
  bool are_small_ = true;              // below 2^32
  detail::TextStore texts_;
  std::vector<std::string_view> state_ids_;
  std::vector<bool> is_enrolled_;
  std::vector<Enrollment> enrollments_;
  std::vector<std::uint32_t> firsts_;  // of each student, and the end of them all
  std::vector<std::string> schools_;
};

/// Where a student with these enrolments is on `day`: the primary one before others, then the latest start.
/// Source: campus.md 7 and 8.1, the order of the vendor's eligibility report.
[[nodiscard]] inline const Enrollment* active_on(std::span<const Enrollment> enrollments, Date day) {
  const Enrollment* best = nullptr;
  const auto merit = [](const Enrollment& e) { return std::pair(e.is_primary != 0, e.start); };
  for (const Enrollment& each : enrollments)
    if (each.is_active(day) && (best == nullptr || merit(*best) < merit(each))) best = &each;
  return best;
}

/// On the later of a record's start and the day of the run; on the start where he has left by then.
[[nodiscard]] inline const Enrollment* current(std::span<const Enrollment> enrollments, Date start,
                                               Date as_of) {
  const Enrollment* const now = active_on(enrollments, std::max(start, as_of));
  return now != nullptr ? now : active_on(enrollments, start);
}

}  // namespace mealsync::campus
