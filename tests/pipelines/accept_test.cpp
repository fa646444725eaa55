#include <gmock/gmock.h>

#include <regex>

#include "file_district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// The day after a good import a file comes in which a school is missing.
class RefusedRun : public FileDistrict {
 protected:
  void SetUp() override { ASSERT_EQ(import(written(file())).exit, 0); }

  [[nodiscard]] static std::string short_file(const std::string& first_status = "R") {
    Cells shortened = file();
    shortened.resize(301);
    shortened[1][cell::status] = first_status;
    return written(shortened);
  }
  [[nodiscard]] static std::string token_of(const Ran& ran) {
    static const std::regex shape("--accept ([0-9A-F]{4}(?:-[0-9A-F]{4}){3})\n");
    std::smatch found;
    EXPECT_TRUE(std::regex_search(ran.err, found, shape)) << ran.err;
    return found[1];
  }
  [[nodiscard]] static std::string name_of(const Ran& ran) {
    static const std::regex shape(R"(\(run ([^)]+)\))");
    std::smatch run;
    EXPECT_TRUE(std::regex_search(ran.out, run, shape)) << ran.out;
    return run[1];
  }
  [[nodiscard]] std::string log(const Ran& ran) const {
    return run_program(folder_, {"log", "show", name_of(ran), "--state", "state"}).out;
  }
};

TEST_F(RefusedRun, PrintsATokenThatIsTheSameForTheSameFile) {
  const Ran refused = import(short_file());

  EXPECT_EQ(refused.exit, 4);
  EXPECT_EQ(token_of(refused), token_of(import(short_file())));
  EXPECT_EQ(token_of(refused), token_of(import(short_file(), {"--test", "--quiet"})));
  EXPECT_THAT(log(refused), HasSubstr("--accept " + token_of(refused)));
}

TEST_F(RefusedRun, IsImportedWithItsTokenAndTheLogSaysWhoAccepted) {
  const std::string before = meals();
  const std::string token = token_of(import(short_file()));

  const Ran accepted = import(short_file(), {"--accept", token});

  EXPECT_EQ(accepted.exit, 0) << accepted.err;
  EXPECT_THAT(accepted.out, StartsWith("pos: 1 new, 0 updated, 299 existing"));
  EXPECT_THAT(accepted.err, AllOf(HasSubstr("8006 warning"), Not(HasSubstr("--accept"))));
  EXPECT_NE(meals(), before);
  EXPECT_THAT(log(accepted), AllOf(HasSubstr("let through by "), HasSubstr("with the token " + token)));
}

TEST_F(RefusedRun, IsLetThroughOnce) {
  const std::string token = token_of(import(short_file()));
  ASSERT_EQ(import(short_file(), {"--accept", token}).exit, 0);
  ASSERT_EQ(import(written(file())).exit, 0);

  const Ran again = import(short_file(), {"--accept", token});

  EXPECT_EQ(again.exit, 4);
  EXPECT_THAT(again.err, HasSubstr("MS3120: Token " + token));
  EXPECT_NE(token_of(again), token);
}

TEST_F(RefusedRun, IsRefusedAgainWhereItsInputOrItsChangesAreOthersNow) {
  const std::string token = token_of(import(short_file()));

  EXPECT_EQ(import(short_file("P"), {"--accept", token}).exit, 4);

  sql(folder_ / "campus.db", "DELETE FROM POSEligibility WHERE personID = 1");
  const Ran other = import(short_file(), {"--accept", token});

  EXPECT_EQ(other.exit, 4);
  EXPECT_THAT(other.err, HasSubstr("MS3120"));
}

TEST_F(RefusedRun, CanBeTriedWithItsTokenInATest) {
  const std::string before = meals();
  const std::string token = token_of(import(short_file()));

  const Ran tried = import(short_file(), {"--test", "--accept", token});

  EXPECT_EQ(tried.exit, 0);
  EXPECT_THAT(tried.out, StartsWith("pos: TEST, nothing written: 1 new"));
  EXPECT_EQ(meals(), before);
  EXPECT_EQ(import(short_file(), {"--accept", token}).exit, 0);
}

TEST_F(RefusedRun, IsJudgedBySchoolsOfTheRunThatWasAccepted) {
  ASSERT_EQ(import(short_file(), {"--accept", token_of(import(short_file()))}).exit, 0);

  EXPECT_EQ(import(short_file()).exit, 0);
}

TEST_F(RefusedRun, IsNotRefusedAsAPartAndTheNextIsComparedWithTheWholeBeforeIt) {
  const Ran part = import(short_file(), {"--partial"});

  EXPECT_EQ(part.exit, 0) << part.err;
  EXPECT_THAT(import(short_file("P")).err, HasSubstr("refused 8006"));
}

TEST_F(RefusedRun, IsRefusedAgainOnceItWasUndone) {
  const Ran accepted = import(short_file(), {"--accept", token_of(import(short_file()))});

  ASSERT_EQ(run_program(folder_, {"undo", name_of(accepted), "--state", "state"}).exit, 0);

  EXPECT_THAT(import(short_file()).err, HasSubstr("refused 8006"));
}

TEST_F(RefusedRun, WarnsOfATokenThatIsNotNeeded) {
  const Ran ran = import(written(file()), {"--accept", "7F3A-9C21-04D5-B8E6"});

  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.err, HasSubstr("MS3121"));
}

TEST_F(RefusedRun, HasItsTokenInJson) {
  const Ran refused = import(short_file(), {"--format", "json"});

  EXPECT_EQ(Json::parse(refused.out)["accept"], token_of(refused));
}

TEST_F(RefusedRun, OfAnotherYearsFileCanBeLetThrough) {
  const Cells last_year = file_with([](auto& record) { record[cell::start].replace(6, 4, "2015"); });
  const std::string before = meals();

  const Ran refused = import(written(last_year));
  const Ran accepted = import(written(last_year), {"--accept", token_of(refused)});

  EXPECT_THAT(refused.err, AllOf(HasSubstr("refused 5011"), HasSubstr("refused 8001")));
  EXPECT_EQ(accepted.exit, 0) << accepted.err;
  EXPECT_THAT(accepted.out, HasSubstr("400 rejected"));
  EXPECT_EQ(meals(), before);
}

TEST_F(RefusedRun, OfADistrictThatFeedsEverybodyCanBeLetThrough) {
  sql(folder_ / "campus.db",
      "INSERT INTO SchoolProvision (schoolID, endYear, provision) SELECT schoolID, 2017, "
      "'CEP' FROM School");

  const Ran refused = import(written(file()));
  const Ran accepted = import(written(file()), {"--accept", token_of(refused)});

  EXPECT_THAT(refused.out, HasSubstr("All 4 schools of the district serve free meals to all"));
  EXPECT_THAT(accepted.out, StartsWith("pos: 0 new, 0 updated, 0 existing, 400 skipped"));
}

TEST_F(RefusedRun, OfAYearThatIsOverHasNoToken) {
  const Ran refused = import(written(file()), {}, "2017-09-06");

  EXPECT_EQ(refused.exit, 4);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("5010"), Not(HasSubstr("--accept"))));
}

TEST_F(RefusedRun, IsAcceptedByAWholeTokenForOnePipeline) {
  EXPECT_EQ(import(short_file(), {"--accept", "7F3A"}).exit, 2);
  EXPECT_EQ(import(short_file(), {"--accept", "7F3A-9C21-04D5-B8E6", "p.xml"}).exit, 2);
}

}  // namespace
}  // namespace mealsync::testing
