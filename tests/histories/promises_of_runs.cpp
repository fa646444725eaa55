#include <set>
#include <utility>

#include "promises.hpp"

namespace mealsync::testing {
namespace {

std::uint64_t count(const Ran& ran, const std::string& name) {
  const auto found = ran.counts.find(name);
  return found == ran.counts.end() ? 0 : found->second;
}

std::string words(const std::map<std::string, std::uint64_t>& counts) {
  std::string text;
  for (const auto& [name, value] : counts)
    if (value != 0) text += ' ' + name + ' ' + std::to_string(value);
  return text;
}

std::string comes_to_its_end(const Ran& ran, bool is_test) {
  const bool did = ran.status == "successful" && ran.committed != is_test;
  return did ? "" : ran.status + (ran.committed ? ", committed" : ", not committed");
}

std::string adds_up(const History& history, const Ran& ran) {
  std::uint64_t lines = 0, skipped = 0;
  for (const Case& each : history.cases)
    lines += each.lines.size();
  for (const auto& [name, value] : ran.counts)
    if (name.starts_with("skipped.")) skipped += value;
  std::set<std::uint64_t> faulty;
  for (const Told& told : ran.findings)
    if (told.is_error) faulty.insert(told.line);

  const auto fates = count(ran, "new") + count(ran, "updated") + count(ran, "existing");
  const bool does = count(ran, "read") == lines && lines == fates + skipped + count(ran, "errors") &&
                    count(ran, "errors") == faulty.size();
  return does ? ""
              : std::to_string(lines) + " lines, " + std::to_string(faulty.size()) +
                    " of them with errors:" + words(ran.counts);
}

std::string leaves_no_trace(const Imported& imported) {
  std::string text;
  for (const auto& trace : imported.traces)
    text += (text.empty() ? "" : ", ") + trace;
  return text;
}

std::string foretells(const Ran& test, const Ran& run) {
  if (test.counts != run.counts) return "the test has" + words(test.counts) + "; the run" + words(run.counts);
  if (test.findings.size() != run.findings.size()) return "the one has more findings than the other";
  for (std::size_t i = 0; i < run.findings.size(); ++i)
    if (test.findings[i] != run.findings[i])
      return "the test tells '" + test.findings[i].words + "', the run '" + run.findings[i].words + "'";
  return {};
}

/// The changes are what differs in the table: that is asked of each student.
std::string counts_its_changes(const Ran& ran) {
  std::map<std::string, std::uint64_t> made{
      {"inserted", 0}, {"updated", 0}, {"ended", 0}, {"removed", 0}, {"trimmed", 0}};
  std::uint64_t of_prior_years = 0;
  const std::map<std::string, std::string> counters{{"insert", "inserted"},
                                                    {"update", "updated"},
                                                    {"end", "ended"},
                                                    {"remove", "removed"},
                                                    {"trim", "trimmed"}};
  for (const auto& [person, changes] : ran.changes)
    for (const Cells& each : changes) {
      ++made.at(counters.at(each[change::action]));
      if (each[change::action] == "end" && std::stoi(each[change::was_end_year]) < year.end_year)
        ++of_prior_years;
    }
  const bool is_told = count(ran, "inserted") == made["inserted"] &&
                       count(ran, "removed") == made["removed"] && count(ran, "trimmed") == made["trimmed"] &&
                       count(ran, "carryover_ended") == of_prior_years &&
                       count(ran, "ended") == made["ended"] - of_prior_years;
  if (is_told && ran.kept == made) return {};
  return "changed:" + words(made) + "; kept:" + words(ran.kept) + "; told:" + words(ran.counts);
}

}  // namespace

std::optional<Broken> broken_by_runs(const History& history, const Imported& imported) {
  const auto& [test, first, second, before, after, again, without_second, without_first, with_first,
               obstacles, traces] = imported;
  const std::pair<const char*, std::string> promises[] = {
      {"a test import comes to its end", comes_to_its_end(test, true)},
      {"the run comes to its end", comes_to_its_end(first, false)},
      {"the second run comes to its end", comes_to_its_end(second, false)},
      {"the fates of a test import add up", adds_up(history, test)},
      {"the fates add up", adds_up(history, first)},
      {"the fates of the second run add up", adds_up(history, second)},
      {"the last import can be undone, then the one before it, then its undo", obstacles},
      {"a test import leaves the bytes as they were", leaves_no_trace(imported)},
      {"a test import foretells the run", foretells(test, first)},
      {"the counters are what is changed", counts_its_changes(first)},
      {"the counters are what the second run changes", counts_its_changes(second)}};
  for (const auto& [promise, how] : promises)
    if (!how.empty()) return Broken{promise, how};
  return std::nullopt;
}

std::optional<Broken> broken(const History& history, const Imported& imported) {
  if (auto found = broken_by_runs(history, imported)) return found;
  std::uint64_t line = 1;
  for (const Case& each : history.cases) {
    if (auto found = broken_in_case(history.options, each, line, imported)) return found;
    line += each.lines.size();
  }
  return std::nullopt;
}

}  // namespace mealsync::testing
