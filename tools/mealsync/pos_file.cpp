#include "pos_file.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <utility>

#include <finding/render.hpp>

#include "look.hpp"
#include "raw_cells.hpp"

namespace mealsync::tool {
namespace {

Column<Code<Eligibility>> eligibility_of(const Schema& schema) {
  return {schema.code_column(CodeSet<Eligibility>::name), MS_NO_COLUMN};
}

bool is_past_the_file(const PlannedStage& planned) {
  return planned.output.code_column(CodeSet<Fate>::name) != MS_NO_COLUMN ||
         column_of<bool>(planned.output, "extended");
}

const Setting* setting_of(const PlannedStage& planned, std::string_view name) {
  const auto at = std::find_if(planned.settings.begin(), planned.settings.end(),
                               [&](const Setting& setting) { return setting.name == name; });
  return at == planned.settings.end() ? nullptr : &*at;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The stage that reads the records: a format, or a source of rows.
std::size_t reader_of(const Plan& reading) {
  const auto at = std::find_if(reading.stages.begin(), reading.stages.end(),
                               [](const PlannedStage& planned) { return planned.output.size() > 0; });
  return static_cast<std::size_t>(at - reading.stages.begin());
}

/// The columns with the sender's codes: those out of which a transform makes the eligibility.
std::vector<Column<Text>> code_columns(const Plan& reading, const Schema& records) {
  std::vector<Column<Text>> columns;
  for (const PlannedStage& planned : reading.stages) {
    const Setting* const from = setting_of(planned, "from");
    if (from == nullptr || eligibility_of(planned.output).in == MS_NO_COLUMN) continue;
    const Names names = parse<Names>(from->value).value_or(Names{});
    for (const std::string& name : names.names)
      if (const auto column = column_of<Text>(records, name)) columns.push_back(column);
    break;
  }
  return columns;
}

/// The lines of the students looked for, as they go through the stages.
class LineFinder {
 public:
  LineFinder(const Plan& reading, const std::string& key,
             const std::function<bool(std::string_view)>& is_wanted)
      : reading_(reading),
        is_wanted_(is_wanted),
        reader_(reader_of(reading)),
        key_(column_of<Text>(reading.stages[reader_].output, key)),
        codes_(code_columns(reading, reading.stages[reader_].output)) {}

  /// Stages may be at work at once.
  void see(std::size_t stage, const ms_batch& batch) {
    const auto eligibility = eligibility_of(reading_.stages[stage].output);
    const std::lock_guard lock(mutex_);
    mealsync::detail::each_row(batch, [&](Row row) {
      if (stage == reader_) take(row);
      if (!eligibility || !row.has(eligibility)) return;
      if (const auto at = lines_.find(row.place().packed); at != lines_.end())
        at->second.second.status = spell(row[eligibility]);
    });
  }
  /// A line of which the format could make no record, and a cell of it.
  void take_unread(std::uint64_t line, std::string_view cell) {
    if (is_wanted_(cell))
      lines_.try_emplace(Place::of(0, line).packed,
                         std::pair(std::string(cell), FileLine{line, {}, "could not be read", {}}));
  }
  void add_finding(const Finding& finding) {
    const auto at = lines_.find(finding.place);
    if (at == lines_.end() || finding.severity == Severity::info) return;
    std::string& codes = at->second.second.finding;
    codes += (codes.empty() ? "" : " ") + code_text(finding.code);
  }
  [[nodiscard]] std::map<std::string, std::vector<FileLine>, std::less<>> by_key() && {
    std::map<std::string, std::vector<FileLine>, std::less<>> by_key;
    for (auto& [place, line] : lines_)
      by_key[line.first].push_back(std::move(line.second));
    return by_key;
  }

 private:
  void take(Row row) {
    const std::string_view key = trimmed(row[key_]);
    if (!is_wanted_(key)) return;
    FileLine line{row.line(), {}, {}, {}};
    for (const auto& column : codes_) {
      if (&column != codes_.data()) line.code += " | ";
      line.code += trimmed(row[column]);
    }
    lines_.emplace(row.place().packed, std::pair(std::string(key), std::move(line)));
  }

  const Plan& reading_;
  const std::function<bool(std::string_view)>& is_wanted_;
  std::size_t reader_;
  Column<Text> key_;
  std::vector<Column<Text>> codes_;
  std::mutex mutex_;
  std::map<std::uint64_t, std::pair<std::string, FileLine>> lines_;  // by place: the key, and the line
};

}  // namespace

Plan reading_part(Plan plan) {
  Plan reading = without_sinks(std::move(plan));
  reading.stages.erase(std::find_if(reading.stages.begin(), reading.stages.end(), is_past_the_file),
                       reading.stages.end());
  return reading;
}

std::optional<FileCounts> count_file(const Plan& reading, Date day) {
  const std::size_t last = reading.stages.size() - 1;
  const Schema& schema = reading.stages[last].output;
  const auto person = column_of<Int>(schema, "person_id");
  const auto eligibility = eligibility_of(schema);
  const auto start = column_of<Date>(schema, "start_date"), end = column_of<Date>(schema, "end_date");
  if (!person || !eligibility) return std::nullopt;

  FileCounts counts;
  counts.outcome = look(reading, "report", day, [&](std::size_t stage, const ms_batch& batch) {
    if (stage != last) return;
    mealsync::detail::each_row(batch, [&](Row row) {
      const bool is_other_day = (row.has(start) && day < row[start]) || (row.has(end) && row[end] < day);
      if (is_other_day || !row.has(eligibility)) {
        ++counts.other_days;
        return;
      }
      const auto [known, is_first] = counts.students.try_emplace(row[person], row[eligibility]);
      if (!is_first) known->second = std::min(known->second, row[eligibility]);
    });
  });
  for (const auto& [name, records] : counts.outcome.counts)
    if (name == "errors" || (name.starts_with("skipped.") && name != "skipped.cep"))
      counts.stopped += records;
  return counts;
}

std::optional<std::string> key_of(const Plan& reading) {
  constexpr std::array<std::string_view, 3> listed{"state_id", "student_number", "person_id"};
  for (const PlannedStage& planned : reading.stages) {
    if (planned.spec.role != Role::transform || !column_of<Int>(planned.output, "person_id")) continue;
    const Setting* const key = setting_of(planned, "key");
    const std::string name = key == nullptr ? std::string(listed[0]) : key->value;
    const bool is_sent = static_cast<bool>(column_of<Text>(reading.stages[reader_of(reading)].output, name));
    const bool is_listed = std::find(listed.begin(), listed.end(), name) != listed.end();
    return is_sent && is_listed ? std::optional(name) : std::nullopt;
  }
  return std::nullopt;
}

FileLines find_lines(const Plan& reading, const std::string& key, Date day,
                     const std::function<bool(std::string_view key)>& is_wanted) {
  LineFinder finder(reading, key, is_wanted);
  FileLines lines;
  lines.outcome = look(reading, "report", day,
                       [&](std::size_t stage, const ms_batch& batch) { finder.see(stage, batch); });
  std::set<std::uint64_t> faulty;
  lines.outcome.findings.each([&](const Finding& finding) {
    if (finding.severity == Severity::error) faulty.insert(Place{finding.place}.line());
  });
  if (const Setting* const path = setting_of(reading.stages.front(), "path");
      path != nullptr && !faulty.empty())
    each_raw_cell(path->value, [&](std::uint64_t line, std::size_t, std::string_view cell) {
      if (faulty.contains(line)) finder.take_unread(line, cell);
    });
  lines.outcome.findings.each([&](const Finding& finding) { finder.add_finding(finding); });
  lines.by_key = std::move(finder).by_key();
  return lines;
}

}  // namespace mealsync::tool
