#include <campus/oneroster/people.hpp>

#include <utility>

#include <campus/oneroster/rules.hpp>

namespace mealsync::oneroster {
namespace {

/// As Campus has it: M, F, N for another; nothing where it is not said.
Text gender_of(Text sex) {
  if (is_same_word(sex, "male") || is_same_word(sex, "M")) return "M";
  if (is_same_word(sex, "female") || is_same_word(sex, "F")) return "F";
  return is_same_word(sex, "other") ? "N" : "";
}

Text first_part(Text list) {
  Text first;
  for_each_part(list, [&](Text part) {
    if (first.empty()) first = part;
  });
  return first;
}

}  // namespace

Schools::Schools(Table& orgs, const std::string& number_column, Texts& texts)
    : table_(orgs),
      texts_(texts),
      at_{orgs.need("sourcedId"), orgs.may_have("status"), orgs.need("type"), orgs.need("name"),
          orgs.need(number_column)} {}

void Schools::read(std::vector<campus::IncomingSchool>& schools) {
  boost::unordered_flat_map<Text, std::uint64_t> numbers;
  while (table_.next()) {
    const Text id = table_.required(at_.id);
    if (id.empty()) continue;
    const bool is_absent = is_same_word(table_[at_.status], "tobedeleted");
    const bool is_school = is_same_word(table_[at_.type], "school");
    const auto place = is_absent   ? Register::absent
                       : is_school ? static_cast<std::uint32_t>(schools.size())
                                   : Register::other;
    const Text kept = texts_.keep(id);
    if (const auto line = register_.add(kept, place, table_.line()); line > 0) {
      table_.tell<twice>(id, line);
      continue;
    }
    if (!Register::is_place(place)) continue;
    const Text number = table_[at_.number];
    const campus::IncomingSchool school{kept, number.empty() ? kept : texts_.keep(number),
                                        texts_.keep(table_[at_.name].empty() ? id : table_[at_.name]),
                                        table_.line()};
    if (const auto [at, is_new] = numbers.try_emplace(school.number, school.line); !is_new)
      table_.tell<same_school_number>(school.number, at->second);
    schools.push_back(school);
  }
}

KeyColumn::KeyColumn(std::string words, Table& users, Table& demographics)
    : words_(std::move(words)),
      name_(words_.substr(0, words_.find(':'))),
      type_(words_.substr(std::min(words_.size(), name_.size() + 1))),
      users_(users),
      demographics_(demographics),
      in_users_(users.may_have(name_)),
      in_demographics_(demographics.may_have(name_)) {}

void KeyColumn::check(Faults& faults) const {
  if (!users_.has(in_users_) && !demographics_.has(in_demographics_))
    faults.add<no_column>(users_.name(), 1, "'" + name_ + "'");
}

Text KeyColumn::read() const {
  const Text cell = is_of_users() ? users_[in_users_] : demographics_[in_demographics_];
  if (type_.empty()) return cell;
  Text found;
  for_each_part(cell, [&](Text part) {
    const auto colon = part.find(':');
    if (found.empty() && colon != Text::npos && is_same_word(part.substr(0, colon), type_))
      found = part.substr(colon + 1);
  });
  while (found.starts_with(' '))
    found.remove_prefix(1);
  return found;
}

People::People(const PeopleTables& tables, const Options& options, Texts& texts)
    : tables_(tables),
      texts_(texts),
      state_id_(options.state_id, tables.users, tables.demographics),
      student_number_(options.student_number, tables.users, tables.demographics),
      ssn_(options.ssn ? std::make_unique<KeyColumn>(*options.ssn, tables.users, tables.demographics)
                       : nullptr),
      user_{tables.users.need("sourcedId"),
            tables.users.may_have("status"),
            tables.users.may_have("role"),
            tables.users.may_have("orgSourcedIds"),
            tables.users.may_have("primaryOrgSourcedId"),
            tables.users.need("familyName"),
            tables.users.need("givenName"),
            tables.users.may_have("middleName"),
            tables.users.may_have("grades")},
      role_{tables.roles.may_have("status"), tables.roles.need("userSourcedId"), tables.roles.need("role"),
            tables.roles.may_have("roleType"), tables.roles.need("orgSourcedId")},
      demographic_{tables.demographics.need("sourcedId"), tables.demographics.may_have("status"),
                   tables.demographics.may_have("birthDate"), tables.demographics.may_have("sex")} {}

void People::check(Faults& faults) const {
  state_id_.check(faults);
  student_number_.check(faults);
  if (ssn_) ssn_->check(faults);
  if (!tables_.users.has(user_.role) && !tables_.roles.is_open())
    faults.add<no_file>(tables_.roles.name(), 0, tables_.roles.name());
}

void People::read(std::vector<campus::IncomingPerson>& persons) {
  read_roles();
  read_users(persons);
  read_demographics(persons);
  tell_of_state_ids(persons);
}

void People::read_roles() {
  Table& row = tables_.roles;
  while (row.next()) {
    const Text user = row.required(role_.user);
    if (user.empty()) {
      row.lose_row();
      continue;
    }
    if (!is_same_word(row[role_.role], "student") || is_same_word(row[role_.status], "tobedeleted")) continue;
    const auto [at, is_new] = students_.try_emplace(texts_.keep(user));
    const Text school = row[role_.school];
    if (is_new) {
      at->second = texts_.keep_once(school);
      continue;
    }
    const bool is_primary = is_same_word(row[role_.type], "primary");
    std::string schools(is_primary ? school : at->second);
    (schools += ',') += is_primary ? at->second : school;
    at->second = texts_.keep_once(schools);
  }
}

void People::read_users(std::vector<campus::IncomingPerson>& persons) {
  Table& row = tables_.users;
  while (row.next()) {
    const Text id = row.required(user_.id);
    if (id.empty()) {
      row.lose_row();
      continue;
    }
    const auto by_role = students_.find(id);
    const bool is_student = is_same_word(row[user_.role], "student") || by_role != students_.end();
    const bool is_absent = is_same_word(row[user_.status], "tobedeleted");
    const auto place = is_absent    ? Register::absent
                       : is_student ? static_cast<std::uint32_t>(persons.size())
                                    : Register::other;
    const Text kept = texts_.keep(id);
    if (const auto line = register_.add(kept, place, row.line()); line > 0) {
      row.tell<twice>(Key{id}, line);
      continue;
    }
    if (!Register::is_place(place)) continue;
    campus::IncomingPerson person;
    person.sourced_id = kept;
    person.line = row.line();
    person.last_name = texts_.keep(row[user_.last_name]);
    person.first_name = texts_.keep(row[user_.first_name]);
    person.middle_name = texts_.keep(row[user_.middle_name]);
    person.grade = texts_.keep_once(first_part(row[user_.grades]));
    set_keys(person, true);
    persons.push_back(person);

    std::string schools(row[user_.primary]);
    (schools += ',') += by_role != students_.end() ? by_role->second : row[user_.schools];
    schools_.push_back(texts_.keep_once(schools));
  }
  students_ = {};
}

void People::read_demographics(std::vector<campus::IncomingPerson>& persons) {
  Table& row = tables_.demographics;
  std::vector<std::uint64_t> lines(persons.size());  // of those who have a row
  while (row.next()) {
    const Text id = row.required(demographic_.id);
    if (id.empty() || is_same_word(row[demographic_.status], "tobedeleted")) continue;
    const auto place = register_.find(id);
    if (place == Register::unknown) row.tell<unknown_user>(Key{id});
    if (!Register::is_place(place)) continue;
    if (lines[place] != 0) {
      row.tell<twice>(Key{id}, lines[place]);
      continue;
    }
    lines[place] = row.line();
    campus::IncomingPerson& person = persons[place];
    bool is_good = true;
    person.birth_date = row.date(demographic_.birth_date, is_good);
    person.gender = gender_of(row[demographic_.sex]);
    set_keys(person, false);
  }
}

/// Those that stand in the file that is read.
void People::set_keys(campus::IncomingPerson& person, bool of_users) {
  if (state_id_.is_of_users() == of_users) person.state_id = texts_.keep(state_id_.read());
  if (student_number_.is_of_users() == of_users) person.student_number = texts_.keep(student_number_.read());
  if (ssn_ && ssn_->is_of_users() == of_users) person.ssn = texts_.keep(ssn_->read());
}

void People::tell_of_state_ids(const std::vector<campus::IncomingPerson>& persons) {
  boost::unordered_flat_map<Text, std::uint64_t> lines(persons.size());
  for (const campus::IncomingPerson& person : persons) {
    if (person.state_id.empty()) {
      tables_.users.tell_at<no_state_id>(person.line, Key{person.sourced_id});
      continue;
    }
    const auto [at, is_new] = lines.try_emplace(person.state_id, person.line);
    if (!is_new) tables_.users.tell_at<same_state_id>(person.line, Key{person.state_id}, at->second);
  }
}

}  // namespace mealsync::oneroster
