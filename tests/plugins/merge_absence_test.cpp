// missing="end": what the merge does with students whom the file does not name.

#include <gmock/gmock.h>

#include "merge_trial.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Four students with a record, and one without. The run is of 2016-09-06.
constexpr auto records = R"(
    (1, 2, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL),
    (2, 4, 2017, 'R', 'N', 'Income', '2016-08-10', NULL, NULL),
    (3, 6, 2017, 'F', 'D', 'SNAP', '2016-08-10', '2017-06-30', NULL),
    (4, 8, 2017, 'F', 'N', 'Income', '2016-08-10', '2017-06-30', NULL))";

constexpr auto persons =
    "INSERT INTO Person (personID, stateID) VALUES (2, '1000000002'), (4, '1000000004');";

Trial merge_full(const std::string& rows, const Facts& facts = {}) {
  const Folder folder;
  return merge_at(campus_with(folder, insert_meals(records) + persons).string(), {{"missing", "end"}}, rows,
                  facts);
}

TEST(MergeOfAFullFile, EndsTheRecordsOfStudentsWhomTheFileDoesNotName) {
  const auto trial = merge_full(R"(
    8 | 1000000008 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30
    5 | 1000000005 | Free | Non-Direct | Income | 2016-09-06 | 2017-06-30
  )");

  EXPECT_EQ(changes(trial),
            "1000000002 1 end Free Non-Direct Income 2016-08-10 2016-09-05\n"
            "1000000004 2 end Reduced Non-Direct Income 2016-08-10 2016-09-05\n"
            "1000000005 insert Free Non-Direct Income 2016-09-06 2017-06-30 new\n"
            "1000000008 4 none Free Non-Direct Income 2016-08-10 2017-06-30 existing\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(
          Finding{3065, 0, "'1000000002' is not in the file: the record from 2016-08-10 ends on 2016-09-05"},
          Finding{3065, 0,
                  "'1000000004' is not in the file: the record from 2016-08-10 ends on 2016-09-05"}));
  EXPECT_EQ(trial.counters.at("ended"), 2U);
}

TEST(MergeOfAFullFile, KeepsAStudentWhoseLineWasStoppedBeforeTheMerge) {
  Facts facts;
  facts.seen = {2, 4};

  const auto trial =
      merge_full("8 | 1000000008 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30\n", facts);

  EXPECT_EQ(changes(trial), "1000000008 4 none Free Non-Direct Income 2016-08-10 2017-06-30 existing\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(MergeOfAFullFile, EndsNobodysRecordWhileALineMayBeHis) {
  Facts facts;
  facts.unidentified = 1;

  const auto trial =
      merge_full("8 | 1000000008 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30\n", facts);

  EXPECT_EQ(changes(trial), "1000000008 4 none Free Non-Direct Income 2016-08-10 2017-06-30 existing\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{3066, 0,
                                  "2 records of students who are not in the file go on: 1 lines of it are "
                                  "nobody's, and may be theirs"}));
}

TEST(MergeOfAFullFile, IsNotMadeOfAListOfDirectCertifications) {
  const auto trial = merge(records, {{"missing", "end"}, {"feed", "direct"}}, "");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{
                  own(5001), 0,
                  "missing=\"end\" does not go with feed=\"direct\": a list names some students only"}));
}

TEST(MergeOfAnyFile, EndsNothingForAbsenceUnlessToldTo) {
  const auto trial =
      merge(records, {}, "8 | 1000000008 | Free | Non-Direct | Income | 2016-08-10 | 2017-06-30\n");

  EXPECT_EQ(changes(trial), "1000000008 4 none Free Non-Direct Income 2016-08-10 2017-06-30 existing\n");
}

}  // namespace
}  // namespace mealsync::testing
