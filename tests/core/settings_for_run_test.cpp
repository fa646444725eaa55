#include <sys/stat.h>

#include <gmock/gmock.h>

#include "picky.hpp"

namespace mealsync {
namespace {

using ::testing::ElementsAre;

class SettingsForARun : public SettingsOfAStage {
 protected:
  std::optional<std::vector<Setting>> ready(std::string_view attributes, std::string_view children = {}) {
    const auto settings = check(attributes, children);
    EXPECT_TRUE(settings.has_value());
    return settings_for_run(*settings, picky(), {{"run", "17"}, {"date", "2016-09-06"}, {"pipeline", "p"}},
                            findings_);
  }
};

TEST_F(SettingsForARun, TakePathsFromThePipelinesFolder) {
  const auto settings = ready(R"(path="in/../reports/a.txt" user="in/b.txt")");

  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(spelled(*settings), "path=" + (folder_ / "reports/a.txt").string() + " user=in/b.txt");
}

TEST_F(SettingsForARun, LeaveAnAbsolutePath) {
  const auto settings = ready(R"(path="/srv/pos/a.txt")");

  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(spelled(*settings), "path=/srv/pos/a.txt");
}

TEST_F(SettingsForARun, LeaveAPathThatNamesAServerAsItIs) {
  const auto settings = ready(R"(path="//files/Imports/a.txt")");

  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(spelled(*settings), "path=//files/Imports/a.txt");
}

TEST_F(SettingsForARun, TakePathsOfAFragmentFromThePipelinesFolder) {
  write("shared/codes.xml",
        R"(<fragment><values name="codes"><column as="x" from="a.txt"/></values></fragment>)");
  const auto pipeline = read(R"(<pipeline name="p" district="d" school_year="2016-17">
    <include href="shared/codes.xml"/>
    <source plugin="any"/>
    <sink plugin="picky" path="b.txt" use="codes"/>
  </pipeline>)");
  ASSERT_EQ(told(), "");
  const auto checked = check_settings(pipeline->stages.back(), picky(), pipeline->fragments, findings_);
  ASSERT_TRUE(checked.has_value());

  const auto settings = settings_for_run(*checked, picky(), {}, findings_);

  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(spelled(*settings), "path=" + (folder_ / "b.txt").string() +
                                    " use=codes column(as=x from=" + (folder_ / "a.txt").string() + ")");
}

TEST_F(SettingsForARun, LeaveAPathWithoutAValueEmpty) {
  const auto settings = ready(R"(path="a")", R"(<column as="x" from=""/>)");

  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(spelled(*settings), "path=" + (folder_ / "a").string() + " column(as=x from=)");
}

TEST_F(SettingsForARun, ReplaceTheVariablesOfTheRunAlsoInChildren) {
  const auto settings =
      ready(R"(path="/r/${pipeline}-${run}.txt" user="${date}")", R"(<column as="${run}"/>)");

  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(spelled(*settings), "path=/r/p-17.txt user=2016-09-06 column(as=17)");
}

TEST_F(SettingsForARun, ReadSecrets) {
  ASSERT_EQ(chmod(write("password", "orchard\n").c_str(), 0600), 0);

  const auto settings = ready(R"(path="/a" password="file:password")");

  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(spelled(*settings), "path=/a password=orchard");
}

TEST_F(SettingsForARun, AreNoneWithoutTheirSecret) {
  EXPECT_EQ(ready(R"(path="/a" password="env:MEALSYNC_NEVER_SET")"), std::nullopt);
  EXPECT_EQ(told(),
            "p.xml:3:32: error MS1601: Environment variable 'MEALSYNC_NEVER_SET' of option 'password' is not "
            "set\n");
}

TEST_F(SettingsForARun, TellWhichPathsThereAre) {
  const auto settings = ready(R"(path="/a" user="/b")");

  ASSERT_TRUE(settings.has_value());
  EXPECT_THAT(paths_among(*settings, picky()), ElementsAre("/a"));
}

TEST(TheSettingTable, CrossesWithItsChildren) {
  const SettingTable table({{"path", "a", {}, {}}, {"column", "", {}, {}, {{"as", "x", {}, {}}}, true}});

  const auto settings = table.settings();

  ASSERT_EQ(settings.size(), 2U);
  EXPECT_EQ(text_of(settings[0].name), "path");
  EXPECT_EQ(text_of(settings[0].value), "a");
  EXPECT_EQ(settings[0].child_count, 0U);
  ASSERT_EQ(settings[1].child_count, 1U);
  EXPECT_EQ(text_of(settings[1].children[0].name), "as");
  EXPECT_EQ(text_of(settings[1].children[0].value), "x");
}

}  // namespace
}  // namespace mealsync
