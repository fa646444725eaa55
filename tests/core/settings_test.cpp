#include <catalog/settings.hpp>

#include <gtest/gtest.h>

#include "picky.hpp"

namespace mealsync {
namespace {

TEST_F(SettingsOfAStage, AreTakenWhereAllIsRight) {
  const auto settings =
      check(R"(path="a.txt" mode="slow" retries="10" quiet="yes" since="2016-09-06" least="Free")",
            R"(<column as="x" width="99"/>)");

  EXPECT_EQ(told(), "");
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(spelled(*settings),
            "path=a.txt mode=slow retries=10 quiet=yes since=2016-09-06 least=Free column(as=x width=99)");
}

TEST_F(SettingsOfAStage, NameTheNearestOption) {
  EXPECT_EQ(faults(R"(path="a" retires="3")"),
            "p.xml:3:31: error MS1201: The sink 'picky' has no option 'retires'; did you mean 'retries'?\n");
}

TEST_F(SettingsOfAStage, NameNoOptionWhereNoneIsNear) {
  EXPECT_EQ(faults(R"(path="a" colour="red")"),
            "p.xml:3:31: error MS1201: The sink 'picky' has no option 'colour'\n");
}

TEST_F(SettingsOfAStage, NameTheNearestChild) {
  EXPECT_EQ(faults(R"(path="a")", R"(<colum as="x"/>)"),
            "p.xml:3:32: error MS1202: The sink 'picky' takes no <colum>; did you mean 'column'?\n");
}

TEST_F(SettingsOfAStage, AreNoChildrenWhereAnAttributeIsMeant) {
  EXPECT_EQ(faults(R"(path="a")", "<user/>"), "p.xml:3:32: error MS1202: The sink 'picky' takes no <user>\n");
}

TEST_F(SettingsOfAStage, AreNoAttributeWhereAChildIsMeant) {
  EXPECT_EQ(faults(R"(path="a" column="x")"),
            "p.xml:3:31: error MS1201: The sink 'picky' has no option 'column'\n");
}

TEST_F(SettingsOfAStage, NeedWhatIsRequired) {
  EXPECT_EQ(faults(""), "p.xml:3:2: error MS1203: The sink 'picky' needs the option 'path'\n");
}

TEST_F(SettingsOfAStage, NeedAValueForWhatIsRequired) {
  EXPECT_EQ(faults(R"(path="")"), "p.xml:3:22: error MS1204: Option 'path' is '', and a value is needed\n");
}

TEST_F(SettingsOfAStage, NeedWhatAChildRequires) {
  EXPECT_EQ(faults(R"(path="a")", R"(<column width="3"/>)"),
            "p.xml:3:32: error MS1203: The <column> needs the option 'as'\n");
}

TEST_F(SettingsOfAStage, AreOfTheirType) {
  EXPECT_EQ(faults(R"(path="a" retries="3x" quiet="true" since="9/6/2016")"),
            "p.xml:3:31: error MS1204: Option 'retries' is '3x', and a whole number is needed\n"
            "p.xml:3:44: error MS1204: Option 'quiet' is 'true', and yes or no is needed\n"
            "p.xml:3:57: error MS1204: Option 'since' is '9/6/2016', and a date like 2016-09-06 is needed\n");
}

TEST_F(SettingsOfAStage, AreNoNumberBeyondAllNumbers) {
  EXPECT_EQ(
      faults(R"(path="a" depth="99999999999999999999")"),
      "p.xml:3:31: error MS1204: Option 'depth' is '99999999999999999999', and a whole number is needed\n");
}

TEST_F(SettingsOfAStage, AreWithinTheirRange) {
  EXPECT_EQ(faults(R"(path="a" retries="11" depth="0" year="2200")"),
            "p.xml:3:31: error MS1205: Option 'retries' is 11, and must be from 0 to 10\n"
            "p.xml:3:44: error MS1205: Option 'depth' is 0, and must be at least 1\n"
            "p.xml:3:54: error MS1205: Option 'year' is 2200, and must be at most 2199\n");
}

TEST_F(SettingsOfAStage, AreOneOfTheirChoices) {
  EXPECT_EQ(
      faults(R"(path="a" mode="slwo" least="free")"),
      "p.xml:3:31: error MS1206: Option 'mode' is 'slwo'; did you mean 'slow'?; it is one of: fast, slow\n"
      "p.xml:3:43: error MS1206: Option 'least' is 'free'; did you mean 'Free'?; it is one of: Free, "
      "Reduced, "
      "Paid\n");
}

TEST_F(SettingsOfAStage, TakeTheChildrenOfAFragmentAfterTheirOwn) {
  const auto settings = check(R"(path="a" use="kentucky")", R"(<column as="own"/>)");

  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(spelled(*settings), "path=a use=kentucky column(as=own) column(as=a) column(as=b)");
}

TEST_F(SettingsOfAStage, TakeAFragmentWithoutChildren) {
  EXPECT_TRUE(check(R"(path="a" use="empty")").has_value());
}

TEST_F(SettingsOfAStage, NameTheNearestFragment) {
  EXPECT_EQ(faults(R"(path="a" use="kentuky")"),
            "p.xml:3:31: error MS1207: There is no <values name=\"kentuky\">; did you mean 'kentucky'?\n");
}

TEST_F(SettingsOfAStage, TellWhereAFragmentIsWrong) {
  EXPECT_EQ(faults(R"(path="a" use="wrong")"),
            "p.xml:6:23: error MS1202: The sink 'picky' takes no <colum>; did you mean 'column'?\n");
}

TEST_F(SettingsOfAStage, WarnOfASecretInTheFileItself) {
  EXPECT_TRUE(check(R"(path="a" password="orchard")").has_value());
  EXPECT_EQ(told(), "p.xml:3:31: warning MS1208: Option 'password' holds a secret in the file itself\n");
}

TEST_F(SettingsOfAStage, DoNotResolveSecretsAndPathsBeforeTheRun) {
  const auto settings = check(R"(path="missing/${run}" password="env:MEALSYNC_NEVER_SET")");

  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(told(), "");
  EXPECT_EQ(spelled(*settings), "path=missing/${run} password=env:MEALSYNC_NEVER_SET");
}

TEST_F(SettingsOfAStage, TellAllFaultsAtOnce) {
  EXPECT_EQ(faults(R"(user="u" retires="3" retries="x" mode="medium" use="ohio" depth="0")",
                   R"(<column width="0"/><row/>)"),
            "p.xml:3:69: error MS1207: There is no <values name=\"ohio\">\n"
            "p.xml:3:31: error MS1201: The sink 'picky' has no option 'retires'; did you mean 'retries'?\n"
            "p.xml:3:43: error MS1204: Option 'retries' is 'x', and a whole number is needed\n"
            "p.xml:3:55: error MS1206: Option 'mode' is 'medium'; it is one of: fast, slow\n"
            "p.xml:3:80: error MS1205: Option 'depth' is 0, and must be at least 1\n"
            "p.xml:3:98: error MS1205: Option 'width' is 0, and must be from 1 to 99\n"
            "p.xml:3:91: error MS1203: The <column> needs the option 'as'\n"
            "p.xml:3:110: error MS1202: The sink 'picky' takes no <row>\n"
            "p.xml:3:2: error MS1203: The sink 'picky' needs the option 'path'\n");
}

}  // namespace
}  // namespace mealsync
