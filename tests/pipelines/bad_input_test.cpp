#include <gmock/gmock.h>
#include <sys/stat.h>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::HasSubstr;

/// Whatever comes in: a clear finding, the right exit, and a database that is as it was.
class BadInput : public District {
 protected:
  void SetUp() override { before_ = eligibility(); }
  void TearDown() override { EXPECT_EQ(eligibility(), before_); }

  /// A line of the sample whose record Campus has already.
  [[nodiscard]] static std::string existing_record() {
    const std::string sample = bytes_of(MEALSYNC_PIPELINES "/sample/IC_Eligibility.txt");
    const auto second = sample.find('\n') + 1;
    return sample.substr(second, sample.find('\n', second) + 1 - second);
  }

  std::string before_;
};

std::string codes(const Json& answer) {
  return answer["findings"].dump();
}

TEST_F(BadInput, AnEmptyFileIsRefused) {
  write_file(pos(), "");

  const Json refused = answer();

  EXPECT_EQ(refused["exit"], 4);
  EXPECT_EQ(codes(refused), R"({"8005":1})");
}

TEST_F(BadInput, AMissingFileFails) {
  std::filesystem::remove(pos());

  const Json failed = answer();

  EXPECT_EQ(failed["exit"], 3);
  EXPECT_EQ(codes(failed), R"({"9003":1})");
}

TEST_F(BadInput, AFolderInsteadOfAFileFails) {
  std::filesystem::remove(pos());
  std::filesystem::create_directory(pos());

  const Json failed = answer();

  EXPECT_EQ(failed["exit"], 3);
  EXPECT_EQ(codes(failed), R"({"9006":1})");
}

TEST_F(BadInput, ANamedPipeInsteadOfAFileFailsAndDoesNotWait) {
  std::filesystem::remove(pos());
  ASSERT_EQ(mkfifo(pos().c_str(), 0600), 0);

  const Json failed = answer();

  EXPECT_EQ(failed["exit"], 3);
  EXPECT_EQ(codes(failed), R"({"9006":1})");
}

TEST_F(BadInput, AFileThatNobodyMayReadFails) {
  if (geteuid() == 0) GTEST_SKIP() << "the superuser may read everything";
  std::filesystem::permissions(pos(), std::filesystem::perms::none);

  const Json failed = answer();

  EXPECT_EQ(failed["exit"], 3);
  EXPECT_EQ(codes(failed), R"({"9006":1})");
}

TEST_F(BadInput, AFileCutInTheMiddleOfAQuoteLosesThatRecordOnly) {
  write_file(pos(), existing_record() + "9990000002,\"SAM");

  const Json imported = answer();

  EXPECT_EQ(imported["exit"], 0);
  EXPECT_EQ(imported["existing"], 1);
  EXPECT_EQ(codes(imported), R"({"4010":1})");
}

TEST_F(BadInput, ARowOfAMegabyteLosesThatRecordOnly) {
  write_file(pos(), std::string(1 << 20, 'x') + "\n" + existing_record());

  const Json imported = answer();

  EXPECT_EQ(imported["exit"], 0);
  EXPECT_EQ(imported["existing"], 1);
  EXPECT_EQ(codes(imported), R"({"4010":1})");
}

TEST_F(BadInput, ANulByteLosesThatRecordOnly) {
  write_file(pos(), existing_record() + '\0' + existing_record());

  const Json imported = answer();

  EXPECT_EQ(imported["exit"], 0);
  EXPECT_EQ(imported["existing"], 1);
  EXPECT_EQ(codes(imported), R"({"4011":1})");
}

TEST_F(BadInput, AFileOfWhichNothingCanBeUsedIsRefused) {
  write_file(pos(), std::string(1 << 20, ','));

  const Json refused = answer();

  EXPECT_EQ(refused["exit"], 4);
  EXPECT_EQ(codes(refused), R"({"4010":1,"8001":1})");
}

TEST_F(BadInput, SwappedColumnsShowNoNameAnywhere) {
  write_file(pos(), "9990000001,03/09/2009,SAMPLE,ALDERBROOK,010,F,DC-SNAP,08/10/2016,06/30/2017\n");

  const Ran ran = run({"--format", "json"});

  EXPECT_EQ(codes(Json::parse(ran.out)), R"({"5003":1,"8001":1})");
  EXPECT_THAT(ran.out + ran.err + bytes_of(folder_ / "state/journal.db"),
              ::testing::Not(HasSubstr("ALDERBROOK")));
}

TEST_F(BadInput, AFileOfLastYearIsRefused) {
  write_file(pos(), "1990000001,SAMPLE,ADA,03/09/2009,010,F,DC-SNAP,08/10/2015,06/30/2016\n");

  const Json refused = answer();

  EXPECT_EQ(refused["exit"], 4);
  EXPECT_EQ(codes(refused), R"({"5002":1,"5011":1,"8001":1})");
}

TEST_F(BadInput, ADistrictOfRejectedRecordsIsRefused) {
  std::string file;
  for (int i = 0; i < 60; ++i)
    file += "9990000001,SAMPLE,ADA,03/09/2009,010,F,DC-SNAP,08/10/2016,06/30/2017\n";
  write_file(pos(), file);

  const Json refused = answer();

  EXPECT_EQ(refused["exit"], 4);
  EXPECT_EQ(codes(refused), R"({"1001":60,"8001":1})");
}

/// A Campus database that cannot be used: the copy of the sample's is left alone.
class BadDatabase : public BadInput {
 protected:
  [[nodiscard]] Json answer_on(const std::string& database, std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--set", "campus=" + database});
    return answer(std::move(more));
  }
};

TEST_F(BadDatabase, AMissingDatabaseIsToldOnceByEachStageThatNeedsIt) {
  const Json failed = answer_on("none.db");

  EXPECT_EQ(failed["exit"], 3);
  EXPECT_EQ(codes(failed), R"({"9006":4})");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "none.db"));
}

TEST_F(BadDatabase, AFileThatIsNoDatabaseFails) {
  write_file(folder_ / "text.db",
             "This is no database, and long enough to look like none: " + std::string(4096, '.'));

  const Json failed = answer_on("text.db");

  EXPECT_EQ(failed["exit"], 3);
  EXPECT_EQ(codes(failed), R"({"9009":4})");
}

TEST_F(BadDatabase, ADatabaseOfAnotherSchemaVersionFailsUnchanged) {
  std::filesystem::copy_file(campus(), folder_ / "newer.db");
  sql(folder_ / "newer.db", "PRAGMA user_version = 99");
  const std::string before = bytes_of(folder_ / "newer.db");

  const Json failed = answer_on("newer.db");

  EXPECT_EQ(failed["exit"], 3);
  EXPECT_EQ(codes(failed), R"({"9009":4})");
  EXPECT_TRUE(bytes_of(folder_ / "newer.db") == before);
}

TEST_F(BadDatabase, ADatabaseOfSomethingElseFails) {
  sql(folder_ / "other.db", "CREATE TABLE cats(name)");

  const Json failed = answer_on("other.db");

  EXPECT_EQ(failed["exit"], 3);
  EXPECT_EQ(codes(failed), R"({"9009":4})");
}

TEST_F(BadInput, AMissingPluginStopsThePipelineBeforeAnythingIsOpened) {
  write_file(folder_ / "p.xml", R"(<pipeline name="p" district="Nowhere" school_year="2016-17">
    <source plugin="local_file" path="IC_Eligibility.txt"><format plugin="delimitd"><column as="a"/></format></source>
    <sink plugin="null"/></pipeline>)");

  const Ran ran = run_program(folder_, {"run", "p.xml", "--state", "state"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(
      ran.err,
      HasSubstr(
          "p.xml:2:60: error MS2001: No plugin gives the format 'delimitd'; did you mean 'delimited'?"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "state"));
}

TEST_F(BadInput, AReportThatCannotBeWrittenFailsBeforeAnythingIsImported) {
  write_file(folder_ / "reports", "a file where the folder should be");

  const Json failed = answer();

  EXPECT_EQ(failed["exit"], 3);
  EXPECT_EQ(failed["read"], 0);
}

}  // namespace
}  // namespace mealsync::testing
