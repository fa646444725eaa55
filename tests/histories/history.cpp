#include "history.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace mealsync::testing {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The cells of `rows` under one another, each line after its first word.
void write_table(std::ostream& out, std::string_view word, const std::vector<Cells>& rows) {
  std::vector<std::size_t> widths;
  for (const Cells& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], row[i].size());
  }
  for (const Cells& row : rows) {
    std::string line(word);
    line.resize(9, ' ');
    for (std::size_t i = 0; i < row.size(); ++i)
      line += " | " + row[i] + std::string(widths[i] - row[i].size(), ' ');
    out << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
  }
}

}  // namespace

std::string option(const Options& options, const std::string& stage, const std::string& name,
                   const std::string& otherwise) {
  const auto of_stage = options.find(stage);
  if (of_stage == options.end()) return otherwise;
  const auto value = of_stage->second.find(name);
  return value == of_stage->second.end() ? otherwise : value->second;
}

Date last_day_of_open(const Options& options, SchoolYear of) {
  const auto expiration = date_from_iso(option(options, "merge_eligibility", "default_expiration", ""));
  const auto grace = expiration ? std::max(expiration->days - year.last().days, 0) : 0;
  return {of.last().days + grace};
}

std::string write(const Options& options, const Case& shown) {
  std::vector<Cells> given, lines;
  for (const auto& [stage, values] : options)
    for (const auto& [name, value] : values)
      given.push_back({stage, name, value});
  for (const auto& line : shown.lines)
    lines.push_back({line});
  std::ostringstream out;
  write_table(out, "option", given);
  write_table(out, "student", shown.students);
  write_table(out, "enrolment", shown.enrolments);
  write_table(out, "record", shown.records);
  write_table(out, "line", lines);
  return out.str();
}

History read_history(std::string_view text) {
  const std::map<std::string, std::size_t> sizes{
      {"option", 3}, {"student", 2}, {"enrolment", 6}, {"record", 9}, {"line", 1}};
  History history{{}, {{}}};
  Case& read = history.cases.front();
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    if (trimmed(line).empty()) continue;
    Cells cells;
    std::istringstream parts(line);
    for (std::string cell; std::getline(parts, cell, '|');)
      cells.push_back(trimmed(cell));
    const std::string word = cells.front();
    cells.erase(cells.begin());
    const auto size = sizes.find(word);
    if (size == sizes.end() || cells.size() > size->second)
      throw std::runtime_error("no line of a history: " + line);
    cells.resize(size->second);
    if (word == "option") history.options[cells[0]][cells[1]] = cells[2];
    if (word == "student") read.students.push_back(cells);
    if (word == "enrolment") read.enrolments.push_back(cells);
    if (word == "record") read.records.push_back(cells);
    if (word == "line") read.lines.push_back(cells[0]);
  }
  return history;
}

}  // namespace mealsync::testing
