#include <engine/plan.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include <catalog/settings.hpp>
#include <engine/rules.hpp>
#include <mealsync/value.hpp>

namespace mealsync {
namespace {

/// What a stage's `plan` may call: it names columns and finds faults, and there is nothing else yet.
struct PlanningHost {
  const StageSpec& spec;
  Findings& findings;
  std::optional<Schema> output;
  std::vector<std::uint32_t> used, from;
  bool judges_absence = false;
  bool has_told = false;  // a fault
  ms_host table;

  PlanningHost(const StageSpec& of, Findings& to) : spec(of), findings(to), table{} {
    table.size = sizeof table;
    table.self = this;
    table.declare = declare;
    table.emit = [](void*, const ms_batch*) noexcept { return ms_status{MS_FAILED}; };
    table.report = report;
    table.count = [](void*, ms_str, std::uint64_t) noexcept {};
  }
  PlanningHost(const PlanningHost&) = delete;
  PlanningHost& operator=(const PlanningHost&) = delete;

  static void declare(void* self, const ms_plan* plan) noexcept {
    auto& host = *static_cast<PlanningHost*>(self);
    host.output = Schema(*plan);
    host.used.assign(plan->used, plan->used + plan->used_count);
    host.from.clear();
    for (std::uint32_t i = 0; i < plan->port_count; ++i)
      host.from.push_back(plan->ports[i].from);
    host.judges_absence = plan->size >= sizeof(ms_plan) && (plan->flags & MS_JUDGES_ABSENCE) != 0;
  }
  static void report(void* self, const ms_finding* finding) noexcept {
    auto& host = *static_cast<PlanningHost*>(self);
    Finding found;
    found.code = finding->code;
    found.severity = std::min(static_cast<Severity>(finding->severity), Severity::error);
    found.message = text_of(finding->message);
    found.remedy = text_of(finding->remedy);
    found.at = host.spec.at;
    found.stage = host.spec.id;
    host.has_told = host.has_told || found.severity == Severity::error;
    host.findings.add(std::move(found));
  }
};

class Planner {
 public:
  Planner(Plan& plan, Catalog& catalog, Findings& findings)
      : plan_(plan),
        catalog_(catalog),
        findings_(findings),
        has_format_(std::any_of(plan.pipeline.stages.begin(), plan.pipeline.stages.end(),
                                [](const StageSpec& spec) { return spec.role == Role::format; })) {}

  void run() {
    for (const StageSpec& spec : plan_.pipeline.stages)
      add(spec);
    check_roles();
    check_report_files();
    if (flows_ && !findings_.failed()) find_wanted();
  }

 private:
  void add(const StageSpec& spec) {
    PlannedStage planned;
    planned.spec = spec;
    if (const auto entry = catalog_.find_entry(spec.role, spec.plugin, spec.at, findings_)) {
      planned.stage = entry->stage;
      plan_.plugins.emplace(entry->plugin->name, entry->plugin->version);
      auto settings = check_settings(spec, *planned.stage, plan_.pipeline.fragments, findings_);
      if (settings) {
        planned.settings = *std::move(settings);
        if (flows_) follow(planned);
        if (spec.role == Role::source && planned.stage->read != nullptr && !has_format_) stop_at(spec);
      } else {
        stop_at(spec);
      }
    } else {
      stop_at(spec);
    }
    plan_.stages.push_back(std::move(planned));
  }

  /// Without this stage nobody knows which columns come after it; a sink gives none.
  void stop_at(const StageSpec& spec) {
    if (!flows_ || spec.role == Role::sink) return;
    flows_ = false;
    plan_.unchecked = "the columns after the " + std::string(to_text(spec.role)) + " '" + spec.id + "'";
  }

  void follow(PlannedStage& planned) {
    PlanningHost host(planned.spec, findings_);
    planned.input = current_;
    const SettingTable settings(planned.settings);
    const auto input = current_.view();
    const ms_status status = planned.stage->plan(settings.settings().data(), settings.settings().size(),
                                                 input.data(), input.size(), &host.table);
    const bool is_whole = status == MS_OK && host.output;
    if (!is_whole && !host.has_told) findings_.add<rules::silent_failure>(planned.spec.at, planned.spec.id);
    if (!host.output) return stop_at(planned.spec);
    planned.output = *std::move(host.output);
    planned.used = std::move(host.used);
    planned.from = std::move(host.from);
    plan_.judges_absence = plan_.judges_absence || host.judges_absence;
    const auto comes_in = [&](std::uint32_t column) { return column < input.size(); };
    const auto is_known = [&](std::uint32_t column) { return column == MS_NO_COLUMN || comes_in(column); };
    if (!std::all_of(planned.used.begin(), planned.used.end(), comes_in) ||
        !std::all_of(planned.from.begin(), planned.from.end(), is_known))
      findings_.add<rules::no_such_column>(planned.spec.at, planned.spec.id);
    if (planned.spec.role != Role::sink) current_ = planned.output;
  }

  /// From the sinks back to the source: which columns anybody reads.
  void find_wanted() {
    std::vector<std::uint8_t> wanted;
    bool is_last = true;
    const auto want = [&wanted](std::uint32_t column) {
      if (column == MS_NO_COLUMN) return;
      if (column >= wanted.size()) wanted.resize(column + 1);
      wanted[column] = 1;
    };
    for (auto stage = plan_.stages.rbegin(); stage != plan_.stages.rend(); ++stage) {
      if (stage->spec.role != Role::sink) {
        // The engine itself counts the fates that come to the sinks.
        if (std::exchange(is_last, false)) want(stage->output.code_column(CodeSet<Fate>::name));
        stage->wanted = std::exchange(wanted, {});
        stage->wanted.resize(stage->output.size());
        for (std::size_t i = 0; i < stage->from.size(); ++i)
          if (stage->wanted[i] != 0) want(stage->from[i]);
      }
      for (const std::uint32_t column : stage->used)
        want(column);
    }
  }

  void check_roles() {
    int databases = 0;
    for (const PlannedStage& planned : plan_.stages) {
      if (planned.stage == nullptr) continue;
      if (planned.spec.role == Role::source && planned.stage->read != nullptr && !has_format_)
        findings_.add<rules::source_needs_format>(planned.spec.at, planned.spec.id);
      if (planned.spec.role == Role::source && planned.stage->produce != nullptr && has_format_)
        findings_.add<rules::source_takes_no_format>(planned.spec.at, planned.spec.id);
      if ((planned.stage->flags & MS_DATABASE) != 0 && ++databases == 2)
        findings_.add<rules::two_databases>(planned.spec.at, planned.spec.id);
    }
  }

  /// Two report writers of one file would take it from each other.
  void check_report_files() {
    std::map<std::filesystem::path, std::string_view> writers;
    for (const PlannedStage& planned : plan_.stages) {
      if (planned.stage == nullptr || planned.stage->conclude == nullptr) continue;
      for (const std::string& path : paths_among(planned.settings, *planned.stage)) {
        const auto [writer, is_first] = writers.emplace(path, planned.spec.id);
        if (!is_first)
          findings_.add<rules::one_report_file>(planned.spec.at, planned.spec.id, writer->second);
      }
    }
  }

  Plan& plan_;
  Catalog& catalog_;
  Findings& findings_;
  bool has_format_;
  Schema current_;
  bool flows_ = true;
};

}  // namespace

Plan make_plan(Pipeline pipeline, Catalog& catalog, Findings& findings) {
  Plan plan;
  plan.pipeline = std::move(pipeline);
  Planner(plan, catalog, findings).run();
  return plan;
}

Plan without_sinks(Plan plan) {
  std::erase_if(plan.stages, [](const PlannedStage& planned) { return planned.spec.role == Role::sink; });
  for (PlannedStage& planned : plan.stages)
    planned.wanted.assign(planned.output.size(), 1);
  return plan;
}

}  // namespace mealsync
