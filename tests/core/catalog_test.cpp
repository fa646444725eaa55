#include <catalog/catalog.hpp>

#include <gmock/gmock.h>

#include <mealsync/value.hpp>

#include "plugin_folder.hpp"

namespace mealsync {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

namespace fs = std::filesystem;

/// Folders `a` and `b`, into which plugins are copied under any name.
class TheCatalog : public PluginFolder {
 protected:
  void SetUp() override {
    PluginFolder::SetUp();
    fs::create_directory(folder_ / "a");
    fs::create_directory(folder_ / "b");
  }

  [[nodiscard]] Catalog catalog() const { return Catalog({folder_ / "a", folder_ / "b"}); }

  /// What is told where the stage is not found.
  std::string told_of(Catalog catalog, Role role, std::string_view name) {
    EXPECT_EQ(catalog.find(role, name, {"p.xml", 3, 2}, findings_), nullptr);
    return told();
  }
};

TEST_F(TheCatalog, FindsAStageInThePluginOfItsName) {
  copy("obey", "a/mealsync_obey.so");
  Catalog here = catalog();

  const ms_stage* stage = here.find(Role::transform, "obey", {}, findings_);

  EXPECT_EQ(told(), "");
  ASSERT_NE(stage, nullptr);
  EXPECT_EQ(text_of(stage->name), "obey");
}

TEST_F(TheCatalog, FindsAStageInAPluginOfAnotherName) {
  copy("obey", "b/other.so");
  Catalog here = catalog();

  EXPECT_NE(here.find(Role::transform, "fates", {}, findings_), nullptr);
  EXPECT_EQ(told(), "");
}

TEST_F(TheCatalog, OpensNothingElseForAStageInThePluginOfItsName) {
  copy("obey", "b/mealsync_obey.so");
  write("a/aaa.so", "no library");
  Catalog here = catalog();

  EXPECT_NE(here.find(Role::transform, "obey", {}, findings_), nullptr);
  EXPECT_EQ(told(), "");
}

TEST_F(TheCatalog, RefusesAStageThatTwoPluginsHave) {
  copy("obey", "a/mealsync_obey.so");
  copy("obey", "b/other.so");

  EXPECT_EQ(told_of(catalog(), Role::transform, "fates"),
            "p.xml:3:2: error MS2014: Two plugins have the transform 'fates': 'a/mealsync_obey.so' and "
            "'b/other.so'\n");
}

TEST_F(TheCatalog, RefusesTwoFilesOfOneNameWhateverTheyHold) {
  copy("plain", "a/mealsync_same.so");
  copy("obey", "b/mealsync_same.so");

  EXPECT_EQ(
      told_of(catalog(), Role::source, "three"),
      "p.xml:3:2: error MS2015: Two plugins have one name: 'a/mealsync_same.so' and 'b/mealsync_same.so'\n");
}

TEST_F(TheCatalog, RefusesAFileWhoseNameOneHasThatIsRefused) {
  write("a/same.so", "no library");
  copy("obey", "b/same.so");

  EXPECT_EQ(told_of(catalog(), Role::transform, "obey"),
            "p.xml:3:2: error MS2015: Two plugins have one name: 'b/same.so' and 'a/same.so'\n");
}

TEST_F(TheCatalog, IsSilentOnTwoPluginsThatNobodyNeeds) {
  copy("obey", "a/mealsync_obey.so");
  copy("obey", "b/other.so");
  copy("plain", "b/mealsync_plain.so");
  Catalog here = catalog();

  EXPECT_NE(here.find(Role::source, "three", {}, findings_), nullptr);
  EXPECT_EQ(told(), "");
}

TEST_F(TheCatalog, TakesTheSameFileReachedTwiceForOne) {
  copy("obey", "a/mealsync_obey.so");
  fs::create_symlink(folder_ / "a/mealsync_obey.so", folder_ / "b/mealsync_obey.so");
  fs::create_symlink(folder_ / "a", folder_ / "c");
  Catalog here({folder_ / "a", folder_ / "b", folder_ / "c"});

  EXPECT_NE(here.find(Role::transform, "obey", {}, findings_), nullptr);
  EXPECT_EQ(here.list(findings_).size(), 4U);
  EXPECT_EQ(told(), "");
}

TEST_F(TheCatalog, OpensNoPluginForAStageThatItsLabelDoesNotName) {
  copy("by_constructor", "a/mealsync_obey.so");
  copy("throws", "a/throws.so");
  copy("obey", "b/other.so");
  Catalog here = catalog();

  EXPECT_NE(here.find(Role::transform, "obey", {}, findings_), nullptr);
  EXPECT_EQ(told(), "");
}

TEST_F(TheCatalog, TellsOfAPluginThatIsRefusedWhenItIsOpened) {
  copy("throws", "a/throws.so");

  EXPECT_EQ(
      told_of(catalog(), Role::sink, "throws"),
      "p.xml:3:2: error MS2013: Plugin 'a/throws.so' broke down while it was loaded: signal 6 (Aborted)\n");
}

TEST_F(TheCatalog, NamesTheFoldersThatWereSearched) {
  EXPECT_EQ(told_of(catalog(), Role::sink, "loader"),
            "p.xml:3:2: error MS2001: No plugin gives the sink 'loader'; searched: a, b\n");
}

TEST_F(TheCatalog, NamesTheNearestStageOfTheRole) {
  copy("witness", "a/mealsync_witness.so");

  EXPECT_EQ(
      told_of(catalog(), Role::sink, "laoder"),
      "p.xml:3:2: error MS2001: No plugin gives the sink 'laoder'; did you mean 'loader'?; searched: a, b\n");
}

TEST_F(TheCatalog, NamesNoStageOfAnotherRole) {
  copy("witness", "a/mealsync_witness.so");

  EXPECT_EQ(told_of(catalog(), Role::transform, "loader"),
            "p.xml:3:2: error MS2001: No plugin gives the transform 'loader'; searched: a, b\n");
}

TEST_F(TheCatalog, DoesNotPutAnotherPluginInThePlaceOfOneThatIsRefused) {
  write("a/mealsync_obey.so", "no library");
  copy("obey", "a/other.so");
  copy("obey", "b/mealsync_obey.so");

  EXPECT_EQ(told_of(catalog(), Role::transform, "obey"),
            "p.xml:3:2: error MS2003: Plugin 'a/mealsync_obey.so' is no library for this machine: it is too "
            "short\n");
}

TEST_F(TheCatalog, TellsWhyAPluginIsRefusedWhereTheStageMayBeInIt) {
  copy("next_major", "a/other.so");

  EXPECT_EQ(told_of(catalog(), Role::transform, "obey"),
            "p.xml:3:2: error MS2001: No plugin gives the transform 'obey'; searched: a, b\n"
            "p.xml:3:2: error MS2005: Plugin 'a/other.so' is built for another mealsync: it has "
            "mealsync_plugin_v2, this "
            "program needs mealsync_plugin_v1\n");
}

TEST_F(TheCatalog, IsSilentOnARefusedPluginThatNobodyNeeds) {
  copy("next_major", "a/other.so");
  copy("obey", "b/zzz.so");
  Catalog here = catalog();

  EXPECT_NE(here.find(Role::transform, "obey", {}, findings_), nullptr);
  EXPECT_EQ(told(), "");
}

TEST_F(TheCatalog, TellsOfARefusedPluginWhereverItIsNeeded) {
  write("a/mealsync_obey.so", "no library");
  Catalog here = catalog();

  static_cast<void>(here.find(Role::transform, "obey", {"p.xml", 3, 2}, findings_));
  static_cast<void>(here.find(Role::transform, "obey", {"p.xml", 4, 2}, findings_));

  EXPECT_EQ(
      told(),
      "p.xml:3:2: error MS2003: Plugin 'a/mealsync_obey.so' is no library for this machine: it is too short\n"
      "p.xml:4:2: error MS2003: Plugin 'a/mealsync_obey.so' is no library for this machine: it is too "
      "short\n");
}

TEST_F(TheCatalog, LeavesOutRelativeAndMissingFolders) {
  const fs::path before = fs::current_path();
  copy("obey", "a/mealsync_obey.so");
  fs::current_path(folder_ / "a");
  const std::string of_relative =
      told_of(Catalog({"", ".", "../a", folder_ / "missing"}), Role::transform, "obey");
  fs::current_path(before);

  EXPECT_EQ(of_relative,
            "p.xml:3:2: error MS2001: No plugin gives the transform 'obey'; searched: no folder\n");
}

TEST_F(TheCatalog, LooksAtLibrariesOnly) {
  write("a/readme.txt", "no library");
  write("a/mealsync_obey.so.bak", "no library");

  EXPECT_EQ(told_of(catalog(), Role::transform, "obey"),
            "p.xml:3:2: error MS2001: No plugin gives the transform 'obey'; searched: a, b\n");
}

TEST_F(TheCatalog, ListsTheStagesOfLabelsByRoleAndNameAndPluginsThatAreRefused) {
  copy("obey", "a/mealsync_obey.so");
  copy("by_constructor", "b/aborts.so");
  copy("plain", "b/mealsync_plain.so");
  copy("no_entry", "b/mealsync_no_entry.so");

  Catalog here = catalog();
  std::string lines;
  for (const ListedStage& stage : here.list(findings_))
    lines += std::string(to_text(stage.role)) + '.' + stage.name + ' ' + stage.plugin + ' ' + stage.version +
             ' ' + fs::relative(stage.file, folder_).string() + ": " + stage.summary + '\n';

  EXPECT_EQ(lines,
            "source.three plain 1 b/mealsync_plain.so: Gives three rows.\n"
            "transform.adds obey 1 a/mealsync_obey.so: Adds a column.\n"
            "transform.fates obey 1 a/mealsync_obey.so: Each record has the fate that its word says; other "
            "words have "
            "none.\n"
            "transform.needs obey 1 a/mealsync_obey.so: Needs a column.\n"
            "transform.obey obey 1 a/mealsync_obey.so: Does with each record what its word says.\n"
            "sink.calm aborts 1 b/aborts.so: Takes every record.\n");
  EXPECT_EQ(told(),
            "error MS2004: Library 'b/mealsync_no_entry.so' is no plugin of mealsync: it exports no "
            "mealsync_plugin_v1\n");
}

TEST_F(TheCatalog, TellsOfTwoPluginsWhereItLists) {
  copy("plain", "a/mealsync_plain.so");
  copy("plain", "b/mealsync_plain.so");
  Catalog here = catalog();

  EXPECT_EQ(here.list(findings_).size(), 2U);
  EXPECT_EQ(
      told(),
      "error MS2015: Two plugins have one name: 'a/mealsync_plain.so' and 'b/mealsync_plain.so'\n"
      "error MS2014: Two plugins have the source 'three': 'a/mealsync_plain.so' and 'b/mealsync_plain.so'\n");
}

TEST_F(TheCatalog, OpensAllByRoleAndNameAndTellsOfThoseThatAreRefused) {
  copy("obey", "a/mealsync_obey.so");
  copy("given", "b/mealsync_given.so");
  copy("throws", "b/throws.so");

  Catalog here = catalog();
  std::vector<std::string> names;
  for (const StageEntry& entry : here.all(findings_))
    names.push_back(entry.plugin->name + "." + std::string(text_of(entry.stage->name)));

  EXPECT_THAT(
      names, ElementsAre("given.counted", "given.given", "given.blocks", "given.framed_blocks", "given.lines",
                         "given.whole_blocks", "obey.adds", "obey.fates", "obey.needs", "obey.obey"));
  EXPECT_EQ(told(),
            "error MS2013: Plugin 'b/throws.so' broke down while it was loaded: signal 6 (Aborted)\n");
}

TEST(PluginFolders, AreThoseGivenThenThoseOfTheEnvironmentThenTheInstalledAndTheBuiltOnes) {
  ASSERT_EQ(setenv("MEALSYNC_PLUGINS", "/x:relative::/y", 1), 0);
  const auto folders = plugin_folders({"/given", "here"});
  ASSERT_EQ(unsetenv("MEALSYNC_PLUGINS"), 0);

  const fs::path program = fs::read_symlink("/proc/self/exe").parent_path();
  ASSERT_EQ(folders.size(), 7U);
  EXPECT_EQ(folders[0], "/given");
  EXPECT_EQ(folders[1], fs::current_path() / "here");
  EXPECT_EQ(folders[2], "/x");
  EXPECT_EQ(folders[3], "relative");  // left out by the catalog
  EXPECT_EQ(folders[4], "/y");
  EXPECT_EQ(folders[6], (program / "../plugins").lexically_normal());
  EXPECT_THAT(folders, Not(Contains(fs::current_path())));
}

}  // namespace
}  // namespace mealsync
