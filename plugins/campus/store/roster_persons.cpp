#include <string>

#include <campus/store/roster_work.hpp>

namespace mealsync::campus {
namespace {

constexpr const char* keyed_persons =
    "SELECT sourcedID, ID FROM OneRosterKey JOIN Person ON personID = ID WHERE kind = ?";
constexpr const char* persons_by_state_id = "SELECT personID, stateID FROM Person";

/// Persons of whom something could not be read, or not be told from each other, lose nothing.
void hold(RosterWork& work, const std::vector<Match>& matches) {
  boost::unordered_flat_set<std::string_view> state_ids;
  for (std::size_t i = 0; i < matches.size(); ++i)
    if (matches[i].by == Match::By::several) state_ids.insert(work.in.persons[i].state_id);
  if (!state_ids.empty()) {
    Statement person(work.database, persons_by_state_id);
    while (person.step())
      if (state_ids.contains(person.text(1))) work.held_persons.insert(person.integer(0));
  }
  boost::unordered_flat_set<std::string_view> held(work.in.held_persons.begin(), work.in.held_persons.end());
  if (held.empty()) return;
  Statement key(work.database, keyed_persons);
  key.bind(1, std::string_view("person"));
  while (key.step()) {
    if (held.erase(key.text(0)) != 0) work.held_persons.insert(key.integer(1));
  }
  work.holds_strangers = !held.empty();
}

/// A person with his identity, as both are written.
class PersonWriter {
 public:
  PersonWriter(Connection& database, bool has_ssn)
      : database_(database),
        has_ssn_(has_ssn),
        add_person_(database,
                    "INSERT INTO Person (stateID, studentNumber, currentIdentityID) VALUES (?, ?, ?)"),
        update_person_(
            database,
            "UPDATE Person SET stateID = coalesce(?, stateID),"
            " studentNumber = coalesce(?, studentNumber), currentIdentityID = ? WHERE personID = ?"),
        add_identity_(database, has_ssn
                                    ? "INSERT INTO Identity (lastName, firstName, middleName, gender,"
                                      " birthdate, ssn, identityID, personID) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                                    : "INSERT INTO Identity (lastName, firstName, middleName, gender,"
                                      " birthdate, identityID, personID) VALUES (?, ?, ?, ?, ?, ?7, ?8)"),
        update_identity_(
            database,
            has_ssn
                ? "UPDATE Identity SET lastName = coalesce(?, lastName), firstName = coalesce(?, firstName),"
                  " middleName = coalesce(?, middleName), gender = coalesce(?, gender),"
                  " birthdate = coalesce(?, birthdate), ssn = coalesce(?, ssn) WHERE identityID = ?"
                : "UPDATE Identity SET lastName = coalesce(?, lastName), firstName = coalesce(?, firstName),"
                  " middleName = coalesce(?, middleName), gender = coalesce(?, gender),"
                  " birthdate = coalesce(?, birthdate) WHERE identityID = ?7"),
        last_identity_(database.number("SELECT max(identityID) FROM Identity")) {}

  [[nodiscard]] std::int64_t add(const IncomingPerson& in) {
    const std::int64_t identity = ++last_identity_;
    bind_said(add_person_, 1, in.state_id);
    bind_said(add_person_, 2, in.student_number);
    add_person_.bind(3, identity).run();
    const std::int64_t person = database_.last_id();
    add_identity(in, identity, person);
    return person;
  }
  void update(const IncomingPerson& in, std::int64_t person, std::int64_t identity) {
    if (identity == no_row) {
      add_identity(in, identity = ++last_identity_, person);
    } else {
      bind_identity(update_identity_, in);
      update_identity_.bind(7, identity).run();
    }
    bind_said(update_person_, 1, in.state_id);
    bind_said(update_person_, 2, in.student_number);
    update_person_.bind(3, identity).bind(4, person).run();
  }

 private:
  void add_identity(const IncomingPerson& in, std::int64_t identity, std::int64_t person) {
    bind_identity(add_identity_, in);
    add_identity_.bind(7, identity).bind(8, person).run();
  }
  void bind_identity(Statement& statement, const IncomingPerson& in) const {
    bind_said(statement, 1, in.last_name);
    bind_said(statement, 2, in.first_name);
    bind_said(statement, 3, in.middle_name);
    bind_said(statement, 4, in.gender);
    statement.bind(5, in.birth_date);
    if (has_ssn_) bind_said(statement, 6, in.ssn);
  }

  Connection& database_;
  bool has_ssn_;
  Statement add_person_, update_person_, add_identity_, update_identity_;
  std::int64_t last_identity_;
};

struct Difference {
  std::uint32_t person;
  std::int64_t identity;
  bool is_of_state_id = false;
  bool is_taken = false;  // the new state ID, by another row
};

/// Those who have a row in which something is another.
std::vector<Difference> find_differences(RosterWork& work, const std::vector<Match>& matches) {
  boost::unordered_flat_map<std::int64_t, std::uint32_t> by_row(matches.size());
  for (std::uint32_t i = 0; i < matches.size(); ++i)
    if (matches[i].row != no_row) by_row.emplace(matches[i].row, i);

  std::vector<Difference> all;
  if (by_row.empty()) return all;
  const std::string sql =
      std::string(
          "SELECT p.personID, p.stateID, p.studentNumber, i.identityID, i.lastName, i.firstName,"
          " i.middleName, i.gender, i.birthdate") +
      (work.in.has_ssn ? ", i.ssn" : "") +
      " FROM Person p LEFT JOIN Identity i ON i.identityID = p.currentIdentityID";
  Statement row(work.database, sql.c_str());
  while (row.step()) {
    const auto at = by_row.find(row.integer(0));
    if (at == by_row.end()) continue;
    const IncomingPerson& in = work.in.persons[at->second];
    const bool is_other = row.is_null(3) || differs(in.state_id, row.text(1)) ||
                          differs(in.student_number, row.text(2)) || differs(in.last_name, row.text(4)) ||
                          differs(in.first_name, row.text(5)) || differs(in.middle_name, row.text(6)) ||
                          differs(in.gender, row.text(7)) ||
                          (in.birth_date && to_text(*in.birth_date) != row.text(8)) ||
                          (work.in.has_ssn && differs(in.ssn, row.text(9)));
    if (is_other)
      all.push_back(
          {at->second, row.is_null(3) ? no_row : row.integer(3), differs(in.state_id, row.text(1))});
  }
  return all;
}

/// A state ID that another person has is not given to a second one: an import could tell neither.
void find_taken(RosterWork& work, std::vector<Difference>& differences) {
  boost::unordered_flat_map<std::string_view, std::vector<Difference*>> by_state_id;
  for (Difference& each : differences)
    if (each.is_of_state_id) by_state_id[work.in.persons[each.person].state_id].push_back(&each);
  if (by_state_id.empty()) return;
  Statement row(work.database, persons_by_state_id);
  while (row.step())
    if (const auto at = by_state_id.find(row.text(1)); at != by_state_id.end())
      for (Difference* each : at->second)
        each->is_taken = true;
}

}  // namespace

void write_persons(RosterWork& work) {
  const auto& persons = work.in.persons;
  auto matches = match(work.database, {"person", keyed_persons, persons_by_state_id}, persons.size(),
                       [&](std::size_t i) {
                         return Named{persons[i].sourced_id, persons[i].state_id};
                       });
  hold(work, matches);

  TableChanges& changes = work.out.of(RosterTable::persons);
  PersonWriter writer(work.database, work.in.has_ssn);
  auto differences = find_differences(work, matches);
  find_taken(work, differences);
  for (const Difference& each : differences) {
    if (each.is_taken) {
      work.out.left_alone.push_back({LeftAlone::Why::several_persons, each.person});
      continue;
    }
    writer.update(persons[each.person], matches[each.person].row, each.identity);
    ++changes.updated;
  }
  std::uint64_t matched = 0;
  Keys keys(work.database, "person");
  for (std::uint32_t i = 0; i < persons.size(); ++i) {
    auto& [row, by] = matches[i];
    if (by == Match::By::several) work.out.left_alone.push_back({LeftAlone::Why::several_persons, i});
    if (by == Match::By::nothing) row = writer.add(persons[i]);
    if (by == Match::By::nothing || by == Match::By::natural) keys.keep(persons[i].sourced_id, row);
    changes.added += by == Match::By::nothing ? 1 : 0;
    matched += by == Match::By::key || by == Match::By::natural ? 1 : 0;
    work.persons.push_back(row);
  }
  changes.unchanged = matched - changes.updated;
}

}  // namespace mealsync::campus
