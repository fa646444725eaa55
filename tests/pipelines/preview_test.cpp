#include <gmock/gmock.h>

#include <regex>
#include <sstream>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Preview : public District {
 protected:
  [[nodiscard]] Ran preview(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"preview", MEALSYNC_PIPELINES "/sample/pos_to_campus.xml",
                                       "--as-of", as_of_,
                                       "--set",   "campus=campus.db",
                                       "--set",   "pos=IC_Eligibility.txt",
                                       "--set",   "reports=reports"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(folder_, arguments);
  }
  [[nodiscard]] Json json(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--format", "json"});
    const Ran ran = preview(more);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return Json::parse(ran.out);
  }
  /// Everything that lies in the folder, with its bytes.
  [[nodiscard]] std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path()))
      if (entry.is_regular_file() && !entry.path().filename().string().starts_with("."))
        all[entry.path().string()] = bytes_of(entry.path());
    return all;
  }
};

TEST_F(Preview, ShowsTheFirstRowsAfterEachStage) {
  const Json shown = json({"--rows", "3"});

  std::vector<std::string> stages;
  for (const Json& stage : shown["stages"])
    stages.push_back(stage["id"].get<std::string>() + " " + std::to_string(stage["rows"].size()));
  EXPECT_THAT(stages, ElementsAre("delimited 3", "codes 3", "year 3", "student 3", "cep 3", "merge 4"));
}

TEST_F(Preview, ShowsAsATableWhatARecordIsMadeOf) {
  const Ran ran = preview({"--rows", "2", "--after", "codes"});

  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(
      ran.out,
      "transform codes: 2 rows\n"
      "  line  state_id    last_name  first_name  birth_date  school  status  code       start_date  end_date"
      "    eligibility  source  certified_type\n"
      "  1     ******0293  ***        ***         ***         040     F       DC-SNAP    2016-09-01  "
      "2017-10-02"
      "  Free         Direct  SNAP\n"
      "  2     ******0044  ***        ***         ***         010     F       DC-FOSTER  2016-08-10  "
      "2017-10-02"
      "  Free         Direct  Foster\n\n");
}

TEST_F(Preview, ShowsOnlyTheStageThatIsAskedFor) {
  const Json shown = json({"--after", "merge", "--rows", "1"});

  ASSERT_EQ(shown["stages"].size(), 1u);
  EXPECT_EQ(shown["stages"][0]["role"], "transform");
  EXPECT_EQ(shown["stages"][0]["id"], "merge");
}

TEST_F(Preview, WritesNothingAnywhere) {
  const auto before = files();

  EXPECT_EQ(preview({"--rows", "1000"}).exit, 0);

  EXPECT_EQ(files(), before);
}

TEST_F(Preview, ShowsNobodysNameBirthDateOrWholeKey) {
  const Ran ran = preview({"--rows", "1000"});

  const std::string all = ran.out + ran.err;
  EXPECT_FALSE(std::regex_search(all, std::regex(R"(\b\d{9,}\b)")));
  std::istringstream names(
      sql(campus(), "SELECT lastName FROM Identity UNION SELECT birthdate FROM Identity"));
  for (std::string each; std::getline(names, each);) {
    ASSERT_FALSE(each.empty());
    EXPECT_THAT(all, Not(HasSubstr(each)));
  }
}

TEST_F(Preview, TellsWhatIsWrongWithTheRecordsThatItReads) {
  EXPECT_THAT(preview({"--rows", "200"}).err, HasSubstr("4001"));
  EXPECT_THAT(preview({"--rows", "5"}).err, Not(HasSubstr("4001")));
}

TEST_F(Preview, NamesTheStagesWhereItIsAskedForAnother) {
  const Ran ran = preview({"--after", "codse"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err,
              HasSubstr("no stage with rows has the id 'codse'; there are: delimited, codes, year, student, "
                        "cep, merge"));
}

TEST_F(Preview, FailsAsARunDoesWhereTheFileIsMissing) {
  std::filesystem::remove(pos());

  const Ran ran = preview();

  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err, HasSubstr("9003"));
}

TEST_F(Preview, IsRefusedWhereTheYearIsOver) {
  as_of_ = "2017-07-01";

  const Ran ran = preview();

  EXPECT_EQ(ran.exit, 4);
  EXPECT_THAT(ran.err, HasSubstr("5010"));
}

TEST_F(Preview, TellsEveryFaultOfThePipeline) {
  write_file(folder_ / "p.xml", "<pipeline name=\"p\" school_year=\"2016-18\"/>");

  const Ran ran = run_program(folder_, {"preview", "p.xml"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("MS1309"));
}

TEST_F(Preview, TakesARangeOfRowsAndTwoFormats) {
  EXPECT_EQ(preview({"--rows", "0"}).exit, 2);
  EXPECT_EQ(preview({"--rows", "1001"}).exit, 2);
  EXPECT_EQ(preview({"--format", "xml"}).exit, 2);
  EXPECT_EQ(run_program(folder_, {"preview"}).exit, 2);
}

}  // namespace
}  // namespace mealsync::testing
