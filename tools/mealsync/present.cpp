#include "present.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include <finding/render.hpp>
#include <mealsync/context.hpp>

namespace mealsync::tool {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view skipped_prefix = "skipped.";

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json skipped_json(const RunRecord& record) {
  Json skipped = Json::object();
  for (const auto& [name, value] : record.counts)
    if (name.starts_with(skipped_prefix)) skipped[name.substr(skipped_prefix.size())] = value;
  return skipped;
}

void add_outcome(Json& json, const RunRecord& record) {
  json["pipeline"] = record.pipeline;
  json["run"] = record.run;
  json["status"] = record.status;
  json["test"] = record.test;
  json["district"] = record.district;
  json["school_year"] = record.school_year;
  json["input"] = Json::array();
  for (const InputFile& input : record.inputs)
    json["input"].push_back({{"file", input.file}, {"bytes", input.bytes}, {"sha256", input.sha256}});
  for (const char* name : {"read", "new", "updated", "existing"})
    json[name] = count_of(record, name);
  json["skipped"] = skipped_json(record);
  for (const char* name :
       {"errors", "warnings", "inserted", "ended", "removed", "trimmed", "extended", "carryover_ended"})
    json[name] = count_of(record, name);
}

/// Only where there is something to accept, or somebody has.
void add_acceptance(Json& json, const RunRecord& record) {
  if (!record.token.empty()) json["accept"] = record.token;
  if (record.accepted)
    json["accepted"] = {{"token", record.accepted->token},
                        {"user", record.accepted->user},
                        {"at", record.accepted->accepted_at}};
}

Json by_code(const std::vector<Finding>& findings) {
  std::map<std::string, std::uint64_t> counts;
  for (const Finding& finding : findings)
    counts[code_text(finding.code)] += finding.count;
  return Json(counts);
}

Json by_code(const FindingLog& findings) {
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [key, group] : findings.groups())
    counts[code_text(key.first)] += group.count;
  return Json(counts);
}

Json log_entry(const RunRecord& record) {
  Json json;
  add_outcome(json, record);
  json["as_of"] = record.as_of;
  json["started_at"] = record.started_at;
  json["finished_at"] = record.finished_at;
  json["user"] = record.user;
  json["reason"] = record.reason;
  add_acceptance(json, record);
  return json;
}

/// `line 12` of the input, or `users.csv:12` where a finding names its file.
std::string where_of(const Finding& finding) {
  if (const auto line = Place{finding.place}.line(); line > 0) return "line " + std::to_string(line);
  return finding.at.file + (finding.at.line > 0 ? ":" + std::to_string(finding.at.line) : "");
}

double seconds_of(const Cost& cost) {
  return static_cast<double>(cost.nanoseconds) / 1e9;
}

double rounded(double seconds) {
  return std::round(seconds * 1000) / 1000;
}

/// What the program did beside its stages' verbs: frames, digests and copies, and threads of the stages' own.
double rest_of(const Answer& answer) {
  double rest = answer.cpu_seconds;
  for (const StageCost& stage : answer.costs)
    rest -= seconds_of(stage.cost);
  return std::max(rest, 0.0);
}

Json profile_json(const Answer& answer) {
  Json stages = Json::array();
  for (const auto& [id, plugin, cost] : answer.costs)
    stages.push_back({{"stage", id},
                      {"plugin", plugin},
                      {"rows", cost.rows},
                      {"batches", cost.batches},
                      {"seconds", rounded(seconds_of(cost))},
                      {"allocated_bytes", cost.bytes}});
  Json profile{{"stages", std::move(stages)}};
  if (answer.cpu_seconds > 0) profile["rest_seconds"] = rounded(rest_of(answer));
  return profile;
}

}  // namespace

void keep_plan(const Plan& plan, RunRecord& record) {
  record.district = plan.pipeline.district;
  record.school_year = to_text(plan.pipeline.school_year);
  record.plugins = plan.plugins;
  record.plugins.emplace("mealsync", MEALSYNC_VERSION);
}

void keep_outcome(Outcome& outcome, RunRecord& record) {
  record.status = outcome.status;
  record.reason = outcome.reason;
  record.finished_at = outcome.finished_at;
  record.inputs = std::move(outcome.inputs);
  record.counts = std::move(outcome.counts);
  record.reports = std::move(outcome.reports);
}

std::uint64_t count_of(const RunRecord& record, const std::string& name) {
  const auto at = record.counts.find(name);
  return at == record.counts.end() ? 0 : at->second;
}

std::uint64_t skipped_of(const RunRecord& record) {
  std::uint64_t all = 0;
  for (const auto& [name, value] : record.counts)
    if (name.starts_with(skipped_prefix)) all += value;
  return all;
}

namespace {

/// Without values out of records: for those who may not see them.
std::string summary_reason(const Answer& answer) {
  const std::string& whole = answer.record.reason;
  return scrub(whole.substr(0, whole.size() - answer.causes.size()));
}

std::string line_with(const Answer& answer, const std::string& reason) {
  const RunRecord& record = answer.record;
  std::ostringstream line;
  line << record.pipeline << ": ";
  if (record.test) line << "TEST, nothing written: ";
  if (record.status != "successful")
    line << record.status << (answer.committed ? ", the changes were written: " : ", nothing committed: ")
         << reason << "; ";
  line << count_of(record, "new") << " new, " << count_of(record, "updated") << " updated, "
       << count_of(record, "existing") << " existing, " << skipped_of(record) << " skipped, "
       << count_of(record, "errors") << " rejected";
  if (!record.run.empty()) line << " (run " << record.run << ")";
  return line.str();
}

}  // namespace

std::string answer_line(const Answer& answer) {
  return line_with(answer, answer.record.reason);
}

std::string findings_in_files(const FindingLog& findings, Severity least) {
  std::ostringstream page;
  findings.each([&](const Finding& finding) {
    if (finding.severity >= least) page << render(finding) << "\n    " << finding.remedy << "\n";
  });
  return page.str();
}

std::string run_ending_findings(const FindingLog& findings) {
  std::ostringstream page;
  for (const Finding& finding : findings.run_ending())
    page << render(finding) << "\n    " << finding.remedy << "\n";
  return page.str();
}

int tell(const Findings& findings, int exit) {
  for (const Finding& finding : findings.all())
    std::cerr << render(finding) << "\n    " << finding.remedy << "\n";
  return exit;
}

std::string how_to_accept(const Answer& answer) {
  if (answer.record.token.empty()) return {};
  return "To let this input with these changes through, once: --accept " + answer.record.token + "\n";
}

std::string findings_by_code(const FindingLog& findings) {
  std::vector<const FindingLog::Group*> order;
  for (const auto& [key, group] : findings.groups())
    if (group.first.severity < Severity::refusal) order.push_back(&group);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->first.severity > b->first.severity; });
  std::ostringstream page;
  for (const FindingLog::Group* group : order) {
    const Finding& first = group->first;
    page << "  " << std::setw(6) << code_text(first.code) << " " << std::left << std::setw(7)
         << to_text(first.severity) << std::right << " " << std::setw(6) << group->count << "  "
         << shown_message(first);
    if (const std::string where = where_of(first); !where.empty())
      page << (group->count > 1 ? " (first at " : " (") << where << ")";
    page << "\n";
    if (!first.remedy.empty()) page << "                         " << first.remedy << "\n";
  }
  return page.str();
}

std::string answer_json(const Answer& answer) {
  Json json;
  add_outcome(json, answer.record);
  json["findings"] = by_code(answer.findings);
  json["seconds"] = rounded(answer.seconds);
  json["reports"] = answer.reports;
  json["reason"] = answer.record.reason;
  add_acceptance(json, answer.record);
  if (!answer.costs.empty()) json["profile"] = profile_json(answer);
  return dumped(json);
}

std::string summary_json(const Answer& answer) {
  Json json;
  add_outcome(json, answer.record);
  json.erase("input");
  json["findings"] = by_code(answer.findings);
  json["seconds"] = rounded(answer.seconds);
  json["reason"] = summary_reason(answer);
  add_acceptance(json, answer.record);
  return dumped(json);
}

std::string summary_text(const Answer& answer) {
  std::ostringstream text;
  text << line_with(answer, summary_reason(answer)) << "\n";
  for (const auto& [key, group] : answer.findings.groups())
    text << "\n  " << code_text(key.first) << " " << to_text(key.second) << ": " << group.count;
  if (!answer.findings.groups().empty()) text << "\n\nmealsync describe CODE explains a finding.";
  if (!answer.record.run.empty())
    text << "\nmealsync log show " << answer.record.run << " shows each of this run.";
  text << "\n" << how_to_accept(answer);
  return text.str();
}

std::string profile_table(const Answer& answer) {
  if (answer.costs.empty()) return {};
  std::ostringstream table;
  table << std::fixed;
  const auto line = [&](std::string_view stage, const auto& rows, const auto& batches, const auto& seconds,
                        const auto& megabytes) {
    table << "  " << std::left << std::setw(20) << stage << std::right << std::setw(10) << rows
          << std::setw(9) << batches << std::setw(9) << std::setprecision(3) << seconds << std::setw(13)
          << std::setprecision(1) << megabytes << "\n";
  };
  line("stage", "rows", "batches", "seconds", "MB allocated");
  for (const auto& [id, plugin, cost] : answer.costs)
    line(id, cost.rows, cost.batches, seconds_of(cost), static_cast<double>(cost.bytes) / 1e6);
  if (answer.cpu_seconds > 0) line("(the rest)", "", "", rest_of(answer), "");
  return table.str();
}

std::string record_json(const RunRecord& record) {
  return dumped(log_entry(record));
}

std::string whole_record_json(const RunRecord& record) {
  Json json = log_entry(record);
  json["plugins"] = record.plugins;
  json["reports"] = record.reports;
  json["findings"] = by_code(record.findings);
  json["messages"] = Json::array();
  for (const Finding& finding : record.findings)
    json["messages"].push_back({{"file", Place{finding.place}.file()},
                                {"line", Place{finding.place}.line()},
                                {"severity", to_text(finding.severity)},
                                {"code", code_text(finding.code)},
                                {"message", shown_message(finding)},
                                {"count", finding.count},
                                {"remedy", finding.remedy}});
  return dumped(json);
}

}  // namespace mealsync::tool
