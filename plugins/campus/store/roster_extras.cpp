// What a OneRoster set has no place for: the schools' provisions and the households.
#include <map>
#include <string>
#include <utility>

#include <campus/store/roster_work.hpp>

namespace mealsync::campus {
namespace {

/// Rows that have one name.
struct Bearer {
  std::int64_t row = no_row;
  std::uint32_t count = 0;
};
using Bearers = boost::unordered_flat_map<std::string_view, Bearer>;

/// Looks up the names that `wanted` has already: ID, name.
void look_up(Bearers& wanted, Statement& rows) {
  while (!wanted.empty() && rows.step()) {
    const auto at = wanted.find(rows.text(1));
    if (at == wanted.end()) continue;
    at->second.row = rows.integer(0);
    ++at->second.count;
  }
}

bool is_yes(const Statement& row, int column) {
  return row.integer(column) != 0;
}

/// One household's members in the roster.
using Household = std::vector<std::uint32_t>;

class HouseholdWriter {
 public:
  explicit HouseholdWriter(RosterWork& work)
      : work_(work),
        held_(work.in.held_households.begin(), work.in.held_households.end()),
        keys_(work.database, "household"),
        find_(work.database,
              "SELECT h.householdID, h.name FROM OneRosterKey k JOIN Household h ON h.householdID = k.ID"
              " WHERE k.kind = 'household' AND k.sourcedID = ?"),
        add_(work.database, "INSERT INTO Household (name) VALUES (?)"),
        rename_(work.database, "UPDATE Household SET name = ? WHERE householdID = ?"),
        members_(work.database,
                 "SELECT memberID, personID, secondary, startDate, endDate FROM HouseholdMember"
                 " WHERE householdID = ? ORDER BY memberID"),
        add_member_(work.database,
                    "INSERT INTO HouseholdMember (secondary, startDate, endDate, householdID, personID)"
                    " VALUES (?, ?, ?, ?, ?)"),
        update_member_(work.database,
                       "UPDATE HouseholdMember SET secondary = ?, startDate = ?, endDate = ?"
                       " WHERE memberID = ?"),
        remove_member_(work.database, "DELETE FROM HouseholdMember WHERE memberID = ?") {}

  /// `persons`: who each member of the roster is; no_row: left alone.
  void write(std::string_view key, const Household& household, const std::vector<std::int64_t>& persons) {
    std::string_view name;
    bool is_whole = !held_.contains(key);
    std::map<std::int64_t, std::uint32_t> waiting;
    for (const std::uint32_t i : household) {
      if (name.empty()) name = work_.in.members[i].household_name;
      if (persons[i] == no_row)
        is_whole = false;
      else
        waiting.try_emplace(persons[i], i);
    }
    if (waiting.empty()) return;
    const std::int64_t row = write_household(key, name);
    compare_members(row, waiting, is_whole);
    for (const auto& [person, i] : waiting) {
      bind(add_member_, work_.in.members[i]);
      add_member_.bind(4, row).bind(5, person).run();
      ++members().added;
    }
  }

 private:
  [[nodiscard]] TableChanges& members() { return work_.out.of(RosterTable::members); }

  std::int64_t write_household(std::string_view key, std::string_view name) {
    TableChanges& changes = work_.out.of(RosterTable::households);
    find_.bind(1, key);
    if (!find_.step()) {
      bind_said(add_, 1, name);
      add_.run();
      const std::int64_t row = work_.database.last_id();
      keys_.keep(key, row);
      ++changes.added;
      return row;
    }
    const std::int64_t row = find_.integer(0);
    const bool is_other = differs(name, find_.text(1));
    find_.reset();
    if (is_other) rename_.bind(1, name).bind(2, row).run();
    ++(is_other ? changes.updated : changes.unchanged);
    return row;
  }

  void compare_members(std::int64_t household, std::map<std::int64_t, std::uint32_t>& waiting,
                       bool is_whole) {
    std::vector<std::pair<std::int64_t, std::uint32_t>> others;
    std::vector<std::int64_t> gone;
    members_.bind(1, household);
    while (members_.step()) {
      const auto at = waiting.find(members_.integer(1));
      if (at == waiting.end()) {
        if (is_whole) gone.push_back(members_.integer(0));
        continue;
      }
      const IncomingMember& in = work_.in.members[at->second];
      const auto text = [](const std::optional<Date>& date) { return date ? to_text(*date) : std::string(); };
      if (is_yes(members_, 2) == in.is_secondary && members_.text(3) == text(in.first) &&
          members_.text(4) == text(in.last))
        ++members().unchanged;
      else
        others.emplace_back(members_.integer(0), at->second);
      waiting.erase(at);
    }
    for (const auto& [row, i] : others) {
      bind(update_member_, work_.in.members[i]);
      update_member_.bind(4, row).run();
    }
    for (const std::int64_t row : gone)
      remove_member_.bind(1, row).run();
    members().updated += others.size();
    members().removed += gone.size();
  }

  static void bind(Statement& statement, const IncomingMember& in) {
    statement.bind(1, std::int64_t{in.is_secondary}).bind(2, in.first).bind(3, in.last);
  }

  RosterWork& work_;
  boost::unordered_flat_set<std::string_view> held_;
  Keys keys_;
  Statement find_, add_, rename_, members_, add_member_, update_member_, remove_member_;
};

}  // namespace

void write_provisions(RosterWork& work) {
  const auto& provisions = work.in.provisions;
  Bearers schools;
  for (const IncomingProvision& in : provisions)
    schools.try_emplace(in.school);
  Statement numbers(work.database, "SELECT schoolID, number FROM School");
  look_up(schools, numbers);

  TableChanges& changes = work.out.of(RosterTable::provisions);
  Statement find(work.database,
                 "SELECT provision, isp, groupName FROM SchoolProvision WHERE schoolID = ? AND endYear = ?");
  Statement write(work.database,
                  "INSERT OR REPLACE INTO SchoolProvision (schoolID, endYear, provision, isp, groupName)"
                  " VALUES (?, ?, ?, ?, ?)");
  Statement remove(work.database, "DELETE FROM SchoolProvision WHERE schoolID = ? AND endYear = ?");
  for (std::uint32_t i = 0; i < provisions.size(); ++i) {
    const IncomingProvision& in = provisions[i];
    const Bearer& school = schools.at(in.school);
    if (school.count != 1) {
      work.out.left_alone.push_back(
          {school.count == 0 ? LeftAlone::Why::no_such_school : LeftAlone::Why::several_such_schools, i});
      continue;
    }
    find.bind(1, school.row).bind(2, std::int64_t{in.year.end_year});
    const bool is_there = find.step();
    const bool is_same = is_there && find.text(0) == in.provision && find.text(2) == in.group &&
                         find.is_null(1) == !in.isp && (!in.isp || find.real(1) == *in.isp);
    find.reset();
    if (in.provision.empty()) {
      if (!is_there) continue;
      remove.bind(1, school.row).bind(2, std::int64_t{in.year.end_year}).run();
      ++changes.removed;
      continue;
    }
    ++(is_same ? changes.unchanged : is_there ? changes.updated : changes.added);
    if (is_same) continue;
    write.clear();
    write.bind(1, school.row).bind(2, std::int64_t{in.year.end_year}).bind(3, in.provision);
    if (in.isp) write.bind(4, *in.isp);
    bind_said(write, 5, in.group);
    write.run();
  }
}

void write_households(RosterWork& work) {
  const auto& members = work.in.members;
  Bearers by_state_id;
  for (const IncomingMember& in : members)
    by_state_id.try_emplace(in.student);
  Bearers by_source = by_state_id;
  Statement state_ids(work.database, "SELECT personID, stateID FROM Person");
  Statement sources(
      work.database,
      "SELECT ID, sourcedID FROM OneRosterKey JOIN Person ON personID = ID WHERE kind = 'person'");
  look_up(by_state_id, state_ids);
  look_up(by_source, sources);

  std::vector<std::int64_t> persons(members.size(), no_row);
  std::map<std::string_view, Household> households;
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    const Bearer* bearer = &by_state_id.at(members[i].student);
    if (bearer->count == 0) bearer = &by_source.at(members[i].student);
    if (bearer->count == 1)
      persons[i] = bearer->row;
    else
      work.out.left_alone.push_back(
          {bearer->count == 0 ? LeftAlone::Why::no_such_student : LeftAlone::Why::several_such_students, i});
    households[members[i].household].push_back(i);
  }
  HouseholdWriter writer(work);
  for (const auto& [key, household] : households)
    writer.write(key, household, persons);
}

}  // namespace mealsync::campus
