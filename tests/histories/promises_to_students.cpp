#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <utility>

#include "invent.hpp"
#include "promises.hpp"
#include "record.hpp"

namespace mealsync::testing {
namespace {

using Rows = std::vector<Cells>;

const Rows& rows_of(const Table& table, const std::string& person) {
  static const Rows none;
  const auto rows = table.find(person);
  return rows == table.end() ? none : rows->second;
}

std::string words(const Cells& row) {
  std::string text;
  for (const auto& cell : row)
    text += (text.empty() ? "" : " | ") + cell;
  return text;
}

std::string words(const Rows& rows) {
  std::string text;
  for (const Cells& row : rows)
    text += "\n    " + words(row);
  return text;
}

struct Student {
  const Options& options;
  std::string person;
  std::vector<std::string> lines;  // of the file, with his state ID
  std::vector<const Told*> told;   // about these, by the first run

  [[nodiscard]] bool was_told(std::uint32_t from, std::uint32_t to) const {
    return std::any_of(told.begin(), told.end(),
                       [&](const Told* each) { return from <= each->code && each->code <= to; });
  }
};

/// Why nothing may be done to the student, or nothing.
std::string reason_to_leave(const Student& student, const Rows& before) {
  const auto is_clear = [](const Cells& row) { return !is_meal(row) || is_readable(row); };
  if (overlap(student.options, before)) return "his records overlapped before";
  if (!std::all_of(before.begin(), before.end(), is_clear)) return "a record of his cannot be read";
  if (student.lines.empty()) return "no line names him";
  std::set<std::uint64_t> kept_out;
  for (const Told* told : student.told)
    if (told->is_error || told->code == 7001) kept_out.insert(told->line);
  return kept_out.size() == student.lines.size() ? "none of his lines is imported" : "";
}

std::string is_left_alone(const Student& student, const Rows& before, const Rows& after) {
  const auto reason = reason_to_leave(student, before);
  return reason.empty() || before == after ? "" : "changed, although " + reason + ':' + words(after);
}

std::string never_overlap(const Options& options, const Rows& before, const Rows& after) {
  const bool is_new = overlap(options, after) && !overlap(options, before);
  return is_new ? "they overlap:" + words(after) : "";
}

/// Last year's record may end earlier, and nothing else.
bool is_ended_at_most(const Cells& before, Cells after) {
  if (!is_open(before) && before[meal::end] < after[meal::end]) return false;
  for (const auto column : {meal::end, meal::run, meal::modified})
    after[column] = before[column];
  return before == after;
}

std::string are_safe(const Rows& before, const Rows& after) {
  for (const Cells& row : before) {
    const Cells* const left = find_record(after, row[meal::id]);
    const bool is_same = left != nullptr && *left == row;
    if (is_same) continue;
    const int of = end_year_of(row);
    if (!is_meal(row) || of > year.end_year) return "changed or gone: " + words(row);
    if (of < year.end_year && (left == nullptr || !is_ended_at_most(row, *left)))
      return "more than ended: " + words(row);
    if (row[meal::application] != "NULL" && (left == nullptr || (*left)[meal::start] > row[meal::start]))
      return "of an application, and deleted or trimmed: " + words(row);
  }
  for (const Cells& row : after)
    if (find_record(before, row[meal::id]) == nullptr && (!is_meal(row) || end_year_of(row) != year.end_year))
      return "made by the import: " + words(row);
  return {};
}

std::string are_the_same(const Rows& wanted, const Rows& got) {
  return wanted == got ? "" : "undone, the records are" + words(got) + "\n  in place of" + words(wanted);
}

bool is_rightly_named(const Cells& kept) {
  std::vector<std::size_t> differing;
  for (std::size_t now = change::end_year; now <= change::end; ++now)
    if (kept[now] != kept[now - change::end_year + change::was_end_year]) differing.push_back(now);
  const std::string& action = kept[change::action];
  const std::string& was_end = kept[change::was_end];
  if (action == "insert") return kept[change::was_end_year] == "NULL";
  if (action == "remove") return kept[change::end_year] == "NULL" && kept[change::was_end_year] != "NULL";
  if (action == "end")
    return differing == std::vector<std::size_t>{change::end} &&
           (was_end == "NULL" || was_end.empty() || kept[change::end] < was_end);
  if (action == "trim")
    return differing == std::vector<std::size_t>{change::start} &&
           kept[change::was_start] < kept[change::start];
  return action == "update" && !differing.empty();
}

/// What a change does is what it is called: the counters count by that.
std::string are_rightly_named(const Rows& changes) {
  for (const Cells& each : changes)
    if (!is_rightly_named(each)) return words(each);
  return {};
}

/// What a line says, by the tables of this test.
struct Wanted {
  Meaning meaning;
  Days days;
};

std::optional<Date> day_of(const std::string& text) {
  if (text.size() != 10) return std::nullopt;
  return date_from_iso(text.substr(6) + '-' + text.substr(0, 2) + '-' + text.substr(3, 2));
}

std::optional<Wanted> read_line(const Options& options, const std::string& line) {
  std::array<std::string, 5> cells;
  std::istringstream in(line);
  for (auto& cell : cells)
    std::getline(in, cell, ',');
  if (cells[2] == "snap ") cells[2] = "SNAP";
  const auto meaning = std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& each) {
    return each.status == cells[1] && each.code == cells[2];
  });
  const auto start = day_of(cells[3]);
  if (meaning == meanings.end() || !start) return std::nullopt;
  const std::string policy = option(options, "year_mapping", "end_date_policy", "from_file");
  const auto expiration = date_from_iso(option(options, "year_mapping", "default_expiration", "2017-06-30"));
  const auto end = policy == "june_30"     ? year.last()
                   : policy == "from_file" ? day_of(cells[4]).value_or(expiration.value())
                                           : expiration.value();
  return Wanted{*meaning, {*start, end}};
}

bool says(const Options& options, const Cells& row, const Meaning& meaning) {
  const char letter = meaning.eligibility == "Paid" ? 'S' : meaning.eligibility[0];
  const bool takes_type = option(options, "merge_eligibility", "same_rank", "update") == "update";
  return row[meal::eligibility][0] == letter &&
         (letter == 'S' || row[meal::source][0] == meaning.source[0]) &&
         (!takes_type || row[meal::type] == meaning.type);
}

/// A student's only line, if nothing was found that keeps it out or cuts it, is what he has on each of its days.
std::string arrives(const Student& student, const Rows& after) {
  constexpr std::array harmless{3037U, 4003U, 5004U, 6001U};
  const bool is_held =
      option(student.options, "match_student", "not_enrolled", "") == "hold" && student.was_told(6001, 6001);
  const bool is_clear = std::all_of(student.told.begin(), student.told.end(), [&](const Told* told) {
    return !told->is_error && std::find(harmless.begin(), harmless.end(), told->code) != harmless.end();
  });
  const bool follows = option(student.options, "merge_eligibility", "dates", "follow") == "follow";
  if (student.lines.size() != 1 || is_held || !is_clear || !follows) return {};

  const auto wanted = read_line(student.options, student.lines.front());
  if (!wanted) return "imported without a word, and cannot be read";
  for (Date day = wanted->days.first; day <= wanted->days.last;) {
    const auto row = std::find_if(after.begin(), after.end(), [&](const Cells& each) {
      const auto days = days_of(student.options, each);
      return days && days->first <= day && day <= days->last && says(student.options, each, wanted->meaning);
    });
    if (row == after.end()) return "not there on " + to_text(day) + ':' + words(after);
    day = days_of(student.options, *row)->last.next();
  }
  return {};
}

/// Of several lines, one that a record kept out (3060 to 3062) may come in once a later one took that away.
std::string stays(const Student& student, const Rows& after, const Rows& again) {
  if (after == again || (student.lines.size() > 1 && student.was_told(3060, 3062))) return {};
  return "after the second run:" + words(again);
}

Student student_of(const Options& options, const Cells& row, const Case& asked, std::uint64_t first_line,
                   const Ran& ran) {
  Student student{options, row[0], {}, {}};
  for (std::size_t i = 0; i < asked.lines.size(); ++i) {
    if (!asked.lines[i].starts_with(row[1] + ',')) continue;
    student.lines.push_back(asked.lines[i]);
    const auto line = first_line + i;
    auto told = std::lower_bound(ran.findings.begin(), ran.findings.end(), line,
                                 [](const Told& each, std::uint64_t wanted) { return each.line < wanted; });
    for (; told != ran.findings.end() && told->line == line; ++told)
      student.told.push_back(&*told);
  }
  return student;
}

}  // namespace

std::optional<Broken> broken_in_case(const Options& options, const Case& asked, std::uint64_t first_line,
                                     const Imported& imported) {
  for (const Cells& row : asked.students) {
    const Student student = student_of(options, row, asked, first_line, imported.first);
    const Rows& before = rows_of(imported.before, student.person);
    const Rows& after = rows_of(imported.after, student.person);
    const Rows& again = rows_of(imported.again, student.person);
    const Rows& changes = rows_of(imported.first.changes, student.person);
    const Rows& more_changes = rows_of(imported.second.changes, student.person);
    const std::pair<const char*, std::string> promises[] = {
        {"records never overlap", never_overlap(options, before, after)},
        {"records never overlap after the second run", never_overlap(options, after, again)},
        {"whom the file leaves out, or who is held, is left alone", is_left_alone(student, before, after)},
        {"SES, other years and applications are safe", are_safe(before, after)},
        {"SES, other years and applications are safe in the second run", are_safe(after, again)},
        {"changes are what they are called", are_rightly_named(changes)},
        {"changes of the second run are what they are called", are_rightly_named(more_changes)},
        {"what is imported without a word is there", arrives(student, after)},
        {"the second run changes nothing", stays(student, after, again)},
        {"an undo of the second run leaves nothing of it",
         are_the_same(after, rows_of(imported.without_second, student.person))},
        {"an undo of the first run leaves nothing of it",
         are_the_same(before, rows_of(imported.without_first, student.person))},
        {"an undo of an undo leaves what was undone",
         are_the_same(after, rows_of(imported.with_first, student.person))}};
    for (const auto& [promise, how] : promises)
      if (!how.empty()) return Broken{promise, "student " + student.person + ": " + how};
  }
  return std::nullopt;
}

}  // namespace mealsync::testing
