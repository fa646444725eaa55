#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "report_trial.hpp"

namespace {

using namespace mealsync;
using namespace mealsync::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::string report_of(std::string_view table, const Facts& facts = {},
                      const std::vector<ToldFinding>& found = {}, const std::vector<Setting>& settings = {}) {
  return mealsync::testing::report_of(stage("html_report"), table, facts, found, settings);
}

/// From a section's heading to the section's end.
std::string section(const std::string& page, const std::string& id) {
  const auto first = page.find("<h2 id=\"" + id + "\">");
  return first == std::string::npos ? "" : page.substr(first, page.find("</section>", first) - first);
}

/// The rows of a table's body, their cells apart by a bar.
std::string rows(const std::string& page, const std::string& id) {
  const auto body = page.find("<tbody>", page.find("id=\"" + id + "-caption\""));
  std::string text;
  bool is_inside = false;
  for (const char c : page.substr(body, page.find("</tbody>", body) - body)) {
    if (c == '<') text += text.empty() || text.ends_with('\n') || text.ends_with('|') ? "" : "|";
    if (c == '<' || c == '>')
      is_inside = c == '>';
    else if (is_inside && (c != '\n' || !text.empty()))
      text += c;
  }
  return text;
}

constexpr auto no_rows = "state_id\n";

Facts september() {
  Facts facts;
  facts.pipeline = "jefferson-pos";
  facts.district = "Jefferson County";
  facts.name = "jefferson-pos-7";
  facts.inputs = {{"IC_Eligibility.txt", "9f86d081", 4096}};
  return facts;
}

Facts stopped(const std::string& status, const std::string& reason) {
  Facts facts = september();
  facts.commit = false;
  facts.status = status;
  facts.reason = reason;
  return facts;
}

TEST(HtmlReport, IsAPageInEnglishWithATitleHeadingsAndAWayPastThem) {
  const auto page = report_of(no_rows, september());

  EXPECT_THAT(page, StartsWith("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"));
  EXPECT_THAT(page,
              AllOf(HasSubstr("<title>Eligibility Import Report, Jefferson County 2016-17</title>"),
                    HasSubstr("<h1>Eligibility Import Report</h1>"),
                    HasSubstr("<a class=\"skip\" href=\"#report\">"), HasSubstr("<main id=\"report\">")));
}

TEST(HtmlReport, AllowsItsOwnStyleAndScriptAndNothingElse) {
  EXPECT_THAT(
      report_of(no_rows),
      ::testing::ContainsRegex("content=\"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]+='; "
                               "script-src 'sha256-[A-Za-z0-9+/]+='; base-uri 'none'; form-action 'none'\""));
}

TEST(HtmlReport, SaysWhatWasRunOnWhichFiles) {
  const auto run = section(report_of(no_rows, september()), "run");

  EXPECT_THAT(run, AllOf(HasSubstr("<dt>Pipeline</dt><dd>jefferson-pos</dd>"),
                         HasSubstr("<dt>Run</dt><dd>jefferson-pos-7</dd>"),
                         HasSubstr("<dt>As of</dt><dd>2016-09-06</dd>"),
                         HasSubstr("<dt>Started</dt><dd>2016-09-06T01:00:00Z</dd>")));
  EXPECT_THAT(run, HasSubstr("<b>IC_Eligibility.txt</b> 4096 bytes, SHA-256 <code>9f86d081</code>"));
}

TEST(HtmlReport, BeginsWithABannerWhereATestWroteNothing) {
  Facts facts = september();
  facts.test = true;
  facts.commit = false;
  const auto page = report_of(no_rows, facts);

  EXPECT_THAT(page,
              HasSubstr("<header>\n<p class=\"banner test\"><strong>TEST IMPORT - nothing was written"));
  EXPECT_THAT(page, AllOf(HasSubstr("<title>Test: "), HasSubstr("What would have changed in Campus")));
  EXPECT_THAT(report_of(no_rows, september()),
              AllOf(Not(HasSubstr("class=\"banner")), HasSubstr("What changed in Campus")));
}

TEST(HtmlReport, SaysWhyARunWasRefusedOrFailed) {
  EXPECT_THAT(report_of(no_rows, stopped("refused", "12 % would change")),
              HasSubstr("<strong>refused - nothing was written</strong> 12 % would change</p>"));
  EXPECT_THAT(report_of(no_rows, stopped("unsuccessful", "no room")),
              HasSubstr("<strong>failed - nothing was written</strong> no room</p>"));
}

TEST(HtmlReport, ShowsTheCountsAndWhetherEveryRecordHasAFate) {
  Facts facts = september();
  facts.counts = {{"read", 1234567}, {"new", 1234560}, {"skipped.cep", 4}, {"skipped.held", 1},
                  {"errors", 2},     {"ended", 3},     {"unmapped", 1}};

  auto counts = section(report_of(no_rows, facts), "counts");
  EXPECT_THAT(
      counts,
      AllOf(HasSubstr("<dt>Read</dt><dd>1,234,567</dd>"), HasSubstr("<dt>Skipped</dt><dd>5</dd>"),
            HasSubstr("<dt>Ended</dt><dd>3</dd>"), HasSubstr("<b>Skipped:</b> 4 cep, 1 held"),
            HasSubstr("<b>Also counted:</b> 1 unmapped"), HasSubstr("Every record read has one fate")));

  facts.counts[0].value += 1000;
  counts = section(report_of(no_rows, facts), "counts");
  EXPECT_THAT(counts, HasSubstr("1,234,567 of the 1,235,567 records read have a fate"));
}

constexpr auto three_records = R"(
  state_id   | student_name | fate:fate | action:action | start_date:date | end_date:date | eligibility:eligibility | source:source | certified_type:certified_type
  2000000001 | Brandt, Zoë  | new       | insert        | 2016-09-06      | 2017-06-30    | Free                    | Direct        | SNAP
  A-4        | Arnold, Ida  | updated   | update        | 2016-08-10      |               | Free                    | Direct        | Foster
  0000000003 |              | existing  | none          | 2016-08-10      | 2017-06-30    | Paid                    | Non-Direct    |
)";

TEST(HtmlReport, ListsRecordsInTablesWithCaptionAndScope) {
  const auto page = report_of(three_records);

  EXPECT_THAT(section(page, "updated"),
              AllOf(HasSubstr("<caption id=\"updated-caption\">2 records</caption>"),
                    HasSubstr("<th scope=\"col\">Type</th><th scope=\"col\">Name</th>")));
  EXPECT_THAT(
      rows(page, "updated"),
      AllOf(StartsWith("New|Brandt, Zoë|2000000001|2016-17|2016-09-06|2017-06-30|Meal|Free|Direct|SNAP"),
            HasSubstr("Updated|Arnold, Ida|A-4|2016-17|2016-08-10|Meal|Free|Direct|Foster")));
  EXPECT_THAT(rows(page, "existing"),
              StartsWith("0000000003|2016-17|2016-08-10|2017-06-30|Meal|Paid|Non-Direct"));
}

TEST(HtmlReport, ListsNoRecordsWithoutDetails) {
  const auto page = report_of(three_records, {}, {}, {{"details", "no"}});

  EXPECT_THAT(page, AllOf(Not(HasSubstr("Brandt")), Not(HasSubstr("id=\"updated\""))));
  EXPECT_THAT(section(report_of(no_rows), "existing"), HasSubstr("<p>None</p>"));
}

TEST(HtmlReport, GroupsFindingsByCodeTheWorstFirstWithKeysMasked) {
  Facts facts = september();
  facts.inputs = {{"monday.txt", "01", 1}, {"tuesday.txt", "02", 2}};
  const auto page = report_of(
      no_rows, facts,
      {{3037, 4, "Existing record updated", Severity::warning},
       {1001, 2, "State ID '\x1f' not found", Severity::error, "Correct it in the POS.", "2999999111"},
       {1001, 3, "State ID '\x1f' not found", Severity::error, "Correct it in the POS.", "2999999222", "", "",
        1}});
  const auto findings = section(page, "findings");

  EXPECT_THAT(findings,
              HasSubstr("<h3><span class=\"level\">error</span> 1001 <span class=\"times\">2 times</span>"));
  EXPECT_THAT(findings, AllOf(HasSubstr("<p class=\"meaning\">State ID … not found</p>"),
                              HasSubstr("<b>What to do:</b> Correct it in the POS.")));
  EXPECT_LT(findings.find("1001"), findings.find("3037"));
  EXPECT_EQ(rows(page, "lines-1001"),
            "monday.txt|2|State ID &#39;******9111&#39; not found|\n"
            "tuesday.txt|3|State ID &#39;******9222&#39; not found|\n");
  EXPECT_THAT(page, Not(HasSubstr("2999999")));
}

TEST(HtmlReport, SaysThatNothingWasFound) {
  EXPECT_THAT(section(report_of(no_rows), "findings"), HasSubstr("<p>None</p>"));
}

TEST(HtmlReport, ShowsWhatNobodyMeantAsMarkupAsWhatItIs) {
  Facts facts = september();
  facts.pipeline = "</title><script>alert(1)</script>";
  facts.district = "A & B \"C\" 'D'";
  facts.inputs = {{"<b>.txt", "<i>", 1}};
  facts.reason = "<u>";
  facts.status = "<s>";
  facts.counts = {{"skipped.<em>", 1}, {"<q>", 1}};

  const auto page =
      report_of("state_id | student_name | fate:fate\n <img src=x onerror=alert(1)> | {} </td> & | new\n",
                facts, {{1001, 2, "</table><script>", Severity::error, "<a href=javascript:1>"}});

  for (const char* markup : {"<script>alert", "<b>.txt", "<i>", "<u>", "<s>", "<em>", "<q>", "<img",
                             "</table><script>", "<a href=java", "{} </td>"})
    EXPECT_THAT(page, Not(HasSubstr(markup)));
  EXPECT_THAT(page, AllOf(HasSubstr("A &amp; B &quot;C&quot; &#39;D&#39;"),
                          HasSubstr("<td>&lt;img src=x onerror=alert(1)&gt;</td>"),
                          HasSubstr("<td>{} &lt;/td&gt; &amp;</td>")));
}

TEST(HtmlReport, LetsNoValueTurnTheDirectionOfTheTextOrControlTheReader) {
  const auto page = report_of(
      "state_id | student_name | fate:fate\n"
      " A\x1b[2\xC2\x85 | a\u202Eb\u200Fc\u061Cd\u2066e\u2069f\u200Eg ä שלום | new\n");

  EXPECT_THAT(page, AllOf(HasSubstr("<td>A?[2?</td>"), HasSubstr("<td>a?b?c?d?e?f?g ä שלום</td>")));
}

constexpr auto schools =
    "person_id:int | enrolled_school | action:action | was_eligibility:eligibility | eligibility:eligibility "
    "| fate:fate\n";

TEST(HtmlReport, CountsEachStudentOnceBeforeAndAfterAtHisSchool) {
  const auto page = report_of(std::string(schools) +
                              " 1 | 045 | end    | Reduced | Reduced |\n"  // carried over, or not as good
                              " 1 | 045 | insert |         | Free    | new\n"
                              " 2 | 045 | none   | Paid    | Paid    | existing\n"
                              " 3 | 045 | insert |         | Free    | new\n"
                              " 4 | 050 | remove | Paid    |         |\n"
                              " 4 | 050 | insert |         | Reduced | new\n"
                              " 5 |     | end    | Free    | Free    |\n");

  EXPECT_EQ(rows(page, "by-school"),
            "School 045|3|0|2|1|0|1|1|1|0|\n"
            "No school known|1|1|0|0|0|0|0|0|1|\n"
            "School 050|1|0|0|0|1|1|0|0|0|\n");
  EXPECT_THAT(section(page, "schools"),
              AllOf(HasSubstr("<div class=\"name\">All schools <span>5</span>"),
                    HasSubstr("<rect class=\"free\" x=\"0.0%\" width=\"66.6%\" height=\"16\"/>"),
                    HasSubstr("by the best one that it left. Who has none")));
}

TEST(HtmlReport, DrawsTheLargestSchoolsAndListsAll) {
  std::string table = schools;
  for (int person = 0; person < 42; ++person)
    table += std::to_string(person) + " | S" + std::to_string(person) + " | insert | | Free | new\n";
  table += "100 | S41 | insert | | Free | new\n";
  const auto part = section(report_of(table), "schools");

  EXPECT_THAT(part, AllOf(HasSubstr("the 40 largest of 42 schools"), HasSubstr(">School S41 <span>2</span>"),
                          HasSubstr("<td>School S9</td>")));
  EXPECT_THAT(part, Not(HasSubstr(">School S9 <span>")));
}

TEST(HtmlReport, HasNoChartWhereNobodySaysTheSchool) {
  EXPECT_THAT(section(report_of(three_records), "schools"), IsEmpty());
}

/// More records, and findings, than a page lists: the files that come of them are in `folder`.
std::string long_report_in(const ReportFolder& folder, int records) {
  std::string table = "state_id | student_name | fate:fate\n";
  std::vector<ToldFinding> found;
  for (int i = 0; i < records; ++i) {
    table += std::to_string(i) + " | \"Brandt\", Zoë | existing\n";
    found.push_back({1001, static_cast<std::uint64_t>(i) + 1, "State ID '\x1f' not found", Severity::error,
                     "", "99887766"});
  }
  found.push_back({4001, 7, "Invalid", Severity::error});
  const Trial trial = load(stage("html_report"), {{"path", folder / "a b#1.html"}}, table, {}, found);
  EXPECT_THAT(trial.findings, IsEmpty());
  return text_of_file(folder / "a b#1.html");
}

TEST(LongHtmlReport, ListsUpToFiveThousandRows) {
  const ReportFolder folder;
  const auto page = long_report_in(folder, 5000);

  EXPECT_THAT(page, AllOf(HasSubstr(">5,000 records</caption>"), Not(HasSubstr(".csv"))));
  EXPECT_FALSE(std::filesystem::exists(folder / "a b#1-existing.csv"));
}

TEST(LongHtmlReport, HasMoreInFilesBesideItForTheSameEyes) {
  const ReportFolder folder;
  const auto page = long_report_in(folder, 5001);

  EXPECT_THAT(section(page, "existing"),
              HasSubstr("5,001 rows are too many for a page. They are in "
                        "<a href=\"a%20b%231-existing.csv\">a b#1-existing.csv</a>"));
  EXPECT_THAT(section(page, "findings"), HasSubstr("<a href=\"a%20b%231-findings.csv\">"));
  EXPECT_EQ(rows(page, "lines-4001"), "7|Invalid|\n");

  const auto existing = text_of_file(folder / "a b#1-existing.csv");
  EXPECT_THAT(existing, StartsWith("\xEF\xBB\xBFname,state_id,school_year,start_date,end_date,"
                                   "eligibility_type,eligibility,source,certified_type\r\n"
                                   "\"\"\"Brandt\"\", Zoë\",'0,2016-17,,,Meal,,,\r\n"));
  EXPECT_TRUE(existing.ends_with(",'5000,2016-17,,,Meal,,,\r\n"));
  const auto findings = text_of_file(folder / "a b#1-findings.csv");
  EXPECT_THAT(findings, StartsWith("\xEF\xBB\xBF"
                                   "file,line,severity,code,message\r\n"
                                   ",1,error,1001,State ID '******7766' not found\r\n"));
  EXPECT_THAT(findings, Not(HasSubstr(",error,4001,")));

  struct stat of {};
  for (const char* name : {"a b#1.html", "a b#1-existing.csv", "a b#1-findings.csv"}) {
    ASSERT_EQ(::stat((folder / name).c_str(), &of), 0) << name;
    EXPECT_EQ(of.st_mode & 0777u, 0600u) << name;
  }
}

}  // namespace
