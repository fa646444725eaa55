// What the merge counts for the guards of the run.
#include <gtest/gtest.h>

#include "merge_trial.hpp"

namespace mealsync::testing {
namespace {

/// Of records with the school where each student is; without MS_GUARD_COUNTER.
Counters measures(const std::string& records, const std::string& rows) {
  const Folder folder;
  const std::string columns =
      "enrolled_school | person_id:int | eligibility:eligibility | source:source |"
      " certified_type:certified_type | start_date:date | end_date:date\n";
  const auto trial = run(stage("merge_eligibility"),
                         {{"database", campus_with(folder, insert_meals(records)).string()}}, columns + rows);
  Counters measures;
  for (const auto& [name, value] : counted(trial, true))
    measures.emplace(name.substr(std::string(MS_GUARD_COUNTER).size()), value);
  return measures;
}

TEST(MergeMeasures, AreOfEachSchoolAndOfTheDistrict) {
  EXPECT_EQ(measures(R"(
    (1, 1, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL),
    (2, 2, 2017, 'R', 'N', 'Income', '2016-08-10', '2017-06-30', NULL),
    (3, 3, 2017, 'S', 'N', 'Denied', '2016-08-10', '2017-06-30', NULL),
    (4, 4, 2017, 'F', 'D', 'Foster', '2016-08-10', '2017-06-30', NULL))",
                     R"(
    010 | 1 | Reduced | Non-Direct | Income | 2016-09-06 | 2017-06-30
    020 | 2 | Reduced | Non-Direct | Income | 2016-08-10 | 2017-06-30
    010 | 3 | Free    | Non-Direct | Income | 2016-09-06 | 2017-06-30
    010 | 4 | Free    | Direct     | SNAP   | 2016-08-10 | 2017-06-30
        | 5 | Paid    | Non-Direct | Denied | 2016-08-10 | 2017-06-30
  )"),
            (Counters{{"changed", 3},
                      {"ended", 2},
                      {"free_or_reduced", 4},
                      {"lost", 1},
                      {"school.changed.010", 3},
                      {"school.ended.010", 2},
                      {"school.lost.010", 1},
                      {"school.records.010", 3},
                      {"school.records.020", 1}}));
}

TEST(MergeMeasures, CountAStudentAsLosingWhoGetsLessOrNothing) {
  constexpr auto free_income = "(1, 1, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL)";
  const auto lost = [&](const std::string& row) { return measures(free_income, " | 1 | " + row)["lost"]; };

  EXPECT_EQ(lost("Reduced | Non-Direct | Income | 2016-09-06 | 2017-06-30\n"), 1U);
  EXPECT_EQ(lost("Paid | Non-Direct | Denied | 2016-08-10 | 2017-06-30\n"), 1U);
  EXPECT_EQ(lost("Free | Non-Direct | Income | 2016-08-10 | 2016-12-31\n"), 1U);
  EXPECT_EQ(lost("Free | Direct | SNAP | 2016-09-06 | 2017-06-30\n"), 0U);
  EXPECT_EQ(lost("Free | Non-Direct | Categorical | 2016-08-10 | 2017-06-30\n"), 0U);
}

TEST(MergeMeasures, NeverCountWhatIsCarriedOverFromTheYearBefore) {
  EXPECT_EQ(measures("(1, 1, 2016, 'F', 'N', 'Income', '2015-08-10', '2016-10-02', NULL)",
                     "010 | 1 | Paid | Non-Direct | Denied | 2016-09-06 | 2017-06-30\n"),
            (Counters{{"changed", 0}, {"school.records.010", 1}}));
}

TEST(MergeMeasures, CountWhatIsTrimmedAndOnceWhatIsOnlyShorter) {
  constexpr auto until_october = "(1, 1, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-10-02', NULL)";

  EXPECT_EQ(measures(until_october, "010 | 1 | Paid | Non-Direct | Denied | 2016-08-10 | 2017-06-30\n"),
            (Counters{{"changed", 1},
                      {"lost", 1},
                      {"school.changed.010", 1},
                      {"school.lost.010", 1},
                      {"school.records.010", 1}}));
  EXPECT_EQ(
      measures(until_october, "010 | 1 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30\n"),
      (Counters{
          {"changed", 1}, {"free_or_reduced", 1}, {"school.changed.010", 1}, {"school.records.010", 1}}));
}

}  // namespace
}  // namespace mealsync::testing
