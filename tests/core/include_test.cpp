#include "pipeline_folder.hpp"

namespace mealsync {
namespace {

/// A pipeline with `parts` on line 2, and a sink with the path `${a}` on line 3.
std::string with(std::string_view parts) {
  return "<pipeline name='p' school_year='2016-17'>\n" + std::string(parts) +
         "\n<source plugin='s'/><sink plugin='t' path='${a}'/></pipeline>";
}

class Include : public PipelineFolder {
 protected:
  std::string path(std::string_view parts) { return read(with(parts))->stages.back().settings.front().value; }

  /// `name file when` of each <values> and its first entry.
  std::string values(std::string_view parts) {
    std::string lines;
    const auto pipeline = read(with(parts));
    for (const Fragment& fragment : pipeline->fragments)
      lines += fragment.name + ' ' + std::filesystem::path(fragment.at.file).filename().string() + ' ' +
               fragment.children.front().children.front().value + '\n';
    return lines;
  }
};

TEST_F(Include, BringsVariablesAndValues) {
  write("shared/codes.xml",
        "<fragment><variable name='a' value='1'/><values name='codes'><map when='F'/></values></fragment>");

  EXPECT_EQ(values("<include href='shared/codes.xml'/>"), "codes codes.xml F\n");
  EXPECT_EQ(path("<include href='shared/codes.xml'/>"), "1");
  EXPECT_EQ(told(), "");
}

TEST_F(Include, StartsFromTheIncludingFile) {
  write("shared/one.xml", "<fragment><include href='../other/two.xml'/></fragment>");
  write("other/two.xml", "<fragment><include href='three.xml'/></fragment>");
  write("other/three.xml", "<fragment><variable name='a' value='3'/></fragment>");

  EXPECT_EQ(path("<include href='shared/one.xml'/>"), "3");
}

TEST_F(Include, TakesAWholePath) {
  const auto file = write("codes.xml", "<fragment><variable name='a' value='1'/></fragment>");

  EXPECT_EQ(path("<include href='" + file.string() + "'/>"), "1");
}

TEST_F(Include, MayUseAVariableDeclaredBefore) {
  write("kentucky/codes.xml", "<fragment><variable name='a' value='1'/></fragment>");

  EXPECT_EQ(path("<include href='${state}/codes.xml'/><variable name='state' value='kentucky'/>"), "1");
}

TEST_F(Include, IsWonByThePipelineItself) {
  write("f.xml",
        "<fragment><variable name='a' value='fragment'/><values name='v'><map "
        "when='fragment'/></values></fragment>");
  const std::string_view parts =
      "<include href='f.xml'/><variable name='a' value='own'/><values name='v'><map when='own'/></values>";

  EXPECT_EQ(path(parts), "own");
  EXPECT_EQ(values(parts), "v p.xml own\n");
  EXPECT_EQ(told(), "");
}

TEST_F(Include, IsWonByTheFileThatIncludesItAndByTheOneBefore) {
  write("one.xml", "<fragment><include href='inner.xml'/><variable name='a' value='one'/></fragment>");
  write(
      "inner.xml",
      "<fragment><variable name='a' value='inner'/><values name='v'><map when='inner'/></values></fragment>");
  write("two.xml",
        "<fragment><variable name='a' value='two'/><values name='v'><map when='two'/></values></fragment>");
  const std::string_view parts = "<include href='one.xml'/><include href='two.xml'/>";

  EXPECT_EQ(path(parts), "one");
  EXPECT_EQ(values(parts), "v inner.xml inner\n");
}

TEST_F(Include, ReadsAFileOnceThatIsIncludedTwice) {
  write("one.xml", "<fragment><include href='codes.xml'/></fragment>");
  write("two.xml", "<fragment><include href='./codes.xml'/></fragment>");
  write("codes.xml",
        "<fragment><variable name='a' value='1'/><values name='v'><map when='F'/></values></fragment>");

  EXPECT_EQ(values("<include href='one.xml'/><include href='two.xml'/>"), "v codes.xml F\n");
  EXPECT_EQ(told(), "");
}

TEST_F(Include, TellsFaultsInTheFragmentsFileAfterThePipelines) {
  write("f.xml",
        "<fragment>\n"
        "  <variable name='b' value='${nowhere}'/>\n"
        "  <values name='v'/><values name='v'/>\n"
        "  <description/>\n"
        "</fragment>");

  EXPECT_EQ(told_of(with("<include href='f.xml'/>")),
            "p.xml:3:38: error MS1404: Variable 'a' is unknown; did you mean 'b'?\n"
            "f.xml:2:22: error MS1404: Variable 'nowhere' is unknown\n"
            "f.xml:3:29: error MS1322: Values 'v' are given twice in one file\n"
            "f.xml:4:4: error MS1302: Element 'description' is unknown in 'fragment'; it takes schedule, "
            "guard, notify, include, variable, values, source, transform or sink\n");
}

TEST_F(Include, TellsAMissingFileAtItsHrefAndNoVariableThatItMayHold) {
  EXPECT_EQ(told_of(with("<include href='none.xml'/>"), {{{"b", "1"}}, {}}),
            "p.xml:2:10: error MS1101: File 'none.xml' does not exist\n");
}

TEST_F(Include, RefusesAFolder) {
  std::filesystem::create_directory(folder_ / "shared");

  EXPECT_EQ(told_of(with("<include href='shared'/>")),
            "p.xml:2:10: error MS1102: 'shared' is a folder, not a file\n");
}

TEST_F(Include, RefusesAnotherPipeline) {
  write("q.xml", "<pipeline/>");

  EXPECT_EQ(told_of(with("<include href='q.xml'/>")),
            "q.xml:1:2: error MS1301: The root element is 'pipeline', not 'fragment'\n");
}

TEST_F(Include, TellsAFragmentThatIsNotWellFormedInItsOwnFile) {
  write("f.xml", "<fragment>\n</fragmet>");

  EXPECT_EQ(told_of(with("<include href='f.xml'/>")),
            "f.xml:2:3: error MS1109: The file is not well-formed XML: Start-end tags mismatch\n");
}

TEST_F(Include, RefusesACycle) {
  write("one.xml", "<fragment><variable name='a' value=''/><include href='two.xml'/></fragment>");
  write("two.xml", "<fragment>\n<include href='one.xml'/></fragment>");

  EXPECT_EQ(told_of(with("<include href='one.xml'/>")),
            "two.xml:2:10: error MS1501: File 'one.xml' includes itself\n");
}

TEST_F(Include, RefusesThePipelineItself) {
  EXPECT_EQ(told_of(with("<variable name='a' value=''/><include href='p.xml'/>")),
            "p.xml:2:39: error MS1501: File 'p.xml' includes itself\n");
}

TEST_F(Include, RefusesMoreThanEightLevels) {
  for (const char level : {'1', '2', '3', '4', '5', '6', '7', '8', '9'})
    write(std::string("f") + level + ".xml",
          std::string("<fragment><include href='f") + static_cast<char>(level + 1) + ".xml'/></fragment>");

  EXPECT_EQ(told_of(with("<include href='f1.xml'/>")),
            "f8.xml:1:20: error MS1502: File 'f9.xml' is included more than 8 levels deep\n");
}

}  // namespace
}  // namespace mealsync
