// campus/oneroster/people.hpp -- the schools and the students of a set.
//
// Source   OneRoster 1.1: users.csv has the role and the schools. 1.2: roles.csv has them.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <memory>
#include <string>
#include <vector>

#include <campus/oneroster/options.hpp>
#include <campus/oneroster/table.hpp>
#include <campus/oneroster/texts.hpp>
#include <campus/store/incoming_roster.hpp>

namespace mealsync::oneroster {

class Schools {
 public:
  Schools(Table& orgs, const std::string& number_column, Texts& texts);
  void read(std::vector<campus::IncomingSchool>& schools);
  [[nodiscard]] std::uint32_t find(Text sourced_id) const { return register_.find(sourced_id); }

 private:
  Table& table_;
  Texts& texts_;
  struct {
    Table::Column id, status, type, name, number;
  } at_;
  Register register_;
};

/// Where a key of students stands: a column, or the value of one type in a column's list.
class KeyColumn {
 public:
  /// `words`: identifier, metadata.x or userIds:TYPE.
  KeyColumn(std::string words, Table& users, Table& demographics);

  /// Once the headers are read. Told where neither file has it.
  void check(Faults& faults) const;
  [[nodiscard]] bool is_of_users() const { return users_.has(in_users_); }
  [[nodiscard]] Text read() const;

 private:
  std::string words_, name_, type_;
  Table& users_;
  Table& demographics_;
  Table::Column in_users_, in_demographics_;
};

struct PeopleTables {
  Table& users;
  Table& roles;
  Table& demographics;
};

class People {
 public:
  People(const PeopleTables& tables, const Options& options, Texts& texts);

  /// Once the headers are read.
  void check(Faults& faults) const;
  void read(std::vector<campus::IncomingPerson>& persons);
  [[nodiscard]] std::uint32_t find(Text sourced_id) const { return register_.find(sourced_id); }
  /// The sourcedIds of a student's schools, the primary one first, as a list.
  [[nodiscard]] Text schools(std::uint32_t person) const { return schools_[person]; }

 private:
  void read_roles();
  void read_users(std::vector<campus::IncomingPerson>& persons);
  void read_demographics(std::vector<campus::IncomingPerson>& persons);
  void set_keys(campus::IncomingPerson& person, bool of_users);
  void tell_of_state_ids(const std::vector<campus::IncomingPerson>& persons);

  PeopleTables tables_;
  Texts& texts_;
  KeyColumn state_id_, student_number_;
  std::unique_ptr<KeyColumn> ssn_;  // none: not asked for
  struct {
    Table::Column id, status, role, schools, primary, last_name, first_name, middle_name, grades;
  } user_;
  struct {
    Table::Column status, user, role, type, school;
  } role_;
  struct {
    Table::Column id, status, birth_date, sex;
  } demographic_;
  boost::unordered_flat_map<Text, Text> students_;  // by roles.csv, with the schools
  Register register_;
  std::vector<Text> schools_;
};

}  // namespace mealsync::oneroster
