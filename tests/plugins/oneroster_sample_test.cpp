// A set that another program wrote loads as it is.

#include <gmock/gmock.h>

#include "oneroster_set.hpp"

namespace mealsync::testing {
namespace {

using ::testing::IsEmpty;

class OneRosterSample : public OneRosterSet {
 protected:
  [[nodiscard]] static oneroster::Options sample() {
    oneroster::Options all;
    all.set = MEALSYNC_TEST_DATA "/oneroster_generator";
    return all;
  }
};

TEST_F(OneRosterSample, OfAnotherGeneratorIsLoadedWithoutAFinding) {
  EXPECT_THAT(load(sample()), IsEmpty());

  EXPECT_EQ(changes(), (Lines{"SchoolYear +1 ~0 =0 -0", "School +1 ~0 =0 -0", "Calendar +1 ~0 =0 -0",
                              "Person +12 ~0 =0 -0", "Enrollment +12 ~0 =0 -0"}));
  EXPECT_EQ(ask("SELECT * FROM School"), (Lines{"1|1000|Nectarine Larkspur Elementary School"}));
  EXPECT_EQ(
      ask("SELECT count(*) FROM student WHERE endYear = 2017 AND grade = 'KG' AND startDate = '2016-08-15'"
          " AND endDate = '2017-06-10' AND birthdate LIKE '2011-%' AND stateID LIKE '9100000__'"),
      (Lines{"12"}));
}

TEST_F(OneRosterSample, OfAnotherGeneratorChangesNothingTheSecondTime) {
  load(sample());

  EXPECT_THAT(load(sample()), IsEmpty());

  EXPECT_EQ(changes(), (Lines{"SchoolYear +0 ~0 =1 -0", "School +0 ~0 =1 -0", "Calendar +0 ~0 =1 -0",
                              "Person +0 ~0 =12 -0", "Enrollment +0 ~0 =12 -0"}));
}

}  // namespace
}  // namespace mealsync::testing
