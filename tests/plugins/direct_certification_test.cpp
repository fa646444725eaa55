#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <formats/direct_layouts.hpp>
#include <mealsync/trial.hpp>
#include <set>
#include <string>
#include <vector>

#include "built_stage.hpp"

namespace mealsync::testing {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Settings = std::vector<Setting>;

Trial list(const std::string& layout, std::string_view bytes, Settings more = {},
           std::size_t block_bytes = 1 << 20) {
  more.push_back({"layout", layout});
  return decode(stage("direct_certification"), more, bytes, block_bytes);
}

constexpr auto kentucky = "SSID,LAST_NAME,FIRST_NAME,DOB,CASE_NO,PROGRAM,ELIG,CERT_DATE\n";

TEST(DirectCertification, ReadsKentuckysLists) {
  const auto trial = list("ky_sgndc", std::string(kentucky) +
                                          "1990000005,SAMPLE,ADA,2012-03-09,C000000001,S,F,2016-08-01\n"
                                          "1990000006,DUMMY,CY,2009-11-30,, f ,F,2016-08-01\n"
                                          "1990000007,DUMMY,BO,2010-01-02,C000000002,MR,R,2016-08-01\n");

  EXPECT_EQ(
      trial.columns,
      "state_id | last_name | first_name | birth_date:date | case_number | program | program_eligibility | "
      "start_date:date | eligibility:eligibility | source:source | certified_type:certified_type | "
      "may_extend:bool");
  EXPECT_EQ(trial.rows,
            "1990000005 | SAMPLE | ADA | 2012-03-09 | C000000001 | S | F | 2016-08-01 | Free | Direct | SNAP "
            "| yes\n"
            "1990000006 | DUMMY | CY | 2009-11-30 |  | f | F | 2016-08-01 | Free | Direct | Foster | yes\n"
            "1990000007 | DUMMY | BO | 2010-01-02 | C000000002 | MR | R | 2016-08-01 | Reduced | Direct | "
            "Medicaid | "
            "yes\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(DirectCertification, SaysOfAListOfFosterChildrenThatItIsNotToBeExtended) {
  const auto trial =
      list("calpads_dc", "1990000017^70017^SAMPLE^ADA^20120309^20240801^S\n", {{"list", "foster"}});

  EXPECT_EQ(trial.rows,
            "1990000017 | 70017 | SAMPLE | ADA | 2012-03-09 | 2024-08-01 | S | Free | Direct | SNAP | no\n");
}

TEST(DirectCertification, PassesOverWhomTheStateHasNotCertified) {
  const auto trial = list("calpads_dc",
                          "1990000017^70017^SAMPLE^ADA^20120309^20240801^N\n"
                          "1990000018^70018^DUMMY^CY^20091130^20240801^R\n"
                          "1990000018^70018^DUMMY^CY^20091130^20240901^M\n");

  EXPECT_EQ(
      trial.rows,
      "1990000018 | 70018 | DUMMY | CY | 2009-11-30 | 2024-08-01 | R | Reduced | Direct | Medicaid | yes\n"
      "1990000018 | 70018 | DUMMY | CY | 2009-11-30 | 2024-09-01 | M | Free | Direct | Medicaid | yes\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4004, 1, "The list has the student as not certified (N)"}));
  EXPECT_EQ(trial.counters.at("skipped.not_certified"), 1U);
}

constexpr auto texas =
    "SSN,DistrictNumber,CampusNumber,SchoolName,LastName,FirstName,Middle,StudentID,StudentDOB,Gender,Grade,"
    "Address1,City,State,Zipcode,EffectiveDate,Source\n";

TEST(DirectCertification, LetsNoSocialSecurityNumberOut) {
  const auto trial =
      list("heartland_dc_tx",
           std::string(texas) +
               "000000021,999901,001,EXAMPLE EL,SAMPLE,ADA,Q,1990000003,03/09/2012,F,05,1 EXAMPLE LN,"
               "TESTVILLE,TX,70000,08/31/2024,1\n"
               ",999901,041,EXAMPLE MS,\"DUMMY, JR\",CY,,1990000004,11/30/2009,M,08,22 FAKE RD,"
               "TESTVILLE,TX,70000,08/31/2024,1\n"
               "000000022,999901,041,EXAMPLE MS,DUMMY,BO,,1990000005,13/30/2009,M,08,22 FAKE RD,"
               "TESTVILLE,TX,70000,08/31/2024,1\n");

  EXPECT_EQ(trial.rows,
            "001 | SAMPLE | ADA | 1990000003 | 2012-03-09 | 2024-08-31 | 1 | Free | Direct | SNAP | yes\n"
            "041 | DUMMY, JR | CY | 1990000004 | 2009-11-30 | 2024-08-31 | 1 | Free | Direct | SNAP | yes\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{5003, 4, "A value in column 'birth_date' is no date (MM/DD/YYYY)"}));
}

TEST(DirectCertification, NamesNoColumnOfALayoutAfterAnSsn) {
  std::set<std::string_view> columns;
  for (const formats::Layout& layout : formats::layouts::all)
    for (const formats::LayoutColumn& column : layout.columns)
      columns.insert(column.as.empty() ? "" : column.header);

  EXPECT_THAT(columns, Each(Not(HasSubstr("SSN"))));
  EXPECT_GT(columns.size(), 10U);
}

TEST(DirectCertification, ReadsTennesseesPlaces) {
  const auto trial =
      list("tn_dc_fixed",
           "07000000011ADA            QSAMPLE          C000000001120309PAT             SAMPLE\r\n"
           "07000000012BO              PLACEHOLDER     C000000001100715PAT             SAMPLE\r\n"
           "07000000013CY             ZDUMMY                     091130LEE\r\n"
           "07000000014CY             ZDUMMY           C00000000209113\r\n");

  EXPECT_EQ(trial.rows,
            "ADA | SAMPLE | C000000001 | 2012-03-09 | Free | Direct | SNAP | yes\n"
            "BO | PLACEHOLDER | C000000001 | 2010-07-15 | Free | Direct | SNAP | yes\n"
            "CY | DUMMY |  | 2009-11-30 | Free | Direct | Unknown | yes\n");
  EXPECT_THAT(trial.findings,
              ElementsAre(Finding{4010, 4, "Line of 58 characters is too short for layout 'tn_dc_fixed'"}));
}

TEST(DirectCertification, ReadsMarylandIllinoisAndOregon) {
  EXPECT_EQ(
      list("md_dc_fixed", "XXXXXXXXXXXXX03092012..ADA                 SAMPLE              Q12   EXAMPLE LN\n")
          .rows,
      "2012-03-09 | ADA | SAMPLE | Free | Direct | Unknown | yes\n");
  EXPECT_EQ(list("il_dc", "199000011,SAMPLE,ADA,Q,03/09/2012,F,010101,0001,EXAMPLE,EXAMPLE EL\n").rows,
            "199000011 | SAMPLE | ADA | 2012-03-09 | 0001 | Free | Direct | Unknown | yes\n");
  const auto oregon = list("or_dc",
                           "AttndSchlInstID,DistStdntID,ChkDigitStdntID,InstStdntSSNLast4,InstStdntLastName,"
                           "InstStdntFirstName,InstStdntBirthDate,DCM Free,DCM Reduced\n"
                           "1,70001,1990000031,0000,SAMPLE,ADA,3/9/2012,Y,\n"
                           "1,70002,1990000032,0000,DUMMY,CY,11/30/2009,,Y\n"
                           "1,70003,1990000033,0000,DUMMY,BO,11/30/2009,,\n");
  EXPECT_EQ(oregon.rows,
            "1990000031 | 70001 | SAMPLE | ADA | 2012-03-09 | Y |  | Free | Direct | Medicaid | yes\n"
            "1990000032 | 70002 | DUMMY | CY | 2009-11-30 |  | Y | Reduced | Direct | Medicaid | yes\n");
  EXPECT_THAT(oregon.findings, ElementsAre(Finding{4001, 4, "Invalid [medicaid_free|medicaid_reduced] '|'"}));
}

Setting program(std::string when, std::string eligibility, std::string type) {
  return {"program",
          "",
          {{"when", std::move(when)},
           {"eligibility", std::move(eligibility)},
           {"certified_type", std::move(type)}}};
}

TEST(DirectCertification, HoldsBackAProgramThatNobodyKnowsUntilThePipelineSaysWhatItIs) {
  const std::string file =
      "1^7^SAMPLE^ADA^20120309^20240801^X\n2^8^SAMPLE^BO^20120309^20240801^PLACEHOLDER\n";
  const auto held = list("calpads_dc", file);
  const auto told =
      list("calpads_dc", file, {program(" x", "Reduced", "FDPIR"), program("*", "Free", "Unknown")});

  EXPECT_EQ(held.rows, "");
  EXPECT_THAT(held.findings, ElementsAre(Finding{4001, 1, "Invalid [program] 'X'"},
                                         Finding{4001, 2, "Invalid [program] '(a value)'"}));
  EXPECT_EQ(told.rows,
            "1 | 7 | SAMPLE | ADA | 2012-03-09 | 2024-08-01 | X | Reduced | Direct | FDPIR | yes\n"
            "2 | 8 | SAMPLE | BO | 2012-03-09 | 2024-08-01 | PLACEHOLDER | Free | Direct | Unknown | yes\n");
}

TEST(DirectCertification, LetsThePipelineSaySomethingElseThanTheLayout) {
  EXPECT_EQ(list("calpads_dc", "1^7^SAMPLE^ADA^20120309^20240801^M\n",
                 {{"program", "", {{"when", "M"}, {"certified", "no"}}}})
                .rows,
            "");
  EXPECT_EQ(list("il_dc", "1,SAMPLE,ADA,Q,03/09/2012,F,010101,0001,EXAMPLE,EXAMPLE EL\n",
                 {program("", "Free", "SNAP")})
                .rows,
            "1 | SAMPLE | ADA | 2012-03-09 | 0001 | Free | Direct | SNAP | yes\n");
}

TEST(DirectCertification, SaysWhatIsWrongWithThePrograms) {
  const auto faults = plan(stage("direct_certification"),
                           {{"layout", "ky_sgndc"},
                            program("S", "Free", "SNAP"),
                            program("S|P", "Free", "SNAP"),
                            program("s| p", "Free", "TANF")},
                           "")
                          .findings;

  EXPECT_THAT(faults,
              ElementsAre(Finding{own(5001), 0,
                                  "when='S' does not have a value of each of 'program|program_eligibility'"},
                          Finding{own(5001), 0, "when='s| p' has more than one <program>"}));
}

TEST(DirectCertification, EndsTheRunWhereTheHeaderIsAnother) {
  const auto trial = list("ky_sgndc", "SSID,LAST_NAME,FIRST_NAME,DOB,CASE_NO,PROGRAM,PROGRAM,CERT_DATE\n1\n");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{4010, 0, "The first line lacks 'PROGRAM', 'ELIG', as layout 'ky_sgndc' has them"}));
}

TEST(DirectCertification, FindsColumnsByTheirHeaderAlsoWhereTheStateHasAddedSome) {
  const auto trial = list("ky_sgndc",
                          "\xEF\xBB\xBF\"ssid\",NEW,LAST_NAME,FIRST_NAME,DOB,CASE_NO,PROGRAM,ELIG,CERT_DATE\n"
                          "1,?,SAMPLE,ADA,2012-03-09,,S,F,2016-08-01\n1,SAMPLE\n");

  EXPECT_EQ(trial.rows,
            "1 | SAMPLE | ADA | 2012-03-09 |  | S | F | 2016-08-01 | Free | Direct | SNAP | yes\n");
  EXPECT_THAT(trial.findings, ElementsAre(Finding{4010, 3, "Wrong number of columns: 2, expected 9"}));
}

TEST(DirectCertification, GivesTheSameHoweverTheFileIsCut) {
  const std::string file =
      std::string(kentucky) +
      "1,SAMPLE,ADA,2012-03-09,,S,F,2016-08-01\r\n\r\n2,\"DUMMY\nJR\",CY,,,F,F,2016-08-01\n3";
  const auto whole = list("ky_sgndc", file);
  const std::string lines = "07000000011ADA            QSAMPLE          C000000001120309\n\nshort";
  const auto whole_lines = list("tn_dc_fixed", lines);

  for (std::size_t size = 1; size < file.size(); ++size) {
    EXPECT_EQ(list("ky_sgndc", file, {}, size).rows, whole.rows) << size;
    EXPECT_EQ(list("ky_sgndc", file, {}, size).findings, whole.findings) << size;
    EXPECT_EQ(list("tn_dc_fixed", lines, {}, size).rows, whole_lines.rows) << size;
  }
}

TEST(DirectCertification, ReadsWindowsTextAndRefusesWhatIsNone) {
  EXPECT_EQ(
      list("calpads_dc",
           "1^7^N\xFA\xF1"
           "ez^ZO\xCB^20120309^20240801^S\n")
          .rows,
      "1 | 7 | N\u00FA\u00F1ez | ZO\u00CB | 2012-03-09 | 2024-08-01 | S | Free | Direct | SNAP | yes\n");
  EXPECT_THAT(
      list("calpads_dc", "1^7^N\x81^ADA^20120309^20240801^S\n").findings,
      ElementsAre(Finding{4011, 1, "Text in column 'last_name' cannot be read as UTF-8 or Windows-1252"}));
  EXPECT_EQ(list("calpads_dc", {"\xFF\xFE"
                                "1\0",
                                4})
                .status,
            MS_FAILED);
}

}  // namespace
}  // namespace mealsync::testing
