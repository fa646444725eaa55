// mealsync/summary.hpp -- what a report writer is told: each finding, then what the run came to.
//
// Findings come sorted by file, line and stage, after the last row and before conclude.
// Ownership  Borrowed until the call returns.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include <mealsync/context.hpp>

namespace mealsync {

class Found {
 public:
  explicit Found(const ms_finding& finding) : finding_(&finding) {}

  [[nodiscard]] std::uint32_t code() const { return finding_->code; }
  [[nodiscard]] Severity severity() const { return static_cast<Severity>(finding_->severity); }
  [[nodiscard]] Place place() const { return {finding_->place}; }
  [[nodiscard]] Text stage() const { return text_of(finding_->stage); }
  [[nodiscard]] Text remedy() const { return text_of(finding_->remedy); }
  /// How many alike it stands for: information that says the same of many records comes once, at its first line.
  [[nodiscard]] std::uint64_t count() const { return std::max<std::uint64_t>(finding_->count, 1); }
  /// As anyone may see it: the key masked.
  [[nodiscard]] Text shown() const { return text_of(finding_->shown); }
  /// With the key whole: for a report that only those who may see a child's status can read.
  [[nodiscard]] std::string whole() const {
    std::string text(text_of(finding_->message));
    const auto at = text.find(key_mark);
    if (at != std::string::npos) text.replace(at, 1, text_of(finding_->key));
    return text;
  }

 private:
  const ms_finding* finding_;
};

class Summary {
 public:
  explicit Summary(const ms_summary& summary) : summary_(&summary) {}

  [[nodiscard]] bool committed() const { return summary_->committed != 0; }
  [[nodiscard]] Text status() const { return text_of(summary_->status); }
  [[nodiscard]] Text reason() const { return text_of(summary_->reason); }
  [[nodiscard]] Text finished_at() const { return text_of(summary_->finished_at); }
  [[nodiscard]] std::span<const ms_input> inputs() const { return {summary_->inputs, summary_->input_count}; }
  [[nodiscard]] std::span<const ms_count> counts() const { return {summary_->counts, summary_->count_count}; }
  /// 0 where nothing was counted under the name.
  [[nodiscard]] std::uint64_t count(Text name) const {
    for (const ms_count& each : counts())
      if (text_of(each.name) == name) return each.value;
    return 0;
  }

 private:
  const ms_summary* summary_;
};

}  // namespace mealsync
