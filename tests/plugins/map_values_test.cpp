#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mealsync/trial.hpp>

#include "built_stage.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const ms_stage& map_values() {
  return stage("map_values");
}

Setting from(std::string columns) {
  return {"from", std::move(columns)};
}
Setting map(std::vector<Setting> attributes) {
  return {"map", "", std::move(attributes)};
}
/// A <map> that gives an eligibility only.
Setting map(std::string when, std::string eligibility) {
  return map({{"when", std::move(when)}, {"eligibility", std::move(eligibility)}});
}

// What values become

TEST(MapValues, GivesWhatTheMatchingMapSays) {
  const auto trial = run(
      map_values(),
      {from("status"),
       map({{"when", "F"}, {"eligibility", "Free"}, {"source", "Non-Direct"}, {"certified_type", "Income"}}),
       map({{"when", "S"}, {"eligibility", "Free"}, {"source", "Direct"}, {"certified_type", "SNAP"}})},
      R"(
    state_id | status
    1001     | S
    1002     | F
  )");

  EXPECT_EQ(trial.columns,
            "state_id | status | eligibility:eligibility | source:source | certified_type:certified_type");
  EXPECT_EQ(trial.rows,
            "1001 | S | Free | Direct | SNAP\n"
            "1002 | F | Free | Non-Direct | Income\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(MapValues, DoesNotCountCaseAndBlanksAroundAValue) {
  const auto trial = run(map_values(), {from("status reason"), map(" free | Snap ", "Free")}, R"(
    status | reason
    FREE   | snap
    Free   | SNAP
  )");

  EXPECT_EQ(trial.rows,
            "FREE | snap | Free\n"
            "Free | SNAP | Free\n");
}

TEST(MapValues, TakesABlankForAValueLikeOthers) {
  const auto trial = run(map_values(), {from("status"), map("", "Paid"), map("F", "Free")}, R"(
    state_id | status
    1001     |
    1002     | ""
    1003     | F
  )");

  EXPECT_EQ(trial.rows,
            "1001 |  | Paid\n"
            "1002 | \"\" | Paid\n"
            "1003 | F | Free\n");
}

TEST(MapValues, LooksAtAllItsColumnsTogether) {
  const auto trial =
      run(map_values(), {from("status reason"), map("F|A", "Free"), map("A|F", "Reduced"), map("F|", "Paid")},
          R"(
    status | reason
    F      | A
    A      | F
    F      |
  )");

  EXPECT_EQ(trial.rows,
            "F | A | Free\n"
            "A | F | Reduced\n"
            "F |  | Paid\n");
}

TEST(MapValues, MatchesAnyValueWithAStar) {
  const auto trial = run(map_values(), {from("status reason"), map("F|*", "Free")}, R"(
    status | reason
    F      | A
    F      |
    R      | A
  )");

  EXPECT_EQ(trial.rows,
            "F | A | Free\n"
            "F |  | Free\n");
}

TEST(MapValues, PrefersTheExactMapToOneWithAStarAndTheFirstOfThese) {
  const auto trial = run(
      map_values(), {from("status reason"), map("F|*", "Reduced"), map("*|A", "Paid"), map("F|A", "Free")},
      R"(
    status | reason
    F      | A
    F      | B
    R      | A
  )");

  EXPECT_EQ(trial.rows,
            "F | A | Free\n"
            "F | B | Reduced\n"
            "R | A | Paid\n");
}

TEST(MapValues, FallsBackToTheMapWithoutWhen) {
  const auto trial = run(map_values(), {from("status"), map({{"eligibility", "Paid"}}), map("F", "Free")},
                         R"(
    status
    F
    X
  )");

  EXPECT_EQ(trial.rows,
            "F | Free\n"
            "X | Paid\n");
}

TEST(MapValues, GivesOneValueToAllRecordsWhenItLooksAtNoColumn) {
  const auto trial = run(map_values(), {map({{"source", "Direct"}, {"certified_type", "SNAP"}})}, R"(
    state_id
    1001
    1002
    1003
  )");

  EXPECT_EQ(trial.rows,
            "1001 | Direct | SNAP\n"
            "1002 | Direct | SNAP\n"
            "1003 | Direct | SNAP\n");
}

TEST(MapValues, LeavesACellWithoutAValueWhereItsMapSaysNone) {
  const auto trial = run(map_values(),
                         {from("status"), map({{"when", "F"}, {"eligibility", "Free"}}),
                          map({{"when", "D"}, {"source", "Direct"}})},
                         R"(
    status
    F
    D
  )");

  EXPECT_EQ(trial.rows,
            "F | Free | \n"
            "D |  | Direct\n");
}

TEST(MapValues, ReplacesATextColumnOfTheSameNameAndLeavesTheOthers) {
  const auto trial = run(map_values(), {from("eligibility"), map("F", "Free")}, R"(
    eligibility | source
    F           | pos
  )");

  EXPECT_EQ(trial.columns, "eligibility:eligibility | source");
  EXPECT_EQ(trial.rows, "Free | pos\n");
}

// What nobody has mapped

TEST(MapValues, RejectsAValueThatIsNotMappedAndListsItAtTheEnd) {
  const auto trial = run(
      map_values(),
      {from("status"),
       map({{"when", "F"}, {"eligibility", "Free"}, {"source", "Non-Direct"}, {"certified_type", "Income"}})},
      R"(
    state_id | status
    1001     | F
    1002     | MEDICAID
  )");

  EXPECT_EQ(trial.rows, "1001 | F | Free | Non-Direct | Income\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(
          Finding{4001, 3, "Invalid [status] 'MEDICAID'"},
          Finding{4001, 0,
                  R"(Unmapped 1 times: <map when="MEDICAID" eligibility="" source="" certified_type=""/>)"}));
  EXPECT_EQ(trial.stopped, 1u);
  EXPECT_EQ(trial.counters, (std::map<std::string, std::uint64_t>{{"unmapped", 1}}));
}

TEST(MapValues, NamesAllItsColumnsWhenTheirValuesAreNotMapped) {
  const auto trial = run(map_values(), {from("status reason"), map("F|A", "Free")}, R"(
    status | reason
    F      | MEDICAID
           | A
  )");

  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4001, 2, "Invalid [status|reason] 'F|MEDICAID'"},
                          Finding{4001, 3, "Invalid [status|reason] '|A'"},
                          Finding{4001, 0, R"(Unmapped 1 times: <map when="F|MEDICAID" eligibility=""/>)"},
                          Finding{4001, 0, R"(Unmapped 1 times: <map when="|A" eligibility=""/>)"}));
}

TEST(MapValues, ListsTheMostFrequentUnmappedValueFirstHoweverItIsWritten) {
  const auto trial = run(map_values(), {from("status"), map("F", "Free")}, R"(
    status
    Foster
    Medicaid
    MEDICAID
    medicaid
  )");

  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4001, 2, "Invalid [status] 'Foster'"},
                          Finding{4001, 3, "Invalid [status] 'Medicaid'"},
                          Finding{4001, 4, "Invalid [status] 'MEDICAID'"},
                          Finding{4001, 5, "Invalid [status] 'medicaid'"},
                          Finding{4001, 0, R"(Unmapped 3 times: <map when="Medicaid" eligibility=""/>)"},
                          Finding{4001, 0, R"(Unmapped 1 times: <map when="Foster" eligibility=""/>)"}));
  EXPECT_EQ(trial.counters.at("unmapped"), 4u);
}

TEST(MapValues, WritesAnUnmappedValueAsAPipelineFileHasIt) {
  const auto trial = run(map_values(), {from("status"), map("F", "Free")}, R"(
    status
    <"R&D" ${x}>
  )");

  EXPECT_THAT(
      trial.findings,
      ElementsAre(
          Finding{4001, 2, R"(Invalid [status] '<"R&D" ${x}>')"},
          Finding{4001, 0,
                  R"(Unmapped 1 times: <map when="&lt;&quot;R&amp;D&quot; $${x}>" eligibility=""/>)"}));
}

TEST(MapValues, SuggestsNoMapForAValueThatWouldMatchAnyOther) {
  const auto trial = run(map_values(), {from("status"), map("F", "Free")}, R"(
    status
    *
  )");

  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4001, 2, "Invalid [status] '*'"},
                          Finding{4001, 0, "Unmapped 1 times, and no <map> can name it: '*'"}));
}

TEST(MapValues, ListsAHundredUnmappedValuesAndCountsTheRest) {
  std::string table = "status\n";
  for (int i = 1; i <= 103; ++i)
    table += "code " + std::to_string(i) + '\n';
  const auto trial = run(map_values(), {from("status"), map("F", "Free")}, table + "code 7\n");

  ASSERT_EQ(trial.findings.size(), 104u + 101u);
  EXPECT_EQ(trial.findings[104],
            (Finding{4001, 0, R"(Unmapped 2 times: <map when="code 7" eligibility=""/>)"}));
  EXPECT_EQ(trial.findings[105],
            (Finding{4001, 0, R"(Unmapped 1 times: <map when="code 1" eligibility=""/>)"}));
  EXPECT_EQ(trial.findings.back(), (Finding{4001, 0, "Unmapped 3 more times, with other values"}));
}

// What is wrong with the pipeline file

TEST(MapValues, NeedsAMap) {
  const auto trial = plan(map_values(), {from("status")}, "status");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{own(5001), 0, "There is no <map> to say what a value becomes"}));
}

TEST(MapValues, TellsEveryFaultOfItsMaps) {
  const auto trial = plan(map_values(),
                          {from("status reason"), map("F", "Free"), map("F|A|B", "Free"), map("F|A", "Free"),
                           map(" f | a ", "Paid"), map("*|A", "Free"), map("*|a", "Paid"),
                           map({{"eligibility", "Free"}}), map({{"eligibility", "Paid"}})},
                          "status | reason");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{own(5001), 0, "when='F' has 1 values, and 'from' names 2 columns"},
                          Finding{own(5001), 0, "when='F|A|B' has 3 values, and 'from' names 2 columns"},
                          Finding{own(5001), 0, "when=' f | a ' is mapped twice"},
                          Finding{own(5001), 0, "when='*|a' is mapped twice"},
                          Finding{own(5001), 0, "Two <map> elements have no 'when'"}));
}

TEST(MapValues, DoesNotTakeAMapWithAValueWhenItLooksAtNoColumn) {
  const auto trial = plan(map_values(), {map("", "Free")}, "status");

  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{own(5001), 0, "when='' has 1 values, and 'from' names 0 columns"}));
}

TEST(MapValues, DoesNotTakeAnEligibilityThatDoesNotExist) {
  const auto trial = plan(map_values(), {from("status"), map("F", "Gratis")}, "status");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(trial.findings, ElementsAre(Finding{own(5001), 0, "Option 'eligibility' cannot be 'Gratis'"}));
}

TEST(MapValues, NeedsItsColumnsAsText) {
  const auto trial = plan(map_values(), {from("status reason"), map("F|A", "Free")}, "state_id | reason:int");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{own(5002), 0, "No column 'status' comes in; the columns are: state_id, reason"},
                  Finding{own(5003), 0, "Column 'reason' is a number here, and text is needed"}));
}

}  // namespace
}  // namespace mealsync::testing
