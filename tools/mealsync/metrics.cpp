#include "metrics.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <mealsync/value.hpp>

namespace mealsync::tool {
namespace {

/// Of 2016-09-06T01:00:00Z.
std::optional<std::int64_t> seconds_since_1970(std::string_view utc) {
  if (utc.size() != 20) return std::nullopt;
  const auto day = date_from_iso(utc.substr(0, 10));
  const auto hour = parse<std::int64_t>(utc.substr(11, 2)), minute = parse<std::int64_t>(utc.substr(14, 2)),
             second = parse<std::int64_t>(utc.substr(17, 2));
  if (!day || !hour || !minute || !second) return std::nullopt;
  return ((std::int64_t{day->days} * 24 + *hour) * 60 + *minute) * 60 + *second;
}

std::optional<std::int64_t> last_success_in(const std::vector<RunRecord>& log) {
  const auto success = std::find_if(log.begin(), log.end(), [](const RunRecord& record) {
    return record.status == "successful" && !record.test && !is_undo(record);
  });
  return success == log.end() ? std::nullopt : seconds_since_1970(success->finished_at);
}

/// When the files that were read last were there for the first time: they may be the same every night.
std::optional<std::int64_t> last_input_in(const std::vector<RunRecord>& log) {
  const std::vector<InputFile>* last = nullptr;
  std::optional<std::int64_t> since;
  for (const RunRecord& record : log) {
    if (record.inputs.empty()) continue;
    if (last == nullptr) last = &record.inputs;
    if (!are_same_bytes(record.inputs, *last)) break;
    since = seconds_since_1970(record.started_at);
  }
  return since;
}

std::string label(const std::string& name, std::string_view value) {
  std::string text = name + "=\"";
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

/// One family: its head, and whatever is added to it.
class Family {
 public:
  Family(std::string name, std::string_view help, bool counts = false) : name_(std::move(name)) {
    text_ = "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ +
            (counts ? " counter\n" : " gauge\n");
    if (counts) name_ += "_total";
  }
  template <class Value>
  void add(const std::string& labels, Value value) {
    text_ += name_ + "{" + labels + "} " + std::to_string(value) + "\n";
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string name_;
  std::string text_;
};

}  // namespace

void Metrics::add(const Answer& answer, const std::vector<RunRecord>& log) {
  const RunRecord& record = answer.record;
  Run run{record.status,
          answer.seconds,
          seconds_since_1970(record.finished_at),
          last_success_in(log),
          last_input_in(log),
          {},
          {},
          {}};
  for (const RunRecord& each : log)
    if (!each.test) ++run.runs[each.status];
  for (const char* fate : {"new", "updated", "existing"})
    run.records[fate] = count_of(record, fate);
  run.records["skipped"] = skipped_of(record);
  run.records["rejected"] = count_of(record, "errors");
  for (const auto& [key, group] : answer.findings.groups())
    run.findings[code_text(key.first)] += group.count;
  runs_[record.pipeline] = std::move(run);
}

std::string Metrics::text() const {
  Family success("mealsync_last_success_timestamp_seconds", "When the pipeline last imported.");
  Family input("mealsync_last_input_timestamp_seconds",
               "When the files that were read last were read for the first time.");
  Family runs("mealsync_runs",
              "Runs in the log, but for tests, by what became of them; fewer once it was cleared.", true);
  Family ended("mealsync_run_timestamp_seconds", "When the last run ended.");
  Family seconds("mealsync_run_duration_seconds", "How long the last run took.");
  Family status("mealsync_run_status", "1 for what became of the last run.");
  Family records("mealsync_run_records", "Records of the last run, by what became of them.");
  Family findings("mealsync_run_findings", "Findings of the last run, by code.");
  for (const auto& [name, run] : runs_) {
    const std::string pipeline = label("pipeline", name);
    if (run.last_success) success.add(pipeline, *run.last_success);
    if (run.last_input) input.add(pipeline, *run.last_input);
    if (run.ended) ended.add(pipeline, *run.ended);
    for (const auto& [what, count] : run.runs)
      runs.add(pipeline + "," + label("status", what), count);
    seconds.add(pipeline, run.seconds);
    for (const char* each : {"successful", "unsuccessful", "refused", "held", "busy"})
      status.add(pipeline + "," + label("status", each), run.status == each ? 1 : 0);
    for (const auto& [fate, count] : run.records)
      records.add(pipeline + "," + label("fate", fate), count);
    for (const auto& [code, count] : run.findings)
      findings.add(pipeline + "," + label("code", code), count);
  }
  std::string text;
  for (const Family* family : {&success, &input, &runs, &ended, &seconds, &status, &records, &findings})
    text += family->text();
  return text + "# EOF\n";
}

}  // namespace mealsync::tool
