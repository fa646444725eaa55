#include <engine/ledger.hpp>

#include <algorithm>
#include <span>
#include <tuple>

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

}  // namespace

void Ledger::report(const PlannedStage& stage, std::size_t position, bool is_reader,
                    const ms_finding& reported) {
  Finding finding;
  finding.code = reported.code;
  finding.severity = static_cast<Severity>(std::min<std::uint32_t>(reported.severity, MS_FATAL));
  finding.message = text_of(reported.message);
  finding.remedy = reported.remedy.size > 0 ? text_of(reported.remedy)
                                            : remedy_of(*stage.stage, reported.code, reported.severity);
  finding.place = reported.place;
  detail::append_clean(finding.key, text_of(reported.key));
  finding.stage = stage.spec.id;

  const std::lock_guard lock(mutex_);
  if ((reported.flags & MS_STOPS_RECORD) != 0) {
    if (is_reader) ++read_;
    if (finding.severity >= Severity::error)
      ++errors_;
    else
      ++skipped_[std::string(text_of(reported.reason))];
  }
  keep(position, std::move(finding));
}

void Ledger::add(Finding finding) {
  const std::lock_guard lock(mutex_);
  keep(0, std::move(finding));
}

void Ledger::keep(std::size_t stage, Finding finding) {
  if (finding.severity == Severity::warning) ++warnings_;
  if (finding.severity >= Severity::refusal && worst_.load() < finding.severity)
    reason_ = shown_message(finding);
  worst_ = std::max(worst_.load(), finding.severity);
  entries_.push_back({stage, std::move(finding)});
}

void Ledger::count(std::string_view counter, std::uint64_t by) {
  const std::lock_guard lock(mutex_);
  const auto at = counters_.find(counter);
  if (at != counters_.end())
    at->second += by;
  else
    counters_.emplace(counter, by);
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
  std::map<std::string, std::uint64_t> counts(counters_.begin(), counters_.end());
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

std::vector<Finding> Ledger::take_findings() {
  const std::lock_guard lock(mutex_);
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::tuple(a.finding.place, a.stage) < std::tuple(b.finding.place, b.stage);
  });
  std::vector<Finding> findings;
  findings.reserve(entries_.size());
  for (Entry& entry : entries_)
    findings.push_back(std::move(entry.finding));
  entries_.clear();
  return findings;
}

}  // namespace mealsync
