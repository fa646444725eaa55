// mealsync/trial_host.hpp -- what came of a trial, and the host that keeps it.
//
// Errors   What breaks the contract of abi.h is thrown as std::logic_error when the stage's function has
// returned.
#pragma once

#include <algorithm>
#include <cstdint>
#include <exception>
#include <map>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mealsync/rule.hpp>
#include <mealsync/trial_table.hpp>

namespace mealsync::testing {

/// The message has its key, whole.
struct Finding {
  std::uint32_t code = 0;
  std::uint64_t line = 0;
  std::string message;

  bool operator==(const Finding&) const = default;
};

inline std::ostream& operator<<(std::ostream& to, const Finding& finding) {
  return to << '{' << code_text(finding.code) << ", line " << finding.line << ", \"" << finding.message
            << "\"}";
}

/// What came of it.
struct Trial {
  std::string columns;               // as a table's header
  std::string rows;                  // a line each, as in a table; of a source of bytes: the bytes
  std::vector<std::uint64_t> lines;  // where each row was read
  std::vector<Finding> findings;
  std::map<std::string, std::uint64_t> counters;  // a record skipped for a reason is in skipped.<reason>
  ms_status status = MS_OK;
  std::uint64_t stopped = 0;       // records rejected or skipped
  std::vector<std::int64_t> seen;  // persons whom the stage has said to be in the input
  std::vector<std::string> steps;  // what it has said to have reached
  Severity worst = Severity::info;
};

namespace detail {

[[nodiscard]] inline std::uint64_t line_of(std::uint64_t place) {
  return place & ((std::uint64_t{1} << MS_FILE_SHIFT) - 1);
}

inline void demand(bool kept, const std::string& words) {
  if (!kept) throw std::logic_error(words);
}

/// The host of one stage. Nothing may be thrown through the stage, so what breaks the contract is kept until
/// its function has returned.
class TrialHost {
 public:
  explicit TrialHost(const ms_stage& stage) : stage_(&stage) {}
  TrialHost(const TrialHost&) = delete;
  TrialHost& operator=(const TrialHost&) = delete;

  /// Calls the stage, unless it has failed. True while there is more to do.
  template <class F>
  bool call(F&& verb) {
    if (trial.status == MS_FAILED) return false;
    const ms_host host{sizeof host, this, declare, emit, report, count, saw, has_seen, unidentified, step};
    const ms_status status = verb(&host);
    if (broken_) std::rethrow_exception(broken_);
    demand(status <= MS_FAILED, "a function answers neither MS_OK, MS_END nor MS_FAILED");
    demand(status != MS_FAILED || trial.worst >= Severity::refusal,
           "MS_FAILED is answered and no finding says why");
    if (status == MS_FAILED) trial.status = MS_FAILED;
    return status == MS_OK;
  }

  Trial trial;
  std::vector<std::int64_t> seen_before;  // persons whom earlier stages have named
  std::uint64_t unidentified_records = 0;

 private:
  template <class F>
  static void kept(void* self, F&& body) noexcept {
    TrialHost& host = *static_cast<TrialHost*>(self);
    try {
      body(host);
    } catch (...) {
      if (!host.broken_) host.broken_ = std::current_exception();
    }
  }

  static void declare(void* self, const ms_plan* plan) noexcept {
    kept(self, [&](TrialHost& host) {
      for (std::uint32_t i = 0; i < plan->port_count; ++i)
        host.add_column(plan->ports[i].field);
      host.trial.columns = header_of(host.columns_);
    });
  }
  static ms_status emit(void* self, const ms_batch* batch) noexcept {
    kept(self, [&](TrialHost& host) { host.add_rows(*batch); });
    return MS_OK;
  }
  static void report(void* self, const ms_finding* finding) noexcept {
    kept(self, [&](TrialHost& host) { host.add_finding(*finding); });
  }
  static void count(void* self, ms_str counter, std::uint64_t by) noexcept {
    kept(self, [&](TrialHost& host) { host.trial.counters[std::string(view(counter))] += by; });
  }

  static void saw(void* self, std::int64_t person) noexcept {
    kept(self, [&](TrialHost& host) { host.trial.seen.push_back(person); });
  }
  static std::uint32_t has_seen(void* self, std::int64_t person) noexcept {
    const auto& seen = static_cast<TrialHost*>(self)->seen_before;
    return std::find(seen.begin(), seen.end(), person) != seen.end() ? 1 : 0;
  }
  static std::uint64_t unidentified(void* self) noexcept {
    return static_cast<TrialHost*>(self)->unidentified_records;
  }
  static void step(void* self, ms_str words) noexcept {
    kept(self, [&](TrialHost& host) { host.trial.steps.emplace_back(view(words)); });
  }

  void add_column(const ms_field& field) {
    TableColumn column{std::string(view(field.name)), field.type, std::string(view(field.set)), {}};
    for (std::uint32_t i = 0; i < field.word_count; ++i)
      column.words.emplace_back(view(field.words[i]));
    columns_.push_back(std::move(column));
  }
  void add_rows(const ms_batch& batch) {
    demand(batch.column_count == columns_.size(), "a batch has other columns than were planned");
    demand(batch.places != nullptr || batch.rows == 0, "a batch has no places");
    if (batch.selected == nullptr) {
      for (std::size_t row = 0; row < batch.rows; ++row)
        add_row(batch, row);
      return;
    }
    for (std::size_t i = 0; i < batch.selected_count; ++i) {
      const std::uint32_t row = batch.selected[i];
      demand(row < batch.rows, "a row is selected that the batch does not have");
      demand(i == 0 || batch.selected[i - 1] < row, "the selected rows of a batch do not ascend");
      add_row(batch, row);
    }
  }
  void add_row(const ms_batch& batch, std::size_t row) {
    trial.rows += row_text(columns_, batch, row);
    trial.lines.push_back(line_of(batch.places[row]));
  }
  void add_finding(const ms_finding& finding) {
    demand(is_declared(finding), "finding " + code_text(finding.code) + " is no rule of the stage");
    std::string message(view(finding.message));
    if (const auto at = message.find(key_mark); at != std::string::npos)
      message.replace(at, 1, view(finding.key));
    trial.findings.push_back({finding.code, line_of(finding.place), std::move(message)});
    trial.worst = std::max(trial.worst, static_cast<Severity>(finding.severity));
    if ((finding.flags & MS_STOPS_RECORD) == 0) return;
    ++trial.stopped;
    if (finding.reason.size > 0) ++trial.counters["skipped." + std::string(view(finding.reason))];
  }
  /// What the SDK itself finds is no stage's rule.
  [[nodiscard]] bool is_declared(const ms_finding& finding) const {
    return finding.code > MS_OWN_CODES ||
           std::any_of(stage_->rules, stage_->rules + stage_->rule_count, [&](const ms_rule& rule) {
             return rule.code == finding.code && rule.severity == finding.severity;
           });
  }

  const ms_stage* stage_;
  std::vector<TableColumn> columns_;
  std::exception_ptr broken_;
};

}  // namespace detail

}  // namespace mealsync::testing
