#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <tuple>

#include <journal/holds.hpp>

#include "journal_folder.hpp"

namespace mealsync {
namespace {

using JournalFile = JournalFolder;

TEST_F(JournalFile, IsOfItsOwnerOnly) {
  const Journal journal = open_journal();
  using std::filesystem::perms;

  EXPECT_EQ(std::filesystem::status(folder()).permissions(), perms::owner_all);
  EXPECT_EQ(std::filesystem::status(file()).permissions(), perms::owner_read | perms::owner_write);
}

TEST_F(JournalFile, HasSqliteKeepNoStatisticsOfItsMemory) {
  if (sqlite3_memory_used() > 0) GTEST_SKIP() << "SQLite was in use before";
  const Journal journal = open_journal();

  EXPECT_EQ(sqlite3_memory_used(), 0);
}

TEST_F(JournalFile, MakesAPrivateFolderWhoseNameEndsInASlash) {
  Findings findings;
  ASSERT_TRUE(Journal::open(folder() / "", findings));

  EXPECT_EQ(std::filesystem::status(folder()).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(JournalFile, RefusesAFolderWithAFileInItsWay) {
  std::ofstream(root_ / "state") << "in the way";

  EXPECT_EQ(refusal(), "failed MS4001: Folder '" + folder().string() +
                           "' of the journal cannot be made: Not a directory\n");
}

TEST_F(JournalFile, RefusesAFolderInPlaceOfTheFile) {
  std::filesystem::create_directories(file());

  EXPECT_EQ(refusal(), "failed MS4002: Journal '" + file().string() +
                           "' cannot be opened: unable to open database file\n");
}

TEST_F(JournalFile, RefusesATextFile) {
  write_file("Tuesday: imported, nothing to say\n");

  EXPECT_EQ(refusal(),
            "failed MS4005: File '" + file().string() + "' is not a journal: file is not a database\n");
  EXPECT_EQ(file_bytes(), "Tuesday: imported, nothing to say\n");
}

TEST_F(JournalFile, RefusesTheDatabaseOfAnotherProgram) {
  write_file("");
  execute("CREATE TABLE student (name TEXT)");
  const std::string before = file_bytes();

  EXPECT_EQ(refusal(), "failed MS4005: File '" + file().string() +
                           "' is not a journal: it is a database of another program\n");
  EXPECT_EQ(file_bytes(), before);
}

TEST_F(JournalFile, RefusesAnotherVersion) {
  std::ignore = open_journal();
  execute("PRAGMA user_version = 6");
  const std::string before = file_bytes();

  EXPECT_EQ(refusal(), "failed MS4006: Journal '" + file().string() +
                           "' has version 6, and this program knows version 5 only\n");
  EXPECT_EQ(file_bytes(), before);
}

/// Takes away what versions 3 to 5 have brought.
constexpr auto to_version_2 =
    "DROP TABLE run_token; DROP TABLE acceptance; DROP TABLE baseline; "
    "ALTER TABLE run DROP COLUMN pipeline_file; ALTER TABLE run DROP COLUMN database; "
    "ALTER TABLE run_input DROP COLUMN path; DROP TABLE hold; DROP TABLE run_plugin; DROP TABLE run_report; "
    "ALTER TABLE run DROP COLUMN is_cleared; "
    "PRAGMA user_version = 2";

TEST_F(JournalFile, BringsOneOfVersion1UpToDate) {
  std::ignore = open_journal();
  execute(to_version_2);
  execute("ALTER TABLE run_finding DROP COLUMN count; PRAGMA user_version = 1");

  Journal journal = open_journal();

  const RunRecord run =
      finished(journal, {{7001, Severity::info, "At a CEP school", "", {}, 1, "", "", 512}});
  EXPECT_EQ(shown(journal, run.run).findings.front().count, 512U);
}

TEST_F(JournalFile, BringsOneOfVersion2UpToDateWithTheRunsThatItHas) {
  std::string old;
  {
    Journal journal = open_journal();
    old = finished(journal).run;
  }
  execute(to_version_2);

  Journal journal = open_journal();

  EXPECT_EQ(shown(journal, old).status, "successful");
  Findings findings;
  EXPECT_EQ(Holds(journal).lift("jefferson-pos", findings), 0U);
}

TEST_F(JournalFile, TellsOfADamagedFile) {
  Journal journal = open_journal();
  finished(journal);
  const std::string bytes = file_bytes();
  write_file(bytes.substr(0, 4096) + std::string(bytes.size() - 4096, 'x'));
  Findings findings;

  EXPECT_FALSE(open_journal().list("", findings));
  EXPECT_EQ(told(findings), "failed MS4004: Journal '" + file().string() +
                                "' is damaged: database disk image is malformed\n");
}

class DefaultFolder : public ::testing::Test {
 protected:
  void TearDown() override {
    restore("XDG_STATE_HOME", state_);
    restore("HOME", home_);
  }

 private:
  static std::optional<std::string> value_of(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  }
  static void restore(const char* name, const std::optional<std::string>& value) {
    value ? setenv(name, value->c_str(), 1) : unsetenv(name);
  }

  std::optional<std::string> state_ = value_of("XDG_STATE_HOME");
  std::optional<std::string> home_ = value_of("HOME");
};

TEST_F(DefaultFolder, IsInTheStateFolderOfTheEnvironment) {
  setenv("XDG_STATE_HOME", "/srv/state", 1);

  EXPECT_EQ(Journal::default_folder(), "/srv/state/mealsync");
}

TEST_F(DefaultFolder, IsInTheHomeFolderOtherwise) {
  unsetenv("XDG_STATE_HOME");
  setenv("HOME", "/home/technician", 1);

  EXPECT_EQ(Journal::default_folder(), "/home/technician/.local/state/mealsync");
}

TEST_F(DefaultFolder, DoesNotDependOnTheCurrentFolder) {
  setenv("XDG_STATE_HOME", "state", 1);
  setenv("HOME", "/home/technician", 1);

  EXPECT_EQ(Journal::default_folder(), "/home/technician/.local/state/mealsync");
}

TEST_F(DefaultFolder, IsFoundWithoutAnEnvironment) {
  unsetenv("XDG_STATE_HOME");
  unsetenv("HOME");

  EXPECT_TRUE(Journal::default_folder().is_absolute());
}

}  // namespace
}  // namespace mealsync
