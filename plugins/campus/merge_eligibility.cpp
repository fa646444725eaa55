// Compares what comes in with the records that Campus has, and gives the changes to make.
//
// Keeps its candidates until the input ends, then walks them and the existing records side by side, in the order of
// persons: one scan of the database, whatever the file holds, which begins while the file comes in. The decision itself
// is in eligibility/decision.hpp.
#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <campus/candidates.hpp>
#include <campus/change_columns.hpp>
#include <campus/database.hpp>
#include <campus/guard_measures.hpp>
#include <campus/meals_ahead.hpp>
#include <campus/merge_options.hpp>
#include <campus/merge_rules.hpp>
#include <campus/names_ahead.hpp>
#include <eligibility/absence.hpp>
#include <eligibility/combinations.hpp>
#include <eligibility/decision.hpp>
#include <mealsync/sdk.hpp>

namespace {

using namespace mealsync;
using campus::Candidate;

class MergeEligibility {
 public:
  static constexpr auto name = "merge_eligibility";
  static constexpr auto summary = "Decides what each record changes in Campus.";
  static constexpr auto rules = campus::joined(merge_rules::all, campus::reading_rules);

  using Options = MergeOptions;
  struct Ports {
    Column<Int> person;
    Column<Text> key;
    Column<Code<Eligibility>> eligibility;
    Column<Code<Source>> source;
    Column<Code<CertifiedType>> type;
    Column<Date> start, end;
    Column<bool> extended;
    Column<Text> school;
    Column<Text> key_out;
    campus::ChangeColumns change;
    Column<Code<Fate>> fate;
    Column<Text> student, school_out;

    Ports(const Options& o, Columns& c)
        : person(c.need<Int>("person_id")),
          key(c.find<Text>("state_id")),
          eligibility(c.need<Code<Eligibility>>("eligibility")),
          source(c.need<Code<Source>>("source")),
          type(c.need<Code<CertifiedType>>("certified_type")),
          start(c.need<Date>("start_date")),
          end(c.need<Date>("end_date")),
          extended(c.find<bool>("extended")),
          school(c.find<Text>("enrolled_school")) {
      if (o.missing == Missing::end) c.judges_absence();
      if (o.missing == Missing::end && o.feed == Feed::direct) c.fault<merge_rules::list_names_some>();
      c.pass_nothing();
      key_out = c.add<Text>("state_id", "The record's key.");
      change = campus::ChangeColumns::added(c);
      fate = c.add<Code<Fate>>("fate", "What became of the record; on one of its changes.");
      student = c.add<Text>("student_name", "Last and first name as Campus has them.");
      if (extended)
        change.extended = c.add<bool>("extended", "Whether a record is given because of another child's.");
      if (school) school_out = c.add<Text>("enrolled_school", "Number of the school where he is enrolled.");
    }
  };

  MergeEligibility(const Options& o, const Ports& ports, const Run& run)
      : options_(o),
        policy_(o.policy()),
        at_(ports),
        year_(run.school_year),
        as_of_(run.as_of),
        names_students_(run.wants(ports.student)),
        gives_schools_(ports.school && run.wants(ports.school_out)),
        measures_(run.school_year),
        planner_(run.school_year, policy_),
        extending_planner_(run.school_year, extending(policy_)) {
    campus::on_database(options_.database, [&] {
      meals_.emplace(options_.database);
      const bool judges = options_.missing == Missing::end;
      if (names_students_ || judges) names_.emplace(options_.database, judges);
    });
  }

  void process(Row row, Output& out) {
    if (!is_complete(row, out)) return;
    if (row[at_.end] < row[at_.start]) return out.reject<merge_rules::ends_first>(row);
    if (!year_.holds(row[at_.start]))
      return out.reject<merge_rules::starts_outside>(row, row[at_.start], year_);
    const Status status{row[at_.eligibility], row[at_.source], row[at_.type]};
    const Text key = row[at_.key];
    if (policy_.feed == Feed::direct && status.eligibility == Eligibility::paid)
      return out.reject<merge_rules::paid_in_direct>(row, Key{key});
    if (options_.combinations != Combinations::off &&
        !is_allowed(status.eligibility, status.source, status.type)) {
      if (options_.combinations == Combinations::strict)
        return out.reject<merge_rules::not_allowed>(row, status.eligibility, status.source, status.type);
      out.remark<merge_rules::unusual>(row, status.eligibility, status.source, status.type);
    }
    candidates_.add({row[at_.person],
                     {status, row[at_.start], row[at_.end], row.place().packed},
                     key,
                     row.has(at_.extended) && row[at_.extended],
                     measures_.of(row[at_.school])});
  }

  void finish(Output& out) {
    campus::on_database(options_.database, [&] { merge(out); });
  }

 private:
  /// The person whom the scan of the database has come to.
  struct Existing {
    std::int64_t person = std::numeric_limits<std::int64_t>::min();
    std::vector<MealRecord> records;
    std::string unreadable;  // what of a record cannot be read, or empty

    /// Is told and written in this order.
    void sort() {
      std::sort(records.begin(), records.end(), [](const MealRecord& a, const MealRecord& b) {
        return std::tie(a.start, a.id) < std::tie(b.start, b.id);
      });
    }
  };

  bool is_complete(Row row, Output& out) const {
    bool complete = true;
    const auto require = [&](auto column, Text field) {
      if (row.has(column)) return;
      out.reject<merge_rules::missing_field>(row, field);
      complete = false;
    };
    require(at_.person, "person_id");
    require(at_.eligibility, "eligibility");
    require(at_.source, "source");
    require(at_.type, "certified_type");
    require(at_.start, "start_date");
    require(at_.end, "end_date");
    return complete;
  }

  void merge(Output& out) {
    std::uint64_t of_the_year = 0;
    candidates_.begin();
    while (const campus::MealsAhead::Meal* meal = meals_->next()) {
      if (meal->person != existing_.person) {
        decide_up_to(meal->person, out);
        existing_.person = meal->person;
        existing_.records.clear();
        existing_.unreadable.clear();
      }
      const MealRecord record = meal->record();
      if (record.year == year_) ++of_the_year;
      if (meal->unreadable == 0)
        existing_.records.push_back(record);
      else
        existing_.unreadable = meals_->unreadable(*meal);
    }
    decide_up_to(std::numeric_limits<std::int64_t>::max(), out);
    // Nothing is read any more when the changes are committed.
    names_.reset();
    meals_.reset();
    if (unjudged_ > 0) out.remark<merge_rules::absence_not_judged>(Place{}, unjudged_, out.unidentified());
    out.count("existing_records", of_the_year);
    measures_.tell(out);
    if (extended_ > 0) out.count("extended", extended_);
    for (std::size_t i = 0; i < counted_.size(); ++i)
      if (counted_[i] > 0 && !counters[i].empty()) out.count(counters[i], counted_[i]);
  }

  /// Decides for existing_, and for the candidates before `person`, none of whom but him has records.
  void decide_up_to(std::int64_t person, Output& out) {
    existing_.sort();
    const auto is_next = [&] {
      return !candidates_.group().empty() && candidates_.group().front().person < person;
    };
    const auto is_existing = [&] { return candidates_.group().front().person == existing_.person; };
    if (!is_next() || !is_existing()) judge_absence(out);
    for (; is_next(); candidates_.next()) {
      if (!is_existing())
        decide_group({}, out);
      else if (existing_.unreadable.empty())
        decide_group(existing_.records, out);
      else
        hold(out);
    }
  }

  void judge_absence(Output& out) {
    const bool is_judged = options_.missing == Missing::end && !existing_.records.empty() &&
                           existing_.unreadable.empty() && !out.has_seen(existing_.person);
    if (!is_judged) return;
    const auto changes = end_of_absent(existing_.records, year_, as_of_, policy_);
    if (out.unidentified() > 0) {
      unjudged_ += changes.size();
      return;
    }
    for (const Change& change : changes) {
      const Text state_id = names_->of(existing_.person).state_id;
      out.remark<merge_rules::absent_is_ended>(Place{}, Key{state_id}, change.before.start,
                                               *change.after.end);
      give(change, {existing_.person, {}, state_id}, out);
    }
    measures_.end_student(campus::GuardMeasures::no_school);
  }

  void hold(Output& out) const {
    for (const Candidate& each : candidates_.group()) {
      const Place place{each.row.place};
      const Key key{each.key};
      if (each.is_extended)
        out.remark<merge_rules::unreadable_record>(place, key, existing_.unreadable);
      else
        out.skip<merge_rules::unreadable_record>(place, "held", key, existing_.unreadable);
    }
  }

  void decide_group(std::span<const MealRecord> existing, Output& out) {
    const auto group = candidates_.group();
    rows_.clear();
    for (const Candidate& each : group)
      rows_.push_back(each.row);
    if (group.front().is_extended) return extend(existing, out);
    const Decision& decision = planner_.decide(existing, rows_);
    for (const Note& note : decision.notes)
      tell(note, group, out);
    for (const Change& change : decision.changes)
      give(change, group[change.row], out);
    measures_.end_student(group.front().school);
  }

  /// A child of the household whom the file does not name gets what is better than he has; its fate is no line's.
  void extend(std::span<const MealRecord> existing, Output& out) {
    const Candidate& about = candidates_.group().front();
    const Decision& decision = extending_planner_.decide(existing, rows_);
    for (const Note& note : decision.notes)
      tell_of_extended(note, about, out);
    for (Change change : decision.changes) {
      change.fate.reset();
      if (change.action != Action::none) give(change, about, out);
    }
    measures_.end_student(about.school);
  }
  /// A record of the same rank is as good and stays: to its certified type the child has a right of his own.
  static Policy extending(Policy policy) {
    policy.same_rank = SameRank::keep;
    return policy;
  }

  void give(const Change& change, const Candidate& cause, Output& out) {
    Cells cells = out.row(Place{cause.row.place});
    if (!cause.key.empty()) cells.set(at_.key_out, cause.key);
    at_.change.set(cells, cause.person, change);
    if (change.fate) cells.set(at_.fate, *change.fate);
    if (gives_schools_ && cause.school != campus::GuardMeasures::no_school)
      cells.set(at_.school_out, measures_.number(cause.school));
    if (cause.is_extended && change.action == Action::insert) {
      cells.set(at_.change.extended, true);
      ++extended_;
    }
    if (names_students_) {
      const Text called = names_->of(cause.person).name;
      if (!called.empty()) cells.set(at_.student, called);
    }
    count(change);
    measures_.add(change, cause.school);
  }

  void count(const Change& change) {
    if (change.action == Action::end && change.carryover)
      ++counted_.back();
    else
      ++counted_[static_cast<std::size_t>(change.action)];
  }

  static void tell(const Note& note, std::span<const Candidate> group, Output& out) {
    using namespace merge_rules;
    const Candidate& about = group[note.row];
    const Place place{about.row.place};
    const Key key{about.key};
    const Status& was = note.record.status;
    const auto other_line = [&] { return Place{group[note.other_row.value_or(note.row)].row.place}.line(); };
    switch (note.code) {
      case NoteCode::takes_direct_type:
        return out.remark<takes_direct_type>(place, key, about.row.status.type, was.type);
      case NoteCode::existing_is_better:
        if (rank(was) < rank(about.row.status))
          return out.remark<existing_is_better>(place, key, was.eligibility, was.source);
        return out.remark<existing_stays>(place, key, was.eligibility, was.source);
      case NoteCode::direct_is_protected:
        return out.remark<direct_is_protected>(place, key, was.eligibility, was.source);
      case NoteCode::partly_covered:
        return out.remark<partly_covered>(place, key);
      case NoteCode::shortened_by_later_year:
        return out.remark<shortened>(place, key, note.record.year, note.record.start);
      case NoteCode::duplicate:
        if (note.effect == Effect::reject) return out.reject<duplicate_rejected>(place, other_line(), key);
        return out.skip<duplicate_skipped>(place, "duplicate", other_line(), key);
      case NoteCode::ambiguous_overlap:
        return out.reject<ambiguous>(place, key);
      case NoteCode::application_is_protected:
        return out.reject<application_protected>(place, key, note.record.start);
      case NoteCode::prior_year_starts_later:
        return out.reject<prior_year_later>(place, key, note.record.year, note.record.start);
      case NoteCode::overlap_was_there:
        return out.skip<overlap_there>(place, "held", key, note.record.start);
      case NoteCode::corrupt_record:
        return out.remark<corrupt_record>(place, key, note.record.start);
    }
  }

  /// What is better, equal or in the way is no fault of anybody.
  static void tell_of_extended(const Note& note, const Candidate& about, Output& out) {
    using namespace merge_rules;
    const Place place{about.row.place};
    const Key key{about.key};
    switch (note.code) {
      case NoteCode::ambiguous_overlap:
        return out.remark<not_extended_ambiguous>(place, key);
      case NoteCode::application_is_protected:
        return out.remark<not_extended_application>(place, key, note.record.start);
      case NoteCode::prior_year_starts_later:
        return out.remark<not_extended_prior_year>(place, key, note.record.year, note.record.start);
      case NoteCode::overlap_was_there:
        return out.remark<overlap_there>(place, key, note.record.start);
      case NoteCode::corrupt_record:
        return out.remark<corrupt_record>(place, key, note.record.start);
      case NoteCode::shortened_by_later_year:
        return out.remark<shortened>(place, key, note.record.year, note.record.start);
      case NoteCode::partly_covered:
      case NoteCode::takes_direct_type:
      case NoteCode::existing_is_better:
      case NoteCode::direct_is_protected:
      case NoteCode::duplicate:
        return;
    }
  }

  /// Of each action, and of the ends that are counted apart; empty: not counted.
  static constexpr std::array<Text, CodeSet<Action>::words.size() + 1> counters{
      "", "inserted", "ended", "removed", "trimmed", "", "carryover_ended"};

  Options options_;
  Policy policy_;
  Ports at_;
  SchoolYear year_;
  Date as_of_;
  bool names_students_, gives_schools_;
  campus::GuardMeasures measures_;
  campus::Candidates candidates_;

  // While the two are walked side by side:
  std::optional<campus::MealsAhead> meals_;
  std::optional<campus::NamesAhead> names_;
  Existing existing_;
  std::vector<IncomingRow> rows_;  // of the student being decided
  detail::Planner planner_, extending_planner_;
  std::array<std::uint64_t, counters.size()> counted_{};
  std::uint64_t extended_ = 0;
  std::uint64_t unjudged_ = 0;  // records of absent students that go on, because lines are nobody's
};

}  // namespace

MEALSYNC_PLUGIN(MergeEligibility);
