// The file for the vendor's own import: which records are in it, how they are written, and that it is there whole or not
// at all.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/trial.hpp>

#include "built_stage.hpp"
#include "report_trial.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Settings = std::vector<Setting>;

Setting column(Settings attributes) {
  return {"column", "", std::move(attributes)};
}

class IcFile : public ::testing::Test {
 protected:
  Trial load(Settings settings, std::string_view table, const Facts& facts = {}) {
    settings.push_back({"path", path_});
    return mealsync::testing::load(stage("ic_file"), settings, table, facts);
  }
  /// What is written, where nothing is found.
  std::string written(Settings settings, std::string_view table) {
    EXPECT_THAT(load(std::move(settings), table).findings, IsEmpty());
    return text_of_file(path_);
  }
  /// What is wrong with the settings, a line each.
  std::string faults(Settings settings) {
    settings.push_back({"path", path_});
    std::string lines;
    for (const Finding& finding :
         plan(stage("ic_file"), settings, "state_id | eligibility:eligibility | start_date:date").findings)
      lines += code_text(finding.code) + " " + finding.message + "\n";
    return lines;
  }
  [[nodiscard]] std::size_t files() const {
    const fs::directory_iterator all(fs::path(path_).parent_path());
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }

  ReportFolder folder_;
  std::string path_ = folder_ / "IC_Eligibility.txt";
};

const Settings generic{{"layout", "generic"}};

constexpr auto records = R"(
  state_id   | eligibility:eligibility | source:source | certified_type:certified_type | start_date:date | end_date:date
  1990000001 | Free                    | Direct        | SNAP                          | 2016-08-10      | 2017-06-30
  0000000002 | Reduced                 | Non-Direct    | Income                        | 2016-09-01      |
  1990000003 | Paid                    | Non-Direct    | DidNotApply                   | 2016-09-01      | 2017-06-30
  1990000004 | Free                    | Direct        | TANF                          | 2016-09-01      | 2017-06-30
)";

TEST_F(IcFile, WritesTheGenericLayout) {
  EXPECT_EQ(written(generic, records), R"(1990000001,F,D,SNAP,08/10/2016,06/30/2017
0000000002,R,N,INCOME,09/01/2016,
1990000003,P,N,DIDNOTAPPLY,09/01/2016,06/30/2017
1990000004,F,D,KTAP,09/01/2016,06/30/2017
)");
}

TEST_F(IcFile, WritesTheColumnsThatItIsToldWithAHeader) {
  EXPECT_EQ(written({{"separator", "tab"},
                     {"header", "yes"},
                     column({{"as", "state_id"}, {"header", "Student ID"}}),
                     column({{"as", "eligibility"}, {"codes", "2 3 4"}}),
                     column({{"as", "source"}}),
                     column({{"as", "start_date"}, {"pattern", "M/D/YY"}}),
                     column({{"as", "end_date"}, {"pattern", "YYYYMMDD"}})},
                    records),
            "Student ID\teligibility\tsource\tstart_date\tend_date\n"
            "1990000001\t2\tDirect\t8/10/16\t20170630\n"
            "0000000002\t3\tNon-Direct\t9/1/16\t\n"
            "1990000003\t4\tNon-Direct\t9/1/16\t20170630\n"
            "1990000004\t2\tDirect\t9/1/16\t20170630\n");
}

TEST_F(IcFile, WritesNumbersAndSwitches) {
  EXPECT_EQ(written({column({{"as", "grade"}}), column({{"as", "extended"}})},
                    "grade:int | extended:bool\n7 | yes\n | no\n"),
            "7,yes\n,no\n");
}

TEST_F(IcFile, QuotesWhatDividesAndNothingElse) {
  EXPECT_EQ(written({column({{"as", "name"}}), column({{"as", "note"}})},
                    "name | note\nSAMPLE, ADA | a \"b\" c\n=1+1 | -5\n"),
            "\"SAMPLE, ADA\",\"a \"\"b\"\" c\"\n=1+1,-5\n");
}

TEST_F(IcFile, HoldsWhatAMergeHasDecided) {
  EXPECT_EQ(
      written({column({{"as", "state_id"}}), column({{"as", "certified_type"}}),
               column({{"as", "start_date"}, {"pattern", "YYYY-MM-DD"}})},
              R"(
    state_id | fate:fate | action:action | school_year:int | certified_type:certified_type | start_date:date
    1        |           | end           | 2016            | Income                        | 2015-09-01
    1        | new       | insert        | 2017            | SNAP                          | 2016-08-10
    1        |           | insert        | 2017            | SNAP                          | 2016-12-01
    2        | updated   | update        | 2017            | TANF                          | 2016-08-11
    3        | existing  | none          | 2017            | Foster                        | 2016-08-12
    4        | updated   | end           | 2017            | Income                        | 2016-08-13
    5        |           | remove        | 2017            |                               |
    5        |           | trim          | 2017            | Income                        | 2016-10-01
    6        |           | insert        | 2017            | Medicaid                      | 2016-08-14
    7        | existing  | none          | 2018            | SNAP                          | 2017-07-01
  )"),
      "1,SNAP,2016-08-10\n1,SNAP,2016-12-01\n2,TANF,2016-08-11\n3,Foster,2016-08-12\n4,Income,2016-08-13\n"
      "6,Medicaid,2016-08-14\n");
}

TEST_F(IcFile, LeavesOutARecordThatLacksWhatIsRequired) {
  const Trial trial = load({column({{"as", "state_id"}, {"required", "yes"}}), column({{"as", "school"}})},
                           "state_id | school\n1990000001 | 010\n | 010\n");

  EXPECT_EQ(text_of_file(path_), "1990000001,010\n");
  ASSERT_EQ(trial.findings.size(), 1U);
  EXPECT_EQ(trial.findings[0].message,
            "Required field [state_id] has no value; the record is not in the file");  // 4002
}

TEST_F(IcFile, LeavesOutARecordThatCannotBeWrittenWithoutQuotes) {
  const Trial trial =
      load({{"quote", "none"}, column({{"as", "name"}})}, "name\nSAMPLE, ADA\nDUMMY \"CY\"\n");

  EXPECT_EQ(text_of_file(path_), "DUMMY \"CY\"\n");
  ASSERT_EQ(trial.findings.size(), 1U);
  EXPECT_EQ(trial.findings[0].message,
            "A value in column 'name' holds a sign that divides the file, which has no quotes; the record is "
            "not in it");  // 4010
}

TEST_F(IcFile, IsForItsOwnerAloneAndTakesThePlaceOfTheLast) {
  write_file(path_, "of last night\n");

  load(generic, records);

  struct stat facts {};
  ASSERT_EQ(stat(path_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);
  EXPECT_EQ(text_of_file(path_).substr(0, 11), "1990000001,");
  EXPECT_EQ(files(), 1U);
}

TEST_F(IcFile, LeavesNothingWhereNothingIsCommitted) {
  write_file(path_, "of last night\n");
  Facts test;
  test.test = true;
  test.commit = false;

  load(generic, records, test);

  EXPECT_EQ(text_of_file(path_), "of last night\n");
  EXPECT_EQ(files(), 1U);
}

// Whoever takes files by how their names begin must not take one that is still being written.
TEST_F(IcFile, HasAnotherBeginningUntilItIsFinished) {
  Settings settings = generic;
  settings.push_back({"path", path_});
  const Table table = read_table(records);
  const detail::TrialStage tried(stage("ic_file"), settings, table.columns, MS_SINK, Facts{});

  const fs::directory_iterator all(fs::path(path_).parent_path());
  std::vector<std::string> names;
  for (const auto& entry : all)
    names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, ElementsAre(::testing::StartsWith(".IC_Eligibility.txt.")));
}

TEST_F(IcFile, FailsWhereItCannotBeWrittenBeforeAnythingIsImported) {
  fs::create_directory(path_);

  const Trial trial = load(generic, records);

  EXPECT_EQ(trial.status, MS_FAILED);
  ASSERT_EQ(trial.findings.size(), 1U);
  EXPECT_EQ(trial.findings[0].code, 9006U);
  EXPECT_EQ(trial.findings[0].message, "File '" + path_ +
                                           "' cannot be written: there is something of that name that is no "
                                           "regular file");
}

TEST_F(IcFile, FailsWhereItLosesItsName) {
  Settings settings = generic;
  settings.push_back({"path", path_});
  const Table table = read_table(records);
  detail::TrialStage tried(stage("ic_file"), settings, table.columns, MS_SINK, Facts{});
  tried.give(table, stage("ic_file").write);
  fs::create_directory(path_);

  tried.end(Facts{}, false, stage("ic_file").commit);

  const Trial trial = tried.result();
  EXPECT_EQ(trial.status, MS_FAILED);
  ASSERT_EQ(trial.findings.size(), 1U);
  EXPECT_EQ(trial.findings[0].message, "File '" + path_ + "' is not written: Is a directory");  // 9009
}

TEST_F(IcFile, TellsEachFaultOfItsSettings) {
  EXPECT_EQ(faults({}), "MS5001 Neither of 'layout' and <column> is given\n");
  EXPECT_EQ(faults({{"layout", "generic"}, column({{"as", "state_id"}})}).substr(0, 45),
            "MS5001 Each of 'layout' and <column> is given");
  EXPECT_EQ(faults({{"separator", "x"}, {"quote", "''"}, column({{"as", "state_id"}})}),
            "MS5001 Separator 'x' divides nothing\nMS5001 Quote '''' quotes nothing\n");
  EXPECT_EQ(faults({column({{"as", "state_id"}, {"pattern", "MM/DD/YYYY"}, {"codes", "a b"}}),
                    column({{"as", "start_date"}, {"pattern", "MM/DD"}}),
                    column({{"as", "eligibility"}, {"codes", "F R"}})}),
            "MS5001 Column 'state_id' has a pattern and is no date\n"
            "MS5001 Column 'state_id' has codes and is none\n"
            "MS5001 Pattern 'MM/DD' of column 'start_date' is no pattern of dates\n"
            "MS5001 Column 'eligibility' has 2 codes, and its values are Free, Reduced, Paid\n");
  EXPECT_EQ(
      faults({{"quote", "none"}, {"header", "yes"}, column({{"as", "state_id"}, {"header", "ID, state"}})}),
      "MS5001 The name 'ID, state' holds a sign that divides the file, which has no quotes\n");
}

}  // namespace
}  // namespace mealsync::testing
