// campus_folder.hpp -- a Campus database of invented students, in a folder that goes away.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>

#include <campus/store/connection.hpp>
#include <campus/store/store.hpp>

#include "folder.hpp"

namespace mealsync::micro {

class CampusFolder {
 public:
  /// Persons 1 to `count`, each enrolled in one school; the state ID of person 1 is state_id(0).
  explicit CampusFolder(std::size_t count) : database_(folder_ / "campus.db") {
    static_cast<void>(campus::init(database_));
    campus::Connection connection(database_, SQLITE_OPEN_READWRITE, "", std::chrono::seconds(1));
    const std::string sql = R"(
      BEGIN;
      INSERT INTO School VALUES (1, '0010001', 'Birch Hill');
      INSERT INTO Calendar VALUES (1, 1, 2017, '16-17');
      WITH RECURSIVE student(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM student WHERE n + 1 < )" +
                            std::to_string(count) + R"()
      INSERT INTO Person (personID, stateID)
      SELECT n + 1, printf('%010d', (n * 2654435761 + 112648) % 10000000000) FROM student;
      INSERT INTO Enrollment (personID, calendarID, endYear, startDate)
      SELECT personID, 1, 2017, '2016-08-10' FROM Person;
      COMMIT;)";
    connection.execute(sql.c_str());
  }

  [[nodiscard]] const std::filesystem::path& database() const { return database_; }

 private:
  Folder folder_;
  std::filesystem::path database_;
};

}  // namespace mealsync::micro
