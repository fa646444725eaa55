#include <memory>

#include <gmock/gmock.h>
#include <journal/holds.hpp>
#include <journal/process.hpp>

#include "journal_folder.hpp"

namespace mealsync {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Date day(std::string_view text) {
  return date_from_iso(text).value();
}

class Holding : public JournalFolder {
 protected:
  void hold(Hold held) {
    Findings findings;
    EXPECT_TRUE(Holds(*journal_).put(held, findings));
  }
  [[nodiscard]] std::string listed(std::string_view pipeline = "") {
    Findings findings;
    std::string lines;
    const auto holds = Holds(*journal_).list(pipeline, findings);
    for (const Hold& hold : holds.value())
      lines += hold.pipeline + " by " + (hold.user == current_user().name ? "me" : hold.user) + " since " +
               to_text(hold.since) + (hold.until ? " until " + to_text(*hold.until) : "") + ": " +
               hold.reason + "\n";
    return lines;
  }

  void SetUp() override {
    JournalFolder::SetUp();
    journal_ = std::make_unique<Journal>(open_journal());
  }

  std::unique_ptr<Journal> journal_;
};

TEST_F(Holding, IsKeptWithWhoWhyAndUntilWhen) {
  hold({"shelby-pos", "the POS rolls over", "", day("2016-06-28"), day("2016-08-08")});
  hold({"jefferson-pos", "wrong codes", "", day("2016-09-06"), {}});

  EXPECT_EQ(listed(),
            "jefferson-pos by me since 2016-09-06: wrong codes\n"
            "shelby-pos by me since 2016-06-28 until 2016-08-08: the POS rolls over\n");
  EXPECT_EQ(listed("shelby-pos"), "shelby-pos by me since 2016-06-28 until 2016-08-08: the POS rolls over\n");
}

TEST_F(Holding, TakesThePlaceOfAnEarlierHold) {
  hold({"jefferson-pos", "wrong codes", "", day("2016-09-06"), day("2016-09-08")});
  hold({"jefferson-pos", "still wrong", "", day("2016-09-07"), {}});

  EXPECT_EQ(listed(), "jefferson-pos by me since 2016-09-07: still wrong\n");
}

TEST_F(Holding, EndsWhenItIsLifted) {
  hold({"jefferson-pos", "wrong codes", "", day("2016-09-06"), {}});
  hold({"shelby-pos", "wrong codes", "", day("2016-09-06"), {}});
  Findings findings;

  EXPECT_EQ(Holds(*journal_).lift("jefferson-pos", findings), 1U);
  EXPECT_EQ(Holds(*journal_).lift("jefferson-pos", findings), 0U);
  EXPECT_EQ(listed(), "shelby-pos by me since 2016-09-06: wrong codes\n");
}

TEST_F(Holding, OutlivesTheLog) {
  hold({"jefferson-pos", "wrong codes", "", day("2016-09-06"), {}});

  clear(*journal_, "");

  EXPECT_THAT(listed(), HasSubstr("jefferson-pos"));
}

TEST_F(Holding, KeepsNoSsn) {
  hold({"jefferson-pos", "900-00-0003 is wrong", "", day("2016-09-06"), {}});

  EXPECT_THAT(listed(), Not(HasSubstr("900-00-0003")));
}

TEST(Hold, IsOverOnTheDayThatItNames) {
  const Hold hold{"jefferson-pos", "", "", day("2016-06-28"), day("2016-08-08")};

  EXPECT_FALSE(hold.is_over(day("2016-08-07")));
  EXPECT_TRUE(hold.is_over(day("2016-08-08")));
  EXPECT_FALSE(Hold{}.is_over(day("2016-08-08")));
}

TEST(Hold, LooksForgottenWhenTheRunOfItsLastDayHasNotCome) {
  const Hold hold{"jefferson-pos", "", "", day("2016-06-28"), day("2016-12-01")};

  EXPECT_EQ(to_text(hold.due()), "2016-12-02");
}

TEST(Hold, LooksForgottenWhenSchoolHasBegun) {
  for (const char* since : {"2016-05-20", "2016-06-28", "2016-07-01", "2016-08-14"})
    EXPECT_EQ(to_text(Hold{"", "", "", day(since), {}}.due()), "2016-08-15") << since;
}

TEST(Hold, LooksForgottenAfterSixtyDaysOfAYear) {
  EXPECT_EQ(to_text(Hold{"", "", "", day("2016-08-15"), {}}.due()), "2016-10-14");
  EXPECT_EQ(to_text(Hold{"", "", "", day("2016-11-15"), {}}.due()), "2017-01-14");
  EXPECT_EQ(to_text(Hold{"", "", "", day("2017-04-20"), {}}.due()), "2017-06-19");
}

}  // namespace
}  // namespace mealsync
