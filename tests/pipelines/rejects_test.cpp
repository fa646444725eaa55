// mealsync rejects, as a technician uses it the morning after.
#include <gmock/gmock.h>

#include <regex>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Rejects : public District {
 protected:
  [[nodiscard]] Ran rejects(const std::string& run, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"rejects", run, "--state", "state"});
    return run_program(folder_, more);
  }
  /// The lines of the input with these numbers.
  [[nodiscard]] std::string lines_of_input(const std::vector<int>& wanted) const {
    std::istringstream in(bytes_of(pos()));
    std::string all, line;
    for (int number = 1; std::getline(in, line); ++number)
      if (std::find(wanted.begin(), wanted.end(), number) != wanted.end()) all += line + "\n";
    return all;
  }
  [[nodiscard]] std::filesystem::perms rights(const std::string& file) const {
    return std::filesystem::status(folder_ / file).permissions() & std::filesystem::perms::mask;
  }

  static constexpr auto owner_only = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
  // Of the sample's README, all that are rejected.
  const std::vector<int> rejected_{74,  91,  104, 150, 151, 167, 181, 192, 209, 213, 225,
                                   234, 243, 249, 259, 263, 274, 278, 291, 295, 308, 324};
};

TEST_F(Rejects, ListsByCauseWhatIsToBeDoneAboutEachRecord) {
  const std::string imported = answer()["run"];

  const Ran ran = rejects(imported);

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("sample-pos, run " + imported + ": 22 records rejected\n"));
  EXPECT_THAT(
      ran.out,
      HasSubstr("\n1001  3  Find the student's SSID in Campus and correct it in the POS.\n    line 192: "
                "State ID '"));
  EXPECT_FALSE(std::regex_search(ran.out, std::regex(R"(\b\d{9,}\b)")));
  EXPECT_THAT(ran.out, Not(HasSubstr("7001")));
}

TEST_F(Rejects, CutsALongListAndSaysSo) {
  std::string file = bytes_of(pos());
  for (int i = 0; i < 30; ++i)
    file +=
        "199999" + std::to_string(1000 + i) + ",Reed,Ann,01/01/2008,010,F,DC-SNAP,09/06/2016,10/02/2017\n";
  write_file(pos(), file);
  const std::string imported = answer()["run"];

  const Ran ran = rejects(imported);

  EXPECT_THAT(ran.out, AllOf(HasSubstr("\n1001  33  "), HasSubstr("    and 13 more: --output FILE")));
}

TEST_F(Rejects, WritesTheWholeListForItsOwnerOnly) {
  const std::string imported = answer()["run"];

  EXPECT_EQ(rejects(imported, {"--output", "list.csv"}).exit, 0);

  const std::string list = bytes_of(folder_ / "list.csv");
  EXPECT_THAT(list, StartsWith("file,line,code,message,remedy\n\"IC_Eligibility.txt\",74,3060,\""));
  EXPECT_EQ(std::count(list.begin(), list.end(), '\n'), 23);
  EXPECT_FALSE(std::regex_search(list, std::regex(R"(\b\d{9,}\b)")));
  EXPECT_EQ(rights("list.csv"), owner_only);
}

TEST_F(Rejects, LeavesAFileThatIsThereUnlessItMayReplaceIt) {
  const std::string imported = answer()["run"];
  write_file(folder_ / "list.csv", "mine");

  const Ran refused = rejects(imported, {"--output", "list.csv"});

  EXPECT_EQ(refused.exit, 3);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("MS6206"), HasSubstr("File exists")));
  EXPECT_EQ(bytes_of(folder_ / "list.csv"), "mine");
  EXPECT_EQ(rejects(imported, {"--output", "list.csv", "--replace"}).exit, 0);
  EXPECT_THAT(bytes_of(folder_ / "list.csv"), StartsWith("file,line"));
  EXPECT_EQ(rejects(imported, {"--output", "no/such/folder.csv"}).exit, 3);
}

TEST_F(Rejects, WritesTheRecordsAsTheyStandInTheInput) {
  const std::string imported = answer()["run"];

  const Ran ran = rejects(imported, {"--output", "again.txt", "--whole"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(bytes_of(folder_ / "again.txt"), lines_of_input(rejected_));
  EXPECT_EQ(rights("again.txt"), owner_only);
}

TEST_F(Rejects, WritesAFileThatIsCorrectedAndImportedByTheSamePipeline) {
  const std::string imported = answer()["run"];
  EXPECT_EQ(rejects(imported, {"--output", "again.txt", "--whole"}).exit, 0);
  EXPECT_EQ(answer({"--test", "--set", "pos=again.txt", "--partial"})["errors"], 22);
  std::istringstream all(bytes_of(folder_ / "again.txt"));
  std::string corrected;
  for (std::string line; std::getline(all, line);)
    if (line.find(",F,MEDICAID,") != std::string::npos)
      corrected += std::regex_replace(line, std::regex("MEDICAID"), "DC-SNAP") + "\n";
  write_file(folder_ / "again.txt", corrected);

  const Json again = answer({"--set", "pos=again.txt", "--partial"});

  EXPECT_EQ(again["status"], "successful");
  EXPECT_EQ(again["read"], 3);
  EXPECT_EQ(again["errors"], 0);
}

TEST_F(Rejects, WritesTheHeaderAndRecordsOfSeveralLines) {
  write_file(folder_ / "p.xml", R"(<pipeline name="p" district="Nowhere" school_year="2016-17">
    <guard rejected_percent="100"/>
    <source plugin="local_file" path="pos.csv"><format plugin="delimited" header="yes">
      <column as="state_id" header="ID"/><column as="code" header="Code"/></format></source>
    <transform plugin="match_student" database="campus.db"/><sink plugin="null"/></pipeline>)");
  const std::string known = sql(campus(), "SELECT min(stateID) FROM Person");
  write_file(folder_ / "pos.csv",
             "ID,Code\r\n" + known.substr(0, 10) + ",F\r\n1999999991,\"two\r\nlines\"\r\n1999999992,F\r\n");
  const Json first = answer_of(
      run_program(folder_, {"run", "p.xml", "--as-of", as_of_, "--state", "state", "--format", "json"}));

  EXPECT_EQ(rejects(first["run"], {"--output", "again.csv", "--whole"}).exit, 0);

  EXPECT_EQ(bytes_of(folder_ / "again.csv"), "ID,Code\r\n1999999991,\"two\r\nlines\"\r\n1999999992,F\r\n");
}

TEST_F(Rejects, AsksForACopyOfAnInputThatIsNotWhatItWas) {
  const std::string imported = answer()["run"], wanted = lines_of_input(rejected_);
  std::filesystem::copy_file(pos(), folder_ / "copy.txt");
  write_file(pos(), "1990000001,Reed,Ann,01/01/2008,010,F,DC-SNAP,09/06/2016,10/02/2017\n");

  const Ran changed = rejects(imported, {"--output", "again.txt", "--whole"});
  std::filesystem::remove(pos());
  const Ran gone = rejects(imported, {"--output", "again.txt", "--whole"});

  EXPECT_EQ(changed.exit, 4);
  EXPECT_THAT(changed.err, AllOf(HasSubstr("MS6204"), HasSubstr("--input")));
  EXPECT_EQ(gone.exit, 4);
  EXPECT_THAT(gone.err, AllOf(HasSubstr("MS6203"), HasSubstr("--input")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "again.txt"));
  EXPECT_EQ(rejects(imported, {"--output", "again.txt", "--whole", "--input", "copy.txt"}).exit, 0);
  EXPECT_EQ(bytes_of(folder_ / "again.txt"), wanted);
}

TEST_F(Rejects, SaysOfARunWithoutAnyThatThereAreNone) {
  std::istringstream in(bytes_of(pos()));
  std::string first;
  std::getline(in, first);
  write_file(pos(), first + "\n");

  const Json imported = answer();

  EXPECT_THAT(rejects(imported["run"]).out, HasSubstr(": 0 records rejected\n"));
}

TEST_F(Rejects, ExitsWith2WhereItIsUsedWrongly) {
  EXPECT_EQ(run_program(folder_, {"rejects"}).exit, 2);
  EXPECT_EQ(rejects("20160906-010000-0000").exit, 2);
  EXPECT_EQ(rejects("a", {"--whole"}).exit, 2);
  EXPECT_THAT(run_program(folder_, {"rejects", "--help"}).out,
              StartsWith("Usage: mealsync rejects RUN [P.xml]\n"));
}

}  // namespace
}  // namespace mealsync::testing
