// engine/ledger.hpp -- what happened to the records of a run: findings, fates and counters.
//
// Every record read has one fate: read = new + updated + existing + skipped + errors.
// Threads    May be written to by several threads at once; read it when they have ended.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <mealsync/abi.h>
#include <engine/plan.hpp>
#include <finding/finding.hpp>
#include <finding/finding_log.hpp>

namespace mealsync {

/// Counts by name, of what guards judge.
using Measures = std::map<std::string, std::uint64_t, std::less<>>;

class Ledger {
 public:
  /// A stage's finding. `is_reader`: the stage reads the records, so one that stops in it was read and not emitted.
  void report(const PlannedStage& stage, std::size_t position, bool is_reader, const ms_finding& finding);
  /// A finding of the engine's own, of no record.
  void add(const Finding& finding);
  /// A refusal that may be accepted: the run goes on, until one of the two that follow decides.
  void object(const Finding& finding);
  [[nodiscard]] const std::vector<Finding>& objections() const { return objections_; }
  /// The run is refused for what was objected, if anything was.
  void refuse();
  /// Somebody has accepted what was objected: it is a warning.
  void let_through();
  void count(std::string_view counter, std::uint64_t by);
  void count_read(std::uint64_t records) { read_ += records; }
  void count_fate(Fate fate, std::uint64_t records) { fates_[static_cast<std::size_t>(fate)] += records; }

  /// Whom the records are of, once a record and stage. Remembered only if a stage will ask: it takes memory a person.
  void remember_persons() { remembers_persons_ = true; }
  /// From here on nobody is absent: the input is read in part only.
  void see_everybody() { sees_everybody_ = true; }
  void saw(std::size_t stage, std::int64_t person);
  [[nodiscard]] bool has_seen(std::int64_t person) const { return sees_everybody_ || seen_.contains(person); }
  /// Records of whom no stage has said whose they are, or more: of several stages the one that knew most counts.
  [[nodiscard]] std::uint64_t unidentified() const;

  /// Whether a refusal or a fatal finding has ended the run.
  [[nodiscard]] bool has_ended() const { return worst_ >= Severity::refusal; }
  [[nodiscard]] Severity worst() const { return worst_; }
  /// Whether findings can no longer be kept: nothing more is to be read.
  [[nodiscard]] bool is_full() const { return is_full_; }
  /// The first of the worst refusals and fatal findings, as it may be shown, a refusal with the most frequent errors;
  /// empty where there is none.
  [[nodiscard]] std::string reason() const { return reason_ + causes_; }
  /// How that ends which values out of records are in; empty where none is.
  [[nodiscard]] const std::string& causes() const { return causes_; }

  [[nodiscard]] std::uint64_t read() const { return read_; }
  [[nodiscard]] std::uint64_t fate(Fate fate) const { return fates_[static_cast<std::size_t>(fate)]; }
  [[nodiscard]] std::uint64_t errors() const { return errors_; }
  [[nodiscard]] std::uint64_t skipped() const;
  /// Records that have their fate; once all are through, as many as were read.
  [[nodiscard]] std::uint64_t decided() const;
  /// read, new, updated, existing, skipped.<reason>, errors, warnings and what the stages counted. Records that were
  /// on their way when the run ended are skipped.undecided. Not what is counted for the guards.
  [[nodiscard]] std::map<std::string, std::uint64_t> counts() const;
  /// What stages have counted for the guards, without MS_GUARD_COUNTER; read, and imported: all that have a fate.
  [[nodiscard]] Measures measures() const;
  /// Hands them over; what is found later is kept anew.
  [[nodiscard]] FindingLog take_findings();

 private:
  void keep(std::size_t stage, const Finding& finding);
  [[nodiscard]] std::string most_frequent_errors() const;

  mutable std::mutex mutex_;
  FindingLog log_;
  Finding reported_;  // the one that is being reported: its texts keep their memory for the next
  std::map<std::string, std::uint64_t, std::less<>> counters_;
  std::map<std::string, std::uint64_t, std::less<>> skipped_;
  std::unordered_set<std::int64_t> seen_;
  std::map<std::size_t, std::uint64_t> identified_;  // by stage
  std::vector<Finding> objections_;
  bool remembers_persons_ = false;
  bool sees_everybody_ = false;
  std::uint64_t errors_ = 0;
  std::uint64_t warnings_ = 0;
  std::atomic<std::uint64_t> read_ = 0;
  std::array<std::atomic<std::uint64_t>, 3> fates_{};
  std::atomic<Severity> worst_ = Severity::info;
  std::string reason_, causes_;
  std::atomic<bool> is_full_ = false;
};

}  // namespace mealsync
