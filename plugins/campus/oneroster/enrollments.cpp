#include <campus/oneroster/enrollments.hpp>

#include <algorithm>
#include <tuple>

#include <campus/oneroster/rules.hpp>

namespace mealsync::oneroster {

Enrollments::Enrollments(Table& table)
    : table_(table), at_{table.may_have("status"),
                         table.need("classSourcedId"),
                         table.need("schoolSourcedId"),
                         table.need("userSourcedId"),
                         table.need("role"),
                         table.may_have("beginDate"),
                         table.may_have("endDate")} {}

void Enrollments::read(const Years& years, const Schools& schools, const People& people, Texts& texts,
                       campus::IncomingRoster& roster) {
  while (table_.next()) {
    if (!is_same_word(table_[at_.role], "student") || is_same_word(table_[at_.status], "tobedeleted"))
      continue;
    const Text user = table_.required(at_.user);
    if (user.empty())
      table_.lose_row();
    else if (!read_row(years, schools, people, roster))
      roster.held_persons.push_back(texts.keep_once(user));
  }
  places_ = {};
  choose_primaries(people, roster);
}

bool Enrollments::read_row(const Years& years, const Schools& schools, const People& people,
                           campus::IncomingRoster& roster) {
  const Text user = table_[at_.user];
  const auto person = people.find(user);
  if (person == Register::unknown) table_.tell<unknown_user>(Key{user});
  if (person == Register::other) table_.tell<no_student>(Key{user});
  if (!Register::is_place(person)) return person == Register::absent;

  const auto of_class = years.of_class(table_[at_.of_class]);
  const Text school_id = table_[at_.school].empty() ? of_class.school : table_.required(at_.school);
  if (school_id.empty()) {
    static_cast<void>(table_.required(at_.school));  // tells that it is missing
    return false;
  }
  const auto school = schools.find(school_id);
  if (school == Register::unknown || school == Register::other) table_.tell<unknown_org>(school_id);
  if (!Register::is_place(school)) return school == Register::absent;

  bool is_good = true;
  const auto first = table_.date(at_.first, is_good), last = table_.date(at_.last, is_good);
  if (!is_good) return false;
  if (first && last && *last < *first) {
    table_.tell<ends_first>(*last, *first);
    return false;
  }
  const auto year = of_class.year ? of_class.year : years.of_days(first, last);
  const auto* const known = year ? years.find(*year) : nullptr;
  if (known == nullptr) {
    table_.tell<enrollment_of_no_year>();
    return false;
  }
  add(person, school, *known, first, last, roster);
  return true;
}

void Enrollments::add(std::uint32_t person, std::uint32_t school, const campus::IncomingYear& year,
                      const std::optional<Date>& first, const std::optional<Date>& last,
                      campus::IncomingRoster& roster) {
  const Date from = first ? *first : std::min(year.first, last.value_or(year.first));
  const Date to = last ? *last : std::max(year.last, from);
  const std::pair place(std::uint64_t{person} << 32 | school, year.year.end_year);
  const auto [at, is_new] = places_.try_emplace(place, static_cast<std::uint32_t>(roster.enrollments.size()));
  if (is_new) {
    roster.enrollments.push_back({person, school, year.year, false, from, to});
    return;
  }
  campus::IncomingEnrollment& one = roster.enrollments[at->second];
  one.first = std::min(one.first, from);
  one.last = std::max(one.last, to);
}

/// One a student and year: that at the school which comes first among his, else that which began first.
void Enrollments::choose_primaries(const People& people, campus::IncomingRoster& roster) {
  const auto rank = [&](const campus::IncomingEnrollment& one) {
    std::size_t place = 0, found = Register::unknown;
    for_each_part(people.schools(one.person), [&](Text school) {
      if (found == Register::unknown && school == roster.schools[one.school].sourced_id) found = place;
      ++place;
    });
    return found;
  };
  auto& all = roster.enrollments;
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.person, a.year, a.first) < std::tuple(b.person, b.year, b.first);
  });
  for (auto from = all.begin(); from != all.end();) {
    const auto to = std::find_if(from, all.end(), [&](const auto& one) {
      return one.person != from->person || one.year != from->year;
    });
    const auto primary =
        to - from == 1
            ? from
            : std::min_element(from, to, [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    primary->is_primary = true;
    from = to;
  }
}

}  // namespace mealsync::oneroster
