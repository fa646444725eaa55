// campus_database.hpp -- Campus databases for tests: in a folder that goes away, filled and asked in SQL.
#pragma once

#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <campus/store/store.hpp>

namespace mealsync::testing {

class Folder {
 public:
  explicit Folder(const std::string& parent = ::testing::TempDir()) {
    std::string name = parent + "mealsync-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() {
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    std::filesystem::remove_all(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Every file of the folder with its bytes.
  [[nodiscard]] std::map<std::string, std::string> content() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      std::ifstream in(entry.path(), std::ios::binary);
      files[entry.path().filename().string()] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return files;
  }

 private:
  std::filesystem::path path_;
};

/// SQL on a connection of its own, as another program would use the database.
class OtherProgram {
 public:
  explicit OtherProgram(const std::filesystem::path& path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("cannot open");
  }
  ~OtherProgram() { sqlite3_close(handle_); }
  OtherProgram(const OtherProgram&) = delete;
  OtherProgram& operator=(const OtherProgram&) = delete;

  /// The rows that `sql` gives, a line each: 1|Free|NULL
  std::vector<std::string> run(const std::string& sql) {
    std::vector<std::string> rows;
    const auto take = [](void* to, int count, char** values, char**) {
      std::string line;
      for (int i = 0; i < count; ++i)
        line += (i > 0 ? "|" : "") + std::string(values[i] ? values[i] : "NULL");
      static_cast<std::vector<std::string>*>(to)->push_back(line);
      return 0;
    };
    if (sqlite3_exec(handle_, sql.c_str(), take, &rows, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(handle_));
    return rows;
  }

 private:
  sqlite3* handle_ = nullptr;
};

inline std::vector<std::string> sql(const std::filesystem::path& path, const std::string& text) {
  return OtherProgram(path).run(text);
}

/// Two invented students at two schools, 2016-17, with what `more` adds.
inline std::filesystem::path campus_with(const Folder& folder, const std::string& more) {
  auto path = folder / "campus.db";
  static_cast<void>(campus::init(path));
  sql(path, R"(
    INSERT INTO School VALUES (1, '010', 'Birch Hill'), (2, '020', 'Stone Creek'), (3, '030', 'Closed');
    INSERT INTO Calendar VALUES (1, 1, 2017, '16-17'), (2, 2, 2017, '16-17'), (3, 3, 2015, '14-15');
    INSERT INTO Person VALUES (7, '1000000007', 'A7', NULL), (8, NULL, 'A8', NULL);
  )" + more);
  return path;
}

/// What an action cannot do to a database, and why.
template <class Act>
std::pair<campus::Fault, std::string> fault_of(Act act) {
  try {
    act();
  } catch (const campus::StoreError& error) {
    return {error.fault(), error.what()};
  }
  throw std::runtime_error("nothing is wrong");
}

}  // namespace mealsync::testing
