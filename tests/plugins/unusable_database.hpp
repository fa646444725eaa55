// unusable_database.hpp -- paths at which no Campus database can be used, and what every stage says of them.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <mealsync/trial.hpp>

#include "as_nobody.hpp"
#include "campus_database.hpp"

namespace mealsync::testing {

/// While it lives, SQLite's waits take no time: it counts how long it has waited and asks no clock, so a
/// patience of half a minute ends at once.
class NoWaiting {
 public:
  NoWaiting() : usual_(sqlite3_vfs_find(nullptr)), system_(*usual_) {
    system_.zName = "no waiting";
    system_.xSleep = [](sqlite3_vfs*, int microseconds) { return microseconds; };
    if (sqlite3_vfs_register(&system_, 1) != SQLITE_OK) throw std::runtime_error("cannot register");
  }
  ~NoWaiting() {
    sqlite3_vfs_unregister(&system_);
    sqlite3_vfs_register(usual_, 1);
  }
  NoWaiting(const NoWaiting&) = delete;
  NoWaiting& operator=(const NoWaiting&) = delete;

 private:
  sqlite3_vfs* usual_;
  sqlite3_vfs system_;
};

/// The findings, with the names of files in the place of their paths.
inline std::vector<Finding> without(const Folder& folder, std::vector<Finding> findings) {
  const std::string path = folder.path().string() + "/";
  for (Finding& finding : findings)
    if (const auto at = finding.message.find(path); at != std::string::npos)
      finding.message.erase(at, path.size());
  return findings;
}

/// What a stage finds where there is no Campus database that can be opened. `open` tries it on a path.
template <class Open>
std::vector<Finding> faults_of_unusable_databases(Open open) {
  const Folder folder;
  std::filesystem::create_directory(folder / "folder.db");
  std::ofstream(folder / "letter.db") << "Dear parents, the cafeteria is closed on Friday.";
  sql(folder / "library.db", "CREATE TABLE Book (title)");
  static_cast<void>(campus::init(folder / "newer.db"));
  sql(folder / "newer.db", "PRAGMA user_version = 2");
  static_cast<void>(campus::init(folder / "locked.db"));
  OtherProgram other(folder / "locked.db");
  other.run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; INSERT INTO School VALUES (9, '090', 'x')");
  const NoWaiting no_waiting;

  std::vector<Finding> all;
  for (const char* name : {"none.db", "folder.db", "letter.db", "library.db", "newer.db", "locked.db"}) {
    const Trial trial = open((folder / name).string());
    EXPECT_EQ(trial.status, MS_FAILED) << name;
    const auto found = without(folder, trial.findings);
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

/// What each of them has to be told as.
inline const std::vector<Finding> unusable_databases{
    {9006, 0, "Campus database 'none.db' cannot be opened: there is no such file"},
    {9006, 0, "Campus database 'folder.db' cannot be opened: it is a folder"},
    {9009, 0, "'letter.db' is no Campus database of this version: file is not a database"},
    {9009, 0, "'library.db' is no Campus database of this version: it is not a Campus database"},
    {9009, 0,
     "'newer.db' is no Campus database of this version: its schema has version 2, and this program knows "
     "version 1"},
    {9001, 0, "Campus database 'locked.db' is in use: database is locked"}};

/// What a stage finds where somebody else's database lies, which it may not even read.
template <class Open>
std::vector<Finding> faults_of_a_closed_database(Open open) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  static_cast<void>(open(path.string()));  // loads the plugin while files may be read
  std::filesystem::permissions(path, std::filesystem::perms::none);
  std::filesystem::permissions(folder.path(), static_cast<std::filesystem::perms>(0555));
  const AsNobody nobody;
  return without(folder, open(path.string()).findings);
}

inline const std::vector<Finding> closed_database{
    {9006, 0, "Campus database 'campus.db' cannot be opened: unable to open database file"}};

/// A database whose log was left behind, in a folder that may be read and not written.
template <class Open>
std::vector<Finding> faults_of_a_log_that_cannot_be_read(Open open) {
  const Folder folder;
  const auto path = campus_with(folder, "");
  static_cast<void>(open(path.string()));
  {
    OtherProgram other(path);
    other.run("INSERT INTO School VALUES (9, '090', 'x')");
    std::filesystem::copy_file(folder / "campus.db-wal", folder / "kept");
  }
  std::filesystem::rename(folder / "kept", folder / "campus.db-wal");
  std::filesystem::permissions(path, static_cast<std::filesystem::perms>(0444));
  std::filesystem::permissions(folder / "campus.db-wal", static_cast<std::filesystem::perms>(0444));
  std::filesystem::permissions(folder.path(), static_cast<std::filesystem::perms>(0555));
  const AsNobody nobody;
  return without(folder, open(path.string()).findings);
}

}  // namespace mealsync::testing
