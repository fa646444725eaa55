// The example of CONTRIBUTING, tested as a stranger tests a plugin: it is linked to its test.
#include <mealsync/trial.hpp>

#include <gmock/gmock.h>

extern "C" const ms_plugin mealsync_plugin_v1;

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const ms_stage& check_dates() {
  return *mealsync_plugin_v1.stage(0);
}

TEST(CheckDates, RejectsARecordThatEndsBeforeItStarts) {
  const Trial trial = run(check_dates(), {}, R"(
    state_id   | start_date:date | end_date:date
    1000000001 | 2016-08-15      | 2017-05-30
    1000000002 | 2016-08-15      | 2016-05-30
    1000000003 | 2016-08-15      | 2016-08-15
  )");

  EXPECT_EQ(trial.rows,
            "1000000001 | 2016-08-15 | 2017-05-30\n"
            "1000000003 | 2016-08-15 | 2016-08-15\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{5001, 3, "Record contains End Date before Start Date"}));
  EXPECT_EQ(trial.stopped, 1u);
}

TEST(CheckDates, PassesARecordWithoutAnEndDate) {
  const Trial trial = run(check_dates(), {}, R"(
    state_id   | start_date:date | end_date:date
    1000000001 | 2016-08-15      |
  )");

  EXPECT_EQ(trial.rows, "1000000001 | 2016-08-15 | \n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(CheckDates, TakesTheColumnsThatThePipelineNames) {
  const Trial trial = run(check_dates(), {{"start", "from"}, {"end", "to"}}, R"(
    from:date  | to:date
    2016-08-15 | 2016-05-30
  )");

  EXPECT_EQ(trial.rows, "");
  EXPECT_EQ(trial.stopped, 1u);
}

TEST(CheckDates, NamesTheColumnsThatDoComeInWhenOneIsMissing) {
  const Trial trial = plan(check_dates(), {{"end", "ended"}}, "state_id | start_date:date");

  EXPECT_EQ(trial.status, ms_status{MS_FAILED});
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{own(5002), 0,
                                  "No column 'ended' comes in; the columns are: state_id, start_date"}));
}

TEST(CheckDates, IsTheOnlyStageOfItsPlugin) {
  EXPECT_EQ(mealsync_plugin_v1.stage(1), nullptr);
}

}  // namespace
}  // namespace mealsync::testing
