#include <gmock/gmock.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "district.hpp"

namespace mealsync::testing {
namespace {

class SampleDistrict : public District {};

/// What the same import says every time: no names of runs, no times.
Json lasting(Json answer) {
  for (const char* passing : {"run", "test", "seconds", "reports"})
    answer.erase(passing);
  return answer;
}

Json messages(const Json& report) {
  return report["messages"];
}

/// "code line" for every finding on a line.
std::set<std::string> codes_and_lines(const Json& report) {
  std::set<std::string> all;
  for (const Json& message : report["messages"])
    if (message["line"].is_number())
      all.insert(message["code"].get<std::string>() + " " + message["line"].dump());
  return all;
}

/// The same from the table in the sample's README, which its generator wrote.
std::set<std::string> planted_codes_and_lines() {
  std::set<std::string> all;
  std::istringstream page(bytes_of(MEALSYNC_PIPELINES "/sample/README.md"));
  const std::regex row(R"(^\| (\d{4}) \| (\w+) \| ([\d, ]+) \|.*)"), number(R"(\d+)");
  for (std::string line; std::getline(page, line);) {
    std::smatch found;
    if (!std::regex_match(line, found, row)) continue;
    const bool is_told_once = found[2] == "info";
    const std::string lines = found[3];
    for (std::sregex_iterator at(lines.begin(), lines.end(), number), end; at != end; ++at) {
      all.insert(found[1].str() + " " + at->str());
      if (is_told_once) break;
    }
  }
  return all;
}

/// Everything that a run may have written anywhere, and said.
std::string all_output(const TemporaryFolder& folder, const Ran& ran) {
  std::string all = ran.out + ran.err;
  for (const char* written : {"reports", "state"})
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder / written))
      if (file.is_regular_file()) all += bytes_of(file.path());
  return all;
}

TEST_F(SampleDistrict, ImportsWhatItsGeneratorSays) {
  EXPECT_EQ(lasting(answer()), Json::parse(R"({
    "pipeline": "sample-pos", "district": "Tamarack County", "school_year": "2016-17", "status": "successful",
    "reason": "", "exit": 0,
    "input": [{"file": "IC_Eligibility.txt", "bytes": 27728,
               "sha256": "a0934fe75d819a30197efc746aa9960bf98170a545e6dc6b528180ef54cd14fa"}],
    "read": 388, "new": 81, "updated": 7, "existing": 231, "skipped": {"cep": 44, "duplicate": 2, "held": 1},
    "errors": 22, "warnings": 14,
    "inserted": 81, "ended": 9, "removed": 3, "trimmed": 1, "extended": 0, "carryover_ended": 26,
    "findings": {"1001": 3, "1010": 2, "1011": 3, "2001": 1, "3037": 2, "3041": 2, "3042": 1, "3043": 1, "3050": 2,
                 "3060": 1, "3061": 1, "3062": 1, "3063": 1, "3064": 1, "4001": 4, "4002": 1, "4003": 1, "4010": 2,
                 "4011": 1, "5001": 1, "5002": 1, "5003": 1, "5004": 1, "6001": 2, "7001": 44}})"));
}

TEST_F(SampleDistrict, RaisesEachCodeOnTheLinesWhereItIsPlanted) {
  EXPECT_EQ(codes_and_lines(report(answer())), planted_codes_and_lines());
}

TEST_F(SampleDistrict, GivesTheSameCountsAndFindingsInATestAsInTheImport) {
  const Json tested = answer({"--test"});
  const Json imported = answer();

  EXPECT_EQ(lasting(tested), lasting(imported));
  EXPECT_EQ(messages(report(tested)), messages(report(imported)));
  EXPECT_EQ(report(tested)["updated"], report(imported)["updated"]);
}

TEST_F(SampleDistrict, GivesTheSameByADistrictsOwnTenLines) {
  constexpr auto ten_lines = MEALSYNC_PIPELINES "/sample/district.xml";
  const Json by_ten_lines = answer_of(run({"--test", "--format", "json"}, ten_lines));
  const Json whole = answer({"--test"});

  Json expected = lasting(whole);
  expected["pipeline"] = "sample-district";
  EXPECT_EQ(lasting(by_ten_lines), expected);
  EXPECT_EQ(messages(report(by_ten_lines)), messages(report(whole)));
  EXPECT_EQ(report(by_ten_lines)["updated"], report(whole)["updated"]);
}

// The names of the sample are right on every line, also on those with a state ID that is not.
TEST_F(SampleDistrict, FindsEveryStudentByNameAndTellsNoName) {
  write_file(folder_ / "by_name.xml",
             R"(<pipeline name="by-name" district="Tamarack County" school_year="2016-17">
    <include href=")" MEALSYNC_PIPELINES R"(/kentucky/nightly.xml"/>
    <variable name="campus" value=""/><variable name="pos" value=""/><variable name="reports" value=""/>
    <variable name="expiration" value="2017-10-02"/>
    <transform id="student" plugin="match_student" database="${campus}" key="name_birth_date"/></pipeline>)");
  Json expected = lasting(answer({"--test"}));
  expected["pipeline"] = "by-name";
  expected["new"] = expected["new"].get<int>() + 8;  // of 1001, 1010 and 1011
  expected["inserted"] = expected["new"];
  expected["errors"] = expected["errors"].get<int>() - 8;
  for (const char* code : {"1001", "1010", "1011", "2001"})
    expected["findings"].erase(code);
  expected["findings"]["2005"] = 1;

  const Ran ran = run({"--test", "--format", "json"}, "by_name.xml");

  EXPECT_EQ(lasting(answer_of(ran)), expected);
  // Line 324, of the twins that Campus has, and line 192.
  std::istringstream input(bytes_of(pos()));
  std::vector<std::string> names;
  std::string line;
  for (int number = 1; std::getline(input, line); ++number)
    if (number == 192 || number == 324) names.push_back(line.substr(11, line.find(',', 11) - 11));
  ASSERT_EQ(names.size(), 2u);
  const std::string output = ran.out + ran.err + bytes_of(folder_ / "state/journal.db");
  EXPECT_THAT(names, ::testing::Each(::testing::ResultOf(
                         [&](const std::string& name) { return output.find(name); }, std::string::npos)));
}

TEST_F(SampleDistrict, LeavesTheDatabaseByteForByteAfterATest) {
  const std::string before = campus_bytes();

  EXPECT_EQ(run({"--test"}).exit, 0);

  EXPECT_TRUE(campus_bytes() == before);
}

TEST_F(SampleDistrict, ChangesNothingTheSecondTime) {
  const Json first = answer();
  const std::string imported = eligibility();

  const Json second = answer();

  EXPECT_EQ(second["existing"],
            first["new"].get<int>() + first["updated"].get<int>() + first["existing"].get<int>());
  EXPECT_EQ(second["new"], 0);
  EXPECT_EQ(second["updated"], 0);
  EXPECT_EQ(eligibility(), imported);
}

TEST_F(SampleDistrict, KeepsABeforeImageOfEveryChange) {
  const std::string before = sql(campus(),
                                 "SELECT eligibilityID, eligibility, source, type, startDate, endDate "
                                 "FROM POSEligibility ORDER BY eligibilityID");
  const Json imported = answer();

  EXPECT_EQ(
      sql(campus(),
          "WITH was AS (SELECT * FROM ImportChange), untouched AS (SELECT * FROM POSEligibility WHERE "
          "eligibilityID NOT IN (SELECT eligibilityID FROM was)) "
          "SELECT eligibilityID, eligibility, source, type, startDate, endDate FROM untouched UNION ALL "
          "SELECT eligibilityID, was_eligibility, was_source, was_type, was_startDate, was_endDate FROM was "
          "WHERE action != 'insert' GROUP BY eligibilityID HAVING sequence = min(sequence) ORDER BY 1"),
      before);
  EXPECT_EQ(sql(campus(), "SELECT run, status, inputSHA256 FROM ImportRun"),
            imported["run"].get<std::string>() + "|successful|" +
                imported["input"][0]["sha256"].get<std::string>() + "\n");
}

TEST_F(SampleDistrict, LeavesNoOverlapThatWasNotThere) {
  const std::string overlaps =
      "SELECT count(*) FROM POSEligibility a JOIN POSEligibility b ON a.personID = b.personID AND "
      "a.eligibilityID < "
      "b.eligibilityID AND a.eligType = 'Meal' AND b.eligType = 'Meal' AND a.startDate <= b.endDate AND "
      "b.startDate <= a.endDate AND a.startDate <= a.endDate AND b.startDate <= b.endDate";
  const std::string before = sql(campus(), overlaps);

  EXPECT_EQ(run().exit, 0);

  EXPECT_EQ(sql(campus(), overlaps), before);
}

TEST_F(SampleDistrict, ShowsNoSsnShapedValueOfTheInputAnywhere) {
  const std::string input = bytes_of(pos());
  std::set<std::string> secrets;
  const std::regex shape(R"((?:^|[^\d])(\d{9}|\d{3}-\d{2}-\d{4})(?![\d]))");
  for (std::sregex_iterator at(input.begin(), input.end(), shape), end; at != end; ++at)
    secrets.insert((*at)[1]);
  ASSERT_GE(secrets.size(), 2u);

  const std::string output = all_output(folder_, run());

  std::vector<std::string> shown;
  std::copy_if(secrets.begin(), secrets.end(), std::back_inserter(shown),
               [&](const std::string& secret) { return output.find(secret) != std::string::npos; });
  EXPECT_THAT(shown, ::testing::IsEmpty());
}

TEST_F(SampleDistrict, MasksStateIdsEverywhereButInTheDetailReports) {
  const Ran ran = run({"--format", "json"});

  std::string shareable = ran.out + ran.err + bytes_of(folder_ / "state/journal.db");
  EXPECT_THAT(shareable, ::testing::Not(::testing::HasSubstr("1990000316")));
  EXPECT_THAT(shareable, ::testing::HasSubstr("******0316"));
  EXPECT_THAT(bytes_of(Json::parse(ran.out)["reports"][0].get<std::string>()),
              ::testing::HasSubstr("1990000316"));
}

TEST_F(SampleDistrict, ShowsNothingOfAnyStudentInTheSummary) {
  const Json imported = answer();
  const std::string detail = bytes_of(imported["reports"][0].get<std::string>());
  const std::string summary = bytes_of(imported["reports"][3].get<std::string>());

  // Who is in the file: the ID, last name and first name that each line begins with.
  std::set<std::string> of_students;
  std::istringstream lines(bytes_of(pos()));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::string cell;
    for (int i = 0; i < 3 && std::getline(cells, cell, ','); ++i)
      if (cell.size() > 3) of_students.insert(cell);
  }
  std::vector<std::string> shown;
  std::copy_if(of_students.begin(), of_students.end(), std::back_inserter(shown),
               [&](const std::string& each) { return summary.find(each) != std::string::npos; });
  EXPECT_THAT(shown, ::testing::IsEmpty());
  EXPECT_THAT(detail, ::testing::HasSubstr("1990000316"));
  EXPECT_THAT(of_students, ::testing::Contains("1990000316"));
  EXPECT_THAT(summary,
              ::testing::HasSubstr("388 read = 81 new + 7 updated + 231 existing + 47 skipped + 22 errors"));
  EXPECT_THAT(summary, ::testing::HasSubstr("\n1001  ERROR    3 "));
}

TEST_F(SampleDistrict, MakesReportsAndTheLogPrivate) {
  const Json imported = answer();

  const auto rights = [&](const std::filesystem::path& file) {
    return std::filesystem::status(file).permissions() & std::filesystem::perms::mask;
  };
  const auto owner_only = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
  ASSERT_EQ(imported["reports"].size(), 5u);
  for (const Json& report : imported["reports"])
    EXPECT_EQ(rights(report.get<std::string>()), owner_only);
  EXPECT_EQ(rights(folder_ / "state/journal.db"), owner_only);
}

}  // namespace
}  // namespace mealsync::testing
