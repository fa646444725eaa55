#include <mealsync/rule.hpp>

#include <gtest/gtest.h>

namespace mealsync {
namespace {

TEST(Compose, PutsOneArgumentForEachPairOfBraces) {
  EXPECT_EQ(compose("'{}' in column '{}' is no date", "2016-13-01", "start_date"),
            "'2016-13-01' in column 'start_date' is no date");
}

TEST(Compose, SpellsEveryKindOfArgument) {
  EXPECT_EQ(compose("{} {} {} {} {}", std::string("text"), -7, *Date::of(2016, 9, 6), SchoolYear{2017},
                    CertifiedType::head_start),
            "text -7 2016-09-06 2016-17 HeadStart");
}

TEST(Compose, LeavesWordsWithoutBracesAsTheyAre) {
  EXPECT_EQ(compose("Record contains End Date before Start Date"),
            "Record contains End Date before Start Date");
}

TEST(Compose, DoesNotFillBracesThatAnArgumentBrings) {
  EXPECT_EQ(compose("'{}' and {}", "{}", 2), "'{}' and 2");
}

TEST(Compose, TakesControlCharactersOutOfArguments) {
  EXPECT_EQ(compose("'{}'", "a\x1b[31mb\r\n\t\x7f"), "'a\?[31mb\?\?\?\?'");
  EXPECT_EQ(compose("'{}'", std::string_view("\0", 1)), "'?'");
}

TEST(Compose, TakesUtf8ControlCharactersOutOfArguments) {
  EXPECT_EQ(compose("'{}'", std::string_view("a\xc2\x9b"
                                             "31m\xc2\x80\xc2\xa0z\xc2")),
            "'a?31m?\xc2\xa0z\xc2'");
}

TEST(Compose, KeepsUtf8) {
  EXPECT_EQ(compose("'{}'", "Nuñez"), "'Nuñez'");
}

TEST(Compose, MarksThePlaceOfTheKeyAndLeavesTheKeyOut) {
  EXPECT_EQ(compose("No student has the state ID '{}'", Key{"1000000001"}),
            "No student has the state ID '\x1f'");
}

TEST(Compose, LetsNoArgumentPassForTheMarkOfTheKey) {
  EXPECT_EQ(compose("'{}'", "\x1f"), "'?'");
}

TEST(Rule, CountsItsArguments) {
  EXPECT_EQ((Rule{1, Severity::error, "nothing", ""}.arguments()), 0u);
  EXPECT_EQ((Rule{1, Severity::error, "{}", ""}.arguments()), 1u);
  EXPECT_EQ((Rule{1, Severity::error, "{}{} and {}", ""}.arguments()), 3u);
}

TEST(Code, OfMealsyncItselfBeginsWithItsLetters) {
  EXPECT_EQ(code_text(own(1101)), "MS1101");
  EXPECT_EQ(code_text(1001), "1001");
}

TEST(Severity, RisesFromHarmlessToRunEnding) {
  EXPECT_LT(Severity::info, Severity::warning);
  EXPECT_LT(Severity::warning, Severity::error);
  EXPECT_LT(Severity::error, Severity::refusal);
  EXPECT_LT(Severity::refusal, Severity::fatal);
}

}  // namespace
}  // namespace mealsync
