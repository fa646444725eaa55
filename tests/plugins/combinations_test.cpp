#include <eligibility/combinations.hpp>

#include <string>

#include <gtest/gtest.h>

namespace mealsync {
namespace {

std::string allowed_with(Source source, CertifiedType type) {
  std::string words;
  for (const auto eligibility : {Eligibility::free, Eligibility::reduced, Eligibility::paid})
    if (is_allowed(eligibility, source, type)) words += ' ' + std::string(spell(eligibility));
  return words.empty() ? " -" : words;
}

/// A line for each certified type: what it goes together with.
std::string all_combinations() {
  std::string lines;
  for (std::size_t i = 0; i < CodeSet<CertifiedType>::words.size(); ++i) {
    const auto type = static_cast<CertifiedType>(i);
    lines += std::string(spell(type)) + ": Direct" + allowed_with(Source::direct, type) + ", Non-Direct" +
             allowed_with(Source::non_direct, type) + '\n';
  }
  return lines;
}

TEST(Combinations, AreThoseOfTheTable) {
  EXPECT_EQ(all_combinations(),
            "SNAP: Direct Free, Non-Direct -\n"
            "TANF: Direct Free, Non-Direct -\n"
            "FDPIR: Direct Free, Non-Direct -\n"
            "Medicaid: Direct Free Reduced, Non-Direct -\n"
            "Foster: Direct Free, Non-Direct Free\n"
            "Homeless: Direct Free, Non-Direct Free\n"
            "Migrant: Direct Free, Non-Direct Free\n"
            "Runaway: Direct Free, Non-Direct Free\n"
            "HeadStart: Direct Free, Non-Direct Free\n"
            "EvenStart: Direct Free, Non-Direct Free\n"
            "Income: Direct -, Non-Direct Free Reduced Paid\n"
            "Categorical: Direct -, Non-Direct Free\n"
            "Override: Direct -, Non-Direct Free Reduced Paid\n"
            "Denied: Direct -, Non-Direct Paid\n"
            "Declined: Direct -, Non-Direct Paid\n"
            "DidNotApply: Direct -, Non-Direct Paid\n"
            "Extended: Direct Free Reduced, Non-Direct -\n"
            "Unknown: Direct Free Reduced, Non-Direct Free Reduced Paid\n");
}

TEST(Combinations, AreKnownWhenCompiling) {
  static_assert(is_allowed(Eligibility::reduced, Source::direct, CertifiedType::medicaid));
  static_assert(!is_allowed(Eligibility::paid, Source::direct, CertifiedType::snap));
}

}  // namespace
}  // namespace mealsync
