// campus/enrollments.hpp -- where a district's students are enrolled in a year.
//
// Most of them are in one school and have not left it: what is known of such a student is one number, which can lie
// wherever the student is looked up. 12 bytes an enrolment of the others.
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
#include <utility>
#include <vector>

#include <campus/large_memory.hpp>
#include <campus/store/store.hpp>

namespace mealsync::campus {

struct Enrollment {
  Date start{std::numeric_limits<std::int32_t>::min()};  // none: for ever
  Date end = for_ever;
  std::uint32_t school : 30 = 0;  // its place among the numbers of schools
  std::uint32_t is_primary : 1 = 0;
  std::uint32_t is_last : 1 = 1;  // of its student

  static constexpr Date for_ever{std::numeric_limits<std::int32_t>::max()};

  [[nodiscard]] static Enrollment of(const EnrollmentRow& row) {
    Enrollment enrollment;
    if (row.start) enrollment.start = *row.start;
    if (row.end) enrollment.end = *row.end;
    enrollment.school = row.school & 0x3FFFFFFF;
    enrollment.is_primary = row.is_primary ? 1 : 0;
    return enrollment;
  }
  [[nodiscard]] bool is_active(Date day) const { return start <= day && day <= end; }
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

class Enrollments {
 public:
  /// What is known of one student. Below 2^31, or one of those that follow from `listed`.
  using Standing = std::uint32_t;
  static constexpr Standing not_enrolled = 0;

  /// Only `with_schools` it knows more of a student than that he is enrolled. `most` students: what to make room for.
  Enrollments(CampusStore& store, SchoolYear year, Date as_of, bool with_schools, std::size_t most)
      : as_of_(as_of) {
    students_.reserve(most);
    if (with_schools)
      schools_ = store.read_enrollments(year, [this](const EnrollmentRow& row) { add(row); });
    else
      store.read_enrolled(year, [this](std::int64_t person) { add({person, 0, false, {}, {}}); });
  }

  /// Persons are asked for in ascending order.
  [[nodiscard]] Standing of(std::int64_t person) {
    while (next_ < students_.size() && students_[next_].person < person)
      ++next_;
    const bool is_here = next_ < students_.size() && students_[next_].person == person;
    return is_here ? students_[next_].standing : not_enrolled;
  }
  /// All who are looked up have been asked for.
  void finish() { students_ = {}; }

  /// The number of the school where a student is for a record with this start; empty: nowhere.
  [[nodiscard]] std::string_view school(Standing standing, Date start) const {
    if (standing == not_enrolled) return {};
    if (standing < listed) return schools_[standing - 1];
    const auto first = list_.begin() + (standing - listed);
    const auto last = std::find_if(first, list_.end(), [](const Enrollment& e) { return e.is_last != 0; });
    const Enrollment* const enrollment = current({first, last + 1}, start, as_of_);
    return enrollment != nullptr ? std::string_view(schools_[enrollment->school]) : std::string_view{};
  }

 private:
  static constexpr Standing listed = Standing{1} << 31;
  struct Student {
    std::int64_t person;
    Standing standing;
  };

  /// By person, then in the order they were entered.
  void add(const EnrollmentRow& row) {
    const Enrollment enrollment = Enrollment::of(row);
    if (students_.empty() || students_.back().person != row.person) {
      // Whatever a record's start is, he is there on the later of it and the day of the run.
      const bool is_there = enrollment.start <= as_of_ && enrollment.end == Enrollment::for_ever;
      students_.push_back({row.person, is_there ? enrollment.school + 1 : list(enrollment)});
    } else {
      if (students_.back().standing < listed) students_.back().standing = list(before_);
      list_.back().is_last = 0;
      list_.push_back(enrollment);
    }
    before_ = enrollment;
  }
  [[nodiscard]] Standing list(const Enrollment& enrollment) {
    list_.push_back(enrollment);
    return listed + static_cast<Standing>(list_.size() - 1);
  }

  Date as_of_;
  std::vector<Student, LargeMemory<Student>> students_;  // by person
  std::size_t next_ = 0;
  Enrollment before_;
  std::vector<Enrollment> list_;  // where one number does not say it; a student's in a row
  std::vector<std::string> schools_;
};

}  // namespace mealsync::campus
