// pipelines/file_district.hpp -- an invented district of four schools with a hundred students each, whose file of the POS
// a test takes apart and puts together again.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "district.hpp"

namespace mealsync::testing {

/// A file of the POS before it is written: header and records, each in its cells.
using Cells = std::vector<std::vector<std::string>>;
namespace cell {
enum : std::size_t { state_id, last_name, school, status, code, start, end };
}

/// Nothing is quoted: no cell needs it.
inline std::string written(const Cells& file, const std::string& separator = ",") {
  std::string text;
  for (const auto& cells : file) {
    std::string line;
    for (const std::string& each : cells)
      line += (line.empty() ? "" : separator) + each;
    text += line + "\n";
  }
  return text;
}

class FileDistrict : public ::testing::Test {
 protected:
  static constexpr int students = 400;

  FileDistrict() {
    EXPECT_EQ(run_program(folder_, {"campus", "init", "campus.db"}).exit, 0);
    sql(folder_ / "campus.db", R"(
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 3)
        INSERT INTO School SELECT i + 1, '0' || (i + 1) || '0', 'School' FROM n;
      INSERT INTO Calendar SELECT schoolID, schoolID, 2017, '16-17' FROM School;
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 399)
        INSERT INTO Person (personID, stateID) SELECT i + 1, printf('0990%06d', i) FROM n;
      INSERT INTO Enrollment (personID, calendarID, endYear) SELECT personID, (personID - 1) / 100 + 1, 2017
        FROM Person;)");
    write_file(folder_ / "p.xml", R"(<pipeline name="pos" district="Tamarack County" school_year="2016-17">
      <include href=")" MEALSYNC_PIPELINES R"(/kentucky/nightly.xml"/>
      <variable name="campus" value="campus.db"/> <variable name="pos" value="pos.csv"/>
      <variable name="reports" value="reports"/> <variable name="expiration" value="2017-10-02"/>
      <source id="pos" plugin="local_file" path="${pos}">
        <format plugin="delimited" header="yes">
          <column as="state_id" header="SSID"/> <column as="school" header="School"/>
          <column as="status" header="Status"/> <column as="code" header="Code"/>
          <column as="start_date" header="Start" type="date" pattern="MM/DD/YYYY"/>
          <column as="end_date" header="End" type="date" pattern="MM/DD/YYYY"/>
        </format>
      </source>
    </pipeline>)");
  }

  /// Of ten students three are Free by income and two by SNAP, one is Reduced, four are Paid.
  [[nodiscard]] static Cells file() {
    Cells file{{"SSID", "Name", "School", "Status", "Code", "Start", "End"}};
    for (int i = 0; i < students; ++i) {
      const std::string number = std::to_string(i);
      const int kind = i % 10;
      const std::string status = kind < 5 ? "F" : kind == 5 ? "R" : "P";
      const std::string code = kind < 3 || kind == 5 ? "INC" : kind < 5 ? "DC-SNAP" : "";
      file.push_back({"0990" + std::string(6 - number.size(), '0') + number, "Sample",
                      "0" + std::to_string(i / 100 + 1) + "0", status, code,
                      i % 2 == 0 ? "08/10/2016" : "08/25/2016", "10/02/2017"});
    }
    return file;
  }
  /// The same with each record changed.
  [[nodiscard]] static Cells file_with(const std::function<void(std::vector<std::string>&)>& change) {
    Cells changed = file();
    for (auto cells = changed.begin() + 1; cells != changed.end(); ++cells)
      change(*cells);
    return changed;
  }

  [[nodiscard]] Ran import(const std::string& bytes, std::vector<std::string> more = {},
                           const std::string& as_of = "2016-09-07") const {
    write_file(folder_ / "pos.csv", bytes);
    std::vector<std::string> arguments{"run", "p.xml", "--state", "state", "--as-of", as_of};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(folder_, arguments);
  }

  /// All meal records, in an order of their own.
  [[nodiscard]] std::string meals() const {
    return sql(folder_ / "campus.db",
               "SELECT personID, eligibility, source, type, startDate, endDate FROM POSEligibility "
               "ORDER BY 1, 2, 3, 4, 5, 6");
  }

  TemporaryFolder folder_;
};

}  // namespace mealsync::testing
