// `guess` on states' lists of direct certifications, as they are and written in other ways, against the format that knows
// them. The students are those of 2016-17 that ic_generic has.

#include "guessing.hpp"

namespace mealsync::testing {
namespace {

struct Student {
  std::string state_id, number, last, first, birth;  // YYYY-MM-DD
};

struct DirectList {
  const char* layout;
  Rows (*rows)(const std::vector<Student>&);  // comma, ISO dates
  std::size_t birth, start;                   // the columns that hold days; 0: none
  char separator;
  const char* dates;                // as the state writes them
  std::vector<std::string> header;  // where the list has one
  std::vector<std::string> names;   // of its columns, where it has none
  std::map<std::string, std::string> meanings;
};
std::ostream& operator<<(std::ostream& out, const DirectList& list) {
  return out << list.layout;
}

std::string nth(std::initializer_list<const char*> values, std::size_t i) {
  return *(values.begin() + static_cast<std::ptrdiff_t>(i % values.size()));
}

Rows kentucky(const std::vector<Student>& students) {
  Rows rows;
  for (std::size_t i = 0; i < students.size(); ++i)
    rows.push_back({students[i].state_id, students[i].last, students[i].first, students[i].birth,
                    i % 3 == 0 ? "" : "C00000" + std::to_string(1000 + i / 2),
                    nth({"S", "K", "M", "MR", "F", "H"}, i), i % 6 == 3 ? "R" : "F",
                    nth({"2016-08-01", "2016-08-15", "2016-09-20"}, i)});
  return rows;
}
Rows texas(const std::vector<Student>& students) {
  Rows rows;
  for (std::size_t i = 0; i < students.size(); ++i)
    rows.push_back({i % 2 == 0 ? "00000" + std::to_string(1000 + i) : "", "999901", nth({"001", "041"}, i),
                    "EXAMPLE EL", students[i].last, students[i].first, nth({"Q", "", "Z"}, i),
                    students[i].state_id, students[i].birth, nth({"F", "M"}, i), nth({"05", "08", "11"}, i),
                    std::to_string(i + 1) + " EXAMPLE LN", "TESTVILLE", "TX", "70000",
                    nth({"2016-08-31", "2016-09-05"}, i), "1"});
  return rows;
}
Rows illinois(const std::vector<Student>& students) {
  Rows rows;
  for (std::size_t i = 0; i < students.size(); ++i)
    rows.push_back({students[i].state_id, students[i].last, students[i].first, nth({"Q", "", "Z"}, i),
                    students[i].birth, nth({"F", "M"}, i), "150160000260000", nth({"0010", "0020"}, i),
                    "EXAMPLE DISTRICT", "EXAMPLE EL"});
  return rows;
}
Rows california(const std::vector<Student>& students) {
  Rows rows;
  for (std::size_t i = 0; i < students.size(); ++i) {
    rows.push_back({students[i].state_id, students[i].number, students[i].last, students[i].first,
                    students[i].birth, nth({"2016-08-01", "2016-08-20"}, i), nth({"S", "R", "T", "M"}, i)});
    if (i % 12 == 1)  // reduced becomes free
      rows.push_back({students[i].state_id, students[i].number, students[i].last, students[i].first,
                      students[i].birth, "2016-09-01", "M"});
  }
  return rows;
}

const std::vector<DirectList> direct_lists{
    {"ky_sgndc",
     kentucky,
     3,
     7,
     ',',
     "YYYY-MM-DD",
     {"SSID", "LAST_NAME", "FIRST_NAME", "DOB", "CASE_NO", "PROGRAM", "ELIG", "CERT_DATE"},
     {},
     {{"S|F", "Free Direct SNAP"},
      {"K|F", "Free Direct TANF"},
      {"M|F", "Free Direct Medicaid"},
      {"MR|R", "Reduced Direct Medicaid"},
      {"F|F", "Free Direct Foster"},
      {"H|F", "Free Direct Homeless"}}},
    {"heartland_dc_tx",
     texas,
     8,
     15,
     ',',
     "MM/DD/YYYY",
     {"SSN", "DistrictNumber", "CampusNumber", "SchoolName", "LastName", "FirstName", "Middle", "StudentID",
      "StudentDOB", "Gender", "Grade", "Address1", "City", "State", "Zipcode", "EffectiveDate", "Source"},
     {},
     // Without its header a grade may be a code as well.
     {{"*", "Free Direct SNAP"}}},
    {"il_dc",
     illinois,
     4,
     0,
     ',',
     "MM/DD/YYYY",
     {},
     {"STUDENTID", "LASTNAME", "FIRSTNAME", "MI", "BIRTHDATE", "SEX", "SISHOMERCDT", "SISHOMESCH",
      "DISTRICTNAME", "SCHOOLNAME"},
     {}},
    {"calpads_dc",
     california,
     4,
     5,
     '^',
     "YYYYMMDD",
     {},
     {"SSID", "LOCAL_ID", "LAST_NAME", "FIRST_NAME", "DOB", "CERT_DATE", "PROGRAM"},
     {{"S", "Free Direct SNAP"},
      {"T", "Free Direct TANF"},
      {"M", "Free Direct Medicaid"},
      {"R", "Reduced Direct Medicaid"}}},
};

class GuessDirect : public Guess {
 protected:
  [[nodiscard]] std::vector<Student> students() const {
    std::vector<Student> all;
    for (const auto& row :
         read_rows(sql(folder() / "campus.db",
                       "SELECT stateID, studentNumber, lastName, firstName, birthdate FROM Person "
                       "JOIN Identity USING (personID) WHERE personID <= 36 ORDER BY personID"),
                   '|'))
      all.push_back({row[0], row[1], row[2], row[3], row[4]});
    EXPECT_EQ(all.size(), 36u);
    return all;
  }
  /// What the list comes to where the format that knows its layout reads it. A list without dates has none by hand either.
  [[nodiscard]] Json by_hand(const std::string& layout, const std::string& bytes, bool has_start) {
    write_file(folder() / "list.csv", bytes);
    write_file(folder() / "hand.xml",
               R"(<pipeline name="hand" school_year="2016-17">
  <variable name="campus" value=""/><variable name="pos" value=""/><variable name="reports" value=""/>
  <source plugin="local_file" path="${pos}"><format plugin="direct_certification" layout=")" +
                   layout + R"("/></source>
  <transform plugin="year_mapping" start_date_policy=")" +
                   (has_start ? "from_file" : "as_of") + R"("/>
  <transform plugin="match_student" database="${campus}" key=")" +
                   (layout.starts_with("tn") ? "name_birth_date" : "state_id") + R"("/>
  <transform plugin="cep_filter" database="${campus}"/>
  <transform plugin="merge_eligibility" database="${campus}"/>
  <sink plugin="ic_database" database="${campus}"/>
  <sink plugin="text_report" path="${reports}/r.txt"/>
</pipeline>)");
    return district_.import("hand.xml", "list.csv", "2016-10-06", {"--test"});
  }
  static constexpr auto snap = "Free Direct SNAP", unknown = "Free Direct Unknown";
};

class GuessDirectList : public GuessDirect,
                        public ::testing::WithParamInterface<std::tuple<DirectList, Way>> {
 protected:
  [[nodiscard]] static std::string written(const DirectList& list, Rows rows, const Way& way,
                                           bool has_header) {
    std::string bytes;
    if (has_header) rows.insert(rows.begin(), list.header.empty() ? list.names : list.header);
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t column = 0; column < rows[i].size(); ++column) {
        std::string cell = rows[i][column];
        const bool is_day =
            (column == list.birth || (column == list.start && column > 0)) && !(i == 0 && has_header);
        if (is_day) cell = rewritten(cell, "YYYY-MM-DD", way.dates.empty() ? list.dates : way.dates);
        bytes += (way.quotes_all ? '"' + cell + '"' : cell) +
                 (column + 1 < rows[i].size() ? std::string(1, way.separator) : std::string(way.newline));
      }
    return bytes;
  }
};

TEST_P(GuessDirectList, DraftsWhatImportsAsTheFormatThatKnowsIt) {
  const auto& [list, way] = GetParam();
  const bool has_header = !list.header.empty();
  const Rows rows = list.rows(students());
  const std::string as_it_is =
      written(list, rows, {"", list.separator, false, has_header, "", "\n"}, has_header);

  expect_the_same_import(way.name == "as_it_is" ? as_it_is : written(list, rows, way, way.has_header),
                         by_hand(list.layout, as_it_is, list.start > 0), "2016-10-06", list.meanings,
                         unknown);
}

INSTANTIATE_TEST_SUITE_P(Ways, GuessDirectList,
                         ::testing::Combine(::testing::ValuesIn(direct_lists),
                                            ::testing::ValuesIn(all_ways())),
                         [](const auto& each) {
                           return std::get<0>(each.param).layout + ("_" + std::get<1>(each.param).name);
                         });

TEST_F(GuessDirect, DraftsAListOfFixedPlacesWithoutAnyId) {
  const auto padded = [](std::string text, std::size_t width) {
    text.resize(width, ' ');
    return text;
  };
  std::string bytes;
  const auto all = students();
  for (std::size_t i = 0; i < all.size(); ++i)
    bytes += "0700000" + std::to_string(1000 + i) + padded(all[i].first, 15) +
             padded(nth({"Q", "", "Z"}, i), 1) + padded(all[i].last, 16) + "C00000" +
             std::to_string(1000 + i / 2) + rewritten(all[i].birth, "YYYY-MM-DD", "YYYYMMDD").substr(2) +
             padded(nth({"Pat", "Lee", "Sam", "Kim"}, i), 15) + padded(nth({"", "R"}, i), 1) +
             padded(all[i].last, 15) + padded(std::to_string(i + 1) + " Example Ln", 71) +
             padded("Testville", 20) + "TN37000\n";

  expect_the_same_import(bytes, by_hand("tn_dc_fixed", bytes, false), "2016-10-06", {}, snap);
}

}  // namespace
}  // namespace mealsync::testing
