#include <mealsync/date.hpp>

#include <gtest/gtest.h>

#include <ostream>

namespace mealsync {
namespace {

Date day(int year, unsigned month, unsigned of_month) {
  return *Date::of(year, month, of_month);
}

TEST(Date, CountsDaysFrom1970) {
  EXPECT_EQ(day(1970, 1, 1).days, 0);
  EXPECT_EQ(day(1969, 12, 31).days, -1);
  EXPECT_EQ(day(2016, 9, 6).days, 17050);
}

TEST(Date, IsNoDayThatTheCalendarDoesNotHave) {
  EXPECT_EQ(Date::of(2015, 2, 29), std::nullopt);
  EXPECT_EQ(Date::of(1900, 2, 29), std::nullopt);
  EXPECT_EQ(Date::of(2016, 13, 1), std::nullopt);
  EXPECT_EQ(Date::of(2016, 4, 31), std::nullopt);
  EXPECT_EQ(Date::of(2016, 0, 1), std::nullopt);
  EXPECT_EQ(Date::of(2016, 1, 0), std::nullopt);
}

TEST(Date, KnowsTheLeapDays) {
  EXPECT_EQ(day(2016, 2, 29).next(), day(2016, 3, 1));
  EXPECT_EQ(day(2000, 2, 29).next(), day(2000, 3, 1));
}

TEST(Date, IsOfTheYears1900To2199) {
  EXPECT_EQ(Date::of(1899, 12, 31), std::nullopt);
  EXPECT_NE(Date::of(1900, 1, 1), std::nullopt);
  EXPECT_NE(Date::of(2199, 12, 31), std::nullopt);
  EXPECT_EQ(Date::of(2200, 1, 1), std::nullopt);
}

TEST(Date, GoesOverTheEndOfAYear) {
  EXPECT_EQ(day(2016, 12, 31).next(), day(2017, 1, 1));
  EXPECT_EQ(day(2017, 1, 1).previous(), day(2016, 12, 31));
}

TEST(Date, IsSpelledAsIso) {
  EXPECT_EQ(to_text(day(2016, 9, 6)), "2016-09-06");
  EXPECT_EQ(date_from_iso("2016-09-06"), day(2016, 9, 6));
}

struct Spelling {
  std::string_view pattern, text;
  std::optional<Date> date;
};
std::ostream& operator<<(std::ostream& to, const Spelling& it) {
  return to << '\'' << it.text << "' by " << it.pattern;
}

class ReadDate : public ::testing::TestWithParam<Spelling> {};

TEST_P(ReadDate, GivesTheDayOrNone) {
  const auto pattern = DatePattern::of(GetParam().pattern);

  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->read(GetParam().text), GetParam().date);
}

const Date september_6 = day(2016, 9, 6);

INSTANTIATE_TEST_SUITE_P(Spelled, ReadDate,
                         ::testing::Values(Spelling{"MM/DD/YYYY", "09/06/2016", september_6},
                                           Spelling{"M/D/YYYY", "9/6/2016", september_6},
                                           Spelling{"M/D/YYYY", "09/06/2016", september_6},
                                           Spelling{"D.M.YYYY", "6.9.2016", september_6},
                                           Spelling{"YYYYMMDD", "20160906", september_6},
                                           Spelling{"MMDDYY", "090616", september_6},
                                           Spelling{"YYYY MM DD", "2016 09 06", september_6},
                                           Spelling{"MM/DD/YY", "09/06/16", september_6}));

INSTANTIATE_TEST_SUITE_P(OfTwoDigits, ReadDate,
                         ::testing::Values(Spelling{"MM/DD/YY", "01/01/50", day(2050, 1, 1)},
                                           Spelling{"MM/DD/YY", "01/01/51", day(1951, 1, 1)},
                                           Spelling{"MM/DD/YY", "01/01/00", day(2000, 1, 1)},
                                           Spelling{"MM/DD/YY", "01/01/99", day(1999, 1, 1)}));

INSTANTIATE_TEST_SUITE_P(Misspelled, ReadDate,
                         ::testing::Values(Spelling{"MM/DD/YYYY", "9/6/2016", std::nullopt},
                                           Spelling{"MM/DD/YYYY", "09/06/16", std::nullopt},
                                           Spelling{"MM/DD/YYYY", "09-06-2016", std::nullopt},
                                           Spelling{"MM/DD/YYYY", "09/06/2016 ", std::nullopt},
                                           Spelling{"MM/DD/YYYY", " 09/06/2016", std::nullopt},
                                           Spelling{"MM/DD/YYYY", "09/06/20160", std::nullopt},
                                           Spelling{"MM/DD/YYYY", "13/06/2016", std::nullopt},
                                           Spelling{"M/D/YYYY", "-9/6/2016", std::nullopt},
                                           Spelling{"M/D/YYYY", "/6/2016", std::nullopt},
                                           Spelling{"YYYYMMDD", "2016090", std::nullopt},
                                           Spelling{"YYYYMMDD", "00000000", std::nullopt},
                                           Spelling{"YYYY-MM-DD", "", std::nullopt},
                                           Spelling{"YYYY-MM-DD", "2016-02-30", std::nullopt}));

class WrongPattern : public ::testing::TestWithParam<std::string_view> {};

TEST_P(WrongPattern, IsNone) {
  EXPECT_FALSE(DatePattern::of(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(OfADate, WrongPattern,
                         ::testing::Values("", "MM/DD", "MM/DD/YYY", "MMM/DD/YYYY", "MM/DD/YYYY/YY",
                                           "MM//DD/YYYY", "mm/dd/yyyy", "MM/DD/YYYY HH", "M/M/YYYY",
                                           "MM,DD,YYYY", "-/-/-/-/-/MM/DD/YYYY"));

}  // namespace
}  // namespace mealsync
