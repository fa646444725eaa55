// oneroster_set.hpp -- small OneRoster sets for tests, written file by file, and what a load of them comes to.
#pragma once

#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <campus/oneroster/load.hpp>
#include <campus/store/store.hpp>

#include "campus_database.hpp"

namespace mealsync::testing {

using Lines = std::vector<std::string>;

/// A set of two schools, one year and two invented students; tests give the files that differ.
class OneRosterSet : public ::testing::Test {
 protected:
  OneRosterSet() {
    std::filesystem::create_directory(set());
    static_cast<void>(campus::init(database()));
    write("orgs.csv",
          "sourcedId,name,type,identifier\n"
          "d,Jefferson,district,\n"
          "s1,Birch Hill,school,010\n"
          "s2,Stone Creek,school,020\n");
    write("academicSessions.csv",
          "sourcedId,type,startDate,endDate,parentSourcedId,schoolYear\n"
          "y,schoolYear,2016-08-10,2017-05-26,,2017\n");
    write("users.csv",
          "sourcedId,role,orgSourcedIds,givenName,familyName,identifier,grades\n"
          "u1,student,s1,Ann,Reed,1000000001,03\n"
          "u2,student,s2,Ben,Stone,1000000002,04\n"
          "t1,teacher,s1,Tom,Hill,,\n");
    write("enrollments.csv",
          "classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate\n"
          "c1,s1,u1,student,2016-08-10,2017-05-26\n"
          "c1,s1,t1,teacher,,\n"
          "c2,s2,u2,student,2016-08-10,2017-05-26\n");
  }

  [[nodiscard]] std::filesystem::path database() const { return folder_ / "campus.db"; }
  [[nodiscard]] std::filesystem::path set() const { return folder_ / "set"; }

  void write(const std::string& file, const std::string& text) const {
    std::ofstream(set() / file, std::ios::binary) << text;
  }
  void leave_out(const std::string& file) const { std::filesystem::remove(set() / file); }

  [[nodiscard]] oneroster::Options options() const {
    oneroster::Options all;
    all.set = set();
    return all;
  }

  /// What the load found, a line each: `users.csv:3 4002 error Required field …`, with the key in brackets.
  Lines load(const oneroster::Options& given) {
    oneroster::Faults faults;
    campus::CampusStore store(database(), campus::Access::read_write);
    loaded_ = oneroster::load(given, store, faults);
    Lines found;
    for (const oneroster::Fault& each : faults.all()) {
      std::string message = each.message;
      if (const auto at = message.find(key_mark); at != std::string::npos)
        message.replace(at, 1, "[" + each.key + "]");
      const auto file = std::filesystem::path(each.file).filename().string();
      std::ostringstream line;
      line << file;
      if (each.line > 0) line << ":" << each.line;
      line << " " << code_text(each.rule->code) << " " << to_text(each.rule->severity) << " " << message;
      found.push_back(line.str());
    }
    return found;
  }
  Lines load() { return load(options()); }

  /// The last load's tables in which something was: `Person +2 ~0 =1 -0`.
  [[nodiscard]] Lines changes() const {
    Lines all;
    if (!loaded_) return {"nothing loaded"};
    for (const auto& [table, added, updated, unchanged, removed] : loaded_->outcome.tables)
      if (added + updated + unchanged + removed > 0)
        all.push_back(std::string(table) + " +" + std::to_string(added) + " ~" + std::to_string(updated) +
                      " =" + std::to_string(unchanged) + " -" + std::to_string(removed));
    return all;
  }

  Lines ask(const std::string& text) const { return sql(database(), text); }
  /// Who is where: state ID, school, year, service, grade, days.
  [[nodiscard]] Lines enrollments() const {
    return ask(
        "SELECT stateID || ' ' || number || ' ' || e.endYear || ' ' || serviceType || ' ' || coalesce(grade, "
        "'-')"
        " || ' ' || e.startDate || '..' || e.endDate FROM Enrollment e JOIN Person USING (personID)"
        " JOIN Calendar USING (calendarID) JOIN School USING (schoolID) ORDER BY 1");
  }

  Folder folder_;
  std::optional<oneroster::Loaded> loaded_;
};

}  // namespace mealsync::testing
