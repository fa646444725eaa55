#include <catalog/library.hpp>

#include <elf.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <fstream>
#include <utility>

#include "plugin_folder.hpp"

namespace mealsync {
namespace {

class OpenPlugin : public PluginFolder {
 protected:
  static std::string abi() { return std::to_string(MS_ABI_MAJOR) + "." + std::to_string(MS_ABI_MINOR); }
  static std::string needs_a_newer_abi(const std::string& stranger) {
    return "error MS2006: Plugin 'mealsync_" + stranger + ".so' needs ABI " + std::to_string(MS_ABI_MAJOR) +
           "." + std::to_string(MS_ABI_MINOR + 1) + ", this program has " + abi() + "\n";
  }
  /// A whole plugin with `bytes` instead of its own from `offset` on.
  template <class T>
  std::filesystem::path patched(std::size_t offset, const T& bytes) const {
    auto file = copy("plain");
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(static_cast<std::streamoff>(offset));
    out.write(reinterpret_cast<const char*>(&bytes), sizeof bytes);
    return file;
  }
};

TEST_F(OpenPlugin, GivesItsStages) {
  const auto file = copy("plain");

  const auto plugin = open_plugin(file, findings_);

  EXPECT_EQ(told(), "");
  ASSERT_TRUE(plugin.has_value());
  EXPECT_EQ(plugin->file, file);
  EXPECT_EQ(plugin->name, "plain");
  EXPECT_EQ(plugin->version, "1");
  ASSERT_EQ(plugin->stages.size(), 1U);
  EXPECT_EQ(std::string(plugin->stages[0]->name.data, plugin->stages[0]->name.size), "three");
}

TEST_F(OpenPlugin, RefusesAFileThatIsMissing) {
  EXPECT_EQ(told_of(folder_ / "mealsync_a.so"),
            "error MS2002: Plugin 'mealsync_a.so' cannot be read: No such file or directory\n");
}

TEST_F(OpenPlugin, RefusesALinkThatLeadsNowhere) {
  std::filesystem::create_symlink("nowhere", folder_ / "mealsync_a.so");

  EXPECT_EQ(told_of(folder_ / "mealsync_a.so"),
            "error MS2002: Plugin 'mealsync_a.so' cannot be read: No such file or directory\n");
}

TEST_F(OpenPlugin, RefusesAFolder) {
  std::filesystem::create_directory(folder_ / "mealsync_a.so");

  EXPECT_EQ(told_of(folder_ / "mealsync_a.so"),
            "error MS2002: Plugin 'mealsync_a.so' cannot be read: it is no regular file\n");
}

TEST_F(OpenPlugin, RefusesAPipeWithoutWaitingForIt) {
  ASSERT_EQ(mkfifo((folder_ / "mealsync_a.so").c_str(), 0600), 0);

  EXPECT_EQ(told_of(folder_ / "mealsync_a.so"),
            "error MS2002: Plugin 'mealsync_a.so' cannot be read: it is no regular file\n");
}

TEST_F(OpenPlugin, RefusesAnEmptyFile) {
  EXPECT_EQ(told_of(write("mealsync_a.so", "")),
            "error MS2003: Plugin 'mealsync_a.so' is no library for this machine: it is too short\n");
}

TEST_F(OpenPlugin, RefusesAText) {
  EXPECT_EQ(told_of(write("mealsync_a.so", repeated("This is the text of a letter. ", 10))),
            "error MS2003: Plugin 'mealsync_a.so' is no library for this machine: it is no ELF file\n");
}

TEST_F(OpenPlugin, RefusesALibraryThatIsCutShort) {
  const auto file = copy("plain");
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);

  EXPECT_EQ(told_of(file),
            "error MS2003: Plugin 'mealsync_plain.so' is no library for this machine: it is cut short\n");
}

TEST_F(OpenPlugin, RefusesALibraryOfWhichOnlyTheHeaderIsLeft) {
  const auto file = copy("plain");
  std::filesystem::resize_file(file, sizeof(Elf64_Ehdr));

  EXPECT_EQ(told_of(file),
            "error MS2003: Plugin 'mealsync_plain.so' is no library for this machine: it is cut short\n");
}

TEST_F(OpenPlugin, RefusesALibraryOfAnotherMachine) {
  EXPECT_EQ(
      told_of(patched(offsetof(Elf64_Ehdr, e_machine), Elf64_Half{EM_S390})),
      "error MS2003: Plugin 'mealsync_plain.so' is no library for this machine: it is built for another "
      "machine\n");
}

TEST_F(OpenPlugin, RefusesALibraryOfThirtyTwoBits) {
  EXPECT_EQ(
      told_of(patched(EI_CLASS, char{ELFCLASS32})),
      "error MS2003: Plugin 'mealsync_plain.so' is no library for this machine: it is built for another "
      "machine\n");
}

TEST_F(OpenPlugin, RefusesAnObjectThatIsNotLinked) {
  EXPECT_EQ(
      told_of(patched(offsetof(Elf64_Ehdr, e_type), Elf64_Half{ET_REL})),
      "error MS2003: Plugin 'mealsync_plain.so' is no library for this machine: it is no shared library\n");
}

TEST_F(OpenPlugin, RefusesALibraryWhoseTablesClaimAnAbsurdSize) {
  const auto file = copy("plain");
  std::ifstream in(file, std::ios::binary);
  Elf64_Ehdr header{};
  in.read(reinterpret_cast<char*>(&header), sizeof header);
  std::filesystem::remove(file);
  const std::size_t names = header.e_shoff + std::size_t{header.e_shstrndx} * header.e_shentsize;

  EXPECT_EQ(told_of(patched(names + offsetof(Elf64_Shdr, sh_size), Elf64_Xword{1} << 63)),
            "error MS2003: Plugin 'mealsync_plain.so' is no library for this machine: it is cut short\n");
}

TEST_F(OpenPlugin, RefusesALibraryWhoseSectionsHaveNoNames) {
  EXPECT_EQ(
      told_of(patched(offsetof(Elf64_Ehdr, e_shstrndx), Elf64_Half{1})),
      "error MS2003: Plugin 'mealsync_plain.so' is no library for this machine: its tables cannot be read\n");
}

TEST_F(OpenPlugin, RefusesALibraryThatIsCutShortWhereverItIsCut) {
  const auto whole = copy("plain");
  const auto size = std::filesystem::file_size(whole);
  constexpr std::uintmax_t step = 97;
  for (auto length = size - 1; length > step; length -= step) {
    const auto cut = folder_ / "cut.so";
    std::filesystem::copy_file(whole, cut, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(cut, length);
    Findings findings;

    EXPECT_FALSE(judge_plugin(cut, findings).has_value()) << length;

    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(code_text(findings.all()[0].code), "MS2003") << length;
  }
}

TEST_F(OpenPlugin, IsNotBroughtDownByDamage) {
  const auto file = copy("plain");
  const std::string bytes = bytes_of(file);
  std::fstream damaged(file, std::ios::binary | std::ios::in | std::ios::out);
  const auto put = [&](std::size_t at, char byte) {
    damaged.seekp(static_cast<std::streamoff>(at)).put(byte).flush();
  };
  constexpr std::size_t step = 13;  // meets every member of every table sooner or later
  int whole = 0;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    put(at, '\xFF');
    Findings findings;
    whole += judge_plugin(file, findings) ? 1 : 0;  // it may be that nobody reads the byte
    put(at, bytes[at]);
  }

  EXPECT_GT(whole, 0);
}

TEST_F(OpenPlugin, RefusesALibraryThatIsNoPlugin) {
  EXPECT_EQ(told_of(copy("no_entry")),
            "error MS2004: Library 'mealsync_no_entry.so' is no plugin of mealsync: it exports no "
            "mealsync_plugin_v1\n");
}

TEST_F(OpenPlugin, RefusesAnotherMajor) {
  EXPECT_EQ(told_of(copy("next_major")),
            "error MS2005: Plugin 'mealsync_next_major.so' is built for another mealsync: it has "
            "mealsync_plugin_v2, "
            "this program needs mealsync_plugin_v1\n");
}

TEST_F(OpenPlugin, RefusesANewerMinor) {
  EXPECT_EQ(told_of(copy("newer_minor")), needs_a_newer_abi("newer_minor"));
}

TEST_F(OpenPlugin, TakesAnOlderMinor) {
  EXPECT_TRUE(open_plugin(copy("older_minor"), findings_).has_value());
  EXPECT_EQ(told(), "");
}

TEST_F(OpenPlugin, RefusesANewerMinorThatOnlyTheTableTells) {
  EXPECT_EQ(told_of(copy("newer_table")), needs_a_newer_abi("newer_table"));
}

TEST_F(OpenPlugin, RefusesAPluginWithoutLabel) {
  EXPECT_EQ(
      told_of(copy("no_label")),
      "error MS2010: Plugin 'mealsync_no_label.so' has no label: nobody knows what it holds without opening "
      "it\n");
}

TEST_F(OpenPlugin, RefusesALabelThatCannotBeRead) {
  EXPECT_EQ(told_of(relabelled("plain", "source\tthree", "sponge\tthree")),
            "error MS2011: The label of plugin 'mealsync_plain.so' cannot be read: line 2 names the role "
            "'sponge', and "
            "there is none of that name\n");
}

TEST_F(OpenPlugin, RefusesALabelWithAnotherVersionThanTheTable) {
  EXPECT_EQ(told_of(relabelled("plain", "plain\t1\n", "plain\t2\n")),
            "error MS2012: The label of plugin 'mealsync_plain.so' names the plugin 'plain' 2 of ABI " +
                abi() + ", and the plugin holds the plugin 'plain' 1 of ABI " + abi() + "\n");
}

TEST_F(OpenPlugin, RefusesALabelWithAnotherRoleThanTheTable) {
  EXPECT_EQ(told_of(relabelled("plain", "source\tthree", "format\tthree")),
            "error MS2012: The label of plugin 'mealsync_plain.so' names the format 'three' (Gives three "
            "rows.), and "
            "the plugin holds the source 'three' (Gives three rows.)\n");
}

TEST_F(OpenPlugin, RefusesALabelWithAnotherNameThanTheTable) {
  EXPECT_EQ(told_of(relabelled("plain", "source\tthree", "source\tthrew")),
            "error MS2012: The label of plugin 'mealsync_plain.so' names the source 'threw' (Gives three "
            "rows.), and "
            "the plugin holds the source 'three' (Gives three rows.)\n");
}

TEST_F(OpenPlugin, RefusesALabelWithAStageMore) {
  EXPECT_EQ(
      told_of(copy("a_stage_more")),
      "error MS2012: The label of plugin 'mealsync_a_stage_more.so' names the sink 'calmer' (Takes every "
      "record.), and the plugin holds nothing more\n");
}

TEST_F(OpenPlugin, RefusesALabelWithAStageLess) {
  EXPECT_EQ(
      told_of(copy("a_stage_less")),
      "error MS2012: The label of plugin 'mealsync_a_stage_less.so' names nothing more, and the plugin holds "
      "the sink 'calm' (Takes every record.)\n");
}

TEST_F(OpenPlugin, TellsTheSymbolThatIsUndefined) {
  EXPECT_EQ(told_of(copy("undefined")),
            "error MS2007: Plugin 'mealsync_undefined.so' cannot be opened: mealsync_undefined.so: undefined "
            "symbol: "
            "stage_of_a_missing_library\n");
}

/// Why a plugin is refused whose stage has no verbs.
class StageWithoutVerbs : public OpenPlugin {
 protected:
  std::string fault_of(std::string_view stranger) {
    const std::string words = told_of(copy(stranger));
    const std::string expected =
        "error MS2009: Plugin 'mealsync_" + std::string(stranger) + ".so' has a stage that cannot be used: ";
    EXPECT_TRUE(words.starts_with(expected)) << words;
    return words.substr(expected.size());
  }
};

TEST_F(StageWithoutVerbs, IsNoSource) {
  EXPECT_EQ(fault_of("unable_source"), "a source has one way to read\n");
}

TEST_F(StageWithoutVerbs, IsNoFormat) {
  EXPECT_EQ(fault_of("unable_format"), "a format needs decode\n");
}

TEST_F(StageWithoutVerbs, IsNoTransform) {
  EXPECT_EQ(fault_of("unable_transform"), "a transform needs process\n");
}

TEST_F(StageWithoutVerbs, IsNoSink) {
  EXPECT_EQ(fault_of("unable_sink"), "a sink needs write, and either commit, or found and conclude\n");
}

TEST_F(StageWithoutVerbs, HasNoRoleThatIsUnknown) {
  EXPECT_EQ(fault_of("unable_other"), "it has no role\n");
}

class TrustInAPlugin : public OpenPlugin {
 protected:
  static bool belongs_to_group(const std::filesystem::path& path, gid_t group, mode_t mode) {
    return chown(path.c_str(), static_cast<uid_t>(-1), group) == 0 && chmod(path.c_str(), mode) == 0;
  }
};

TEST_F(TrustInAPlugin, EndsWhereEverybodyMayChangeTheFile) {
  const auto file = copy("plain");
  chmod(file.c_str(), 0757);

  EXPECT_EQ(told_of(file),
            "error MS2008: Plugin 'mealsync_plain.so' is refused: the file can be changed by everybody\n");
}

TEST_F(TrustInAPlugin, EndsWhereEverybodyMayChangeTheFolder) {
  const auto file = copy("plain");
  chmod(folder_.c_str(), 0707);

  EXPECT_EQ(told_of(file),
            "error MS2008: Plugin 'mealsync_plain.so' is refused: its folder can be changed by everybody\n");
}

TEST_F(TrustInAPlugin, EndsWhereEverybodyMayChangeTheFolderOfALinkToIt) {
  std::filesystem::create_directory(folder_ / "links");
  std::filesystem::create_symlink(copy("plain"), folder_ / "links/mealsync_plain.so");
  chmod((folder_ / "links").c_str(), 0777);

  EXPECT_EQ(told_of(folder_ / "links/mealsync_plain.so"),
            "error MS2008: Plugin 'mealsync_plain.so' is refused: its folder can be changed by everybody\n");
}

TEST_F(TrustInAPlugin, TellsOfFileAndFolderAtOnce) {
  const auto file = copy("plain");
  chmod(file.c_str(), 0777);
  chmod(folder_.c_str(), 0777);

  EXPECT_EQ(told_of(file),
            "error MS2008: Plugin 'mealsync_plain.so' is refused: the file can be changed by everybody\n"
            "error MS2008: Plugin 'mealsync_plain.so' is refused: its folder can be changed by everybody\n");
}

TEST_F(TrustInAPlugin, HoldsWhereTheOwnersOwnGroupMayChangeIt) {
  const auto file = copy("plain");
  ASSERT_TRUE(belongs_to_group(file, getgid(), 0775));
  ASSERT_TRUE(belongs_to_group(folder_, getgid(), 0770));

  EXPECT_TRUE(open_plugin(file, findings_).has_value());
  EXPECT_EQ(told(), "");
}

TEST_F(TrustInAPlugin, EndsWhereAnotherGroupMayChangeIt) {
  constexpr gid_t nobodys_group = 64'999;
  const auto file = copy("plain");
  if (!belongs_to_group(file, nobodys_group, 0775))
    GTEST_SKIP() << "only root may give a file to another group";

  EXPECT_EQ(
      told_of(file),
      "error MS2008: Plugin 'mealsync_plain.so' is refused: the file can be changed by the group 64999\n");
}

TEST_F(TrustInAPlugin, HoldsWhereAnotherGroupMayOnlyReadIt) {
  constexpr gid_t nobodys_group = 64'999;
  const auto file = copy("plain");
  if (!belongs_to_group(file, nobodys_group, 0755))
    GTEST_SKIP() << "only root may give a file to another group";

  EXPECT_TRUE(open_plugin(file, findings_).has_value());
}

}  // namespace
}  // namespace mealsync
