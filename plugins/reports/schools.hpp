// reports/schools.hpp -- free, reduced and paid by school, before and after an import, of the students whom it concerns.
//
// Each student counts once at the school where he is enrolled: before, by the best of the records that the import met,
// and after, by the best of those that it leaves to him.
// Source   What to count: KSIS end-of-year training, 2016-04-21, slide 22. No record counts as Paid in Campus, and is
//          apart here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mealsync/sdk.hpp>
#include <reports/gathered.hpp>
#include <reports/options.hpp>

namespace mealsync::reports {

/// How many students have which eligibility; the last: none.
using MealCounts = std::array<std::uint64_t, 4>;
inline constexpr std::array<Text, 4> meal_titles{"Free", "Reduced", "Paid", "None"};

struct SchoolCounts {
  MealCounts before{}, after{};

  [[nodiscard]] std::uint64_t students() const;
  SchoolCounts& operator+=(const SchoolCounts& other);
};

/// The columns of a merge that tell it; not looked at where there are not all.
struct SchoolPorts {
  SchoolPorts(const ReportOptions& options, Columns& columns);

  [[nodiscard]] bool is_told() const { return is_told_; }

  Column<Int> person;
  Column<Text> school;
  Column<Code<Action>> action;
  Column<Code<Eligibility>> before, after;

 private:
  bool is_told_ = false;
};

/// The columns of a report that shows both records and schools.
struct RecordAndSchoolPorts {
  RecordAndSchoolPorts(const ReportOptions& options, Columns& columns)
      : records(options, columns), schools(options, columns) {}

  ReportPorts records;
  SchoolPorts schools;
};

class Schools {
 public:
  explicit Schools(const SchoolPorts& ports) : at_(ports) {}

  /// The rows of a student follow each other.
  void add(Row row);
  void end_of_rows() { end_student(); }
  [[nodiscard]] bool has_students() const { return !schools_.empty(); }

  /// By the number of students, most first; the number of the school is empty where that is not known.
  [[nodiscard]] std::vector<std::pair<Text, SchoolCounts>> by_size() const;

 private:
  static constexpr std::size_t none = meal_titles.size() - 1;

  void end_student();

  SchoolPorts at_;
  std::map<std::string, SchoolCounts, std::less<>> schools_;
  // The student whose rows are coming:
  std::optional<std::int64_t> person_;
  std::string school_;
  std::size_t before_ = none, after_ = none;
};

}  // namespace mealsync::reports
