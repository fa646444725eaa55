#include "dates.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <mealsync/school_year.hpp>

namespace mealsync::guess {
namespace {

struct Way {
  std::string text;
  DatePattern pattern;
  std::uint64_t read = 0, outside = 0;  // records; those whose day is of no pupil's life
  std::map<Date, std::uint64_t> days{};
};

/// In the order in which a district of this country would write them.
std::vector<Way> ways() {
  std::vector<std::string> texts;
  for (const char sign : {'/', '-', '.'})
    for (const char* parts : {"MM?DD?YYYY", "M?D?YYYY", "DD?MM?YYYY", "D?M?YYYY", "YYYY?MM?DD", "YYYY?M?D",
                              "MM?DD?YY", "M?D?YY", "DD?MM?YY", "D?M?YY"}) {
      std::string text = parts;
      std::replace(text.begin(), text.end(), '?', sign);
      texts.push_back(text);
    }
  for (const char* text : {"YYYYMMDD", "MMDDYYYY", "DDMMYYYY", "YYMMDD", "MMDDYY", "DDMMYY"})
    texts.emplace_back(text);
  std::vector<Way> ways;
  for (const std::string& text : texts)
    ways.push_back({text, DatePattern::of(text).value()});
  return ways;
}

void read_all(const Profile& column, std::vector<Way>& ways) {
  constexpr Date first = *Date::of(1985, 1, 1), last = *Date::of(2060, 12, 31);
  for (const auto& [value, records] : column.values()) {
    if (value.size() < 6 || value.size() > 10) continue;
    for (Way& way : ways)
      if (const auto day = way.pattern.read(value)) {
        way.read += records;
        way.outside += *day < first || *day > last ? records : 0;
        way.days[*day] += records;
      }
  }
}

/// The same with month and day in each other's place.
std::string swapped(std::string text) {
  for (char& c : text)
    c = c == 'M' ? 'D' : c == 'D' ? 'M' : c;
  return text;
}

std::size_t school_years(const Way& way) {
  std::map<SchoolYear, std::uint64_t> years;
  for (const auto& [day, records] : way.days)
    ++years[SchoolYear::of(day)];
  return years.size();
}

/// Two orders of month and day in one column, or years of two digits that may be days.
bool contradict(const Way& a, const Way& b) {
  const auto order = [](const Way& way) {
    std::string letters;
    for (const char c : way.text)
      if ((c == 'Y' || c == 'M' || c == 'D') && !letters.ends_with(c)) letters += c;
    return letters;
  };
  const auto has_long_year = [](const Way& way) { return way.text.find("YYYY") != std::string::npos; };
  if (order(a) == order(b)) return false;
  return order(a) == swapped(order(b)) || !has_long_year(a) || !has_long_year(b);
}

/// What the first way leaves unread, by ways that never read a text as another day.
std::string with_other_ways(const Profile& column, const std::vector<Way>& ways, const Way& first,
                            std::uint64_t& unread) {
  std::vector<const Way*> chosen{&first};
  for (bool is_better = true; is_better && unread > 0;) {
    is_better = false;
    const Way* best = nullptr;
    std::uint64_t most = 0;
    for (const Way& way : ways) {
      if (std::any_of(chosen.begin(), chosen.end(),
                      [&](const Way* c) { return contradict(*c, way) || c == &way; }))
        continue;
      std::uint64_t more = 0;
      for (const auto& [value, records] : column.values())
        if (way.pattern.read(value) &&
            std::none_of(chosen.begin(), chosen.end(),
                         [&text = value](const Way* c) { return c->pattern.read(text); }))
          more += records;
      if (more > most) most = more, best = &way;
    }
    if (best == nullptr) break;
    chosen.push_back(best);
    unread -= most;
    is_better = true;
  }
  std::string text;
  for (const Way* way : chosen)
    text += (text.empty() ? "" : "|") + way->text;
  return text;
}

void add_days(const Way& way, DateColumn& found) {
  found.earliest = way.days.begin()->first;
  found.latest = way.days.rbegin()->first;
  std::uint64_t before = 0;
  for (const auto& [day, records] : way.days) {
    before += records;
    if (before * 2 >= way.read) {
      found.usual = day;
      break;
    }
  }
}

}  // namespace

std::optional<DateColumn> dates_in(const Profile& column) {
  const std::uint64_t valued = column.records() - column.blanks();
  if (valued == 0) return std::nullopt;
  std::vector<Way> all = ways();
  read_all(column, all);
  const auto best = std::max_element(all.begin(), all.end(), [](const Way& a, const Way& b) {
    return a.read < b.read;  // of equals the first
  });
  std::uint64_t total = 0;
  for (const auto& [value, records] : column.values())
    total += value.empty() ? 0 : records;
  DateColumn found;
  found.unread = total - best->read;
  if (best->read * 2 < total || best->outside * 10 > best->read) return std::nullopt;
  const Way* chosen = &*best;
  const auto other =
      std::find_if(all.begin(), all.end(), [&](const Way& way) { return way.text == swapped(best->text); });
  if (other != all.end() && &*other != chosen && other->read == best->read) {
    const std::size_t here = school_years(*best), there = school_years(*other);
    found.is_by_year = here != there && std::min(here, there) == 1;
    if (found.is_by_year && there < here) chosen = &*other;
    if (!found.is_by_year && best->days != other->days) found.other = other->text;
  } else if (other != all.end()) {
    found.telling = best->read - other->read;
  }
  found.pattern = with_other_ways(column, all, *chosen, found.unread);
  // Digits without a sign may be a number: nearly all have to be days.
  const bool has_signs = chosen->text.find_first_of("/-.") != std::string::npos;
  if (found.unread * (has_signs ? 10 : 50) > total) return std::nullopt;
  add_days(*chosen, found);
  return found;
}

}  // namespace mealsync::guess
