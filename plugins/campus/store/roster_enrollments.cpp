#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <campus/store/roster_work.hpp>

namespace mealsync::campus {
namespace {

/// The calendars of schools in years, made where there is none.
class Calendars {
 public:
  explicit Calendars(RosterWork& work)
      : work_(work), add_(work.database, "INSERT INTO Calendar (schoolID, endYear, name) VALUES (?, ?, ?)") {
    Statement calendar(work.database,
                       "SELECT calendarID, schoolID, endYear FROM Calendar ORDER BY calendarID");
    while (calendar.step())
      all_.try_emplace({calendar.integer(1), static_cast<int>(calendar.integer(2))},
                       Calendar{calendar.integer(0), false});
  }

  [[nodiscard]] std::int64_t of(std::uint32_t school, SchoolYear year) {
    const std::int64_t row = work_.schools[school];
    const auto [at, is_new] = all_.try_emplace({row, year.end_year}, Calendar{no_row, true});
    TableChanges& changes = work_.out.of(RosterTable::calendars);
    if (is_new) {
      const std::string name = to_text(year).substr(2) + " " + std::string(work_.in.schools[school].name);
      add_.bind(1, row).bind(2, std::int64_t{year.end_year}).bind(3, name).run();
      at->second.row = work_.database.last_id();
      ++changes.added;
    } else if (!std::exchange(at->second.is_told, true)) {
      ++changes.unchanged;
    }
    return at->second.row;
  }

 private:
  struct Calendar {
    std::int64_t row;
    bool is_told;
  };
  RosterWork& work_;
  Statement add_;
  std::map<std::pair<std::int64_t, int>, Calendar> all_;
};

struct Place {
  std::int64_t person, school;
  int end_year;

  bool operator==(const Place&) const = default;
  friend std::size_t hash_value(const Place& place) {
    constexpr std::uint64_t mix = 0x9E3779B97F4A7C15;
    const auto number = [](std::int64_t n) { return static_cast<std::uint64_t>(n); };
    return ((number(place.person) * mix) ^ number(place.school)) * mix ^ number(place.end_year);
  }
};

std::string_view service_type(const IncomingEnrollment& in) {
  return in.is_primary ? "P" : "S";
}

struct Comparison {
  std::vector<std::pair<std::uint32_t, std::int64_t>> others;  // an enrolment of the roster, and its row
  std::vector<std::int64_t> gone;                              // rows
};

/// Goes through the years' enrolments. What has a row is taken out of `by_place`.
template <class ByPlace>
Comparison compare(RosterWork& work, ByPlace& by_place) {
  boost::unordered_flat_set<std::int64_t> schools, persons(work.persons.begin(), work.persons.end());
  boost::unordered_flat_set<int> years;
  for (const std::int64_t school : work.schools)
    if (school != no_row) schools.insert(school);
  for (const IncomingEnrollment& in : work.in.enrollments)
    years.insert(in.year.end_year);
  if (work.holds_strangers) {
    Statement key(work.database, "SELECT ID FROM OneRosterKey WHERE kind = 'person'");
    while (key.step())
      persons.insert(key.integer(0));
  }
  const auto is_over = [&](std::int64_t person, std::int64_t school, int year) {
    return work.in.removes_absent && schools.contains(school) && years.contains(year) &&
           !work.held_persons.contains(person) && (!work.holds_strangers || persons.contains(person));
  };

  Comparison found;
  Statement row(
      work.database,
      "SELECT e.enrollmentID, e.personID, c.schoolID, e.endYear, e.serviceType, e.grade, e.startDate,"
      " e.endDate FROM Enrollment e JOIN Calendar c ON c.calendarID = e.calendarID"
      " WHERE e.serviceType IN ('P', 'S') ORDER BY e.enrollmentID");
  while (row.step()) {
    const Place place{row.integer(1), row.integer(2), static_cast<int>(row.integer(3))};
    const auto at = by_place.find(place);
    if (at == by_place.end()) {
      if (is_over(place.person, place.school, place.end_year)) found.gone.push_back(row.integer(0));
      continue;
    }
    const IncomingEnrollment& in = work.in.enrollments[at->second];
    const bool is_same = row.text(4) == service_type(in) &&
                         !differs(work.in.persons[in.person].grade, row.text(5)) &&
                         row.text(6) == to_text(in.first) && row.text(7) == to_text(in.last);
    if (is_same)
      ++work.out.of(RosterTable::enrollments).unchanged;
    else
      found.others.emplace_back(at->second, row.integer(0));
    by_place.erase(at);
  }
  return found;
}

}  // namespace

void write_enrollments(RosterWork& work) {
  const auto& enrollments = work.in.enrollments;
  boost::unordered_flat_map<Place, std::uint32_t> by_place(enrollments.size());
  Calendars calendars(work);
  for (std::uint32_t i = 0; i < enrollments.size(); ++i) {
    const IncomingEnrollment& in = enrollments[i];
    if (work.persons[in.person] == no_row || work.schools[in.school] == no_row) continue;
    by_place.emplace(Place{work.persons[in.person], work.schools[in.school], in.year.end_year}, i);
    static_cast<void>(calendars.of(in.school, in.year));
  }

  TableChanges& changes = work.out.of(RosterTable::enrollments);
  const Comparison found = compare(work, by_place);
  Statement update(work.database,
                   "UPDATE Enrollment SET serviceType = ?, grade = coalesce(?, grade), startDate = ?,"
                   " endDate = ? WHERE enrollmentID = ?");
  Statement add(
      work.database,
      "INSERT INTO Enrollment (serviceType, grade, startDate, endDate, personID, calendarID, endYear)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)");
  Statement remove(work.database, "DELETE FROM Enrollment WHERE enrollmentID = ?");
  const auto bind = [&](Statement& statement, const IncomingEnrollment& in) {
    statement.bind(1, service_type(in));
    bind_said(statement, 2, work.in.persons[in.person].grade);
    statement.bind(3, std::optional(in.first)).bind(4, std::optional(in.last));
  };
  for (const auto& [i, row] : found.others) {
    bind(update, enrollments[i]);
    update.bind(5, row).run();
    ++changes.updated;
  }
  for (const std::int64_t row : found.gone)
    remove.bind(1, row).run();
  changes.removed = found.gone.size();
  for (std::uint32_t i = 0; i < enrollments.size(); ++i) {
    const IncomingEnrollment& in = enrollments[i];
    const Place place{work.persons[in.person], work.schools[in.school], in.year.end_year};
    const auto at = by_place.find(place);
    if (at == by_place.end() || at->second != i) continue;
    bind(add, in);
    add.bind(5, place.person).bind(6, calendars.of(in.school, in.year));
    add.bind(7, std::int64_t{place.end_year}).run();
    ++changes.added;
  }
}

}  // namespace mealsync::campus
