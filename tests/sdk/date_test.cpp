#include <mealsync/date.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <random>
#include <string>

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

TEST(Date, CountsAsTheStandardLibraryDoes) {
  for (int year = 1890; year < 2210; ++year) {
    for (unsigned month = 0; month < 15; ++month) {
      for (unsigned of_month = 0; of_month < 34; ++of_month) {
        const std::chrono::year_month_day civil{std::chrono::year{year}, std::chrono::month{month},
                                                std::chrono::day{of_month}};
        const auto date = Date::of(year, month, of_month);
        ASSERT_EQ(date.has_value(), civil.ok() && year >= 1900 && year <= 2199);
        if (!date) continue;
        ASSERT_EQ(date->days, std::chrono::sys_days{civil}.time_since_epoch().count());
      }
    }
  }
  EXPECT_EQ(Date::of(-1, 1, 1), std::nullopt);
  EXPECT_EQ(Date::of(2016, 1, 4'294'967'295), std::nullopt);
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

/// As the comment on DatePattern says it, sign by sign.
std::optional<Date> read_slowly(std::string_view pattern, std::string_view text) {
  int numbers[3] = {};
  while (!pattern.empty()) {
    const auto width = std::min(pattern.find_first_not_of(pattern[0]), pattern.size());
    const auto part = std::string_view("YMD").find(pattern[0]);
    if (part == std::string_view::npos) {
      if (!text.starts_with(pattern[0])) return std::nullopt;
      text.remove_prefix(1);
    } else {
      const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
      const auto used = width == 1 ? std::min(digits, std::size_t{2}) : width;
      if (digits < width) return std::nullopt;
      numbers[part] = std::stoi(std::string(text.substr(0, used)));
      if (part == 0 && width == 2) numbers[part] += numbers[part] > 50 ? 1900 : 2000;
      text.remove_prefix(used);
    }
    pattern.remove_prefix(width);
  }
  if (!text.empty()) return std::nullopt;
  return Date::of(numbers[0], static_cast<unsigned>(numbers[1]), static_cast<unsigned>(numbers[2]));
}

/// A date as the pattern has it, with up to two other signs in it now and then.
std::string nearly_written(std::string_view pattern, std::mt19937& random) {
  constexpr std::string_view signs("0123456789/-. :;@\xB0\0a", 20);
  std::string text;
  for (const char sign : pattern) {
    const bool is_first = text.empty() || text.back() == '/' || text.back() == '-';
    if (sign != 'Y' && sign != 'M' && sign != 'D')
      text += sign;
    else
      text += static_cast<char>('0' + random() % (is_first && sign != 'Y' ? 3 : 10));
  }
  if (const auto year = pattern.find("YYYY"); year != std::string_view::npos && random() % 4 != 0)
    text.replace(year, 2, random() % 2 == 0 ? "20" : "19");
  for (auto changes = random() % 3; changes > 0 && !text.empty(); --changes)
    text.replace(random() % text.size(), random() % 2, 1, signs[random() % signs.size()]);
  if (random() % 10 == 0) text.resize(random() % (text.size() + 1));
  return text;
}

TEST(DatePattern, ReadsByPlacesAsPartByPart) {
  std::mt19937 random(1);
  std::size_t read = 0;
  for (const std::string_view year : {"YYYY", "YY"}) {
    for (const std::string_view month : {"MM", "M"}) {
      for (const std::string_view day : {"DD", "D"}) {
        for (const std::string_view between : {"/", "-", ".", " ", "", "-/"}) {
          for (int order = 0; order < 6; ++order) {
            const std::string_view parts[] = {year, month, day};
            constexpr int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
            std::string pattern;
            for (const int part : orders[order])
              pattern += (pattern.empty() ? "" : std::string(between)) + std::string(parts[part]);
            const auto known = DatePattern::of(pattern);
            ASSERT_TRUE(known) << pattern;
            for (int i = 0; i < 400; ++i) {
              const std::string text = nearly_written(pattern, random);
              const auto date = known->read(text);
              ASSERT_EQ(date, read_slowly(pattern, text)) << pattern << " '" << text << "'";
              read += date ? 1 : 0;
            }
          }
        }
      }
    }
  }
  EXPECT_GT(read, 10'000u) << "of the texts, too few are dates to say much";
}

static_assert(date_from_iso("2016-09-06") == Date{17050});
static_assert(!date_from_iso("2016-09-3a"));

}  // namespace
}  // namespace mealsync
