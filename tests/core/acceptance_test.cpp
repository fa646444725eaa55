#include <engine/acceptance.hpp>

#include <gtest/gtest.h>

#include <set>

#include "lab.hpp"

namespace mealsync {
namespace {

const std::vector<InputFile> inputs{{"f", 3, "abc"}};
const std::vector<Finding> objections{{8002, Severity::refusal, "Too much changes", "", {}, 0, "", "", 1}};

TEST(Token, IsAnotherForWhateverIsAnother) {
  const std::vector<InputFile> other_inputs{{"f", 3, "abd"}};
  const std::vector<Finding> other_objections{
      {8002, Severity::refusal, "More changes", "", {}, 0, "", "", 1}};
  const std::set<std::string> tokens{
      token_of({"pos", 0, inputs, objections, 1}),       token_of({"dc", 0, inputs, objections, 1}),
      token_of({"pos", 1, inputs, objections, 1}),       token_of({"pos", 0, other_inputs, objections, 1}),
      token_of({"pos", 0, inputs, other_objections, 1}), token_of({"pos", 0, inputs, objections, 2})};

  EXPECT_EQ(tokens.size(), 6U);
  EXPECT_EQ(token_of({"pos", 0, inputs, objections, 1}), token_of({"pos", 0, inputs, objections, 1}));
}

TEST(Token, IsReadHoweverItWasTyped) {
  const std::string token = token_of({"pos", 0, inputs, objections, 1});

  EXPECT_EQ(read_token(token), token);
  EXPECT_EQ(read_token("7f3a9c2104d5b8e6"), "7F3A-9C21-04D5-B8E6");
  EXPECT_EQ(read_token("7F3A-9C21"), "");
  EXPECT_EQ(read_token("7F3A-9C21-04D5-B8EG"), "");
  EXPECT_EQ(read_token("7F3A-9C21-04D5-B8E6-0"), "");
}

class AcceptedRun : public Lab {
 protected:
  /// A run in which a stage objects.
  Outcome run_with(const Acceptance& acceptance, bool test = false, const std::string& words = "ann/object") {
    const Plan made = plan("<source plugin=\"given\"><file name=\"f\" text=\"" + words +
                           "\"/><format plugin=\"lines\"/></source><transform plugin=\"obey\"/>"
                           "<sink plugin=\"loader\" path=\"log\"/>");
    EXPECT_EQ(told(), "");
    RunFacts given = facts(test);
    given.acceptance = acceptance;
    return run_pipeline(made, given);
  }
  [[nodiscard]] Acceptance accept(const std::string& token, bool can_be_kept = true) {
    return {token, 0, [this, can_be_kept](const std::string& used) {
              used_.push_back(used);
              return can_be_kept;
            }};
  }

  std::vector<std::string> used_;
};

TEST_F(AcceptedRun, IsRefusedAtItsEndAndGivesItsToken) {
  const Outcome refused = run_with({});

  EXPECT_EQ(account(refused), R"(refused, not committed: Record 'object' has to be looked at
new 2
read 2
refused 10025: Record 'object' has to be looked at
)");
  EXPECT_EQ(read_token(refused.token), refused.token);
  EXPECT_FALSE(refused.token.empty());
}

TEST_F(AcceptedRun, IsCommittedWithTheTokenOfTheRefusedOne) {
  const std::string token = run_with({}).token;

  const Outcome accepted = run_with(accept(token));

  EXPECT_EQ(account(accepted), R"(successful, committed
loaded 2
new 2
read 2
warnings 1
warning 10025: Record 'object' has to be looked at
)");
  EXPECT_TRUE(accepted.is_accepted);
  EXPECT_EQ(used_, std::vector{token});
}

TEST_F(AcceptedRun, IsRefusedWhereTheInputIsAnotherNow) {
  const std::string token = run_with({}).token;

  const Outcome refused = run_with(accept(token), false, "bob/object");

  EXPECT_EQ(refused.status, "refused");
  EXPECT_NE(refused.token, token);
  EXPECT_TRUE(refused.findings.groups().contains({own(3120), Severity::refusal}));
  EXPECT_TRUE(used_.empty());
}

TEST_F(AcceptedRun, IsRefusedWhereTheTokenCannotBeKept) {
  const std::string token = run_with({}).token;

  EXPECT_EQ(run_with(accept(token, false)).status, "refused");
}

TEST_F(AcceptedRun, DoesNotUseTheTokenUpInATest) {
  const std::string token = run_with({}, true).token;

  const Outcome accepted = run_with(accept(token), true);

  EXPECT_EQ(accepted.status, "successful");
  EXPECT_TRUE(used_.empty());
}

TEST_F(AcceptedRun, NeedsNoTokenWhereNothingIsObjected) {
  const Outcome imported = run_with(accept("7F3A-9C21-04D5-B8E6"), false, "ann");

  EXPECT_EQ(imported.status, "successful");
  EXPECT_FALSE(imported.is_accepted);
  EXPECT_EQ(imported.token, "");
}

TEST_F(AcceptedRun, GivesNoTokenWhereItFails) {
  const Outcome failed = run_with({}, false, "object/break");

  EXPECT_EQ(failed.status, "unsuccessful");
  EXPECT_EQ(failed.token, "");
}

}  // namespace
}  // namespace mealsync
