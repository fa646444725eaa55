#include <campus/store/roster_transaction.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <campus/store/roster_work.hpp>
#include <campus/store/schema.hpp>

namespace mealsync::campus {

RosterTransaction::RosterTransaction(CampusStore& store) : connection_(*store.connection_) {
  connection_.execute("BEGIN IMMEDIATE");
  try {
    connection_.execute(roster_keys_sql);
  } catch (const StoreError&) {
    connection_.roll_back();
    throw;
  }
}

RosterTransaction::~RosterTransaction() {
  connection_.roll_back();
}

RosterOutcome RosterTransaction::apply(const IncomingRoster& roster) {
  RosterWork work{connection_, roster, {}, {}, {}, {}, false};
  write_years(work);
  write_schools(work);
  write_persons(work);
  write_enrollments(work);
  write_provisions(work);
  write_households(work);
  return std::move(work.out);
}

void RosterTransaction::commit() {
  connection_.execute("COMMIT");
}

void write_years(RosterWork& work) {
  struct Stored {
    std::string first, last;
    bool is_active = false;
  };
  std::map<int, Stored> stored;
  Statement year(work.database, "SELECT endYear, startDate, endDate, active FROM SchoolYear");
  while (year.step())
    stored[static_cast<int>(year.integer(0))] = {std::string(year.text(1)), std::string(year.text(2)),
                                                 year.integer(3) != 0};
  int active = work.in.active.end_year;
  for (const auto& [end_year, each] : stored)
    if (each.is_active && !work.in.is_active_told) active = std::max(active, end_year);

  TableChanges& changes = work.out.of(RosterTable::years);
  Statement add(work.database,
                "INSERT INTO SchoolYear (startDate, endDate, active, endYear) VALUES (?, ?, ?, ?)");
  Statement update(work.database,
                   "UPDATE SchoolYear SET startDate = ?, endDate = ?, active = ? WHERE endYear = ?");
  const auto write = [&](Statement& statement, int end_year, const Stored& to) {
    statement.bind(1, to.first).bind(2, to.last).bind(3, std::int64_t{to.is_active});
    statement.bind(4, std::int64_t{end_year}).run();
  };
  for (const IncomingYear& in : work.in.years) {
    const int end_year = in.year.end_year;
    const Stored to{to_text(in.first), to_text(in.last), end_year == active};
    const auto [at, is_new] = stored.try_emplace(end_year);
    const Stored was = std::exchange(at->second, to);
    const bool is_same = was.first == to.first && was.last == to.last && was.is_active == to.is_active;
    ++(is_new ? changes.added : is_same ? changes.unchanged : changes.updated);
    if (!is_same) write(is_new ? add : update, end_year, to);
  }
  for (auto& [end_year, each] : stored) {
    if (each.is_active == (end_year == active)) continue;
    each.is_active = !each.is_active;
    write(update, end_year, each);
    ++changes.updated;
  }
}

void write_schools(RosterWork& work) {
  const auto& schools = work.in.schools;
  auto matches =
      match(work.database,
            {"school", "SELECT sourcedID, ID FROM OneRosterKey JOIN School ON schoolID = ID WHERE kind = ?",
             "SELECT schoolID, number FROM School"},
            schools.size(), [&](std::size_t i) {
              return Named{schools[i].sourced_id, schools[i].number};
            });

  TableChanges& changes = work.out.of(RosterTable::schools);
  Keys keys(work.database, "school");
  Statement find(work.database, "SELECT number, name FROM School WHERE schoolID = ?");
  Statement add(work.database, "INSERT INTO School (number, name) VALUES (?, ?)");
  Statement update(work.database, "UPDATE School SET number = ?, name = ? WHERE schoolID = ?");
  for (std::uint32_t i = 0; i < schools.size(); ++i) {
    const IncomingSchool& in = schools[i];
    auto& [id, by] = matches[i];
    work.schools.push_back(no_row);
    if (by == Match::By::several) {
      work.out.left_alone.push_back({LeftAlone::Why::several_schools, i});
      continue;
    }
    if (by == Match::By::nothing) {
      add.bind(1, in.number).bind(2, in.name).run();
      id = work.database.last_id();
      ++changes.added;
    } else {
      find.bind(1, id);
      const bool is_same = find.step() && in.number == find.text(0) && !differs(in.name, find.text(1));
      find.reset();
      ++(is_same ? changes.unchanged : changes.updated);
      if (!is_same) update.bind(1, in.number).bind(2, in.name).bind(3, id).run();
    }
    if (by != Match::By::key) keys.keep(in.sourced_id, id);
    work.schools.back() = id;
  }
}

}  // namespace mealsync::campus
