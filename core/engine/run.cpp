#include <engine/run.hpp>

#include <algorithm>
#include <future>
#include <iterator>
#include <memory>

#include <engine/crossing.hpp>
#include <engine/delivery.hpp>
#include <engine/guards.hpp>
#include <engine/ledger.hpp>
#include <engine/live_stage.hpp>
#include <engine/make_stage.hpp>
#include <engine/rules.hpp>
#include <finding/render.hpp>
#include <mealsync/value.hpp>

namespace mealsync {
namespace {

constexpr std::size_t most_bytes_ahead = std::size_t{16} << 20;  // of what is read to what is looked up

class Execution {
 public:
  Execution(const Plan& plan, const RunFacts& facts) : plan_(plan), facts_(facts) {}
  ~Execution() {
    while (!stages_.empty())
      stages_.pop_back();  // the last made is the first destroyed
  }
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  Outcome run() {
    if (plan_.judges_absence) ledger_.remember_persons();
    if (facts_.look.show || facts_.is_part) ledger_.see_everybody();
    create_stages();
    if (!ledger_.has_ended()) {
      read_to_sinks();
      if (!ledger_.has_ended() && !facts_.look.show && !is_ad_hoc()) judge();
      ledger_.refuse();
      if (!ledger_.has_ended() && !facts_.test && !facts_.look.show) commit();
    }
    settle();
    outcome_.findings = ledger_.take_findings();
    if (outcome_.committed && !ledger_.has_ended()) tell_source();
    conclude();
    if (facts_.gauge.is_on)
      for (const auto& stage : stages_)
        outcome_.costs.push_back(stage->cost());
    return std::move(outcome_);
  }

 private:
  /// All of them, also after one that fails: every fault is told at once.
  void create_stages() {
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      auto made = make_stage(plan_, i, facts_, ledger_);
      if (!made) continue;
      LiveStage& stage = *made;
      stages_.push_back(std::move(made));
      if (stage.planned().spec.role != Role::sink) {
        flow_.push_back(&stage);
      } else {
        sinks_.push_back(&stage);
      }
    }
  }

  /// Up to the first transform that is worth a thread of its own all is done on this one. The finish verbs follow here
  /// when that thread has ended.
  void read_to_sinks() {
    Delivery delivery(sinks_, flow_.back()->planned(), ledger_);
    std::unique_ptr<Crossing> crossing;
    for (std::size_t i = 0; i < flow_.size(); ++i) {
      LiveStage* next = i + 1 < flow_.size() ? flow_[i + 1] : nullptr;
      if (next == nullptr) {
        send(*flow_[i], [&delivery](const ms_batch& batch) { return delivery.push(batch); });
      } else if (next->planned().spec.role == Role::transform) {
        const auto take = [next](const ms_batch& batch) { return next->take(next->stage().process, batch); };
        if (crossing == nullptr && (next->stage().flags & MS_OWN_THREAD) != 0) {
          crossing = std::make_unique<Crossing>(take, most_bytes_ahead);
          send(*flow_[i], [&crossing, &planned = flow_[i]->planned()](const ms_batch& batch) {
            return crossing->push(std::make_shared<const OwnedBatch>(batch, planned.output, planned.wanted));
          });
        } else {
          send(*flow_[i], take);
        }
      }
    }
    const bool is_read = read_source();
    if (crossing != nullptr) crossing->finish();
    if (is_read && !ledger_.has_ended()) finish_transforms();
    delivery.finish();
    changes_ = delivery.changes();
  }

  void send(LiveStage& stage, std::function<ms_status(const ms_batch&)> next) {
    if (!facts_.look.show) return stage.send_to(std::move(next));
    const auto place = static_cast<std::size_t>(&stage.planned() - plan_.stages.data());
    const bool is_reader = stage.planned().spec.role != Role::transform;
    stage.send_to([this, place, is_reader, next = std::move(next)](const ms_batch& batch) {
      const ms_batch shown = is_reader ? first_of(batch) : batch;
      facts_.look.show(place, shown);
      const ms_status status = next(shown);
      return is_reader && seen_ == facts_.look.most_records ? ms_status{MS_FAILED} : status;
    });
  }
  /// As many of the rows as are still to be looked at.
  ms_batch first_of(ms_batch batch) {
    auto& rows = batch.selected == nullptr ? batch.rows : batch.selected_count;
    rows = std::min<std::size_t>(rows, facts_.look.most_records - seen_);
    seen_ += rows;
    return batch;
  }
  [[nodiscard]] bool has_seen_enough() const {
    return facts_.look.show && seen_ == facts_.look.most_records && !ledger_.has_ended();
  }

  /// Rows that are only reported: none of them is an answer, too, and nothing is committed that could be wrong.
  [[nodiscard]] bool is_ad_hoc() const {
    return flow_.front()->stage().produce != nullptr &&
           std::none_of(sinks_.begin(), sinks_.end(),
                        [](const LiveStage* sink) { return sink->stage().commit != nullptr; });
  }

  bool read_source() {
    LiveStage& source = *flow_.front();
    if (source.stage().read != nullptr) {
      Reader reader(source, *flow_[1], ledger_, facts_.progress);
      const bool complete = reader.run();
      outcome_.inputs = reader.inputs();
      return complete || has_seen_enough();
    }
    ms_status status = MS_OK;
    while (status == MS_OK)
      status = source.pull(source.stage().produce);
    return status == MS_END || has_seen_enough();
  }

  void finish_transforms() {
    for (LiveStage* stage : flow_)
      if (stage->stage().finish != nullptr && stage->call(stage->stage().finish) != MS_OK) return;
  }

  void judge() {
    if (!outcome_.inputs.empty() && are_same_bytes(outcome_.inputs, facts_.inputs_before))
      ledger_.add(make_finding<rules::unchanged_input>({}, outcome_.inputs.back().file));
    check_guards(plan_.pipeline.guard, facts_.baseline, ledger_);
    if (!facts_.is_part) outcome_.baseline = baseline_of(ledger_.measures(), facts_.baseline);
    const Acceptance& given = facts_.acceptance;
    if (ledger_.objections().empty() && !given.token.empty())
      ledger_.add(make_finding<rules::unneeded_token>({}, given.token));
    if (ledger_.objections().empty() || ledger_.has_ended()) return;
    outcome_.token =
        token_of({plan_.pipeline.name, given.used_before, outcome_.inputs, ledger_.objections(), changes_});
    if (given.token.empty()) return;
    outcome_.is_accepted =
        given.token == outcome_.token && (facts_.test || (given.use && given.use(given.token)));
    if (outcome_.is_accepted)
      ledger_.let_through();
    else
      ledger_.object(make_finding<rules::other_token>({}, given.token));
  }

  /// The database last: a loader that cannot finish its file must not find it changed.
  void commit() {
    settle();
    std::vector<LiveStage*> loaders;
    std::copy_if(sinks_.begin(), sinks_.end(), std::back_inserter(loaders),
                 [](const LiveStage* sink) { return sink->stage().commit != nullptr; });
    const auto is_file = [](const LiveStage* loader) { return (loader->stage().flags & MS_DATABASE) == 0; };
    std::stable_partition(loaders.begin(), loaders.end(), is_file);
    const bool has_database = !loaders.empty() && !is_file(loaders.back());
    for (LiveStage* loader : loaders) {
      if (!summarize(*loader, loader->stage().commit)) return;
      outcome_.committed = outcome_.committed || !has_database || !is_file(loader);
    }
  }

  void settle() {
    outcome_.status = ledger_.worst() == Severity::fatal     ? "unsuccessful"
                      : ledger_.worst() == Severity::refusal ? "refused"
                                                             : "successful";
    outcome_.reason = ledger_.reason();
    outcome_.causes = ledger_.causes();
    outcome_.finished_at = facts_.now();
    outcome_.counts = ledger_.counts();
  }

  /// What fails here comes too late to change what was done: it is told with what report writers find.
  void tell_source() {
    LiveStage& source = *flow_.front();
    if (const auto committed = source.committed(); committed != nullptr)
      static_cast<void>(source.call(committed));
  }

  /// What a report writer finds here comes too late to change what was done.
  void conclude() {
    std::vector<LiveStage*> reports;
    for (LiveStage* sink : sinks_)
      if (sink->stage().conclude != nullptr && tell(*sink)) reports.push_back(sink);
    // Where no thread can be had, it waits for the reports.
    const auto kept = std::async(std::launch::async | std::launch::deferred, [this] {
      if (facts_.keep_findings) facts_.keep_findings(outcome_.findings);
    });
    for (LiveStage* report : reports)
      if (summarize(*report, report->stage().conclude))
        outcome_.reports.insert(outcome_.reports.end(), report->paths().begin(), report->paths().end());
    kept.wait();
    const FindingLog late = ledger_.take_findings();
    if (facts_.keep_findings && !late.groups().empty()) facts_.keep_findings(late);
    late.each([&](const Finding& finding) { outcome_.findings.add(stages_.size(), finding); });
  }

  bool tell(LiveStage& report) {
    bool is_told = true;
    outcome_.findings.each_told([&](const Finding& finding) { is_told = is_told && tell(report, finding); });
    return is_told;
  }

  [[nodiscard]] static bool tell(LiveStage& report, const Finding& finding) {
    const std::string message = scrub(finding.message), key = scrub(finding.key),
                      shown = shown_message(finding);
    ms_finding crossing{};
    crossing.size = sizeof crossing;
    crossing.code = finding.code;
    crossing.severity = static_cast<std::uint32_t>(finding.severity);
    crossing.place = finding.place;
    crossing.message = borrow(message);
    crossing.key = borrow(key);
    crossing.stage = borrow(finding.stage);
    crossing.remedy = borrow(finding.remedy);
    crossing.shown = borrow(shown);
    crossing.count = finding.count;
    return report.call(report.stage().found, &crossing) == MS_OK;
  }

  using Told = ms_status (*)(void*, const ms_summary*, const ms_host*);
  [[nodiscard]] bool summarize(LiveStage& sink, Told verb) {
    std::vector<ms_input> inputs;
    for (const InputFile& input : outcome_.inputs)
      inputs.push_back({borrow(input.file), borrow(input.sha256), input.bytes});
    std::vector<ms_count> counts;
    for (const auto& [name, value] : outcome_.counts)
      counts.push_back({borrow(name), value});
    ms_summary summary{};
    summary.size = sizeof summary;
    summary.committed = outcome_.committed ? 1 : 0;
    summary.status = borrow(outcome_.status);
    summary.reason = borrow(outcome_.reason);
    summary.finished_at = borrow(outcome_.finished_at);
    summary.inputs = inputs.data();
    summary.input_count = inputs.size();
    summary.counts = counts.data();
    summary.count_count = counts.size();
    return sink.call(verb, &summary) == MS_OK;
  }

  const Plan& plan_;
  const RunFacts& facts_;
  Ledger ledger_;
  std::vector<std::unique_ptr<LiveStage>> stages_;
  std::vector<LiveStage*> flow_;  // source, format, transforms
  std::vector<LiveStage*> sinks_;
  std::uint64_t seen_ = 0;     // records that were looked at
  std::uint64_t changes_ = 0;  // their digest
  Outcome outcome_;
};

}  // namespace

Outcome run_pipeline(const Plan& plan, const RunFacts& facts) {
  return Execution(plan, facts).run();
}

}  // namespace mealsync
