#include "pipeline_folder.hpp"

namespace mealsync {
namespace {

std::string place(const Position& at) {
  return std::to_string(at.line) + ':' + std::to_string(at.column);
}

/// `3:4 name='value'`, or `3:4 <name>` with its children indented below it.
std::string listing(const std::vector<Setting>& settings, const std::string& indent) {
  std::string lines;
  for (const Setting& setting : settings)
    lines += indent + place(setting.at) + ' ' +
             (setting.is_group ? '<' + setting.name + '>' : setting.name + "='" + setting.value + '\'') +
             '\n' + listing(setting.children, indent + "  ");
  return lines;
}

std::string listing(const Pipeline& pipeline) {
  std::string lines;
  for (const Fragment& fragment : pipeline.fragments)
    lines += place(fragment.at) + " values " + fragment.name + '\n' + listing(fragment.children, "  ");
  for (const StageSpec& stage : pipeline.stages)
    lines += place(stage.at) + ' ' + std::string(to_text(stage.role)) + ' ' + stage.plugin + " as " +
             stage.id + '\n' + listing(stage.settings, "  ");
  return lines;
}

/// A pipeline in which only `part`, on line 2, can be wrong.
std::string with(std::string_view part) {
  return "<pipeline name='p' school_year='2016-17'>\n" + std::string(part) +
         "\n<source plugin='s'/><sink plugin='t'/></pipeline>";
}

using ReadPipeline = PipelineFolder;

TEST_F(ReadPipeline, ReadsWhatThePipelineIs) {
  const auto pipeline = read(
      "<pipeline name='jefferson-pos' district='Jefferson County' school_year='SY16-17' active='no'>\n"
      "  <description>Nightly meal status\n    from the POS</description>\n"
      "  <schedule frequency='weekly' at='01:00' day='monday' timezone='America/Kentucky/Louisville'/>\n"
      "  <guard rejected_percent='0' changed_percent='100'/>\n"
      "  <source plugin='s'/><sink plugin='t'/>\n"
      "</pipeline>");

  EXPECT_EQ(told(), "");
  ASSERT_TRUE(pipeline);
  EXPECT_EQ(pipeline->file, folder_ / "p.xml");
  EXPECT_EQ(pipeline->name, "jefferson-pos");
  EXPECT_EQ(pipeline->district, "Jefferson County");
  EXPECT_EQ(pipeline->description, "Nightly meal status from the POS");
  EXPECT_EQ(pipeline->school_year, SchoolYear{2017});
  EXPECT_FALSE(pipeline->active);
  EXPECT_EQ(pipeline->schedule->frequency, "weekly");
  EXPECT_EQ(pipeline->schedule->time, "01:00");
  EXPECT_EQ(pipeline->schedule->day, "monday");
  EXPECT_EQ(pipeline->schedule->timezone, "America/Kentucky/Louisville");
  EXPECT_EQ(pipeline->guard.rejected.percent, 0);
  EXPECT_EQ(pipeline->guard.district.changed.percent, 100);
  EXPECT_EQ(pipeline->guard.district.ended.percent, 10);
}

TEST_F(ReadPipeline, IsActiveUnlessItSaysNo) {
  EXPECT_TRUE(read(with(""))->active);
}

TEST_F(ReadPipeline, ListsTheStagesInTheOrderOfTheData) {
  const auto pipeline = read(
      "<pipeline name='p' school_year='2016-17'>\n"
      "  <values name='codes'><map when='F|APP' eligibility='Free'/></values>\n"
      "  <source id='pos' plugin='local_file'\n"
      "          directory='in' prefix='IC'>\n"
      "    <format plugin='delimited' separator=','>\n"
      "      <column as='state_id'/><column as='start_date' type='date'/>\n"
      "    </format>\n"
      "    <retry after='5'/>\n"
      "  </source>\n"
      "  <transform plugin='map_values' use='codes'/>\n"
      "  <sink id='report' plugin='text_report' path='reports/${pipeline}.txt'/>\n"
      "</pipeline>");

  EXPECT_EQ(told(), "");
  ASSERT_TRUE(pipeline);
  EXPECT_EQ(listing(*pipeline),
            "2:4 values codes\n"
            "  2:25 <map>\n"
            "    2:29 when='F|APP'\n"
            "    2:42 eligibility='Free'\n"
            "3:4 source local_file as pos\n"
            "  4:11 directory='in'\n"
            "  4:26 prefix='IC'\n"
            "  8:6 <retry>\n"
            "    8:12 after='5'\n"
            "5:6 format delimited as delimited\n"
            "  5:32 separator=','\n"
            "  6:8 <column>\n"
            "    6:15 as='state_id'\n"
            "  6:31 <column>\n"
            "    6:38 as='start_date'\n"
            "    6:54 type='date'\n"
            "10:4 transform map_values as map_values\n"
            "  10:34 use='codes'\n"
            "11:4 sink text_report as report\n"
            "  11:42 path='reports/${pipeline}.txt'\n");
}

TEST_F(ReadPipeline, TellsAllFaultsOfAFileInOrder) {
  const auto pipeline = read(
      "<pipeline nme='jefferson pos' school_year='2016-18' active='maybe'>\n"
      "  <variable name='run' value='1'/>\n"
      "  <include href='nowhere.xml'/>\n"
      "  <schedule frequency='hourly' at='25:00'/>\n"
      "  <gaurd rejected_percent='110' rejected_percent='10'/>\n"
      "  <sink plugin='json_report' path='${ru n}'/>\n"
      "  <source plugin='local_file'>lunch\n"
      "    <format plugin='delimited'/><format plugin='fixed_width'/>\n"
      "  </source>\n"
      "  <transform use='codes'/>\n"
      "  <transform plugin='map_values'/>\n"
      "  <transform plugin='map_values'/>\n"
      "  <sink id='delimited' plugin='text_report' title='a &nbsp; b'/>\n"
      "</pipeline>\n");

  EXPECT_TRUE(pipeline);
  EXPECT_EQ(
      told(),
      "p.xml:1:11: error MS1303: Attribute 'nme' is unknown in 'pipeline'; did you mean 'name'?\n"
      "p.xml:1:11: error MS1308: 'jefferson pos' is not a name for a pipeline\n"
      "p.xml:1:31: error MS1309: '2016-18' is not a school year\n"
      "p.xml:1:53: error MS1310: Attribute 'active' is 'maybe'; it may be yes or no\n"
      "p.xml:2:13: error MS1402: Variable 'run' belongs to the run\n"
      "p.xml:3:12: error MS1101: File 'nowhere.xml' does not exist\n"
      "p.xml:4:13: error MS1310: Attribute 'frequency' is 'hourly'; it may be daily, weekly or monthly\n"
      "p.xml:4:32: error MS1312: '25:00' is not a time of day\n"
      "p.xml:5:4: error MS1302: Element 'gaurd' is unknown in 'pipeline'; did you mean 'guard'?\n"
      "p.xml:5:10: error MS1311: Attribute 'rejected_percent' is '110', not a whole number from 0 to 100\n"
      "p.xml:5:33: error MS1114: Attribute 'rejected_percent' is given twice\n"
      "p.xml:6:30: error MS1405: A '${' without a name and '}' stands in attribute 'path'\n"
      "p.xml:7:4: error MS1318: The source 'local_file' stands after the sink 'json_report'\n"
      "p.xml:7:31: error MS1305: Text stands in element 'source', which takes none\n"
      "p.xml:8:34: error MS1319: 'fixed_width' is a second format of one source\n"
      "p.xml:10:4: error MS1304: Element 'transform' has no attribute 'plugin'\n"
      "p.xml:11:4: error MS1318: The transform 'map_values' stands after the sink 'json_report'\n"
      "p.xml:12:4: error MS1318: The transform 'map_values' stands after the sink 'json_report'\n"
      "p.xml:12:4: error MS1321: 'map_values' is used a second time without an id, after line 11\n"
      "p.xml:13:4: error MS1320: Id 'delimited' belongs to the format on line 8 already\n"
      "p.xml:13:54: error MS1115: Entity '&nbsp;' is unknown\n");
}

TEST_F(ReadPipeline, ReadsAMisspeltNameAsTheNearest) {
  const auto pipeline = read(
      "<pipeline name='p' shool_year='2016-17'>\n"
      "  <soruce plugn='s'/><Sink plugin='t'/>\n"
      "</pipeline>");

  ASSERT_TRUE(pipeline);
  EXPECT_EQ(pipeline->school_year, SchoolYear{2017});
  EXPECT_EQ(listing(*pipeline), "2:4 source s as s\n2:23 sink t as t\n");
  EXPECT_EQ(told(),
            "p.xml:1:20: error MS1303: Attribute 'shool_year' is unknown in 'pipeline'; did you mean "
            "'school_year'?\n"
            "p.xml:2:4: error MS1302: Element 'soruce' is unknown in 'pipeline'; did you mean 'source'?\n"
            "p.xml:2:11: error MS1303: Attribute 'plugn' is unknown in 'source'; did you mean 'plugin'?\n"
            "p.xml:2:23: error MS1302: Element 'Sink' is unknown in 'pipeline'; did you mean 'sink'?\n");
}

TEST_F(ReadPipeline, ListsTheKnownNamesWhereNoneIsNear) {
  EXPECT_EQ(told_of(with("<guard limit='5'/><description lang='en'/>")),
            "p.xml:2:8: error MS1303: Attribute 'limit' is unknown in 'guard'; it takes rejected_percent, "
            "rejected_count, changed_percent, changed_count, ended_percent, ended_count, lost_percent, "
            "lost_count, share_points, file_percent, least_base, school_changed_percent, "
            "school_changed_count, school_ended_percent, school_ended_count, school_lost_percent, "
            "school_lost_count, school_file_percent or school_least_base\n"
            "p.xml:2:32: error MS1303: Attribute 'lang' is unknown in 'description'; it takes none\n");
}

TEST_F(ReadPipeline, NamesWhatIsMissing) {
  EXPECT_EQ(told_of("<pipeline/>"),
            "p.xml:1:2: error MS1304: Element 'pipeline' has no attribute 'name'\n"
            "p.xml:1:2: error MS1304: Element 'pipeline' has no attribute 'school_year'\n"
            "p.xml:1:2: error MS1315: The pipeline has no source\n"
            "p.xml:1:2: error MS1317: The pipeline has no sink\n");
}

TEST_F(ReadPipeline, GivesNoPipelineForAnotherRoot) {
  EXPECT_FALSE(read("<fragment><source/></fragment>"));
  EXPECT_EQ(told(), "p.xml:1:2: error MS1301: The root element is 'fragment', not 'pipeline'\n");
}

TEST_F(ReadPipeline, GivesNoPipelineForAMissingFile) {
  EXPECT_FALSE(read_pipeline(folder_ / "none.xml", {}, findings_));
  EXPECT_EQ(told(), "none.xml: error MS1101: File 'none.xml' does not exist\n");
}

TEST_F(ReadPipeline, GivesNoPipelineForAFolder) {
  EXPECT_FALSE(read_pipeline(folder_, {}, findings_));
  EXPECT_TRUE(findings_.failed());
}

TEST_F(ReadPipeline, KeepsBothOfTwoSourcesSoThatTheFaultsOfBothAreFound) {
  const auto pipeline = read(
      "<pipeline name='p' school_year='2016-17'>\n"
      "<source plugin='a'/>\n"
      "<source plugin='b'><format plugin='f'/></source>\n"
      "<sink plugin='t'/></pipeline>");

  EXPECT_EQ(listing(*pipeline),
            "2:2 source a as a\n3:2 source b as b\n3:21 format f as f\n4:2 sink t as t\n");
  EXPECT_EQ(told(), "p.xml:3:2: error MS1316: 'b' is a second source\n");
}

TEST_F(ReadPipeline, RefusesWhatMayStandOnce) {
  EXPECT_EQ(told_of(with("<guard/><guard/>")),
            "p.xml:2:10: error MS1306: Element 'guard' is given twice in 'pipeline'\n");
}

TEST_F(ReadPipeline, RefusesTextBetweenElements) {
  EXPECT_EQ(told_of(with("lunch <values name='v'> <map>F</map></values>")),
            "p.xml:2:1: error MS1305: Text stands in element 'pipeline', which takes none\n"
            "p.xml:2:30: error MS1305: Text stands in element 'map', which takes none\n");
}

TEST_F(ReadPipeline, RefusesEmptyNames) {
  EXPECT_EQ(told_of(with("<values name=''/><transform plugin='' id=''/>")),
            "p.xml:2:9: error MS1307: Attribute 'name' is empty\n"
            "p.xml:2:29: error MS1307: Attribute 'plugin' is empty\n"
            "p.xml:2:39: error MS1307: Attribute 'id' is empty\n");
}

TEST_F(ReadPipeline, RefusesANameThatLeavesItsFolder) {
  EXPECT_EQ(
      told_of("<pipeline name='../p' school_year='2017'><source plugin='s'/><sink plugin='t'/></pipeline>"),
      "p.xml:1:11: error MS1308: '../p' is not a name for a pipeline\n");
}

TEST_F(ReadPipeline, RefusesPercentagesThatAreNone) {
  EXPECT_EQ(
      told_of(with("<guard rejected_percent='-1' changed_percent='5%' ended_percent=''/>")),
      "p.xml:2:8: error MS1311: Attribute 'rejected_percent' is '-1', not a whole number from 0 to 100\n"
      "p.xml:2:30: error MS1311: Attribute 'changed_percent' is '5%', not a whole number from 0 to 100\n"
      "p.xml:2:51: error MS1311: Attribute 'ended_percent' is '', not a whole number from 0 to 100\n");
}

TEST_F(ReadPipeline, ReadsLimitsOfTheDistrictAndOfItsSchools) {
  const auto pipeline = read(with(
      "<guard rejected_count='9' lost_percent='1' share_points='2' file_percent='3' least_base='4'\n"
      "  school_lost_percent='5' school_changed_count='6' school_file_percent='7' school_least_base='8'/>"));

  ASSERT_TRUE(pipeline);
  const Guard& guard = pipeline->guard;
  EXPECT_EQ(guard.rejected.count, 9U);
  EXPECT_EQ(guard.rejected.percent, 10);
  EXPECT_EQ(guard.share_points, 2);
  EXPECT_EQ(guard.district.lost.percent, 1);
  EXPECT_EQ(guard.district.lost.count, std::nullopt);
  EXPECT_EQ(guard.district.file_percent, 3);
  EXPECT_EQ(guard.district.least_base, 4U);
  EXPECT_EQ(guard.school.lost.percent, 5);
  EXPECT_EQ(guard.school.changed.count, 6U);
  EXPECT_EQ(guard.school.file_percent, 7);
  EXPECT_EQ(guard.school.least_base, 8U);
}

TEST_F(ReadPipeline, RefusesCountsThatAreNone) {
  EXPECT_EQ(told_of(with("<guard ended_count='5,000' least_base='-1'/>")),
            "p.xml:2:8: error MS1330: Attribute 'ended_count' is '5,000', not a whole number\n"
            "p.xml:2:28: error MS1330: Attribute 'least_base' is '-1', not a whole number\n");
}

TEST_F(ReadPipeline, RefusesATimeWithoutALeadingZero) {
  EXPECT_EQ(told_of(with("<schedule frequency='daily' at='1:00'/>")),
            "p.xml:2:29: error MS1312: '1:00' is not a time of day\n");
}

TEST_F(ReadPipeline, RefusesADayOfADailySchedule) {
  EXPECT_EQ(told_of(with("<schedule frequency='daily' at='01:00' day='monday'/>")),
            "p.xml:2:40: error MS1314: A daily schedule has no day, yet 'day' is given\n");
}

TEST_F(ReadPipeline, RefusesAWeeklyScheduleWithoutADay) {
  EXPECT_EQ(told_of(with("<schedule frequency='weekly' at='01:00'/>")),
            "p.xml:2:2: error MS1304: Element 'schedule' has no attribute 'day'\n");
}

TEST_F(ReadPipeline, RefusesADayThatIsNoneOfTheWeek) {
  EXPECT_EQ(told_of(with("<schedule frequency='weekly' at='01:00' day='5'/>")),
            "p.xml:2:41: error MS1310: Attribute 'day' is '5'; it may be monday, tuesday, wednesday, "
            "thursday, friday, "
            "saturday or sunday\n");
}

TEST_F(ReadPipeline, RefusesADayThatIsNoneOfTheMonth) {
  EXPECT_EQ(told_of(with("<schedule frequency='monthly' at='01:00' day='32'/>")),
            "p.xml:2:42: error MS1313: '32' is not a day of the month\n");
}

TEST_F(ReadPipeline, KeepsTheTextOfASettingWhoseVariableIsUnknown) {
  const auto pipeline = read(
      "<pipeline name='p' school_year='2016-17'>\n<source plugin='s' path='${a}'/><sink "
      "plugin='t'/></pipeline>");

  EXPECT_EQ(listing(*pipeline), "2:2 source s as s\n  2:20 path='${a}'\n2:34 sink t as t\n");
}

TEST_F(ReadPipeline, OpensNoFileThatAStageNames) {
  EXPECT_EQ(told_of("<pipeline name='p' school_year='2016-17'>\n"
                    "<source plugin='s' path='none.txt' password='file:none'/><sink plugin='t' "
                    "path='no/where'/></pipeline>"),
            "");
}

TEST_F(ReadPipeline, SurvivesAHundredThousandLevels) {
  const std::string deep = repeated("<map>", 100'000) + repeated("</map>", 100'000);

  EXPECT_EQ(told_of(with("<values name='v'>" + deep + "</values>")),
            "p.xml:2:169: error MS1118: Element 'map' is nested more than 32 levels deep\n");
}

}  // namespace
}  // namespace mealsync
