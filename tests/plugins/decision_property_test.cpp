// Over many small random cases: what holds for every student, every file and every policy.

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "meal_notation.hpp"
#include "numbers.hpp"

namespace mealsync::testing {
namespace {

constexpr SchoolYear year{2017};
constexpr int cases = 20000;

struct Case {
  std::vector<MealRecord> existing;
  std::vector<IncomingRow> rows;
  Policy policy;
};

// Days are few, so that records and rows often touch, meet and cover one another.
Date some_day(Numbers& numbers, int days) {
  return {year.first().days + numbers.below(days)};
}

Status some_status(Numbers& numbers) {
  constexpr CertifiedType types[] = {CertifiedType::foster, CertifiedType::snap, CertifiedType::income};
  return {static_cast<Eligibility>(numbers.below(3)), static_cast<Source>(numbers.below(2)),
          types[numbers.below(3)]};
}

/// Without overlaps among its valid records, unless `may_overlap`.
std::vector<MealRecord> some_records(Numbers& numbers, const Policy& policy, bool may_overlap) {
  std::vector<MealRecord> records;
  std::vector<Span> taken;
  for (int wanted = numbers.below(5); wanted > 0; --wanted) {
    MealRecord record{static_cast<std::int64_t>(records.size() + 1),
                      year,
                      some_status(numbers),
                      some_day(numbers, 24),
                      {},
                      numbers.once_in(5)};
    record.end = Date{record.start.days + numbers.below(8) - (numbers.once_in(20) ? 9 : 0)};
    if (numbers.once_in(5)) record.year = {year.end_year + (numbers.once_in(2) ? 1 : -1)};
    if (numbers.once_in(10)) record.end.reset();
    const Span days{record.start, record.end.value_or(Date{record.year.last().days +
                                                           grace_days(year, policy.default_expiration)})};
    const bool meets =
        std::any_of(taken.begin(), taken.end(), [&](const Span& s) { return overlap(s, days); });
    if (!days.empty() && meets && !may_overlap) continue;
    if (!days.empty()) taken.push_back(days);
    records.push_back(record);
  }
  return records;
}

Case some_case(Numbers& numbers, Feed feed, Precedence precedence, int most_rows) {
  Case made;
  made.policy.feed = feed;
  made.policy.precedence = precedence;
  made.policy.same_rank = numbers.once_in(5) ? SameRank::keep : SameRank::update;
  made.policy.dates = numbers.once_in(5) ? Dates::keep : Dates::follow;
  made.policy.duplicates = static_cast<Duplicates>(numbers.below(3));
  if (numbers.once_in(2)) made.policy.default_expiration = Date{year.last().days + numbers.below(100) - 30};
  made.existing = some_records(numbers, made.policy, numbers.once_in(30));
  for (int row = numbers.below(most_rows) + 1; row > 0; --row) {
    const Date start = some_day(numbers, 24);
    made.rows.push_back({some_status(numbers),
                         start,
                         {start.days + numbers.below(12)},
                         static_cast<std::uint64_t>(numbers.below(100))});
  }
  return made;
}

/// The records as a loader would leave them. Fails where a change does not find what it says was there.
std::optional<std::vector<MealRecord>> apply(const Case& given, const Decision& decision) {
  std::map<std::int64_t, MealRecord> records;
  for (const auto& record : given.existing)
    records[record.id] = record;
  std::int64_t next = 1000;
  for (const Change& change : decision.changes) {
    if (change.action == Action::insert) {
      MealRecord record = change.after;
      record.id = next++;
      records[record.id] = record;
      continue;
    }
    const auto found = records.find(change.before.id);
    if (found == records.end() || found->second != change.before) return std::nullopt;
    if (change.action == Action::remove)
      records.erase(found);
    else
      found->second = change.after;
  }
  std::vector<MealRecord> left;
  for (const auto& [id, record] : records)
    left.push_back(record);
  return left;
}

Span days_of(const MealRecord& record, const Policy& policy) {
  return {record.start,
          record.end.value_or(Date{record.year.last().days + grace_days(year, policy.default_expiration)})};
}

int overlaps(const std::vector<MealRecord>& records, const Policy& policy) {
  int count = 0;
  for (std::size_t a = 0; a < records.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) {
      const Span left = days_of(records[a], policy), right = days_of(records[b], policy);
      if (!left.empty() && !right.empty() && overlap(left, right)) ++count;
    }
  return count;
}

bool was_held(const Decision& decision) {
  return std::any_of(decision.notes.begin(), decision.notes.end(),
                     [](const Note& note) { return note.code == NoteCode::overlap_was_there; });
}

bool each_row_has_one_outcome(const Case& given, const Decision& decision) {
  std::vector<int> outcomes(given.rows.size());
  for (const auto& change : decision.changes)
    outcomes[change.row] += change.fate ? 1 : 0;
  for (const auto& note : decision.notes)
    outcomes[note.row] += note.effect == Effect::remark ? 0 : 1;
  return std::all_of(outcomes.begin(), outcomes.end(), [](int count) { return count == 1; });
}

bool has_changes_of_imported_rows_only(const Decision& decision) {
  return std::all_of(decision.changes.begin(), decision.changes.end(), [&](const Change& change) {
    return std::none_of(decision.notes.begin(), decision.notes.end(), [&](const Note& note) {
      return note.row == change.row && note.effect != Effect::remark;
    });
  });
}

bool leaves_later_years(const Decision& decision) {
  return std::none_of(decision.changes.begin(), decision.changes.end(), [](const Change& change) {
    return change.action != Action::none && std::max(change.before.year, change.after.year) > year;
  });
}

bool only_ends_prior_years(const Decision& decision) {
  return std::all_of(decision.changes.begin(), decision.changes.end(), [](const Change& change) {
    const bool of_prior_year = change.before.id != 0 && change.before.year < year;
    return change.carryover == (of_prior_year && change.action != Action::none) &&
           (!change.carryover || change.action == Action::end);
  });
}

bool leaves_applications(const Decision& decision) {
  return std::none_of(decision.changes.begin(), decision.changes.end(), [](const Change& change) {
    return change.before.from_application &&
           (change.action == Action::remove || change.action == Action::trim);
  });
}

/// On every day on which a student had a Direct record of the year, and one row came in that is Non-Direct
/// and worse, he still has it.
bool keeps_direct(const Case& given, const std::vector<MealRecord>& after) {
  return std::all_of(given.existing.begin(), given.existing.end(), [&](const MealRecord& record) {
    const bool is_safe =
        record.year == year && record.status.source == Source::direct &&
        std::all_of(given.rows.begin(), given.rows.end(), [&](const IncomingRow& row) {
          return row.status.source == Source::non_direct && rank(record.status) < rank(row.status);
        });
    return !is_safe || std::find(after.begin(), after.end(), record) != after.end();
  });
}

/// Nobody but a POS file may lower a rank on a day of its row, and under precedence "rank" not even that.
/// (With several rows, one may end the tail of a record before the next is looked at.)
bool never_lowers(const Case& given, const std::vector<MealRecord>& after) {
  if (given.policy.feed == Feed::pos && given.policy.precedence == Precedence::file) return true;
  if (given.rows.size() > 1) return true;
  const auto best = [&](const std::vector<MealRecord>& records, Date day) {
    int found = 6;
    for (const auto& record : records)
      if (record.year == year && overlap(days_of(record, given.policy), {day, day}))
        found = std::min(found, rank(record.status));
    return found;
  };
  for (Date day = given.rows[0].start; day <= given.rows[0].end; day = day.next())
    if (best(after, day) > best(given.existing, day)) return false;
  return true;
}

bool changes_nothing(const Decision& decision) {
  return std::all_of(decision.changes.begin(), decision.changes.end(), [](const Change& change) {
    return change.action == Action::none && change.fate == Fate::existing;
  });
}

/// Such an error may stand in an earlier row only until a later one has changed the record.
bool has_error_against_a_record(const Decision& decision) {
  return std::any_of(decision.notes.begin(), decision.notes.end(), [](const Note& note) {
    return note.effect == Effect::reject && note.code != NoteCode::duplicate;
  });
}

/// The first rule that a case breaks, or nothing.
std::string broken(const Case& given) {
  const Decision first = decide(given.existing, given.rows, year, given.policy);
  const auto after = apply(given, first);
  if (!after) return "a change does not find what it says was there";
  if (was_held(first) != (overlaps(given.existing, given.policy) > 0)) return "held without a reason";
  if (was_held(first) && !first.changes.empty()) return "held and changed";
  if (overlaps(*after, given.policy) > 0 && !was_held(first)) return "records overlap";
  if (!each_row_has_one_outcome(given, first)) return "a row has no outcome, or two";
  if (!has_changes_of_imported_rows_only(first)) return "a row that is not imported changes something";
  if (!leaves_later_years(first)) return "a later year is changed";
  if (!only_ends_prior_years(first)) return "a prior year is changed, or a carryover not counted";
  if (!leaves_applications(first)) return "an application record is removed or trimmed";
  if (!keeps_direct(given, *after)) return "a Direct record is lowered";
  if (!never_lowers(given, *after)) return "a rank is lowered";
  if (given.rows.size() > 1 && has_error_against_a_record(first)) return {};
  const Decision second = decide(*after, given.rows, year, given.policy);
  if (!changes_nothing(second)) return "the second run changes something";
  return {};
}

std::string words(const Case& given) {
  std::string text = "existing:\n";
  for (const auto& record : given.existing)
    text += "  " + write(record) + '\n';
  text += "rows:\n";
  for (const auto& row : given.rows)
    text += "  " + write(MealRecord{0, year, row.status, row.start, row.end, false}) + '\n';
  text += "feed, same rank, dates, duplicates: " + std::to_string(static_cast<int>(given.policy.feed)) +
          std::to_string(static_cast<int>(given.policy.same_rank)) +
          std::to_string(static_cast<int>(given.policy.dates)) +
          std::to_string(static_cast<int>(given.policy.duplicates)) + "\nfirst run:\n";
  for (const auto& line : write(decide(given.existing, given.rows, year, given.policy)))
    text += "  " + line + '\n';
  return text;
}

struct Setting {
  Feed feed;
  Precedence precedence;
  int most_rows;
};

class EveryDecision : public ::testing::TestWithParam<Setting> {};

TEST_P(EveryDecision, KeepsTheRules) {
  const auto [feed, precedence, most_rows] = GetParam();
  Numbers numbers(2017);

  for (int count = 0; count < cases; ++count) {
    const Case given = some_case(numbers, feed, precedence, most_rows);
    ASSERT_EQ(broken(given), "") << words(given);
  }
}

INSTANTIATE_TEST_SUITE_P(
    OfEachPolicy, EveryDecision,
    ::testing::Values(Setting{Feed::pos, Precedence::file, 1}, Setting{Feed::pos, Precedence::rank, 1},
                      Setting{Feed::pos, Precedence::existing, 1}, Setting{Feed::direct, Precedence::file, 1},
                      Setting{Feed::direct, Precedence::rank, 1},
                      Setting{Feed::direct, Precedence::existing, 1}, Setting{Feed::pos, Precedence::file, 4},
                      Setting{Feed::pos, Precedence::rank, 4}, Setting{Feed::pos, Precedence::existing, 4},
                      Setting{Feed::direct, Precedence::file, 4}, Setting{Feed::direct, Precedence::rank, 4},
                      Setting{Feed::direct, Precedence::existing, 4}));

}  // namespace
}  // namespace mealsync::testing
