#include "guess/draft.hpp"

#include <gmock/gmock.h>

namespace mealsync::guess {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string draft(const std::string& bytes) {
  Findings found;
  found.name = "pos";
  found.path = "pos & co.txt";
  found.campus = "campus.db";
  found.shape = shape_of(bytes).value();
  found.table = profile(bytes, found.shape);
  found.meanings = meanings_of(found.table, *Date::of(2016, 9, 6));
  found.key = key_of(found.table, found.meanings);
  found.code_columns = found.meanings.all(Meaning::code);
  found.codes = codes_in(bytes, found.shape, found.table, found.code_columns);
  return draft_of(found);
}

TEST(Draft, IsWhatATechnicianWouldWrite) {
  EXPECT_EQ(draft("SSID;Status;Note;Start\n1990000001;Free;;08/10/2016\n1990000002;Paid;;08/22/2016\n"
                  "1990000003;FREE;;09/01/2016\n"),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- A draft, made by looking at the file. What the file does not say is left open: mealsync check names each
     such place. Look at what comes of it with mealsync preview, then with mealsync run --test. -->
<pipeline name="pos" school_year="2016-17">
  <variable name="campus"  value="campus.db"/>
  <variable name="pos"     value="pos &amp; co.txt"/>
  <variable name="reports" value="reports"/>

  <source id="pos" plugin="local_file" path="${pos}">
    <format plugin="delimited" separator=";" header="yes">
      <column as="state_id"   header="SSID"/>
      <column as="status"     header="Status"/>
      <column as="start_date" header="Start" type="date" pattern="MM/DD/YYYY"/>
    </format>
  </source>
  <transform id="codes" plugin="map_values" from="status">
    <map when="Free" eligibility="Free"/>  <!-- 2 records -->
    <map when="Paid" eligibility="Paid"/>  <!-- 1 record -->
  </transform>
  <!-- The codes do not say why a student has his status: Direct is what no application was needed for. -->
  <transform id="why"     plugin="map_values"><map source="" certified_type=""/></transform>
  <transform id="year"    plugin="year_mapping"/>
  <transform id="student" plugin="match_student" database="${campus}" key="state_id"/>
  <transform id="cep"     plugin="cep_filter" database="${campus}"/>
  <transform id="merge"   plugin="merge_eligibility" database="${campus}"/>
  <sink id="campus" plugin="ic_database" database="${campus}"/>
  <sink id="report" plugin="text_report" path="${reports}/${pipeline}-${run}.txt"/>
</pipeline>
)");
}

// F may be Foster, and R what Medicaid makes reduced.
TEST(Draft, LeavesLettersOpenThatMayBePrograms) {
  const std::string text = draft("Student ID,Program\n50001,F\n50002,R\n");
  const std::string among_others = draft("50001,F\n50002,S\n50003,R\n");

  EXPECT_THAT(text, HasSubstr(R"(when="F" eligibility=""        source=""           certified_type="")"));
  EXPECT_THAT(among_others,
              HasSubstr(R"(when="F" eligibility=""        source=""           certified_type="")"));
}

TEST(Draft, EscapesWhatACodeMayHold) {
  const std::string text = draft("Student ID,Status\n50001,Free\n50002,F&R \"x\" $\n50003,<P>\n");

  EXPECT_THAT(text, HasSubstr(R"(when="F&amp;R &quot;x&quot; $$")"));
  EXPECT_THAT(text, HasSubstr(R"(when="&lt;P>")"));
}

TEST(Draft, ListsNoValueThatAMapCannotName) {
  const std::string text = draft("Student ID,Status\n50001,Free\n50002,a|b\n50003,*\n");

  EXPECT_THAT(text, Not(HasSubstr("a|b")));
  EXPECT_THAT(text, HasSubstr("2 records with values that are not listed"));
}

TEST(Draft, NamesColumnsByPositionWhereTheHeaderNamesTwoAlike) {
  const std::string text = draft("Student ID,Status,Status\n50001,F,SNAP\n50002,R,INCOME\n");

  EXPECT_THAT(
      text,
      HasSubstr("header=\"yes\">\n      <column as=\"student_number\"/>\n      <column as=\"code_1\"/>\n"));
}

TEST(Draft, SaysTheLengthOfAStateIdThatIsNotTheUsual) {
  EXPECT_THAT(draft("SSID,Status\n199000001,F\n199000002,R\n"),
              HasSubstr("key=\"state_id\" id_digits=\"9\""));
}

TEST(Draft, ReadsNoNameAndNoBirthDateThatIsNoKey) {
  const std::string text = draft(
      "1990000001,Alder,Ada,2008-01-31,F\n1990000002,Birch,Bo,2001-05-01,R\n"
      "1990000003,Cedar,Cy,2005-12-24,P\n");

  EXPECT_THAT(text, HasSubstr("<column as=\"state_id\"/>\n"
                              "      <column skip=\"yes\"/>  <!-- personal -->\n"
                              "      <column skip=\"yes\"/>  <!-- personal -->\n"
                              "      <column skip=\"yes\"/>  <!-- birth date -->\n"
                              "      <column as=\"status\"/>\n"));
}

}  // namespace
}  // namespace mealsync::guess
