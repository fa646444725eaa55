#include "guess/code_words.hpp"

#include <gtest/gtest.h>

namespace mealsync::guess {
namespace {

/// What the codes of a record say: eligibility, source, type; - where they leave it open.
std::string said(const std::vector<std::string>& codes) {
  const Target target = target_of(codes);
  const auto word = [](const auto& value) { return value ? std::string(mealsync::spell(*value)) : "-"; };
  return word(target.eligibility) + " " + word(target.source) + " " + word(target.type);
}

struct Case {
  std::vector<std::string> codes;
  const char* says;
};

TEST(CodeWords, SayWhatTheySayPlainly) {
  const std::vector<Case> cases{
      {{"F"}, "Free - -"},
      {{"free"}, "Free - -"},
      {{"Reduced"}, "Reduced - -"},
      {{"Full Pay"}, "Paid Non-Direct -"},  // nobody is directly certified for paying
      {{"SNAP"}, "Free Direct SNAP"},       // which goes with nothing else
      {{"KTAP"}, "Free Direct TANF"},
      {{"Medicaid"}, "- Direct Medicaid"},  // free or reduced
      {{"FOSTER"}, "Free - Foster"},        // by a list or by an application
      {{"Head Start"}, "Free - HeadStart"},
      {{"DC - Foster"}, "Free Direct Foster"},
      {{"Free - DC SNAP"}, "Free Direct SNAP"},
      {{"Non-Direct", "F"}, "Free Non-Direct -"},
      {{"F", "D", "SNAP"}, "Free Direct SNAP"},
      {{"R", "N", "INCOME"}, "Reduced Non-Direct Income"},
      {{"P", "D", "DENIED"}, "Paid Non-Direct Denied"},
      {{"R", "DC", "MEDICAID"}, "Reduced Direct Medicaid"},
  };
  for (const Case& each : cases)
    EXPECT_EQ(said(each.codes), each.says) << each.codes.front();
}

TEST(CodeWords, SayNothingThatIsNotPlain) {
  for (const std::vector<std::string>& codes : std::vector<std::vector<std::string>>{
           {""},
           {"1"},
           {"01"},
           {"D"},
           {"N"},
           {"X"},
           {"Non-student"},
           {"Not free"},
           {"Free pending"},
           {"T"},
           {"F", "X", "SNAP"},  // X may be anything
           {"F", "N", "SNAP"},  // SNAP is direct
           {"R", "SNAP"},       // and free
           {"F", "DENIED"},     // who is denied pays
           {"SNAP TANF"},       // two reasons
           {"DC", "INCOME"},    // an income is on an application
           {"P", "DC"},
       })
    EXPECT_EQ(said(codes), "- - -") << codes.front();
}

TEST(CodeWords, TakeALetterForNothingWhereItIsOfPrograms) {
  EXPECT_EQ(target_of({"F"}, {false}), Target{});
  EXPECT_EQ(target_of({"R", "F"}, {false, true}), Target{});
  EXPECT_EQ(target_of({"SNAP", "F"}, {false, true}), target_of({"SNAP", "F"}));
}

TEST(CodeWords, KnowWhatACodeIsMadeOf) {
  for (const char* code : {"F", "free", "D", "Free - DC SNAP", "meal"})
    EXPECT_TRUE(is_code_word(code)) << code;
  for (const char* code : {"", "12", "Alder", "Free Willy", "-"})
    EXPECT_FALSE(is_code_word(code)) << code;
}

}  // namespace
}  // namespace mealsync::guess
