// Campus databases: made, opened and refused.

#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <campus/store/store.hpp>

#include "as_nobody.hpp"
#include "campus_database.hpp"

namespace mealsync::testing {
namespace {

using campus::Access;
using campus::CampusStore;
using campus::Fault;
using campus::Made;
using std::chrono::milliseconds;
using Lines = std::vector<std::string>;

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

TEST(Init, MakesAnEmptyDatabaseThatIsReadWhileItIsWritten) {
  const Folder folder;
  const auto path = folder / "campus.db";

  EXPECT_EQ(campus::init(path), Made::now);

  EXPECT_EQ(sql(path,
                "PRAGMA journal_mode; PRAGMA user_version; SELECT count(*) FROM student;"
                "SELECT count(*) FROM v_POSEligibilityCurrent"),
            (Lines{"wal", "1", "0", "0"}));
  EXPECT_EQ(folder.content().size(), 1U);
}

TEST(Init, LeavesADatabaseOfThisVersionAsItIs) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  const auto before = folder.content();

  EXPECT_EQ(campus::init(path), Made::before);
  EXPECT_EQ(folder.content(), before);
}

TEST(Init, TakesAFileThatIsEmpty) {
  const Folder folder;
  write_file(folder / "campus.db", "");

  EXPECT_EQ(campus::init(folder / "campus.db"), Made::now);
}

TEST(Init, RefusesAFileOfSomethingElse) {
  const Folder folder;
  write_file(folder / "letter.txt", "Dear parents, the cafeteria is closed on Friday.");
  sql(folder / "other.db", "CREATE TABLE t (x)");
  const auto before = folder.content();
  const std::pair occupied(Fault::occupied, std::string("a file that is not a Campus database is there"));

  EXPECT_EQ(fault_of([&] { return campus::init(folder / "letter.txt"); }), occupied);
  EXPECT_EQ(fault_of([&] { return campus::init(folder / "other.db"); }), occupied);
  EXPECT_EQ(folder.content(), before);
}

TEST(Init, RefusesADatabaseOfAnotherVersion) {
  const Folder folder;
  const auto path = campus_with(folder, "PRAGMA user_version = 9");

  EXPECT_EQ(fault_of([&] { return campus::init(path); }).first, Fault::other_version);
}

TEST(OpenStore, SaysThatThereIsNoFile) {
  const Folder folder;

  EXPECT_EQ(fault_of([&] { CampusStore(folder / "campus.db", Access::read_only); }),
            std::pair(Fault::missing, std::string("there is no such file")));
  EXPECT_TRUE(folder.content().empty());
}

TEST(OpenStore, SaysThatItIsAFolder) {
  const Folder folder;

  EXPECT_EQ(fault_of([&] { CampusStore(folder.path(), Access::read_write); }),
            std::pair(Fault::not_a_file, std::string("it is a folder")));
}

TEST(OpenStore, SaysThatItIsNoDatabase) {
  const Folder folder;
  write_file(folder / "letter.txt", "Dear parents, the cafeteria is closed on Friday.");

  EXPECT_EQ(fault_of([&] { CampusStore(folder / "letter.txt", Access::read_only); }),
            std::pair(Fault::not_a_database, std::string("file is not a database")));
}

TEST(OpenStore, SaysThatItIsNoCampusDatabase) {
  const Folder folder;
  write_file(folder / "empty.db", "");
  sql(folder / "other.db", "CREATE TABLE t (x)");
  const std::pair not_campus(Fault::not_campus, std::string("it is not a Campus database"));

  EXPECT_EQ(fault_of([&] { CampusStore(folder / "empty.db", Access::read_only); }), not_campus);
  EXPECT_EQ(fault_of([&] { CampusStore(folder / "other.db", Access::read_write); }), not_campus);
}

TEST(OpenStore, SaysWhichVersionTheSchemaHas) {
  const Folder folder;
  const auto path = campus_with(folder, "PRAGMA user_version = 9");

  EXPECT_EQ(fault_of([&] { CampusStore(path, Access::read_only); }),
            std::pair(Fault::other_version,
                      std::string("its schema has version 9, and this program knows version 1")));
}

TEST(OpenStore, SaysThatAnotherProgramHasLockedIt) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  OtherProgram other(path);
  other.run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE School SET name = 'x'");

  EXPECT_EQ(fault_of([&] { CampusStore(path, Access::read_only, milliseconds(1)); }),
            std::pair(Fault::locked, std::string("database is locked")));
}

TEST(OpenStore, SaysThatItCannotBeWritten) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  chmod(path.c_str(), 0444);
  chmod(folder.path().c_str(), 0555);
  const AsNobody nobody;

  EXPECT_EQ(fault_of([&] { CampusStore(path, Access::read_write); }),
            std::pair(Fault::read_only, std::string("the file, or its folder, may not be written")));
}

TEST(OpenStore, SaysThatItCannotBeRead) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  chmod(path.c_str(), 0000);
  chmod(folder.path().c_str(), 0555);
  const AsNobody nobody;

  EXPECT_EQ(fault_of([&] { CampusStore(path, Access::read_only); }),
            std::pair(Fault::missing, std::string("unable to open database file")));
}

}  // namespace
}  // namespace mealsync::testing
