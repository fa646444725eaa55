// A run that somebody looks on at.

#include <gmock/gmock.h>

#include <mealsync/row.hpp>

#include "lab.hpp"

namespace mealsync {
namespace {

class LookAt : public Lab {
 protected:
  /// What is shown of the first `most` records: the place of the stage and the words that leave it.
  std::string look(std::string_view stages, std::uint64_t most) {
    const Plan made = without_sinks(plan(stages));
    EXPECT_EQ(told(), "");
    std::vector<std::string> shown(made.stages.size());
    RunFacts facts = Lab::facts();
    facts.look = {most, [&](std::size_t stage, const ms_batch& batch) {
                    mealsync::detail::each_row(batch, [&](Row row) {
                      shown[stage] += ' ' + std::string(row[Column<Text>{0, MS_NO_COLUMN}]);
                    });
                  }};
    outcome_ = run_pipeline(made, facts);
    std::string all;
    for (std::size_t i = 0; i < shown.size(); ++i)
      if (!shown[i].empty()) all += std::to_string(i) + ':' + shown[i] + '\n';
    return all;
  }

  Outcome outcome_;
};

constexpr auto four_records = R"(
  <guard rejected_percent="0"/>
  <source plugin="given"><file name="pos.txt" text="ann/reject/bob/cy/"/><format plugin="lines"/></source>
  <transform plugin="obey"/>
  <sink plugin="loader" path="log" as="loader"/>
)";

TEST_F(LookAt, TheFirstRecordsAfterEachStage) {
  EXPECT_EQ(look(four_records, 3), "1: ann reject bob\n2: ann bob\n");
  EXPECT_EQ(outcome_.status, "successful");
}

TEST_F(LookAt, AllRecordsWhereThereAreFewer) {
  EXPECT_EQ(look(four_records, 9), "1: ann reject bob cy\n2: ann bob cy\n");
  EXPECT_EQ(outcome_.status, "successful");
}

TEST_F(LookAt, RowsOfASourceThatGivesThem) {
  const Plan made = without_sinks(
      plan(R"(<source plugin="counted" rows="5000"/><sink plugin="loader" path="log" as="loader"/>)"));
  std::string shown;
  RunFacts facts = Lab::facts();
  facts.look = {2, [&](std::size_t, const ms_batch& batch) {
                  mealsync::detail::each_row(batch, [&](Row row) {
                    shown += ' ' + std::to_string(row[Column<Int>{0, MS_NO_COLUMN}]);
                  });
                }};

  const Outcome outcome = run_pipeline(made, facts);

  EXPECT_EQ(shown, " 1 2");
  EXPECT_EQ(outcome.status, "successful");
}

TEST_F(LookAt, WhatAStageGivesAtTheEndOfItsInput) {
  EXPECT_EQ(look(R"(
    <source plugin="given"><file name="pos.txt" text="keep/ann/keep/bob/"/><format plugin="lines"/></source>
    <transform plugin="obey"/>
    <sink plugin="loader" path="log" as="loader"/>)",
                 3),
            "1: keep ann keep\n2: ann kept kept\n");
}

TEST_F(LookAt, ARunMakesNoSink) {
  look(four_records, 3);

  EXPECT_EQ(log(), "");
  EXPECT_FALSE(outcome_.committed);
}

TEST_F(LookAt, ARunThatFailsEndsAsAnyOther) {
  look(R"(
    <source plugin="given"><file name="pos.txt" text="ann/break/bob/"/><format plugin="lines"/></source>
    <transform plugin="obey"/>
    <sink plugin="loader" path="log" as="loader"/>)",
       2);

  EXPECT_EQ(outcome_.status, "unsuccessful");
  EXPECT_THAT(outcome_.reason, ::testing::HasSubstr("it was told to"));
}

// Only the first records are read: whoever stands further down is not absent.
TEST_F(LookAt, NobodyWhoIsAbsent) {
  constexpr auto roll = R"(
    <source plugin="given"><file name="pos.txt" text="1/2/"/><format plugin="lines"/></source>
    <transform plugin="says_who"/><transform plugin="roll_call"/>
    <sink plugin="loader" path="log" as="loader"/>)";
  EXPECT_EQ(run(roll).counts.at("absent.3"), 1u);

  look(roll, 1);

  for (const char* person : {"absent.1", "absent.2", "absent.3"})
    EXPECT_FALSE(outcome_.counts.contains(person));
}

TEST_F(LookAt, NobodyWhoIsAbsentInAPart) {
  const Plan made = plan(R"(
    <source plugin="given"><file name="pos.txt" text="1/2/"/><format plugin="lines"/></source>
    <transform plugin="says_who"/><transform plugin="roll_call"/>
    <sink plugin="loader" path="log" as="loader"/>)");
  RunFacts of_part = facts();
  of_part.is_part = true;

  const Outcome outcome = run_pipeline(made, of_part);

  EXPECT_TRUE(outcome.committed);
  EXPECT_FALSE(outcome.counts.contains("absent.3"));
  EXPECT_TRUE(outcome.baseline.empty());
}

}  // namespace
}  // namespace mealsync
