// `mealsync connect`: what a technician sees when a connection is tested.

#include <gmock/gmock.h>

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "program.hpp"

namespace mealsync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::json;

class Connect : public ::testing::Test {
 protected:
  Connect() {
    write_file(folder_ / "pos.csv", "1990000001,F\n");
    constexpr std::chrono::sys_seconds written =
        std::chrono::sys_days{std::chrono::September / 6 / 2016} + std::chrono::hours(1);
    std::filesystem::last_write_time(folder_ / "pos.csv", std::chrono::file_clock::from_sys(written));
  }

  /// A pipeline file whose source and pipeline have these attributes.
  void write(const std::string& name, const std::string& source, const std::string& more = {}) const {
    write_file(folder_ / (name + ".xml"),
               "<pipeline name=\"" + name + "\" district=\"Nowhere\" school_year=\"2016-17\" " + more +
                   ">\n<source " + source +
                   "><format plugin=\"delimited\"><column as=\"state_id\"/></format></source>\n"
                   "<transform plugin=\"match_student\" database=\"/no/such/campus.db\"/>\n"
                   "<sink plugin=\"text_report\" path=\"made/report.txt\"/>\n</pipeline>\n");
  }
  [[nodiscard]] Ran connect(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "connect");
    return run_program(folder_, arguments, {"TZ=UTC"});
  }
  /// Everything that lies in the folder, with its bytes.
  [[nodiscard]] std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path()))
      if (entry.is_regular_file() && !entry.path().filename().string().starts_with("."))
        all[entry.path().string()] = bytes_of(entry.path());
    return all;
  }

  static constexpr auto there = R"(plugin="local_file" path="pos.csv")";
  static constexpr auto gone = R"(plugin="local_file" path="gone.csv")";
  TemporaryFolder folder_;
};

TEST_F(Connect, FindsTheFileAndSaysHowLargeAndOldItIs) {
  write("nightly", there);

  const Ran ran = connect({"nightly.xml"});

  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "  File 'pos.csv', 13 bytes, of 2016-09-06 01:00\nnightly: connected\n");
  EXPECT_EQ(ran.err, "");
}

TEST_F(Connect, SaysWhatIsNotThereAndWhatToDo) {
  write("nightly", gone);

  const Ran ran = connect({"nightly.xml"});

  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.out, StartsWith("nightly: unsuccessful: File '"));
  EXPECT_THAT(ran.err, HasSubstr("failed 9003: File '"));
  EXPECT_THAT(ran.err,
              HasSubstr("\n    Check that the POS has written its file, and the path in the pipeline."));
}

TEST_F(Connect, TellsWhatIsOddAndIsConnectedAllTheSame) {
  write("nightly", std::string(there) + R"( max_age="36h")");

  const Ran ran = connect({"nightly.xml"});

  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.err, HasSubstr("File 'pos.csv' is older than 36h"));
}

TEST_F(Connect, WritesNothingAnywhere) {
  write("nightly", there);
  const auto before = files();

  EXPECT_EQ(connect({"nightly.xml"}).exit, 0);

  EXPECT_EQ(files(), before);
}

TEST_F(Connect, LeavesAPipelineAloneThatIsHeld) {
  write("nightly", gone, R"(active="no")");

  const Ran ran = connect({"nightly.xml"});

  EXPECT_EQ(ran.exit, 4);
  EXPECT_EQ(ran.out, "nightly: held: the pipeline says active=\"no\"\n");
}

TEST_F(Connect, IsRefusedWhereTheServerIsHeld) {
  write("nightly", R"(plugin="dc_file" directory="//**files/Lists")");

  const Ran ran = connect({"nightly.xml"});

  EXPECT_EQ(ran.exit, 4);
  EXPECT_EQ(ran.out, "nightly: refused: Server '**files' is held\n");
}

TEST_F(Connect, TellsEveryFaultOfThePipelineAndReachesNothing) {
  write("nightly", std::string(there) + R"( max_aeg="36h" prefx="IC")");

  const Ran ran = connect({"nightly.xml"});

  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.out, "nightly: unsuccessful: the pipeline file has faults\n");
  EXPECT_THAT(ran.err, HasSubstr("nightly.xml:2:44: error MS1201: "));
  EXPECT_THAT(ran.err, HasSubstr("nightly.xml:2:58: error MS1201: "));
}

TEST_F(Connect, GivesTheWorstExitOfSeveralPipelinesAndALineEach) {
  write("first", gone);
  write("second", there);
  write("third", there, R"(active="no")");

  const Ran ran = connect({"first.xml", "second.xml", "third.xml", "fourth.xml"});

  EXPECT_EQ(ran.exit, 3);
  for (const char* line : {"first: unsuccessful: ", "\nsecond: connected\n",
                           "\nthird: held: ", "\nfourth.xml: unsuccessful: the pipeline file has faults\n"})
    EXPECT_THAT(ran.out, HasSubstr(line));
}

TEST_F(Connect, AnswersInJson) {
  write("first", gone);
  write("second", there);

  const Ran ran = connect({"first.xml", "second.xml", "--format", "json"});

  const auto end = ran.out.find('\n');
  const Json first = Json::parse(ran.out.substr(0, end)), second = Json::parse(ran.out.substr(end));
  EXPECT_EQ(first["status"], "unsuccessful");
  EXPECT_THAT(first["steps"], IsEmpty());
  EXPECT_EQ(first["findings"][0]["code"], "9003");
  EXPECT_THAT(first["findings"][0]["remedy"].get<std::string>(), Not(IsEmpty()));
  EXPECT_EQ(second, Json::parse(R"({"pipeline": "second", "status": "connected", "reason": "",
    "steps": ["File 'pos.csv', 13 bytes, of 2016-09-06 01:00"], "findings": []})"));
}

}  // namespace
}  // namespace mealsync::testing
