#include <engine/plan.hpp>

#include <gmock/gmock.h>

#include "lab.hpp"

namespace mealsync {
namespace {

class MakePlan : public Lab {
 protected:
  /// What is told of a pipeline, and what its plan admits not to have checked.
  std::string told_of_plan(std::string_view stages) {
    const Plan made = plan(stages);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "log"));
    return told() + (made.unchecked.empty() ? "" : "unchecked: " + made.unchecked + '\n');
  }

  [[nodiscard]] static std::string names(const Schema& schema) {
    std::string all;
    for (std::size_t i = 0; i < schema.size(); ++i)
      all += (i == 0 ? "" : " ") + std::string(schema.name(i));
    return all;
  }
};

constexpr auto source = R"(<source plugin="given"><format plugin="lines"/></source>)";

TEST_F(MakePlan, LetsColumnsFlowFromStageToStage) {
  const Plan made = plan(R"(
    <source plugin="given"><format plugin="lines"/></source>
    <transform plugin="adds" column="person"/>
    <transform plugin="fates"/>
    <sink plugin="loader" path="log"/>
  )");

  EXPECT_EQ(told(), "");
  EXPECT_EQ(made.unchecked, "");
  ASSERT_EQ(made.stages.size(), 5U);
  EXPECT_EQ(names(made.stages[0].output), "");
  EXPECT_EQ(names(made.stages[1].output), "word");
  EXPECT_EQ(names(made.stages[2].output), "word person");
  EXPECT_EQ(names(made.stages[3].output), "word person fate");
  EXPECT_EQ(names(made.stages[4].input), "word person fate");
  EXPECT_THAT(made.stages[4].used, ::testing::ElementsAre(0U));
}

TEST_F(MakePlan, GivesEverySinkWhatTheLastTransformGives) {
  const Plan made = plan(R"(
    <source plugin="counted"/>
    <sink plugin="loader" path="log"/>
    <sink plugin="report" path="log"/>
  )");

  EXPECT_EQ(told(), "");
  ASSERT_EQ(made.stages.size(), 3U);
  EXPECT_EQ(names(made.stages[1].input), "number");
  EXPECT_EQ(names(made.stages[2].input), "number");
}

TEST_F(MakePlan, KnowsWhichColumnsNobodyReads) {
  const Plan made = plan(R"(
    <source plugin="given"><format plugin="lines"/></source>
    <transform plugin="adds" column="person"/>
    <transform plugin="adds" column="school" id="more"/>
    <transform plugin="needs" column="school"/>
    <sink plugin="loader" path="log"/>
  )");

  EXPECT_EQ(told(), "");
  EXPECT_THAT(made.stages[2].wanted, ::testing::ElementsAre(1, 0));     // word, person
  EXPECT_THAT(made.stages[3].wanted, ::testing::ElementsAre(1, 0, 1));  // word, person, school
  EXPECT_THAT(made.stages[4].wanted, ::testing::ElementsAre(1, 0, 0));  // the loader reads the word alone
}

TEST_F(MakePlan, CreatesNothing) {
  EXPECT_EQ(told_of_plan(std::string(source) + R"(<sink plugin="loader" path="log" as="loader"/>)"), "");
}

TEST_F(MakePlan, RefusesAStageWithoutTheColumnItNeeds) {
  EXPECT_EQ(told_of_plan(
                std::string(source) +
                "\n<transform plugin=\"needs\" column=\"person\"/>\n<sink plugin=\"loader\" path=\"log\"/>"),
            "p.xml:3:2: error MS5002: No column 'person' comes in; the columns are: word\n");
}

TEST_F(MakePlan, RefusesAColumnThatComesTooLate) {
  EXPECT_EQ(told_of_plan(std::string(source) + R"(
<transform plugin="needs" column="person"/>
<transform plugin="adds" column="person"/>
<sink plugin="loader" path="log"/>)"),
            "p.xml:3:2: error MS5002: No column 'person' comes in; the columns are: word\n");
}

TEST_F(MakePlan, RefusesAColumnOfAnotherType) {
  EXPECT_EQ(told_of_plan(std::string(source) + R"(
<transform plugin="needs" column="word"/>
<sink plugin="loader" path="log"/>)"),
            "p.xml:3:2: error MS5003: Column 'word' is text here, and a number is needed\n");
}

TEST_F(MakePlan, TellsEveryStageThatIsWrong) {
  EXPECT_EQ(told_of_plan(std::string(source) + R"(
<transform id="one" plugin="needs" column="person"/>
<transform id="two" plugin="needs" column="school"/>
<sink plugin="loader" path="log"/>)"),
            "p.xml:3:2: error MS5002: No column 'person' comes in; the columns are: word\n"
            "p.xml:4:2: error MS5002: No column 'school' comes in; the columns are: word\n");
}

TEST_F(MakePlan, NeedsAFormatForBytes) {
  EXPECT_EQ(
      told_of_plan(R"(<source plugin="given"/>
<transform plugin="obey"/>
<sink plugin="loader" path="log"/>)"),
      "p.xml:2:2: error MS3001: The source 'given' gives bytes, and no format says how they are written\n"
      "unchecked: the columns after the source 'given'\n");
}

TEST_F(MakePlan, TakesNoFormatForRows) {
  EXPECT_EQ(told_of_plan(R"(<source plugin="counted"><format plugin="lines"/></source>
<sink plugin="loader" path="log"/>)"),
            "p.xml:2:2: error MS3002: The source 'counted' gives records and takes no format\n");
}

TEST_F(MakePlan, LoadsOneDatabaseOnly) {
  EXPECT_EQ(told_of_plan(std::string(source) + R"(
<sink plugin="database_loader" path="log"/>
<sink plugin="loader" path="log"/>
<sink id="second" plugin="database_loader" path="log"/>
<sink id="third" plugin="database_loader" path="log"/>)"),
            "p.xml:5:2: error MS3003: The sink 'second' is a second one that loads a database\n");
}

TEST_F(MakePlan, AdmitsWhatItCannotFollowBehindAStageThatIsMissing) {
  const std::string folders = folder("given").string() + ", " + folder("obey").string() + ", " +
                              folder("roll_call").string() + ", " + folder("witness").string() + ", " +
                              folder("plain").string() + ", " + folder("lawless").string() + ", " +
                              folder("older_minor").string();
  EXPECT_EQ(told_of_plan(std::string(source) + R"(
<transform plugin="ads" column="person"/>
<transform plugin="needs" column="school"/>
<sink plugin="loader" path="log"/>)"),
            "p.xml:3:2: error MS2001: No plugin gives the transform 'ads'; did you mean 'adds'?; searched: " +
                folders + "\nunchecked: the columns after the transform 'ads'\n");
}

TEST_F(MakePlan, AdmitsWhatItCannotFollowBehindAStageWhoseSettingsAreWrong) {
  EXPECT_EQ(told_of_plan(std::string(source) + R"(
<transform plugin="adds"/>
<transform plugin="needs" column="school"/>
<sink plugin="loader" path="log"/>)"),
            "p.xml:3:2: error MS1203: The transform 'adds' needs the option 'column'\n"
            "unchecked: the columns after the transform 'adds'\n");
}

TEST_F(MakePlan, ChecksSettingsAlsoWhereColumnsAreCut) {
  EXPECT_EQ(told_of_plan(std::string(source) + R"(
<transform plugin="adds"/>
<transform plugin="needs"/>
<sink plugin="loader"/>)"),
            "p.xml:3:2: error MS1203: The transform 'adds' needs the option 'column'\n"
            "p.xml:4:2: error MS1203: The transform 'needs' needs the option 'column'\n"
            "p.xml:5:2: error MS1203: The sink 'loader' needs the option 'path'\n"
            "unchecked: the columns after the transform 'adds'\n");
}

TEST_F(MakePlan, FollowsColumnsAfterASinkThatIsWrong) {
  EXPECT_EQ(told_of_plan(std::string(source) + R"(
<sink plugin="loader"/>
<sink plugin="report" path="log"/>)"),
            "p.xml:3:2: error MS1203: The sink 'loader' needs the option 'path'\n");
}

TEST_F(MakePlan, DoesNotLetAPluginPlanNothing) {
  EXPECT_EQ(told_of_plan(std::string(source) + R"(
<transform plugin="plans_nothing"/>
<transform plugin="needs" column="school"/>
<sink plugin="loader" path="log"/>)"),
            "p.xml:3:2: failed MS3101: The stage 'plans_nothing' failed without a word\n"
            "unchecked: the columns after the transform 'plans_nothing'\n");
}

TEST_F(MakePlan, DoesNotLetAPluginFailInSilence) {
  EXPECT_EQ(told_of_plan(std::string(source) + R"(
<transform plugin="plans_and_fails"/>
<sink plugin="loader" path="log"/>)"),
            "p.xml:3:2: failed MS3101: The stage 'plans_and_fails' failed without a word\n");
}

TEST_F(MakePlan, DoesNotLetAPluginReadAColumnThatIsNotThere) {
  EXPECT_EQ(
      told_of_plan(std::string(source) + R"(
<transform plugin="plans_beyond"/>
<sink plugin="loader" path="log"/>)"),
      "p.xml:3:2: error MS3004: The stage 'plans_beyond' says it reads a column that does not come in\n");
}

}  // namespace
}  // namespace mealsync
