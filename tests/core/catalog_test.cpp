#include <catalog/catalog.hpp>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <mealsync/value.hpp>

#include "pipeline_folder.hpp"

namespace mealsync {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

namespace fs = std::filesystem;

/// Folders `a` and `b`, into which plugins are copied under any name.
class TheCatalog : public PipelineFolder {
 protected:
  void SetUp() override {
    PipelineFolder::SetUp();
    fs::create_directory(folder_ / "a");
    fs::create_directory(folder_ / "b");
  }

  fs::path put(std::string_view stranger, std::string_view as) const {
    fs::path to = folder_ / as;
    fs::copy_file(
        fs::path(MEALSYNC_STRANGER_FOLDER) / stranger / ("mealsync_" + std::string(stranger) + ".so"), to);
    chmod(to.c_str(), 0755);
    return to;
  }
  [[nodiscard]] Catalog catalog() const { return Catalog({folder_ / "a", folder_ / "b"}); }

  /// What is told where the stage is not found.
  std::string told_of(Catalog catalog, Role role, std::string_view name) {
    EXPECT_EQ(catalog.find(role, name, {"p.xml", 3, 2}, findings_), nullptr);
    return told();
  }
};

TEST_F(TheCatalog, FindsAStageInThePluginOfItsName) {
  put("obey", "a/mealsync_obey.so");
  Catalog here = catalog();

  const ms_stage* stage = here.find(Role::transform, "obey", {}, findings_);

  EXPECT_EQ(told(), "");
  ASSERT_NE(stage, nullptr);
  EXPECT_EQ(text_of(stage->name), "obey");
}

TEST_F(TheCatalog, FindsAStageInAPluginOfAnotherName) {
  put("obey", "b/other.so");
  Catalog here = catalog();

  EXPECT_NE(here.find(Role::transform, "fates", {}, findings_), nullptr);
  EXPECT_EQ(told(), "");
}

TEST_F(TheCatalog, OpensNothingElseForAStageInThePluginOfItsName) {
  put("obey", "b/mealsync_obey.so");
  write("a/aaa.so", "no library");
  Catalog here = catalog();

  EXPECT_NE(here.find(Role::transform, "obey", {}, findings_), nullptr);
  EXPECT_EQ(told(), "");
}

TEST_F(TheCatalog, TakesAPluginFromTheFirstFolderThatHasIt) {
  put("plain", "a/mealsync_same.so");
  put("obey", "b/mealsync_same.so");

  Catalog here = catalog();

  EXPECT_NE(here.find(Role::source, "three", {}, findings_), nullptr);
  EXPECT_EQ(here.find(Role::transform, "obey", {}, findings_), nullptr);
}

TEST_F(TheCatalog, NamesTheFoldersThatWereSearched) {
  EXPECT_EQ(told_of(catalog(), Role::sink, "loader"),
            "p.xml:3:2: error MS2001: No plugin gives the sink 'loader'; searched: a, b\n");
}

TEST_F(TheCatalog, NamesTheNearestStageOfTheRole) {
  put("witness", "a/mealsync_witness.so");

  EXPECT_EQ(
      told_of(catalog(), Role::sink, "laoder"),
      "p.xml:3:2: error MS2001: No plugin gives the sink 'laoder'; did you mean 'loader'?; searched: a, b\n");
}

TEST_F(TheCatalog, NamesNoStageOfAnotherRole) {
  put("witness", "a/mealsync_witness.so");

  EXPECT_EQ(told_of(catalog(), Role::transform, "loader"),
            "p.xml:3:2: error MS2001: No plugin gives the transform 'loader'; searched: a, b\n");
}

TEST_F(TheCatalog, DoesNotPutAnotherPluginInThePlaceOfOneThatIsRefused) {
  write("a/mealsync_obey.so", "no library");
  put("obey", "a/other.so");
  put("obey", "b/mealsync_obey.so");

  EXPECT_EQ(told_of(catalog(), Role::transform, "obey"),
            "p.xml:3:2: error MS2003: Plugin 'a/mealsync_obey.so' is no library for this machine: it is too "
            "short\n");
}

TEST_F(TheCatalog, TellsWhyAPluginIsRefusedWhereTheStageMayBeInIt) {
  put("next_major", "a/other.so");

  EXPECT_EQ(told_of(catalog(), Role::transform, "obey"),
            "p.xml:3:2: error MS2001: No plugin gives the transform 'obey'; searched: a, b\n"
            "p.xml:3:2: error MS2005: Plugin 'a/other.so' is built for another mealsync: it has "
            "mealsync_plugin_v2, this "
            "program needs mealsync_plugin_v1\n");
}

TEST_F(TheCatalog, IsSilentOnARefusedPluginThatNobodyNeeds) {
  put("next_major", "a/other.so");
  put("obey", "b/zzz.so");
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
  put("obey", "a/mealsync_obey.so");
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

TEST_F(TheCatalog, ListsAllStagesByRoleAndNameAndPluginsThatAreRefused) {
  put("obey", "a/mealsync_obey.so");
  put("given", "b/mealsync_given.so");
  put("no_entry", "b/mealsync_no_entry.so");

  Catalog here = catalog();
  std::vector<std::string> names;
  for (const StageEntry& entry : here.all(findings_))
    names.push_back(entry.plugin->name + "." + std::string(text_of(entry.stage->name)));

  EXPECT_THAT(
      names, ElementsAre("given.counted", "given.given", "given.blocks", "given.framed_blocks", "given.lines",
                         "given.whole_blocks", "obey.adds", "obey.fates", "obey.needs", "obey.obey"));
  EXPECT_EQ(told(),
            "error MS2004: Library 'b/mealsync_no_entry.so' is no plugin of mealsync: it exports no "
            "mealsync_plugin_v1\n");
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
