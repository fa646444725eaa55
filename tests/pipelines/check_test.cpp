#include <gmock/gmock.h>
#include <sys/stat.h>

#include "program.hpp"

namespace mealsync::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// The lines that begin with a place, without the folders that were searched for plugins.
std::string findings_of(const std::string& out) {
  std::string findings;
  std::size_t at = 0;
  while (at < out.size()) {
    const auto end = out.find('\n', at);
    std::string line = out.substr(at, end - at);
    at = end + 1;
    if (!line.starts_with("p.xml:") || line.find(": error ") == std::string::npos) continue;
    findings += line.substr(0, line.find("; searched:")) + "\n";
  }
  return findings;
}

class Check : public ::testing::Test {
 protected:
  [[nodiscard]] Ran check(const std::string& pipeline) const {
    write_file(folder_ / "p.xml", pipeline);
    return run_program(folder_, {"check", "p.xml"});
  }
  TemporaryFolder folder_;
};

TEST_F(Check, FindsTwelveFaultsAtOnceEachWithItsPlace) {
  const Ran ran = check(R"(<?xml version="1.0" encoding="UTF-8"?>
<pipeline name="twelve faults" district="Nowhere" school_year="2016-18" activ="yes">
  <variable name="campus" value="campus.db"/>
  <guard rejected_percent="150"/>
  <source id="pos" plugin="local_file" path="${campsu}" max_aeg="36h">
    <format plugin="delimited" seperator=";" max_record="12">
      <column as="state_id"/>
      <column as="start_date" type="dat"/>
    </format>
  </source>
  <transform id="codes" plugin="map_value" from="status"/>
  <transform id="year" plugin="year_mapping" wrong_year_percent="many"/>
  <sink id="campus" plugin="ic_database"/>
</pipeline>
)");

  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(
      findings_of(ran.out),
      "p.xml:2:11: error MS1308: 'twelve faults' is not a name for a pipeline\n"
      "p.xml:2:51: error MS1309: '2016-18' is not a school year\n"
      "p.xml:2:73: error MS1303: Attribute 'activ' is unknown in 'pipeline'; did you mean 'active'?\n"
      "p.xml:4:10: error MS1311: Attribute 'rejected_percent' is '150', not a whole number from 0 to 100\n"
      "p.xml:5:40: error MS1404: Variable 'campsu' is unknown; did you mean 'campus'?\n"
      "p.xml:5:57: error MS1201: The source 'local_file' has no option 'max_aeg'; did you mean 'max_age'?\n"
      "p.xml:6:32: error MS1201: The format 'delimited' has no option 'seperator'; did you mean "
      "'separator'?\n"
      "p.xml:6:46: error MS1205: Option 'max_record' is 12, and must be from 64 to 1048576\n"
      "p.xml:8:31: error MS1206: Option 'type' is 'dat'; did you mean 'date'?; it is one of: text, date, "
      "int\n"
      "p.xml:11:4: error MS2001: No plugin gives the transform 'map_value'; did you mean 'map_values'?\n"
      "p.xml:12:46: error MS1204: Option 'wrong_year_percent' is 'many', and a whole number is needed\n"
      "p.xml:13:4: error MS1203: The sink 'ic_database' needs the option 'database'\n");
  EXPECT_THAT(
      ran.out,
      EndsWith("p.xml: 12 faults. Not checked: that files, folders, servers and databases can be reached; "
               "what is in them; the columns after the source 'pos'.\n"));
}

TEST_F(Check, RefusesAMergeWithoutAMatchBeforeIt) {
  const Ran ran = check(R"(<pipeline name="no-match" district="Nowhere" school_year="2016-17">
  <source plugin="local_file" path="pos.csv">
    <format plugin="delimited">
      <column as="state_id"/><column as="status"/>
      <column as="start_date" type="date"/><column as="end_date" type="date"/>
    </format>
  </source>
  <transform plugin="map_values" from="status">
    <map when="F" eligibility="Free" source="Non-Direct" certified_type="Income"/>
  </transform>
  <transform plugin="merge_eligibility" database="campus.db"/>
  <sink plugin="ic_database" database="campus.db"/>
</pipeline>
)");

  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(findings_of(ran.out),
            "p.xml:11:4: error MS5002: No column 'person_id' comes in; the columns are: state_id, status, "
            "start_date, "
            "end_date, eligibility, source, certified_type\n");
}

TEST_F(Check, OpensNothingThatAStageNames) {
  ASSERT_EQ(mkfifo((folder_ / "pos.csv").c_str(), 0600), 0);

  const Ran ran = check(R"(<pipeline name="closed" district="Nowhere" school_year="2016-17">
  <source plugin="local_file" path="pos.csv"><format plugin="delimited"><column as="state_id"/></format></source>
  <transform plugin="match_student" database="/no/such/campus.db"/>
  <transform plugin="cep_filter" database="/no/such/campus.db"/>
  <sink plugin="text_report" path="made/by/nobody.txt"/>
</pipeline>
)");

  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(
      ran.out,
      "p.xml: no faults. Not checked: that files, folders, servers and databases can be reached; what is "
      "in them.\n");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "made"));
}

TEST_F(Check, FindsNothingAgainstTheShippedPipelines) {
  EXPECT_EQ(
      run_program(folder_,
                  {"check", MEALSYNC_PIPELINES "/sample/pos_to_campus.xml",
                   MEALSYNC_PIPELINES "/sample/district.xml", MEALSYNC_PIPELINES "/reports/eligibility.xml",
                   MEALSYNC_PIPELINES "/reports/missing.xml", MEALSYNC_PIPELINES "/reports/transposed.xml"})
          .exit,
      0);
}

TEST_F(Check, FindsNothingAgainstThePipelinesOfTheReadme) {
  const std::string page = bytes_of(MEALSYNC_PIPELINES "/../README.md"), mark = "```xml\n";
  std::filesystem::copy(MEALSYNC_PIPELINES "/kentucky", folder_ / "kentucky");

  int pipelines = 0;
  for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at), ++pipelines) {
    at += mark.size();
    EXPECT_THAT(check(page.substr(at, page.find("```", at) - at)).out, StartsWith("p.xml: no faults."));
  }
  EXPECT_EQ(pipelines, 2);
}

TEST_F(Check, TellsFaultsOfAFragmentsStageInTheFragment) {
  write_file(folder_ / "nightly.xml", R"(<fragment>
  <source plugin="local_file" path="pos.csv" max_aeg="36h"><format plugin="delimited">
    <column as="state_id"/></format></source>
  <transform plugin="match_student" database="campus.db" key="student_number"/>
  <sink plugin="nul"/>
</fragment>)");

  const Ran ran = check(R"(<pipeline name="district" district="Nowhere" school_year="2016-17">
  <include href="nightly.xml"/>
  <transform plugin="match_student" database="campus.db" kee="state_id"/>
</pipeline>)");

  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.out, StartsWith("p.xml:3:58: error MS1201: "));
  EXPECT_THAT(ran.out, HasSubstr("\nnightly.xml:2:46: error MS1201: The source 'local_file' has no option "
                                 "'max_aeg'; did you mean 'max_age'?\n"));
  EXPECT_THAT(ran.out, HasSubstr("\nnightly.xml:5:4: error MS2001: No plugin gives the sink 'nul'"));
  EXPECT_THAT(ran.out, HasSubstr("p.xml: 3 faults."));
}

TEST_F(Check, RefusesTwoReportsInOneFile) {
  const Ran ran = check(R"(<pipeline name="one-file" district="Nowhere" school_year="2016-17">
  <source plugin="local_file" path="pos.csv"><format plugin="delimited"><column as="state_id"/></format></source>
  <sink plugin="text_report" path="report"/>
  <sink plugin="json_report" path="report"/>
</pipeline>
)");

  EXPECT_EQ(findings_of(ran.out),
            "p.xml:4:4: error MS3005: The sink 'json_report' writes the same file as 'text_report'\n");
}

TEST_F(Check, ShowsTheColumnsOfEachStage) {
  const Ran ran =
      run_program(folder_, {"check", "--columns", MEALSYNC_PIPELINES "/sample/pos_to_campus.xml"});

  EXPECT_THAT(
      ran.out,
      HasSubstr("  transform student: state_id last_name first_name birth_date school status code start_date "
                "end_date eligibility source certified_type person_id enrolled_school\n"));
}

TEST_F(Check, NeverLooksForPluginsInTheCurrentFolder) {
  std::filesystem::create_directory(folder_ / "plugins");
  write_file(folder_ / "plugins/mealsync_planted.so", "planted");
  write_file(folder_ / "mealsync_planted.so", "planted");

  const Ran ran = check(R"(<pipeline name="planted" district="Nowhere" school_year="2016-17">
  <source plugin="planted"/><sink plugin="null"/></pipeline>)");

  EXPECT_THAT(ran.out, HasSubstr("p.xml:2:4: error MS2001: No plugin gives the source 'planted'"));
}

}  // namespace
}  // namespace mealsync::testing
