// Plugins that run code as soon as they are opened. In this program nothing of them may run that breaks it.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>

#include <catalog/elf_file.hpp>
#include <catalog/probe.hpp>

#include "plugin_folder.hpp"

namespace mealsync {
namespace {

using std::chrono::milliseconds;

class Loading : public PluginFolder {
 protected:
  /// How a plugin broke down while it was loaded.
  std::string breakdown_of(std::string_view stranger) {
    const std::string words = told_of(copy(stranger));
    const std::string expected =
        "error MS2013: Plugin '" + file_name(stranger) + "' broke down while it was loaded: ";
    EXPECT_TRUE(words.starts_with(expected)) << words;
    return words.substr(std::min(expected.size(), words.size()));
  }
  [[nodiscard]] bool runs_when_loaded(std::string_view stranger) const {
    const ElfFile elf = read_elf_file(copy(stranger), MS_LABEL_SECTION, MS_LABEL_MOST);
    EXPECT_EQ(elf.fault, "");
    return elf.runs_when_loaded;
  }
};

TEST_F(Loading, IsRefusedWhereAnInitialiserThrows) {
  EXPECT_EQ(breakdown_of("throws"), "signal 6 (Aborted)\n");
}

TEST_F(Loading, IsRefusedWhereAnInitialiserEndsTheProgram) {
  EXPECT_EQ(breakdown_of("exits"), "it ended the program with exit code 7\n");
}

TEST_F(Loading, IsRefusedWhereAnInitialiserNeverEnds) {
  EXPECT_EQ(probe_library(copy("hangs"), milliseconds(300)), "it took longer than 300 ms");
}

TEST_F(Loading, IsRefusedWhereAConstructorAborts) {
  EXPECT_EQ(breakdown_of("by_constructor"), "signal 6 (Aborted)\n");
}

TEST_F(Loading, IsRefusedWhereTheInitFunctionOfTheLibraryAborts) {
  EXPECT_EQ(breakdown_of("by_init"), "signal 6 (Aborted)\n");
}

TEST_F(Loading, IsRefusedWhereAResolverOfAFunctionBreaksDown) {
  EXPECT_TRUE(breakdown_of("by_resolver").starts_with("signal "));
}

TEST_F(Loading, IsRefusedWhereTheOnlyInitialiserIsNotTheRuntimes) {
  EXPECT_EQ(breakdown_of("without_runtime"), "signal 6 (Aborted)\n");
}

TEST_F(Loading, IsRefusedWhereALibraryThatItIsLinkedWithAborts) {
  EXPECT_EQ(breakdown_of("leans"), "signal 6 (Aborted)\n");
}

TEST_F(Loading, IsTriedAgainWhereItIsNeededAgain) {
  const auto file = copy("throws");

  EXPECT_FALSE(open_plugin(file, findings_).has_value());
  EXPECT_FALSE(open_plugin(file, findings_).has_value());

  EXPECT_EQ(findings_.all().size(), 2U);
}

TEST_F(Loading, LeavesNoChildBehind) {
  EXPECT_EQ(probe_library(copy("throws"), milliseconds(5000)), "signal 6 (Aborted)");
  EXPECT_EQ(probe_library(copy("hangs"), milliseconds(50)), "it took longer than 50 ms");
  EXPECT_EQ(probe_library(copy("plain"), milliseconds(5000)), "");

  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST_F(Loading, FindsNoFaultInWhatTheLoaderRefuses) {
  EXPECT_EQ(probe_library(copy("undefined"), milliseconds(5000)), "");
}

TEST_F(Loading, GivesAPluginWhoseInitialiserEnds) {
  const auto before = std::filesystem::current_path();
  const auto file = copy("writes");
  std::filesystem::current_path(folder_);
  const bool is_open = open_plugin(file, findings_).has_value();
  std::filesystem::current_path(before);

  EXPECT_TRUE(is_open);
  EXPECT_EQ(told(), "");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "started"));
}

TEST_F(Loading, RunsNothingToJudgeAPlugin) {
  const auto before = std::filesystem::current_path();
  const auto file = copy("writes");
  std::filesystem::current_path(folder_);
  const bool is_judged = judge_plugin(file, findings_).has_value();
  std::filesystem::current_path(before);

  EXPECT_TRUE(is_judged);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "started"));
}

#if !defined(__SANITIZE_ADDRESS__)  // a sanitizer's own initialiser is in every library
TEST_F(Loading, NeedsNoChildForAPluginThatRunsNothing) {
  EXPECT_FALSE(runs_when_loaded("plain"));
  EXPECT_FALSE(runs_when_loaded("obey"));
  EXPECT_FALSE(runs_when_loaded("leans"));
}
#endif

TEST_F(Loading, NeedsAChildForAPluginThatRunsSomething) {
  EXPECT_TRUE(runs_when_loaded("writes"));
  EXPECT_TRUE(runs_when_loaded("by_constructor"));
  EXPECT_TRUE(runs_when_loaded("by_init"));
  EXPECT_TRUE(runs_when_loaded("by_resolver"));
  EXPECT_TRUE(runs_when_loaded("without_runtime"));
}

}  // namespace
}  // namespace mealsync
