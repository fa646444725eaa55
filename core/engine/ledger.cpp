#include <engine/ledger.hpp>

#include <algorithm>
#include <span>
#include <utility>

#include <engine/rules.hpp>
#include <finding/render.hpp>
#include <mealsync/value.hpp>

namespace mealsync {
namespace {

std::string_view remedy_of(const ms_stage& stage, std::uint32_t code, std::uint32_t severity) {
  std::string_view remedy;
  for (const ms_rule& rule : std::span{stage.rules, stage.rule_count})
    if (rule.code == code && (remedy.empty() || rule.severity == severity)) remedy = text_of(rule.remedy);
  return remedy;
}

template <class Counters>
void add_to(Counters& counters, std::string_view name, std::uint64_t by) {
  const auto at = counters.find(name);
  if (at != counters.end())
    at->second += by;
  else
    counters.emplace(name, by);
}

}  // namespace

void Ledger::report(const PlannedStage& stage, std::size_t position, bool is_reader,
                    const ms_finding& reported) {
  const auto severity = static_cast<Severity>(std::min<std::uint32_t>(reported.severity, MS_FATAL));
  const std::lock_guard lock(mutex_);
  if ((reported.flags & MS_STOPS_RECORD) != 0) {
    if (is_reader) ++read_;
    if (severity >= Severity::error)
      ++errors_;
    else
      add_to(skipped_, text_of(reported.reason), 1);
  }
  // Nearly all of what is no more than information.
  if (severity == Severity::info && reported.key.size == 0 &&
      log_.add_again(position, reported.code, text_of(reported.message), stage.spec.id, reported.place))
    return;
  Finding& finding = reported_;
  finding.code = reported.code;
  finding.severity = severity;
  finding.message = text_of(reported.message);
  finding.remedy = reported.remedy.size > 0 ? text_of(reported.remedy)
                                            : remedy_of(*stage.stage, reported.code, reported.severity);
  finding.place = reported.place;
  finding.key.clear();
  detail::append_clean(finding.key, text_of(reported.key));
  finding.stage = stage.spec.id;
  if (severity == Severity::refusal && (reported.flags & MS_MAY_BE_ACCEPTED) != 0)
    objections_.push_back(finding);
  else
    keep(position, finding);
}

void Ledger::add(const Finding& finding) {
  const std::lock_guard lock(mutex_);
  keep(0, finding);
}

void Ledger::object(const Finding& finding) {
  const std::lock_guard lock(mutex_);
  objections_.push_back(finding);
}

void Ledger::refuse() {
  const std::lock_guard lock(mutex_);
  for (const Finding& objection : std::exchange(objections_, {}))
    keep(0, objection);
  if (worst_ == Severity::refusal) causes_ = most_frequent_errors();
}

void Ledger::let_through() {
  const std::lock_guard lock(mutex_);
  for (Finding& objection : std::exchange(objections_, {})) {
    objection.severity = Severity::warning;
    keep(0, objection);
  }
}

/// "; errors: 3900 x 4001 (Invalid [status] 'X'), 12 x 1001 (State ID '******0099' not found)"
std::string Ledger::most_frequent_errors() const {
  constexpr std::size_t most = 3;
  std::vector<const FindingLog::Group*> errors;
  for (const auto& [key, group] : log_.groups())
    if (key.second == Severity::error) errors.push_back(&group);
  std::stable_sort(errors.begin(), errors.end(),
                   [](const auto* a, const auto* b) { return a->count > b->count; });
  std::string words;
  for (std::size_t i = 0; i < std::min(errors.size(), most); ++i)
    words += (i == 0 ? "; errors: " : ", ") + std::to_string(errors[i]->count) + " x " +
             code_text(errors[i]->first.code) + " (" + shown_message(errors[i]->first) + ")";
  return words;
}

void Ledger::keep(std::size_t stage, const Finding& finding) {
  if (finding.severity == Severity::warning) ++warnings_;
  if (finding.severity >= Severity::refusal && worst_.load() < finding.severity)
    reason_ = shown_message(finding);
  worst_ = std::max(worst_.load(), finding.severity);
  log_.add(stage, finding);
  if (log_.no_room().empty() || is_full_.exchange(true)) return;
  keep(stage, make_finding<rules::no_room_for_findings>({}, log_.no_room()));
}

void Ledger::count(std::string_view counter, std::uint64_t by) {
  const std::lock_guard lock(mutex_);
  add_to(counters_, counter, by);
}

void Ledger::saw(std::size_t stage, std::int64_t person) {
  if (!remembers_persons_) return;
  const std::lock_guard lock(mutex_);
  seen_.insert(person);
  ++identified_[stage];
}

std::uint64_t Ledger::unidentified() const {
  std::uint64_t most = 0;
  for (const auto& [stage, records] : identified_)
    most = std::max(most, records);
  return read_ - most;
}

std::uint64_t Ledger::skipped() const {
  std::uint64_t all = 0;
  for (const auto& [reason, records] : skipped_)
    all += records;
  return all;
}

std::uint64_t Ledger::decided() const {
  return fate(Fate::new_) + fate(Fate::updated) + fate(Fate::existing) + skipped() + errors_;
}

std::map<std::string, std::uint64_t> Ledger::counts() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [name, value] : counters_)
    if (!name.starts_with(MS_GUARD_COUNTER)) counts.emplace(name, value);
  counts["read"] = read_;
  for (const Fate each : {Fate::new_, Fate::updated, Fate::existing})
    counts[std::string(spell(each))] = fate(each);
  for (const auto& [reason, records] : skipped_)
    counts["skipped." + reason] = records;
  if (has_ended() && decided() < read_) counts["skipped.undecided"] = read_ - decided();
  counts["errors"] = errors_;
  counts["warnings"] = warnings_;
  return counts;
}

Measures Ledger::measures() const {
  constexpr std::string_view prefix = MS_GUARD_COUNTER;
  const std::lock_guard lock(mutex_);
  Measures measures;
  for (const auto& [name, value] : counters_)
    if (name.starts_with(prefix)) measures.emplace(name.substr(prefix.size()), value);
  measures["read"] = read_;
  measures["imported"] = fate(Fate::new_) + fate(Fate::updated) + fate(Fate::existing);
  return measures;
}

FindingLog Ledger::take_findings() {
  const std::lock_guard lock(mutex_);
  return std::exchange(log_, {});
}

}  // namespace mealsync
