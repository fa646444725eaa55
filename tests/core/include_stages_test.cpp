// Stages, guard and schedule of fragments: where they stand, who wins, and where faults of them are told.

#include <gmock/gmock.h>

#include "pipeline_folder.hpp"

namespace mealsync {
namespace {

std::string with(std::string_view parts) {
  return "<pipeline name='p' school_year='2016-17'>\n" + std::string(parts) + "\n</pipeline>";
}

class IncludeStages : public PipelineFolder {
 protected:
  /// `file:line:column role id (plugin)` of each stage, and its settings.
  std::string stages(std::string_view parts, const Variables& variables = {}) {
    const auto pipeline = read(with(parts), variables);
    std::string lines;
    for (const StageSpec& stage : pipeline->stages) {
      lines += place(stage.at) + ' ' + std::string(to_text(stage.role)) + ' ' + stage.id + " (" +
               stage.plugin + ')';
      for (const Setting& setting : stage.settings)
        lines += ' ' + setting.name + '=' + setting.value;
      lines += '\n';
    }
    return lines;
  }
  [[nodiscard]] std::string place(const Position& at) const {
    return std::filesystem::path(at.file).lexically_relative(folder_).string() + ':' +
           std::to_string(at.line) + ':' + std::to_string(at.column);
  }
};

constexpr auto nightly =
    "<fragment>\n"
    "  <source id='pos' plugin='s' path='${a}'><format plugin='f'/></source>\n"
    "  <transform id='one' plugin='x' n='1'/>\n"
    "  <transform id='two' plugin='y' n='2'/>\n"
    "  <sink id='out' plugin='t'/>\n"
    "</fragment>";

TEST_F(IncludeStages, StandInThePipelineWithThePlacesOfTheirOwnFile) {
  write("shared/nightly.xml", nightly);

  EXPECT_EQ(stages("<include href='shared/nightly.xml'/><variable name='a' value='1'/>"),
            "shared/nightly.xml:2:4 source pos (s) path=1\n"
            "shared/nightly.xml:2:44 format f (f)\n"
            "shared/nightly.xml:3:4 transform one (x) n=1\n"
            "shared/nightly.xml:4:4 transform two (y) n=2\n"
            "shared/nightly.xml:5:4 sink out (t)\n");
  EXPECT_EQ(told(), "");
}

TEST_F(IncludeStages, StandWhereTheIncludeStandsAndAreSortedByRole) {
  write("outer.xml",
        "<fragment><transform plugin='b'/><include href='inner.xml'/><transform plugin='d'/></fragment>");
  write("inner.xml", "<fragment><transform plugin='c'/><sink plugin='t'/></fragment>");

  EXPECT_EQ(
      stages("<source plugin='s'/><transform plugin='a'/><include href='outer.xml'/><transform plugin='e'/>"),
      "p.xml:2:2 source s (s)\n"
      "p.xml:2:22 transform a (a)\n"
      "outer.xml:1:12 transform b (b)\n"
      "inner.xml:1:12 transform c (c)\n"
      "outer.xml:1:62 transform d (d)\n"
      "p.xml:2:72 transform e (e)\n"
      "inner.xml:1:35 sink t (t)\n");
  EXPECT_EQ(told(), "");
}

TEST_F(IncludeStages, AreReplacedByTheIncludingFilesOwnWhereTheyStand) {
  write("nightly.xml", nightly);

  EXPECT_EQ(stages("<transform id='two' plugin='mine'/><include href='nightly.xml'/>\n"
                   "<transform id='one' plugin='mine'/><source id='pos' plugin='mine'/>"),
            "p.xml:3:37 source pos (mine)\n"
            "p.xml:3:2 transform one (mine)\n"
            "p.xml:2:2 transform two (mine)\n"
            "nightly.xml:5:4 sink out (t)\n");
}

TEST_F(IncludeStages, AreReplacedByTheFileNearestToThePipeline) {
  write("nightly.xml", nightly);
  write("state.xml",
        "<fragment><include href='nightly.xml'/><transform id='one' plugin='state'/>"
        "<transform id='two' plugin='state'/></fragment>");

  EXPECT_EQ(
      stages("<variable name='a' value='1'/><include href='state.xml'/><transform id='two' plugin='mine'/>"),
      "nightly.xml:2:4 source pos (s) path=1\n"
      "nightly.xml:2:44 format f (f)\n"
      "state.xml:1:41 transform one (state)\n"
      "p.xml:2:59 transform two (mine)\n"
      "nightly.xml:5:4 sink out (t)\n");
  EXPECT_EQ(told(), "");
}

TEST_F(IncludeStages, AreAllReplacedWhereTwoIncludesHaveThem) {
  write("one.xml", "<fragment><transform id='x' plugin='one'/><sink plugin='t'/></fragment>");
  write("two.xml", "<fragment><transform id='x' plugin='two'/></fragment>");

  EXPECT_EQ(stages("<source plugin='s'/><include href='one.xml'/><include href='two.xml'/>"
                   "<transform id='x' plugin='mine'/>"),
            "p.xml:2:2 source s (s)\n"
            "p.xml:2:72 transform x (mine)\n"
            "one.xml:1:44 sink t (t)\n");
  EXPECT_EQ(told(), "");
}

TEST_F(IncludeStages, NeedNoVariablesWhereTheyAreReplaced) {
  write("nightly.xml", nightly);

  EXPECT_EQ(told_of(with("<include href='nightly.xml'/><source id='pos' plugin='mine'/>")), "");
}

TEST_F(IncludeStages, AreNotReplacedByAStageOfAnotherRole) {
  write("nightly.xml", nightly);

  EXPECT_EQ(
      told_of(with("<include href='nightly.xml'/><variable name='a' value='1'/><sink id='one' plugin='u'/>")),
      "p.xml:2:61: error MS1320: Id 'one' belongs to the transform on line 3 of nightly.xml already\n");
}

TEST_F(IncludeStages, AreTwiceThereWhereTwoIncludesHaveThem) {
  write("one.xml", "<fragment><source plugin='s'/><sink plugin='t'/></fragment>");
  write("two.xml", "<fragment>\n<source plugin='s'/><sink plugin='t'/></fragment>");

  EXPECT_EQ(told_of(with("<include href='one.xml'/><include href='two.xml'/>")),
            "two.xml:2:2: error MS1316: 's' is a second source\n"
            "two.xml:2:2: error MS1321: 's' is used a second time without an id, after line 1 of one.xml\n"
            "two.xml:2:22: error MS1321: 't' is used a second time without an id, after line 1 of one.xml\n");
}

TEST_F(IncludeStages, MayComeOnceThoughTheirFileIsIncludedTwice) {
  write("nightly.xml", nightly);
  write("outer.xml", "<fragment><include href='nightly.xml'/></fragment>");

  EXPECT_EQ(
      told_of(with("<variable name='a' value='1'/><include href='outer.xml'/><include href='nightly.xml'/>")),
      "");
}

TEST_F(IncludeStages, MayNotMakeASecondSource) {
  write("nightly.xml", nightly);

  EXPECT_EQ(
      told_of(with("<include href='nightly.xml'/><variable name='a' value='1'/><source plugin='mine'/>")),
      "p.xml:2:61: error MS1316: 'mine' is a second source\n");
}

TEST_F(IncludeStages, AreInOrderWithinTheirOwnFile) {
  write("f.xml", "<fragment>\n<sink plugin='t'/>\n<transform plugin='x'/></fragment>");

  EXPECT_EQ(told_of(with("<include href='f.xml'/><source plugin='s'/>")),
            "f.xml:3:2: error MS1318: The transform 'x' stands after the sink 't'\n");
}

TEST_F(IncludeStages, TellTheirFaultsInTheirOwnFile) {
  write("f.xml",
        "<fragment>\n"
        "  <source plugin='s' path='${pso}'><format/></source>\n"
        "  <transform plugin=''/>\n"
        "  <sink plugin='t'>text</sink>\n"
        "  <guard/><guard/>\n"
        "</fragment>");

  EXPECT_EQ(told_of(with("<include href='f.xml'/><variable name='pos' value='1'/>")),
            "f.xml:2:22: error MS1404: Variable 'pso' is unknown; did you mean 'pos'?\n"
            "f.xml:2:37: error MS1304: Element 'format' has no attribute 'plugin'\n"
            "f.xml:3:14: error MS1307: Attribute 'plugin' is empty\n"
            "f.xml:4:20: error MS1305: Text stands in element 'sink', which takes none\n"
            "f.xml:5:12: error MS1306: Element 'guard' is given twice in 'fragment'\n");
}

TEST_F(IncludeStages, AreNotMissedWhereTheirFileCannotBeRead) {
  EXPECT_EQ(told_of(with("<include href='none.xml'/>")),
            "p.xml:2:10: error MS1101: File 'none.xml' does not exist\n");
}

TEST_F(IncludeStages, StartTheirPathsFromThePipelinesFolder) {
  write("shared/f.xml",
        "<fragment><source plugin='s' path='own' other='${a}'><retry file='child'/></source>"
        "<sink plugin='t' path='${b}'/></fragment>");

  const auto pipeline =
      read(with("<include href='shared/f.xml'/><variable name='a' value='x'/><variable name='b' value=''/>"),
           {{{"b", "outside"}}, {}});

  const auto& source = pipeline->stages.front().settings;
  EXPECT_EQ(source[0].folder, folder_);
  EXPECT_EQ(source[1].folder, folder_);
  EXPECT_EQ(source[2].children.front().folder, folder_);
  EXPECT_EQ(pipeline->stages.back().settings.front().folder, std::filesystem::current_path());
}

TEST_F(IncludeStages, BringGuardAndScheduleWithThem) {
  write("f.xml",
        "<fragment>\n<guard changed_percent='30'/><schedule frequency='daily' at='02:00'/></fragment>");

  const auto pipeline = read(with("<include href='f.xml'/><source plugin='s'/><sink plugin='t'/>"));

  EXPECT_EQ(pipeline->guard.district.changed.percent, 30);
  EXPECT_EQ(place(pipeline->guard.at), "f.xml:2:2");
  EXPECT_EQ(pipeline->schedule->time, "02:00");
  EXPECT_EQ(place(pipeline->schedule->at), "f.xml:2:31");
  EXPECT_EQ(told(), "");
}

TEST_F(IncludeStages, GiveWayToGuardAndScheduleOfTheIncludingFileAndOfTheOneBefore) {
  write("one.xml", "<fragment><include href='inner.xml'/><guard changed_percent='1'/></fragment>");
  write("inner.xml",
        "<fragment><guard changed_percent='2'/><schedule frequency='daily' at='02:00'/></fragment>");
  write("two.xml",
        "<fragment><guard changed_percent='3'/><schedule frequency='daily' at='03:00'/></fragment>");
  const std::string includes =
      "<include href='one.xml'/><include href='two.xml'/><source plugin='s'/><sink plugin='t'/>";

  const auto pipeline = read(with(includes));
  const auto own =
      read(with(includes + "<guard ended_percent='4'/><schedule frequency='daily' at='04:00'/>"));

  EXPECT_EQ(pipeline->guard.district.changed.percent, 1);
  EXPECT_EQ(pipeline->schedule->time, "02:00");
  EXPECT_EQ(own->guard.district.changed.percent, Guard{}.district.changed.percent);
  EXPECT_EQ(own->guard.district.ended.percent, 4);
  EXPECT_EQ(own->schedule->time, "04:00");
  EXPECT_EQ(told(), "");
}

}  // namespace
}  // namespace mealsync
