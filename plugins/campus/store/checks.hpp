// campus/store/checks.hpp -- who is enrolled on a day and which meal status he has: what a district compares by hand.
//
// A student is at one school: that of the enrolment that is primary, active on the day, no no-show and not excluded
// from the state's reports; of several the one that began last. His status is that of the Meal record of the year that
// holds on the day, and the best of several: Free, then Reduced, then Paid.
//
// Units      Days are inclusive. A date that cannot be read is nothing.
// Errors     Throws StoreError.
// Ownership  Rows hold views that end when the callback returns.
// Threads    One thread at a time.
// Source     The vendor's Eligibility Report, and the state's ad hoc filters for missing and transposed eligibility
//            (KSIS end-of-year training, 2016-04-21, slides 15 and 22).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <campus/store/store.hpp>
#include <mealsync/meal_status.hpp>

namespace mealsync::campus {

struct SchoolOnDay {
  std::string number, name;
  std::string provision;  // empty: none
};

struct StudentOnDay {
  std::int64_t person = 0;
  std::size_t school = 0;  // its place among the schools
  std::string_view state_id, student_number, grade;
  std::optional<Eligibility> status;
  std::array<std::uint64_t, 3> records{};  // of the year, by eligibility
};

/// Schools are in the order of the highest grade of those enrolled on the day, high schools first; then by number.
class DayChecks {
 public:
  DayChecks(CampusStore& store, SchoolYear year, Date day);

  [[nodiscard]] const std::vector<SchoolOnDay>& schools() const { return schools_; }
  /// By person.
  void read_students(const std::function<void(const StudentOnDay&)>& visit) const;
  /// Those without a status, by school, then the highest grade first, then by state ID.
  void read_missing(const std::function<void(const StudentOnDay&)>& visit) const;

 private:
  void read(const char* from, const std::function<void(const StudentOnDay&)>& visit) const;

  Connection& connection_;
  SchoolYear year_;
  Date day_;
  std::vector<SchoolOnDay> schools_;
  std::vector<std::int64_t> school_ids_;
};

struct DatedRecord {
  std::int64_t eligibility_id = 0;
  std::string_view state_id;
  std::int64_t end_year = 0;
  std::string_view eligibility;  // the letter as it is stored
  std::optional<Date> start, end;
  bool has_end = false;  // also where it cannot be read
};

/// All records of type Meal, of all years, in the order in which they were made.
void read_dated_records(CampusStore& store, const std::function<void(const DatedRecord&)>& visit);

/// Whether all students of a school with this provision eat free, so that no status of theirs is kept.
[[nodiscard]] bool feeds_everybody(std::string_view provision);

}  // namespace mealsync::campus
