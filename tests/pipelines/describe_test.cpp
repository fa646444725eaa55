#include <gmock/gmock.h>

#include <cstdlib>

#include "program.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Describe : public ::testing::Test {
 protected:
  [[nodiscard]] Ran describe(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "describe");
    return run_program(folder_, std::move(arguments));
  }
  TemporaryFolder folder_;
};

// A stage whose option, rule or words change changes this page: read the difference, then keep both.
TEST_F(Describe, PrintsTheReferenceThatIsKeptWithThePlugins) {
  const std::filesystem::path kept = MEALSYNC_PIPELINES "/../plugins/REFERENCE.md";

  const Ran ran = describe({"--markdown"});

  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
  if (const char* update = std::getenv("MEALSYNC_UPDATE_GOLDEN"); update && std::string(update) == "1") {
    write_file(kept, ran.out);
    FAIL() << kept << " is rewritten, read the diff";
  }
  EXPECT_TRUE(ran.out == bytes_of(kept))
      << kept << " is not what the stages declare; MEALSYNC_UPDATE_GOLDEN=1 rewrites it";
}

TEST_F(Describe, PrintsNothingOfThisMachineInTheReference) {
  const std::string page = describe({"--markdown"}).out;

  EXPECT_THAT(page, Not(HasSubstr(std::filesystem::path(MEALSYNC_PROGRAM).parent_path().parent_path())));
  EXPECT_THAT(page, Not(HasSubstr("0.1.0")));
}

TEST_F(Describe, ExplainsAStageByEitherOfItsNames) {
  const Ran ran = describe({"transform.cep_filter"});

  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, AllOf(StartsWith("transform.cep_filter  "),
                             HasSubstr("\n<transform plugin=\"cep_filter\" database="),
                             HasSubstr("\n  school : enrolled|file = enrolled  "),
                             HasSubstr("\n  needs enrolled_school : text\n"),
                             HasSubstr("\n  7002 refused  All … schools of the district")));
  EXPECT_EQ(describe({"cep_filter"}).out, ran.out);
}

TEST_F(Describe, ExplainsAFindingByItsCodeWhoeverFindsIt) {
  EXPECT_THAT(describe({"9001"}).out,
              AllOf(HasSubstr("9001 failed  Server '…' cannot be reached: …\n"),
                    HasSubstr("9001 failed  Campus database '…' is in use: …\n"),
                    HasSubstr("    found by source.campus_query, transform.cep_filter, transform.")));
  EXPECT_EQ(describe({"MS1315"}).out,
            "MS1315 error  The pipeline has no source\n"
            "    Add a <source> that says where the records come from.\n"
            "    found by pipeline file\n");
}

TEST_F(Describe, NamesTheNearestOfWhatItDoesNotKnow) {
  const Ran stage = describe({"map_value"}), code = describe({"ms1390"});

  EXPECT_EQ(stage.exit, 2);
  EXPECT_EQ(stage.err, "mealsync: there is no stage 'map_value'; did you mean 'map_values'?\n");
  EXPECT_EQ(code.exit, 2);
  EXPECT_THAT(code.err, StartsWith("mealsync: there is no finding 'MS1390'; did you mean 'MS13"));
}

TEST_F(Describe, RefusesTwoQuestionsAtOnce) {
  EXPECT_EQ(describe({"cep_filter", "map_values"}).exit, 2);
  EXPECT_EQ(describe({"cep_filter", "--markdown"}).exit, 2);
}

TEST_F(Describe, HelpsWithAllItTakes) {
  EXPECT_THAT(describe({"--help"}).out,
              AllOf(StartsWith("Usage: mealsync describe [STAGE|CODE]"), HasSubstr("--markdown"),
                    HasSubstr("--plugins FOLDER"), HasSubstr("MS1301")));
}

}  // namespace
}  // namespace mealsync::testing
