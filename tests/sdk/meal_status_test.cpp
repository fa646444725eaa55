#include <mealsync/meal_status.hpp>

#include <gmock/gmock.h>

namespace mealsync {
namespace {

using ::testing::ElementsAre;

TEST(MealStatus, IsMadeOfClosedSets) {
  EXPECT_THAT(CodeSet<Eligibility>::words, ElementsAre("Free", "Reduced", "Paid"));
  EXPECT_THAT(CodeSet<Source>::words, ElementsAre("Direct", "Non-Direct"));
  EXPECT_THAT(CodeSet<CertifiedType>::words,
              ElementsAre("SNAP", "TANF", "FDPIR", "Medicaid", "Foster", "Homeless", "Migrant", "Runaway",
                          "HeadStart", "EvenStart", "Income", "Categorical", "Override", "Denied", "Declined",
                          "DidNotApply", "Extended", "Unknown"));
  EXPECT_THAT(CodeSet<Action>::words, ElementsAre("none", "insert", "end", "remove", "trim", "update"));
  EXPECT_THAT(CodeSet<Fate>::words, ElementsAre("new", "updated", "existing"));
}

TEST(MealStatus, SpellsTheLastValueOfEachSet) {
  EXPECT_EQ(spell(Eligibility::paid), "Paid");
  EXPECT_EQ(spell(Source::non_direct), "Non-Direct");
  EXPECT_EQ(spell(CertifiedType::unknown), "Unknown");
  EXPECT_EQ(spell(Action::update), "update");
  EXPECT_EQ(spell(Fate::existing), "existing");
}

TEST(ReadCode, LooksPastCaseBlanksAndHyphens) {
  EXPECT_EQ(read_code<Source>("Non-Direct"), Source::non_direct);
  EXPECT_EQ(read_code<Source>("non direct"), Source::non_direct);
  EXPECT_EQ(read_code<Source>(" NONDIRECT "), Source::non_direct);
  EXPECT_EQ(read_code<CertifiedType>("HEAD START"), CertifiedType::head_start);
  EXPECT_EQ(read_code<CertifiedType>("Did Not Apply"), CertifiedType::did_not_apply);
}

TEST(ReadCode, TakesNoPartOfAWordAndNoMore) {
  EXPECT_EQ(read_code<Eligibility>("Fre"), std::nullopt);
  EXPECT_EQ(read_code<Eligibility>("Freed"), std::nullopt);
  EXPECT_EQ(read_code<Eligibility>("F"), std::nullopt);
  EXPECT_EQ(read_code<Eligibility>(""), std::nullopt);
  EXPECT_EQ(read_code<Eligibility>(" - "), std::nullopt);
}

TEST(Rank, OrdersByEligibilityThenSource) {
  EXPECT_EQ(rank(Eligibility::free, Source::direct), 1);
  EXPECT_EQ(rank(Eligibility::free, Source::non_direct), 2);
  EXPECT_EQ(rank(Eligibility::reduced, Source::direct), 3);
  EXPECT_EQ(rank(Eligibility::reduced, Source::non_direct), 4);
}

TEST(Rank, OfPaidDoesNotDependOnTheSource) {
  EXPECT_EQ(rank(Eligibility::paid, Source::direct), 5);
  EXPECT_EQ(rank(Eligibility::paid, Source::non_direct), 5);
}

}  // namespace
}  // namespace mealsync
