// golden/campus_notation.hpp -- a Campus database as a table that a person can read at a glance, and back again.
//
//   school 010                                      a school; one with a provision: school 020 CEP
//   student 1990000001                              a student, enrolled at the first school all year
//     at 020 2016-10-03..                           enrolled there instead; as many lines as enrolments
//     F/N Income 2016-08-10..2017-06-30             a record of type Meal of 2016-17; open without a last day
//     2016: R/D Medicaid 2015-08-10.. application   of the year that ends in 2016; made by an application
//     SES F/N Income 2016-08-10..2017-06-30         of another type
//   student 1990000002 unenrolled                   with no enrolment in 2016-17
//   student - number=70003 name=Sample,Ada born=2009-03-12 ssn=000-00-0021     without a state ID; other keys
//   household 1990000001 1990000002 (1990000003)    who lives together; in brackets: whose second home it is
//   students 1990000001..1990000050                 fifty of them, each with the lines that follow
//
// Without a school there is '010'. F, R and P are Free, Reduced and Paid; what else stands in a record's place goes into
// the database as it is, and comes out so: a record that nobody can read is a case, too.
// Errors   std::runtime_error names a line that cannot be read.
#pragma once

#include <cstdint>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "../plugins/campus_database.hpp"

namespace mealsync::testing {

/// Writes SQL that fills an empty database; one line of the table after the other.
class CampusWriter {
 public:
  [[nodiscard]] std::string read(const std::string& table) {
    std::istringstream in(table);
    for (std::string line; std::getline(in, line);) {
      if (line.empty()) continue;
      std::istringstream words(line);
      std::string first;
      words >> first;
      if (first == "school")
        add_school(words);
      else if (first == "student" || first == "students")
        add_students(words);
      else if (first == "household")
        add_household(words);
      else if (first == "at")
        add_enrollment(words);
      else if (line.front() == ' ')
        add_record(first, words);
      else
        throw std::runtime_error("what is '" + line + "'?");
    }
    enrol_the_rest();
    return sql_;
  }

 private:
  static std::string quoted(std::string_view text) {
    if (text.empty() || text == "-") return "NULL";
    std::string sql = "'";
    for (const char c : text)
      sql += c == '\'' ? "''" : std::string(1, c);
    return sql + "'";
  }
  template <class... Values>
  void insert(std::string_view into, const Values&... values) {
    sql_ += "INSERT INTO " + std::string(into) + " VALUES (";
    std::string_view separator;
    ((sql_ += separator, sql_ += values, separator = ", "), ...);
    sql_ += ");\n";
  }

  void add_school(std::istream& words) {
    std::string number, provision;
    words >> number;
    std::getline(words >> std::ws, provision);
    schools_.push_back(number);
    const auto id = std::to_string(schools_.size());
    insert("School", id, quoted(number), quoted("School " + number));
    insert("Calendar", id, id, "2017", "'16-17'");
    if (!provision.empty())
      insert("SchoolProvision (schoolID, endYear, provision)", id, "2017", quoted(provision));
  }

  void add_students(std::istream& words) {
    if (schools_.empty()) {
      std::istringstream school("010");
      add_school(school);
    }
    enrol_the_rest();
    std::string ids;
    words >> ids;
    const auto dots = ids.find("..");
    std::int64_t more = dots == std::string::npos ? 0 : std::stoll(ids.substr(dots + 2)) - std::stoll(ids);
    persons_.clear();
    for (std::int64_t i = 0; i <= more; ++i) {
      persons_.push_back(std::to_string(++last_person_));
      const std::string id = dots == std::string::npos ? ids : std::to_string(std::stoll(ids) + i);
      insert("Person (personID, stateID)", persons_.back(), quoted(id));
    }
    is_enrolled_ = false;
    for (std::string word; words >> word;)
      add_to_student(word);
  }
  void add_to_student(const std::string& word) {
    const auto equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : word.substr(equals + 1);
    const std::string& person = persons_.back();
    const auto set = [&](const std::string& column) {
      sql_ += "UPDATE Identity SET " + column + " = " + quoted(value) + " WHERE personID = " + person + ";\n";
    };
    if (name == "unenrolled") {
      is_enrolled_ = true;
    } else if (name == "number") {
      sql_ += "UPDATE Person SET studentNumber = " + quoted(value) + " WHERE personID = " + person + ";\n";
    } else if (name == "name") {
      const auto comma = value.find(',');
      insert("Identity (identityID, personID, lastName, firstName)", person, person,
             quoted(value.substr(0, comma)), quoted(value.substr(comma + 1)));
      sql_ += "UPDATE Person SET currentIdentityID = personID WHERE personID = " + person + ";\n";
    } else if (name == "born") {
      set("birthdate");
    } else if (name == "ssn") {
      set("ssn");
    } else {
      throw std::runtime_error("a student has no '" + word + "'");
    }
  }

  void add_household(std::istream& words) {
    const std::string household = std::to_string(++last_household_);
    insert("Household (householdID)", household);
    for (std::string member; words >> member;) {
      const bool is_second = member.front() == '(';
      const std::string id = is_second ? member.substr(1, member.size() - 2) : member;
      sql_ += "INSERT INTO HouseholdMember (householdID, personID, secondary) SELECT " + household +
              ", personID, " + (is_second ? "1" : "0") + " FROM Person WHERE stateID = " + quoted(id) + ";\n";
    }
  }
  void add_enrollment(std::istream& words) {
    std::string school, days;
    words >> school >> days;
    enrol(school, days);
  }
  void enrol_the_rest() {
    if (!is_enrolled_) enrol(schools_.front(), "..");
  }
  void enrol(const std::string& school, const std::string& days) {
    for (const std::string& person : persons_)
      sql_ += "INSERT INTO Enrollment (personID, calendarID, endYear, startDate, endDate) SELECT " + person +
              ", schoolID, 2017, " + first_day(days) + ", " + last_day(days) +
              " FROM School WHERE number = " + quoted(school) + ";\n";
    is_enrolled_ = true;
  }
  static std::string first_day(const std::string& days) { return quoted(days.substr(0, dots_in(days))); }
  static std::string last_day(const std::string& days) { return quoted(days.substr(dots_in(days) + 2)); }
  static std::size_t dots_in(const std::string& days) {
    const auto dots = days.find("..");
    if (dots == std::string::npos) throw std::runtime_error("'" + days + "' has no first and last day");
    return dots;
  }

  void add_record(std::string word, std::istream& words) {
    std::string elig_type = "Meal", year = "2017", type, days;
    if (word == "SES") {
      elig_type = word;
      words >> word;
    }
    if (word.ends_with(':')) {
      year = word.substr(0, word.size() - 1);
      words >> word;
    }
    const auto slash = word.find('/');
    if (slash == std::string::npos) throw std::runtime_error("'" + word + "' is no status such as F/N");
    const std::string eligibility = word.substr(0, slash);
    words >> type >> days;
    bool is_of_application = false, is_extended = false;
    for (std::string more; words >> more;) {
      if (more != "application" && more != "extended")
        throw std::runtime_error("a record has no '" + more + "'");
      (more == "application" ? is_of_application : is_extended) = true;
    }
    for (const std::string& person : persons_)
      insert(
          "POSEligibility (personID, endYear, eligType, eligibility, source, type, startDate, endDate, "
          "applicationID, extended)",
          person, year, quoted(elig_type), quoted(eligibility == "P" ? "S" : eligibility),
          quoted(word.substr(slash + 1)), quoted(type), first_day(days), last_day(days),
          is_of_application ? "1" : "NULL", is_extended ? "1" : "0");
  }

  std::string sql_;
  std::vector<std::string> schools_;  // their numbers; the place is the ID
  std::int64_t last_person_ = 0, last_household_ = 0;
  std::vector<std::string> persons_;  // those that the following lines are of
  bool is_enrolled_ = true;
};

/// The students and their records, in the notation above.
inline std::string read_campus(const std::filesystem::path& database) {
  std::string table;
  for (const std::string& line : sql(database, R"(
    SELECT line FROM (
      SELECT personID, '' AS since, 0 AS number, 'student ' || coalesce(stateID, '-') AS line FROM Person
      UNION ALL
      SELECT personID, ' ' || coalesce(startDate, ''), eligibilityID,
             '  ' || CASE eligType WHEN 'Meal' THEN '' ELSE eligType || ' ' END ||
             CASE endYear WHEN 2017 THEN '' ELSE endYear || ': ' END ||
             CASE eligibility WHEN 'S' THEN 'P' ELSE eligibility END || '/' || coalesce(source, '-') || ' ' ||
             coalesce(type, '-') || ' ' || coalesce(startDate, '') || '..' || coalesce(endDate, '') ||
             CASE WHEN applicationID IS NULL THEN '' ELSE ' application' END ||
             CASE extended WHEN 0 THEN '' ELSE ' extended' END
      FROM POSEligibility)
    ORDER BY personID, since, number)"))
    table += line + '\n';
  return table;
}

}  // namespace mealsync::testing
