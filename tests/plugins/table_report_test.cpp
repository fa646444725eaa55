// Rows as a report of their own: a table as text, CSV, HTML or JSON.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "report_trial.hpp"

namespace {

using namespace mealsync;
using namespace mealsync::testing;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string report_of(std::string_view table, std::vector<Setting> settings = {}, const Facts& facts = {},
                      const std::vector<ToldFinding>& found = {}) {
  settings.push_back({"title", "Students without a record"});
  return mealsync::testing::report_of(stage("table_report"), table, facts, found, settings);
}

constexpr auto two_schools = R"(
    school_number | school      | students:int | since:date | eligibility:eligibility
    020           | Stone Creek | 7            | 2016-08-10 | Free
    010           | Birch Hill  | 1204         |            |
    010           | Birch Hill  | 3            | 2016-09-01 | Paid
  )";

TEST(TableReport, IsATableAsTextWithNumbersToTheRight) {
  EXPECT_EQ(report_of(two_schools, {{"note", "High schools first."}}),
            "Students without a record\n"
            "Example County, school year 2016-17, as of 2016-09-06\n"
            "High schools first.\n"
            "\n"
            "School number  School       Students  Since       Eligibility\n"
            "020            Stone Creek         7  2016-08-10  Free\n"
            "010            Birch Hill       1204\n"
            "010            Birch Hill          3  2016-09-01  Paid\n");
}

TEST(TableReport, CountsItsRowsWhereItIsAskedTo) {
  EXPECT_THAT(report_of(two_schools, {{"count_by", "school_number school"}}),
              HasSubstr("School number  School       Rows\n"
                        "020            Stone Creek     1\n"
                        "010            Birch Hill      2\n"
                        "               All             3\n"
                        "\n"));
}

TEST(TableReport, IsNothingButTheTableAsCsv) {
  EXPECT_EQ(report_of(two_schools, {{"format", "csv"}, {"count_by", "school"}}),
            "\xEF\xBB\xBFschool_number,school,students,since,eligibility\r\n"
            "'020,Stone Creek,7,2016-08-10,Free\r\n"
            "'010,Birch Hill,1204,,\r\n"
            "'010,Birch Hill,3,2016-09-01,Paid\r\n");
}

TEST(TableReport, IsOneObjectAsJson) {
  const auto json =
      nlohmann::json::parse(report_of(two_schools, {{"format", "json"}, {"count_by", "school"}}));

  EXPECT_EQ(json["title"], "Students without a record");
  EXPECT_EQ(json["rows"][1],
            nlohmann::json::parse(R"({"school_number": "010", "school": "Birch Hill", "students": 1204,
                                      "since": null, "eligibility": null})"));
  EXPECT_EQ(json["counts"], nlohmann::json::parse(R"([{"school": "Stone Creek", "rows": 1},
                                      {"school": "Birch Hill", "rows": 2}, {"school": "All", "rows": 3}])"));
}

TEST(TableReport, IsAPageWithTheTableAsHtml) {
  EXPECT_THAT(report_of(two_schools, {{"format", "html"}, {"count_by", "school"}}),
              AllOf(HasSubstr("<h1>Students without a record</h1>"), HasSubstr("default-src 'none'"),
                    HasSubstr("<caption id=\"rows-caption\">3 rows</caption>"),
                    HasSubstr("<th scope=\"col\">School number</th>"),
                    HasSubstr("<tr><td>010</td><td>Birch Hill</td><td>1204</td><td></td><td></td></tr>")));
}

constexpr auto no_rows = "state_id\n";

TEST(TableReport, SaysThatThereIsNothing) {
  const std::vector<Setting> nothing{{"nothing", "No student is without a record."}};

  EXPECT_THAT(report_of(no_rows, nothing), HasSubstr("\n\nNo student is without a record.\n"));
  for (const char* format : {"html", "json", "csv"}) {
    auto settings = nothing;
    settings.push_back({"format", format});
    EXPECT_THAT(report_of(no_rows, settings), Not(HasSubstr("\nstate_id")));
  }
}

TEST(TableReport, SaysThatItIsNotWholeWhereTheRunHasStopped) {
  Facts facts;
  facts.status = "unsuccessful";
  facts.reason = "Campus database 'campus.db' is in use";

  for (const char* format : {"text", "html", "json"})
    EXPECT_THAT(report_of(no_rows, {{"format", format}}, facts),
                AllOf(HasSubstr("unsuccessful, the table is not whole: Campus database"),
                      Not(HasSubstr("There are no rows."))));
}

TEST(TableReport, SaysWhatMakesItDoubtful) {
  EXPECT_THAT(report_of(no_rows, {}, {}, {{6001, 0, "No student is enrolled", Severity::warning}}),
              HasSubstr("No student is enrolled\n"));
}

/// A formula, markup, a terminal's control sequence and a sign that turns the direction of what follows.
constexpr auto hostile = "school\n=2+5\n<script>x</script>\n\x1b[31mred\n\"a\" & 'b', c\n";

TEST(TableReport, TakesNoNameOfASchoolForMoreThanAName) {
  EXPECT_THAT(report_of(hostile), AllOf(HasSubstr("?[31mred\n"), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(report_of(hostile, {{"format", "csv"}}),
              AllOf(HasSubstr("\r\n'=2+5\r\n"), HasSubstr("\"\"\"a\"\" & 'b', c\""), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(report_of(hostile, {{"format", "html"}}),
              AllOf(HasSubstr("<td>&lt;script&gt;x&lt;/script&gt;</td>"), Not(HasSubstr("<script>x")),
                    Not(HasSubstr("\x1b"))));
  EXPECT_EQ(nlohmann::json::parse(report_of(hostile, {{"format", "json"}}))["rows"][3]["school"],
            "\"a\" & 'b', c");
}

TEST(TableReport, IsForItsOwnerAlone) {
  const ReportFolder folder;
  static_cast<void>(load(stage("table_report"), {{"path", folder / "report"}}, no_rows));

  struct stat of {};
  ASSERT_EQ(stat((folder / "report").c_str(), &of), 0);
  EXPECT_EQ(of.st_mode & 0777U, 0600U);
}

TEST(TableReport, PutsMoreRowsThanABrowserLikesBesideThePage) {
  std::string table = "state_id\n";
  for (int i = 0; i < 5001; ++i)
    table += std::to_string(1000000000 + i) + "\n";
  const ReportFolder folder;
  static_cast<void>(
      load(stage("table_report"), {{"path", folder / "report.html"}, {"format", "html"}}, table));

  EXPECT_THAT(text_of_file(folder / "report.html"), HasSubstr("<a href=\"report-rows.csv\">"));
  EXPECT_THAT(text_of_file(folder / "report-rows.csv"), HasSubstr("\r\n'1000005000\r\n"));
}

TEST(TableReport, KnowsTheColumnsThatItCountsBy) {
  const auto trial = plan(stage("table_report"), {{"path", "report"}, {"count_by", "scool"}}, no_rows);

  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{own(5001), 0, "count_by names 'scool', and no such column comes in"}));
}

TEST(TableReport, SaysWhyItCannotBeWritten) {
  const ReportFolder folder;
  const auto trial = load(stage("table_report"), {{"path", folder / ""}}, no_rows);

  ASSERT_EQ(trial.findings.size(), 1u);
  EXPECT_EQ(trial.findings[0].code, 9006u);
}

}  // namespace
