#include <mealsync/school_year.hpp>

#include <gtest/gtest.h>

#include <ostream>

namespace mealsync {
namespace {

TEST(SchoolYear, RunsFromJulyToJune) {
  const SchoolYear year{2017};

  EXPECT_EQ(to_text(year.first()), "2016-07-01");
  EXPECT_EQ(to_text(year.last()), "2017-06-30");
}

TEST(SchoolYear, HoldsItsFirstAndLastDayAndNoOther) {
  const SchoolYear year{2017};

  EXPECT_FALSE(year.holds(year.first().previous()));
  EXPECT_TRUE(year.holds(year.first()));
  EXPECT_TRUE(year.holds(year.last()));
  EXPECT_FALSE(year.holds(year.last().next()));
}

TEST(SchoolYear, OfADayBeginsInJuly) {
  EXPECT_EQ(SchoolYear::of(*Date::of(2016, 6, 30)), SchoolYear{2016});
  EXPECT_EQ(SchoolYear::of(*Date::of(2016, 7, 1)), SchoolYear{2017});
  EXPECT_EQ(SchoolYear::of(*Date::of(2017, 1, 1)), SchoolYear{2017});
}

TEST(SchoolYear, IsSpelledAsTheReportsWriteIt) {
  EXPECT_EQ(to_text(SchoolYear{2017}), "2016-17");
  EXPECT_EQ(to_text(SchoolYear{2009}), "2008-09");
  EXPECT_EQ(to_text(SchoolYear{2100}), "2099-00");
}

struct Spelling {
  std::string_view text;
  std::optional<SchoolYear> year;
};
std::ostream& operator<<(std::ostream& to, const Spelling& it) {
  return to << '\'' << it.text << '\'';
}

class ReadSchoolYear : public ::testing::TestWithParam<Spelling> {};

TEST_P(ReadSchoolYear, GivesTheYearOrNone) {
  EXPECT_EQ(SchoolYear::read(GetParam().text), GetParam().year);
}

constexpr SchoolYear sy17{2017};

INSTANTIATE_TEST_SUITE_P(Spelled, ReadSchoolYear,
                         ::testing::Values(Spelling{"2016-17", sy17}, Spelling{"16-17", sy17},
                                           Spelling{"2016-2017", sy17}, Spelling{"2016/17", sy17},
                                           Spelling{"16/17", sy17}, Spelling{"2016/2017", sy17},
                                           Spelling{"2017", sy17}, Spelling{"SY2016-17", sy17},
                                           Spelling{"SY 2016-17", sy17}, Spelling{"SY 16-17", sy17},
                                           Spelling{"sy16/17", sy17}, Spelling{"SY2017", sy17},
                                           Spelling{"  2016-17\t", sy17}, Spelling{"08-09", SchoolYear{2009}},
                                           Spelling{"2099-00", SchoolYear{2100}}));

INSTANTIATE_TEST_SUITE_P(Misspelled, ReadSchoolYear,
                         ::testing::Values(Spelling{"", std::nullopt}, Spelling{"SY", std::nullopt},
                                           Spelling{"17", std::nullopt}, Spelling{"2016-18", std::nullopt},
                                           Spelling{"17-16", std::nullopt}, Spelling{"2016-16", std::nullopt},
                                           Spelling{"2016-2018", std::nullopt},
                                           Spelling{"16-2017", std::nullopt},
                                           Spelling{"2016 17", std::nullopt},
                                           Spelling{"2016-1", std::nullopt}, Spelling{"2016-", std::nullopt},
                                           Spelling{"-17", std::nullopt}, Spelling{"2016--17", std::nullopt},
                                           Spelling{"2O16-17", std::nullopt}, Spelling{"1989", std::nullopt},
                                           Spelling{"2151", std::nullopt}, Spelling{"20162017", std::nullopt},
                                           Spelling{"99999999999999999999", std::nullopt}));

}  // namespace
}  // namespace mealsync
