#include "pipeline_folder.hpp"

namespace mealsync {
namespace {

using ReplaceVariables = ::testing::Test;

TEST_F(ReplaceVariables, ReplacesWhatIsKnownAndKeepsTheRest) {
  EXPECT_EQ(
      replace_variables("reports/${pipeline}-${run}-${other}.html", {{"pipeline", "pos"}, {"run", "7"}}),
      "reports/pos-7-${other}.html");
}

TEST_F(ReplaceVariables, KeepsWhatIsNoReference) {
  EXPECT_EQ(replace_variables("$ $$ ${ ${} ${run", {{"run", "7"}}), "$ $$ ${ ${} ${run");
}

TEST_F(ReplaceVariables, DoesNotReplaceInsideAReplacement) {
  EXPECT_EQ(replace_variables("${date}", {{"date", "${run}"}, {"run", "7"}}), "${run}");
}

TEST(EnvironmentVariables, AreThoseWithOurPrefixWithoutIt) {
  ASSERT_EQ(setenv("MEALSYNC_VAR_campus_for_test", "a=b", 1), 0);

  EXPECT_EQ(environment_variables().at("campus_for_test"), "a=b");
}

class PipelineVariables : public PipelineFolder {
 protected:
  /// The path of the sink in a pipeline with these variables.
  std::string path(std::string_view path, std::string_view variables, const Variables& outside = {}) {
    const auto pipeline = read_with(path, variables, outside);
    return pipeline->stages.back().settings.front().value;
  }
  std::filesystem::path folder_of(std::string_view path, std::string_view variables,
                                  const Variables& outside) {
    const auto pipeline = read_with(path, variables, outside);
    return pipeline->stages.back().settings.front().folder;
  }
  std::string told_with(std::string_view path, std::string_view variables, const Variables& outside = {}) {
    read_with(path, variables, outside);
    return told();
  }

 private:
  /// The path's value begins at 3:29, the variables at 2:1.
  std::optional<Pipeline> read_with(std::string_view path, std::string_view variables,
                                    const Variables& outside) {
    return read("<pipeline name='p' school_year='2016-17'>\n" + std::string(variables) +
                    "\n<source plugin='s'/><sink plugin='t' path='" + std::string(path) + "'/></pipeline>",
                outside);
  }
};

TEST_F(PipelineVariables, StandAnywhereInAValue) {
  EXPECT_EQ(path("${a}/x-${b}.${a}", "<variable name='a' value='1'/><variable name='b' value=''/>"),
            "1/x-.1");
}

TEST_F(PipelineVariables, MayUseEachOtherInAnyOrder) {
  EXPECT_EQ(path("${a}", "<variable name='a' value='${b}/a'/><variable name='b' value='b'/>"), "b/a");
}

TEST_F(PipelineVariables, AreWonByTheEnvironment) {
  EXPECT_EQ(path("${a}", "<variable name='a' value='file'/>", {{}, {{"a", "environment"}}}), "environment");
}

TEST_F(PipelineVariables, AreWonByTheCommandLineBeforeTheEnvironment) {
  EXPECT_EQ(path("${a}", "<variable name='a' value='file'/>", {{{"a", "set"}}, {{"a", "environment"}}}),
            "set");
}

TEST_F(PipelineVariables, MayComeFromTheEnvironmentAlone) {
  EXPECT_EQ(path("${a}", "", {{}, {{"a", "environment"}}}), "environment");
}

TEST_F(PipelineVariables, TakeAValueFromOutsideAsItIsTyped) {
  EXPECT_EQ(path("${a}", "<variable name='a' value=''/>", {{{"a", "$$ ${b} $"}}, {}}), "$$ ${b} $");
}

TEST_F(PipelineVariables, WriteADollarSignAsTwo) {
  EXPECT_EQ(path("$$5 $${a} $5 $", ""), "$5 ${a} $5 $");
}

TEST_F(PipelineVariables, LeaveThoseOfTheRun) {
  EXPECT_EQ(path("${a}", "<variable name='a' value='r/${pipeline}-${run}-${date}'/>"),
            "r/${pipeline}-${run}-${date}");
}

TEST_F(PipelineVariables, LeavePathsInTheFolderOfThePipeline) {
  EXPECT_EQ(folder_of("${a}/x", "<variable name='a' value='b'/>", {}), folder_);
}

TEST_F(PipelineVariables, TakePathsFromOutsideFromTheCurrentFolder) {
  EXPECT_EQ(folder_of("${a}/x", "<variable name='a' value='b'/>", {{{"a", "c"}}, {}}),
            std::filesystem::current_path());
}

TEST_F(PipelineVariables, TakePathsFromTheCurrentFolderThroughAnotherVariable) {
  EXPECT_EQ(folder_of("${a}/x", "<variable name='a' value='${b}/y'/>", {{}, {{"b", "c"}}}),
            std::filesystem::current_path());
}

TEST_F(PipelineVariables, LeavePathsWhoseBeginningIsNotFromOutside) {
  EXPECT_EQ(folder_of("x/${a}", "<variable name='a' value='b'/>", {{{"a", "c"}}, {}}), folder_);
}

TEST_F(PipelineVariables, NameTheNearestToAnUnknownOne) {
  EXPECT_EQ(told_with("${campsu}", "<variable name='campus' value='c.db'/>"),
            "p.xml:3:38: error MS1404: Variable 'campsu' is unknown; did you mean 'campus'?\n");
}

TEST_F(PipelineVariables, NameOneOfTheRunAsTheNearest) {
  EXPECT_EQ(told_with("${pipelin}", ""),
            "p.xml:3:38: error MS1404: Variable 'pipelin' is unknown; did you mean 'pipeline'?\n");
}

TEST_F(PipelineVariables, TellEveryUnknownOneOfAValue) {
  EXPECT_EQ(told_with("${one}${two}", ""),
            "p.xml:3:38: error MS1404: Variable 'one' is unknown\n"
            "p.xml:3:38: error MS1404: Variable 'two' is unknown\n");
}

TEST_F(PipelineVariables, AreCheckedWhereNobodyUsesThem) {
  EXPECT_EQ(told_with("x", "<variable name='a' value='${nowhere}'/>"),
            "p.xml:2:20: error MS1404: Variable 'nowhere' is unknown\n");
}

TEST_F(PipelineVariables, TellABrokenOneOnceWhoeverUsesIt) {
  EXPECT_EQ(told_with("${a}${b}", "<variable name='a' value='${nowhere}'/><variable name='b' value='${a}'/>"),
            "p.xml:2:20: error MS1404: Variable 'nowhere' is unknown\n");
}

TEST_F(PipelineVariables, RefuseAReferenceThatIsNotClosed) {
  EXPECT_EQ(told_with("${run", ""),
            "p.xml:3:38: error MS1405: A '${' without a name and '}' stands in attribute 'path'\n");
}

TEST_F(PipelineVariables, RefuseAReferenceWithoutAName) {
  EXPECT_EQ(told_with("${}", ""),
            "p.xml:3:38: error MS1405: A '${' without a name and '}' stands in attribute 'path'\n");
}

TEST_F(PipelineVariables, RefuseACycle) {
  EXPECT_EQ(told_with("${a}",
                      "<variable name='a' value='${b}'/>\n"
                      "<variable name='b' value='${c}'/>\n"
                      "<variable name='c' value='${a}'/>"),
            "p.xml:4:20: error MS1406: Variable 'a' uses itself: a, b, c, a\n");
}

TEST_F(PipelineVariables, BreakACycleFromOutside) {
  EXPECT_EQ(
      path("${a}", "<variable name='a' value='${b}'/><variable name='b' value='${a}'/>", {{{"b", "x"}}, {}}),
      "x");
  EXPECT_EQ(told(), "");
}

TEST_F(PipelineVariables, RefuseALongChain) {
  std::string variables;
  for (int i = 10; i < 60; ++i)
    variables += "<variable name='" + std::to_string(i) + "' value='${" + std::to_string(i + 1) + "}'/>\n";

  EXPECT_EQ(told_with("", variables + "<variable name='60' value=''/>"),
            "p.xml:33:21: error MS1407: Variable '42' stands at the end of a chain of 32 variables\n");
}

TEST_F(PipelineVariables, RefuseToGrowWithoutLimit) {
  const std::string variables =
      "<variable name='a' value='" + std::string(1000, 'x') + "'/>\n" + "<variable name='b' value='" +
      repeated("${a}", 10) + "'/>\n" + "<variable name='c' value='" + repeated("${b}", 10) + "'/>\n" +
      "<variable name='d' value='" + repeated("${c}", 10) + "'/>\n" + "<variable name='e' value='" +
      repeated("${d}", 10) + "'/>\n" + "<variable name='f' value='" + repeated("${e}", 10) + "'/>\n";

  EXPECT_EQ(told_with("${f}", variables),
            "p.xml:6:20: error MS1408: The variables of this pipeline grow to more than 4194304 bytes\n");
}

TEST_F(PipelineVariables, RefuseAWrongName) {
  EXPECT_EQ(told_with("", "<variable name='my campus' value=''/>\n<variable name='' value=''/>"),
            "p.xml:2:11: error MS1401: 'my campus' is not a name for a variable\n"
            "p.xml:3:11: error MS1401: '' is not a name for a variable\n");
}

TEST_F(PipelineVariables, RefuseTheNamesOfTheRun) {
  EXPECT_EQ(told_with("", "<variable name='run' value=''/>", {{{"date", "2016-09-06"}}, {}}),
            "p.xml: error MS1402: Variable 'date' belongs to the run\n"
            "p.xml:2:11: error MS1402: Variable 'run' belongs to the run\n");
}

TEST_F(PipelineVariables, RefuseOneNameTwice) {
  EXPECT_EQ(told_with("", "<variable name='a' value='1'/>\n<variable name='a' value='2'/>"),
            "p.xml:3:11: error MS1403: Variable 'a' is given twice in one file\n");
}

TEST_F(PipelineVariables, RefuseToSetWhatNobodyDeclares) {
  EXPECT_EQ(
      told_with("", "<variable name='campus' value='c.db'/>", {{{"capmus", "d.db"}}, {}}),
      "p.xml: error MS1409: --set names 'capmus', which no variable declares; did you mean 'campus'?\n");
}

}  // namespace
}  // namespace mealsync
