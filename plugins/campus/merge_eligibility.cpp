// Compares what comes in with the records that Campus has, and gives the changes to make.
//
// Holds one candidate a record until the input ends, then walks candidates and existing records side by side, in
// the order of persons: one scan of the database, whatever the file holds. The decision itself is in
// eligibility/decision.hpp.
#include <algorithm>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <campus/change_columns.hpp>
#include <campus/database.hpp>
#include <campus/merge_rules.hpp>
#include <campus/store/store.hpp>
#include <eligibility/combinations.hpp>
#include <eligibility/decision.hpp>
#include <mealsync/sdk.hpp>

template <>
struct mealsync::CodeSet<mealsync::Feed> {
  static constexpr std::string_view name = "feed";
  static constexpr std::array<std::string_view, 2> words{"pos", "direct"};
};
template <>
struct mealsync::CodeSet<mealsync::Precedence> {
  static constexpr std::string_view name = "precedence";
  static constexpr std::array<std::string_view, 3> words{"file", "rank", "existing"};
};
template <>
struct mealsync::CodeSet<mealsync::SameRank> {
  static constexpr std::string_view name = "same_rank";
  static constexpr std::array<std::string_view, 2> words{"update", "keep"};
};
template <>
struct mealsync::CodeSet<mealsync::Dates> {
  static constexpr std::string_view name = "dates";
  static constexpr std::array<std::string_view, 2> words{"follow", "keep"};
};
template <>
struct mealsync::CodeSet<mealsync::Duplicates> {
  static constexpr std::string_view name = "duplicates";
  static constexpr std::array<std::string_view, 3> words{"best", "last", "reject"};
};

namespace {

enum class Combinations : std::uint8_t { warn, strict, off };

}  // namespace

template <>
struct mealsync::CodeSet<Combinations> {
  static constexpr std::string_view name = "combinations";
  static constexpr std::array<std::string_view, 3> words{"warn", "strict", "off"};
};

namespace {

using namespace mealsync;

class MergeEligibility {
 public:
  static constexpr auto name = "merge_eligibility";
  static constexpr auto summary = "Decides what each record changes in Campus.";
  static constexpr auto rules = campus::joined(merge_rules::all, campus::reading_rules);

  struct Options {
    std::string database;
    Feed feed = Policy{}.feed;
    Precedence precedence = Policy{}.precedence;
    SameRank same_rank = Policy{}.same_rank;
    Dates dates = Policy{}.dates;
    Duplicates duplicates = Policy{}.duplicates;
    std::optional<Date> default_expiration;
    Combinations combinations = Combinations::warn;

    static void describe(Describe<Options>& d) {
      d.required("database", &Options::database, "Campus database.").path();
      d.option("feed", &Options::feed,
               "Whether records come from the POS, or from a list of direct certifications.");
      d.option("precedence", &Options::precedence,
               "Who wins where a record of the POS ranks lower: the file, the better rank, or the existing "
               "record.");
      d.option("same_rank", &Options::same_rank,
               "Whether an existing record of the same rank takes the certified type of the file.");
      d.option("dates", &Options::dates,
               "Whether an existing record of the same rank follows the dates of the file.");
      d.option("duplicates", &Options::duplicates,
               "Which of a student's records that overlap is used: the best rank, the last line, or none.");
      d.option("default_expiration", &Options::default_expiration,
               "Last day of an existing record that is open; June 30 where none is given.");
      d.option("combinations", &Options::combinations,
               "Whether eligibility, source and certified type that do not go together are a warning, an "
               "error, or "
               "neither.");
    }
  };
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

    Ports(const Options&, Columns& c)
        : person(c.need<Int>("person_id")),
          key(c.find<Text>("state_id")),
          eligibility(c.need<Code<Eligibility>>("eligibility")),
          source(c.need<Code<Source>>("source")),
          type(c.need<Code<CertifiedType>>("certified_type")),
          start(c.need<Date>("start_date")),
          end(c.need<Date>("end_date")) {
      c.pass_nothing();
      key_out = c.add<Text>("state_id", "The record's key.");
      change = campus::ChangeColumns::added(c);
      fate = c.add<Code<Fate>>("fate", "What became of the record; on one of its changes.");
    }
  };

  MergeEligibility(const Options& o, const Ports& ports, const Run& run)
      : database_(o.database),
        combinations_(o.combinations),
        policy_{o.feed, o.precedence, o.same_rank, o.dates, o.duplicates, o.default_expiration},
        at_(ports),
        year_(run.school_year) {
    campus::on_database(database_, [&] { store_.emplace(database_, campus::Access::read_only); });
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
    if (combinations_ != Combinations::off && !is_allowed(status.eligibility, status.source, status.type)) {
      if (combinations_ == Combinations::strict)
        return out.reject<merge_rules::not_allowed>(row, status.eligibility, status.source, status.type);
      out.remark<merge_rules::unusual>(row, status.eligibility, status.source, status.type);
    }
    candidates_.push_back(
        {row[at_.person], {status, row[at_.start], row[at_.end], row.place().packed}, keys_.keep(key)});
  }

  void finish(Output& out) {
    std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
      return std::tuple(a.person, a.row.place) < std::tuple(b.person, b.row.place);
    });
    campus::on_database(database_, [&] { merge(out); });
    candidates_ = {};
  }

 private:
  struct Candidate {
    std::int64_t person;
    IncomingRow row;
    Text key;
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
    store_->read_meals([&](const campus::MealRow& meal) {
      if (meal.person != person_) {
        decide_up_to(meal.person, out);
        person_ = meal.person;
        existing_.clear();
        unreadable_.clear();
      }
      if (meal.unreadable_column.empty()) {
        existing_.push_back(meal.record);
      } else {
        unreadable_ = compose("{} '{}'", meal.unreadable_column, meal.unreadable_value);
      }
      if (meal.record.year == year_) ++of_the_year;
    });
    decide_up_to(std::numeric_limits<std::int64_t>::max(), out);
    store_->end_read();
    out.count("existing_records", of_the_year);
  }

  /// Decides for the candidates before `person`, of whom only person_ has records.
  void decide_up_to(std::int64_t person, Output& out) {
    while (next_ < candidates_.size() && candidates_[next_].person < person) {
      const std::size_t first = next_;
      rows_.clear();
      for (; next_ < candidates_.size() && candidates_[next_].person == candidates_[first].person; ++next_)
        rows_.push_back(candidates_[next_].row);
      const std::span group(candidates_.data() + first, rows_.size());
      const bool has_records = group.front().person == person_;
      if (has_records && !unreadable_.empty())
        hold(group, out);
      else
        decide_group(
            group, has_records ? std::span<const MealRecord>(existing_) : std::span<const MealRecord>(), out);
    }
  }

  void hold(std::span<const Candidate> group, Output& out) const {
    for (const Candidate& each : group)
      out.skip<merge_rules::unreadable_record>(Place{each.row.place}, "held", Key{each.key}, unreadable_);
  }

  void decide_group(std::span<const Candidate> group, std::span<const MealRecord> existing,
                    Output& out) const {
    const Decision decision = decide(existing, rows_, year_, policy_);
    for (const Note& note : decision.notes)
      tell(note, group, out);
    for (const Change& change : decision.changes) {
      const Candidate& cause = group[change.row];
      Cells cells = out.row(Place{cause.row.place});
      if (!cause.key.empty()) cells.borrow(at_.key_out, cause.key);
      at_.change.set(cells, cause.person, change);
      if (change.fate) cells.set(at_.fate, *change.fate);
      count(change, out);
    }
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
        return out.remark<existing_is_better>(place, key, was.eligibility, was.source);
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

  std::string database_;
  Combinations combinations_;
  Policy policy_;
  Ports at_;
  SchoolYear year_;
  std::optional<campus::CampusStore> store_;
  std::vector<Candidate> candidates_;
  detail::TextStore keys_;

  // While the two are walked side by side:
  std::size_t next_ = 0;
  std::int64_t person_ = std::numeric_limits<std::int64_t>::min();
  std::vector<MealRecord> existing_;  // of person_
  std::string unreadable_;            // of person_: what cannot be read, or empty
  std::vector<IncomingRow> rows_;     // of the student being decided
};

}  // namespace

MEALSYNC_PLUGIN(MergeEligibility);
