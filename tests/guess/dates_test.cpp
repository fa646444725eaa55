#include "guess/dates.hpp"

#include <gtest/gtest.h>

namespace mealsync::guess {
namespace {

std::optional<DateColumn> dates(const std::vector<std::string>& values) {
  Profile column;
  for (const std::string& value : values)
    column.add(value);
  return dates_in(column);
}
std::string pattern(const std::vector<std::string>& values) {
  const auto found = dates(values);
  return found ? found->pattern : "none";
}

TEST(Dates, AreWrittenAsEveryValueSays) {
  EXPECT_EQ(pattern({"08/10/2016", "09/23/2016"}), "MM/DD/YYYY");
  EXPECT_EQ(pattern({"10/08/2016", "23/09/2016"}), "DD/MM/YYYY");
  EXPECT_EQ(pattern({"8/10/2016", "12/23/2016"}), "M/D/YYYY");
  EXPECT_EQ(pattern({"2016-08-10", "", "2016-09-23"}), "YYYY-MM-DD");
  EXPECT_EQ(pattern({"20160810", "20160923"}), "YYYYMMDD");
  EXPECT_EQ(pattern({"08102016", "09232016"}), "MMDDYYYY");
  EXPECT_EQ(pattern({"160810", "160923"}), "YYMMDD");
  EXPECT_EQ(pattern({"23.9.16", "1.10.16"}), "D.M.YY");
}

TEST(Dates, AreWrittenInTwoWaysWhereOneDoesNotReadAll) {
  EXPECT_EQ(pattern({"9/19/2023", "2023/9/19", "10/3/2023"}), "M/D/YYYY|YYYY/M/D");
  EXPECT_EQ(pattern({"09/19/2023", "2023-09-19", "10/03/2023"}), "MM/DD/YYYY|YYYY-MM-DD");
}

// 13/08 among values that are month first is no day of the other order: it is wrong.
TEST(Dates, AreNeverReadInBothOrders) {
  const auto found =
      dates({"08/13/2016", "08/14/2016", "08/15/2016", "08/16/2016", "08/17/2016", "08/18/2016", "08/19/2016",
             "08/20/2016", "08/21/2016", "08/22/2016", "22/08/2016"});

  ASSERT_TRUE(found);
  EXPECT_EQ(found->pattern, "MM/DD/YYYY");
  EXPECT_EQ(found->unread, 1u);
}

TEST(Dates, SayHowManyValuesTellTheOrder) {
  const auto found = dates({"08/10/2016", "09/23/2016", "09/24/2016"});

  EXPECT_EQ(found->telling, 2u);
  EXPECT_EQ(found->other, "");
}

TEST(Dates, SayWhereNothingTellsTheOrder) {
  const auto found = dates({"08/10/2016", "09/08/2016", "09/10/2016"});

  EXPECT_EQ(found->pattern, "MM/DD/YYYY");
  EXPECT_EQ(found->other, "DD/MM/YYYY");
  EXPECT_FALSE(found->is_by_year);
}

TEST(Dates, SayNothingWhereBothOrdersAreTheSameDays) {
  EXPECT_EQ(dates({"08/08/2016", "09/09/2016"})->other, "");
}

// Day first these are of August and September 2016; month first they would be of two school years.
TEST(Dates, AreOfOneSchoolYearWhereOneOrderMakesThemSo) {
  const auto found = dates({"01/08/2016", "10/08/2016", "02/09/2016"});

  EXPECT_EQ(found->pattern, "DD/MM/YYYY");
  EXPECT_TRUE(found->is_by_year);
}

TEST(Dates, AreNoNumbersAndNoCodes) {
  EXPECT_EQ(pattern({"1990000001", "1990000002"}), "none");
  EXPECT_EQ(pattern({"003018", "003019", "003020"}), "none");
  EXPECT_EQ(pattern({"F", "R"}), "none");
  EXPECT_EQ(pattern({"", ""}), "none");
  EXPECT_EQ(pattern({"18990810"}), "none");
}

TEST(Dates, KnowTheEarliestTheLatestAndTheUsual) {
  const auto found = dates({"2016-08-10", "2016-08-10", "2016-08-10", "2017-06-30"});

  EXPECT_EQ(to_text(found->earliest) + " " + to_text(found->usual) + " " + to_text(found->latest),
            "2016-08-10 2016-08-10 2017-06-30");
}

}  // namespace
}  // namespace mealsync::guess
