// What a key must look like, and which keys are the same.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <campus/student_key.hpp>

namespace mealsync::campus {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string person_key(Text key) {
  return std::string(ComparedKey(KeyKind::person_id).of(key));
}

/// The last name as it is compared.
std::string folded(Text name) {
  ComparedKey keys(KeyKind::name_birth_date);
  const std::string all(keys.of(name, "x", Date{}));
  return all.substr(0, all.find('\n'));
}

TEST(StudentKey, IsDamagedWhereASpreadsheetTookItForANumber) {
  for (const char* damaged :
       {"1.99E+09", "1,99E+09", "1.990000001e9", "2E-05", "1E+09", "1990000001.0", "1990000001.00", "7,0"})
    EXPECT_TRUE(is_damaged(damaged)) << damaged;
}

TEST(StudentKey, IsDamagedWhereANoBreakSpaceIsInIt) {
  EXPECT_TRUE(
      is_damaged("19900\xC2\xA0"
                 "00001"));
  EXPECT_TRUE(is_damaged("\xC2\xA0"));
}

TEST(StudentKey, IsNotDamagedWhereItOnlyLooksOdd) {
  for (const char* whole : {"", "0", "1990000001", "12E5", "12E", "E+09", "1.5", "1.", ".0", "A1.0", "1.0A",
                            "1.99E+", "1.99E+0x", "KY-0042", "Núñez", "7.05"})
    EXPECT_FALSE(is_damaged(whole)) << whole;
}

TEST(StudentKey, TakesNineDigitsForAnSsnInAStateIdOfAnotherLengthOnly) {
  constexpr Text nine = "000000043";

  EXPECT_EQ(form_of(KeyKind::state_id, nine, 10), KeyForm::looks_like_ssn);
  EXPECT_EQ(form_of(KeyKind::state_id, nine, 0), KeyForm::looks_like_ssn);
  EXPECT_EQ(form_of(KeyKind::state_id, nine, 9), KeyForm::good);
  EXPECT_EQ(form_of(KeyKind::student_number, nine, 10), KeyForm::good);
  EXPECT_EQ(form_of(KeyKind::person_id, nine, 10), KeyForm::good);
  EXPECT_EQ(form_of(KeyKind::ssn, nine, 10), KeyForm::good);
}

TEST(StudentKey, TakesHyphensForAnSsnWhateverTheKey) {
  constexpr Text hyphens = "000-00-0043";

  EXPECT_EQ(form_of(KeyKind::state_id, hyphens, 9), KeyForm::looks_like_ssn);
  EXPECT_EQ(form_of(KeyKind::student_number, hyphens, 10), KeyForm::looks_like_ssn);
  EXPECT_EQ(form_of(KeyKind::person_id, hyphens, 10), KeyForm::looks_like_ssn);
  EXPECT_EQ(form_of(KeyKind::ssn, hyphens, 10), KeyForm::good);
}

TEST(StudentKey, ComparesPersonIdsAsNumbers) {
  EXPECT_EQ(person_key("7"), "7");
  EXPECT_EQ(person_key("0070"), "70");
  EXPECT_EQ(person_key("00"), "0");
  EXPECT_EQ(person_key(""), "");
  EXPECT_EQ(ComparedKey(KeyKind::person_id).of(std::int64_t{70}), "70");
}

TEST(StudentKey, ComparesSsnsByTheirDigits) {
  ComparedKey keys(KeyKind::ssn);
  const std::string plain(keys.of("000000043")), hyphens(keys.of("000-00-0043")), other(keys.of("000000044"));

  EXPECT_EQ(plain, hyphens);
  EXPECT_NE(plain, other);
}

TEST(StudentKey, KeepsNothingOfAnSsnThatAnotherRunCouldRead) {
  ComparedKey keys(KeyKind::ssn), of_another_run(KeyKind::ssn);
  const std::string kept(keys.of("000000043"));

  EXPECT_THAT(kept, Not(HasSubstr("43")));
  EXPECT_NE(kept, of_another_run.of("000000043"));
}

TEST(StudentKey, ComparesNamesWithoutCaseAndTheBlanksAroundThem) {
  EXPECT_EQ(folded(" \tO'Sample-DUMMY Jr. "), "o'sample-dummy jr.");
  EXPECT_EQ(folded("ÀÖØÞ"), "àöøþ");
  EXPECT_EQ(folded("ĀĮĲĶĹŇŊŶŸŹŽ"), "āįĳķĺňŋŷÿźž");
}

TEST(StudentKey, LeavesWhatHasNoOtherCaseAsItIs) {
  EXPECT_EQ(folded("àß÷×ÿāİıĸŉſž"), "àß÷×ÿāİıĸŉſž");
  EXPECT_EQ(folded("漢字 Ω"), "漢字 Ω");
  EXPECT_EQ(folded("Cut \xC3"), "cut \xC3");
}

TEST(StudentKey, KeepsNamesApartThatDifferByMoreThanCase) {
  EXPECT_NE(folded("Nunez"), folded("Núñez"));
  EXPECT_NE(folded("Nu\xCC\x81nez"), folded("Núnez"));
  EXPECT_NE(folded("De  Sample"), folded("De Sample"));
}

TEST(StudentKey, NeedsAllThreePartsOfAName) {
  ComparedKey keys(KeyKind::name_birth_date);
  const Date day = *Date::of(2010, 3, 9);

  EXPECT_EQ(keys.of("Sample", "Ada", day), "sample\nada\n2010-03-09");
  EXPECT_EQ(keys.of("", "Ada", day), "");
  EXPECT_EQ(keys.of("Sample", " ", day), "");
}

}  // namespace
}  // namespace mealsync::campus
