// Compares what comes in with the records that Campus has, and gives the changes to make.
//
// Keeps its candidates until the input ends, then walks them and the existing records side by side, in the order of
// persons: one scan of the database, whatever the file holds. The decision itself is in eligibility/decision.hpp.
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <campus/candidates.hpp>
#include <campus/change_columns.hpp>
#include <campus/database.hpp>
#include <campus/merge_options.hpp>
#include <campus/merge_rules.hpp>
#include <campus/store/store.hpp>
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
    Column<Text> key_out;
    campus::ChangeColumns change;
    Column<Code<Fate>> fate;
    Column<Text> student;

    Ports(const Options& o, Columns& c)
        : person(c.need<Int>("person_id")),
          key(c.find<Text>("state_id")),
          eligibility(c.need<Code<Eligibility>>("eligibility")),
          source(c.need<Code<Source>>("source")),
          type(c.need<Code<CertifiedType>>("certified_type")),
          start(c.need<Date>("start_date")),
          end(c.need<Date>("end_date")) {
      if (o.missing == Missing::end) c.judges_absence();
      if (o.missing == Missing::end && o.feed == Feed::direct) c.fault<merge_rules::list_names_some>();
      c.pass_nothing();
      key_out = c.add<Text>("state_id", "The record's key.");
      change = campus::ChangeColumns::added(c);
      fate = c.add<Code<Fate>>("fate", "What became of the record; on one of its changes.");
      student = c.add<Text>("student_name", "Last and first name as Campus has them.");
    }
  };

  MergeEligibility(const Options& o, const Ports& ports, const Run& run)
      : options_(o),
        policy_(o.policy()),
        at_(ports),
        year_(run.school_year),
        as_of_(run.as_of),
        names_students_(run.wants(ports.student)) {
    campus::on_database(options_.database,
                        [&] { store_.emplace(options_.database, campus::Access::read_only); });
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
    candidates_.add({row[at_.person], {status, row[at_.start], row[at_.end], row.place().packed}, key});
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
    store_->begin_read();
    if (names_students_ || options_.missing == Missing::end) names_.emplace(*store_);
    candidates_.begin();
    store_->read_meals([&](const campus::MealRow& meal) {
      if (meal.person != existing_.person) {
        decide_up_to(meal.person, out);
        existing_.person = meal.person;
        existing_.records.clear();
        existing_.unreadable.clear();
      }
      if (meal.unreadable_column.empty()) {
        existing_.records.push_back(meal.record);
      } else {
        existing_.unreadable = compose("{} '{}'", meal.unreadable_column, meal.unreadable_value);
      }
      if (meal.record.year == year_) ++of_the_year;
    });
    decide_up_to(std::numeric_limits<std::int64_t>::max(), out);
    names_.reset();
    store_->end_read();
    if (unjudged_ > 0) out.remark<merge_rules::absence_not_judged>(Place{}, unjudged_, out.unidentified());
    out.count("existing_records", of_the_year);
  }

  /// Decides for existing_, and for the candidates before `person`, none of whom but him has records.
  void decide_up_to(std::int64_t person, Output& out) {
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
      const campus::NameRow student = names_->of(existing_.person);
      out.remark<merge_rules::absent_is_ended>(Place{}, Key{student.state_id}, change.before.start,
                                               *change.after.end);
      give(change, {existing_.person, {}, student.state_id}, out);
    }
  }

  void hold(Output& out) const {
    for (const Candidate& each : candidates_.group())
      out.skip<merge_rules::unreadable_record>(Place{each.row.place}, "held", Key{each.key},
                                               existing_.unreadable);
  }

  void decide_group(std::span<const MealRecord> existing, Output& out) {
    const auto group = candidates_.group();
    rows_.clear();
    for (const Candidate& each : group)
      rows_.push_back(each.row);
    const Decision decision = decide(existing, rows_, year_, policy_);
    for (const Note& note : decision.notes)
      tell(note, group, out);
    for (const Change& change : decision.changes)
      give(change, group[change.row], out);
  }

  void give(const Change& change, const Candidate& cause, Output& out) {
    Cells cells = out.row(Place{cause.row.place});
    if (!cause.key.empty()) cells.set(at_.key_out, cause.key);
    at_.change.set(cells, cause.person, change);
    if (change.fate) cells.set(at_.fate, *change.fate);
    if (names_students_) name_student(cells, names_->of(cause.person));
    count(change, out);
  }

  void name_student(Cells& cells, const campus::NameRow& student) {
    name_.assign(student.last_name);
    if (!student.first_name.empty()) (name_ += name_.empty() ? "" : ", ") += student.first_name;
    if (!name_.empty()) cells.set(at_.student, name_);
  }

  static void count(const Change& change, Output& out) {
    switch (change.action) {
      case Action::insert:
        return out.count("inserted");
      case Action::end:
        return out.count(change.carryover ? "carryover_ended" : "ended");
      case Action::remove:
        return out.count("removed");
      case Action::trim:
        return out.count("trimmed");
      case Action::update:
      case Action::none:
        return;
    }
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

  Options options_;
  Policy policy_;
  Ports at_;
  SchoolYear year_;
  Date as_of_;
  bool names_students_;
  std::optional<campus::CampusStore> store_;
  campus::Candidates candidates_;

  // While the two are walked side by side:
  std::optional<campus::NameReader> names_;
  Existing existing_;
  std::vector<IncomingRow> rows_;  // of the student being decided
  std::string name_;
  std::uint64_t unjudged_ = 0;  // records of absent students that go on, because lines are nobody's
};

}  // namespace

MEALSYNC_PLUGIN(MergeEligibility);
