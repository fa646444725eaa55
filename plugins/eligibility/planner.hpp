// eligibility/planner.hpp -- how `decide` of decision.hpp decides.
//
// Rows are planned in the order of their start, each against what the rows before it left.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

#include <eligibility/change.hpp>
#include <eligibility/duplicates.hpp>
#include <eligibility/record.hpp>

namespace mealsync::detail {

/// Plans one student's rows after another's; its memory serves for all of them.
class Planner {
 public:
  Planner(SchoolYear year, const Policy& policy)
      : year_(year), policy_(policy), grace_(grace_days(year, policy.default_expiration)) {}

  /// Lives until the next student is decided.
  [[nodiscard]] const Decision& decide(std::span<const MealRecord> existing,
                                       std::span<const IncomingRow> rows) {
    begin(existing, rows);
    if (const auto fault = find_overlap()) {
      for (const std::size_t row : order_)
        note(NoteCode::overlap_was_there, Effect::skip, row, *fault);
      return decision_;
    }
    drop_duplicates();
    first_slots_.clear();
    told_.clear();
    if (order_.size() > 1) {  // A single row beats none.
      first_slots_ = slots_;
      told_ = decision_.notes;
    }
    beaten_rows_.clear();
    while (const auto loser = plan_rows()) {
      beaten_rows_.push_back(*loser);
      std::erase(order_, loser->row);
      slots_ = first_slots_;
      decision_.changes.clear();
      decision_.notes = told_;
    }
    decision_.notes.insert(decision_.notes.end(), beaten_rows_.begin(), beaten_rows_.end());
    if (find_overlap()) throw std::logic_error("the plan of a student's meal records leaves an overlap");
    return decision_;
  }

 private:
  /// A record on its way from what it was to what it will be.
  struct Slot {
    MealRecord record;
    Span days;                          // has an end, also where the record is open
    std::optional<std::size_t> met_by;  // the last row that met it at its rank
    bool removed = false;
  };

  void begin(std::span<const MealRecord> existing, std::span<const IncomingRow> rows) {
    rows_ = rows;
    decision_.changes.clear();
    decision_.notes.clear();
    slots_.clear();
    order_.resize(rows.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    if (rows.size() > 1)
      std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
        return std::tuple(rows[a].start, rows[a].place, a) < std::tuple(rows[b].start, rows[b].place, b);
      });
    if (rows.empty()) return;
    for (const MealRecord& record : existing) {
      const Span days{record.start, record.end ? *record.end : Date{record.year.last().days + grace_}};
      if (days.empty())
        note(NoteCode::corrupt_record, Effect::remark, order_.front(), record);
      else
        slots_.push_back({record, days, {}, false});
    }
  }

  void note(NoteCode code, Effect effect, std::size_t row, const MealRecord& record) {
    decision_.notes.push_back({code, effect, row, record, {}});
  }

  [[nodiscard]] Note error(NoteCode code, const MealRecord& record) const {
    return {code, Effect::reject, row_, record, {}};
  }

  std::size_t change(Action action, const MealRecord& before, const MealRecord& after) {
    const bool carryover = action == Action::end && before.year < year_;
    decision_.changes.push_back({action, before, after, row_, {}, carryover});
    return decision_.changes.size() - 1;
  }

  [[nodiscard]] const IncomingRow& incoming() const { return rows_[row_]; }

  [[nodiscard]] static bool meets(const Slot& slot, const Span& days) {
    return !slot.removed && overlap(slot.days, days);
  }

  /// Whether the row may only change the record in place.
  [[nodiscard]] bool is_peer(const Slot& slot) const {
    return slot.record.year == year_ && rank(slot.record.status) == rank(incoming().status);
  }

  /// A record that begins before another one has ended.
  [[nodiscard]] std::optional<MealRecord> find_overlap() {
    std::erase_if(slots_, [](const Slot& slot) { return slot.removed; });
    if (slots_.size() < 2) return std::nullopt;
    std::sort(slots_.begin(), slots_.end(), [](const Slot& a, const Slot& b) {
      return std::tuple(a.days.first, a.days.last, a.record.id) <
             std::tuple(b.days.first, b.days.last, b.record.id);
    });
    // In this order any overlap makes one of neighbours.
    const auto found = std::adjacent_find(
        slots_.begin(), slots_.end(), [](const Slot& a, const Slot& b) { return overlap(a.days, b.days); });
    if (found == slots_.end()) return std::nullopt;
    return std::next(found)->record;
  }

  void drop_duplicates() {
    if (rows_.size() < 2) return;
    const auto rivals = find_duplicates(rows_, policy_.duplicates);
    const auto effect = policy_.duplicates == Duplicates::reject ? Effect::reject : Effect::skip;
    for (const std::size_t row : order_)
      if (rivals[row]) decision_.notes.push_back({NoteCode::duplicate, effect, row, {}, rivals[row]});
    std::erase_if(order_, [&](std::size_t row) { return rivals[row].has_value(); });
  }

  /// Stops at a row that undoes what an earlier row of the file gave to the same record. Imported one after
  /// the other they would change it in every run, so the earlier start has to go.
  [[nodiscard]] std::optional<Note> plan_rows() {
    for (const std::size_t row : order_) {
      row_ = row;
      slots_before_ = slots_;
      const auto changes = decision_.changes.size();
      const auto notes = decision_.notes.size();
      inserted_ = updated_ = {};
      beaten_ = {};
      if (const auto fault = import()) {
        slots_ = slots_before_;
        decision_.changes.resize(changes);
        decision_.notes.resize(notes);
        decision_.notes.push_back(*fault);
      } else if (beaten_) {
        return beaten_;
      }
    }
    return std::nullopt;
  }

  /// Plans one row. Answers why it cannot be imported, if it cannot.
  [[nodiscard]] std::optional<Note> import() {
    for (const Span& span : days_to_import())
      if (auto fault = place(span)) return fault;
    if (inserted_) {
      decision_.changes[*inserted_].fate = Fate::new_;
    } else if (updated_) {
      decision_.changes[*updated_].fate = Fate::updated;
    } else {
      decision_.changes[change(Action::none, witness_, witness_)].fate = Fate::existing;
    }
    return std::nullopt;
  }

  /// The row's days, without those of later years and of the records it loses to.
  [[nodiscard]] const std::vector<Span>& days_to_import() {
    left_.clear();
    Span days{incoming().start, incoming().end};
    const auto later = std::find_if(slots_.begin(), slots_.end(), [&](const Slot& slot) {
      return slot.record.year > year_ && meets(slot, days);
    });
    if (later != slots_.end()) {
      days.last = later->days.first.previous();
      witness_ = later->record;
      note(NoteCode::shortened_by_later_year, Effect::remark, row_, later->record);
      if (days.empty()) return left_;
    }

    left_.push_back(days);
    std::optional<Note> lost;
    bool is_there = false;  // the same status, so losing to it is no loss
    for (const Slot& slot : slots_) {
      const auto code =
          slot.record.year == year_ && meets(slot, days) ? defeat_by(slot.record.status) : std::nullopt;
      if (!code) continue;
      left_ = subtract(left_, slot.days);
      witness_ = slot.record;
      if (slot.record.status == incoming().status)
        is_there = true;
      else if (!lost || *code == NoteCode::direct_is_protected)
        lost = Note{*code, Effect::remark, row_, slot.record, {}};
    }
    if (lost) {
      if (!left_.empty() || is_there) lost->code = NoteCode::partly_covered;
      decision_.notes.push_back(*lost);
    }
    return left_;
  }

  /// Why the row loses to a record of this status, if it does.
  [[nodiscard]] std::optional<NoteCode> defeat_by(const Status& existing) const {
    const Status& mine = incoming().status;
    const bool is_better = rank(existing) < rank(mine);
    if (policy_.feed == Feed::pos && is_better && existing.source == Source::direct &&
        mine.source == Source::non_direct)
      return NoteCode::direct_is_protected;
    if (is_better && (policy_.feed == Feed::direct || policy_.precedence == Precedence::rank))
      return NoteCode::existing_is_better;
    if (policy_.precedence == Precedence::existing) return NoteCode::existing_is_better;
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Note> place(const Span& span) {
    met_.clear();
    for (Slot& slot : slots_)
      if (meets(slot, span) && is_peer(slot)) met_.push_back(&slot);
    return met_.empty() ? insert(span) : change_in_place(span, met_);
  }

  [[nodiscard]] std::optional<Note> insert(const Span& span) {
    if (auto fault = make_way(span)) return fault;
    const MealRecord record{0, year_, incoming().status, span.first, span.last, false};
    slots_.push_back({record, span, row_, false});
    const auto index = change(Action::insert, {}, record);
    if (!inserted_) inserted_ = index;
    return std::nullopt;
  }

  /// Gives the row's status and days to the records of its rank; several become one.
  [[nodiscard]] std::optional<Note> change_in_place(const Span& span, const std::vector<Slot*>& met) {
    Slot& kept = *met.front();
    Span together = kept.days;
    std::int32_t covered = 0;
    bool takes_status = false;
    bool are_alike = true;
    for (Slot* slot : met) {
      together = hull(together, slot->days);
      covered += slot->days.days();
      are_alike = are_alike && slot->record.status == kept.record.status;
      if (policy_.same_rank == SameRank::keep) continue;
      takes_status = takes_status || slot->record.status != incoming().status;
      if (slot->met_by && rows_[*slot->met_by].status != incoming().status)
        beaten_ = Note{NoteCode::duplicate, Effect::skip, *slot->met_by, {}, row_};
      slot->met_by = row_;
    }
    const Span wanted = follow(together, span);
    const bool are_as_wanted =
        policy_.dates == Dates::keep || (wanted == together && covered == together.days());
    if (!takes_status && are_as_wanted) {
      witness_ = kept.record;
      return std::nullopt;
    }
    if (met.size() > 1 && (takes_status || !are_alike))
      return error(NoteCode::ambiguous_overlap, kept.record);

    for (auto other = met.begin() + 1; other != met.end(); ++other)
      if (auto fault = remove(**other)) return fault;
    if (auto fault = make_way(wanted)) return fault;
    if (takes_status && incoming().status.source == Source::direct)
      note(NoteCode::takes_direct_type, Effect::remark, row_, kept.record);
    MealRecord after = kept.record;
    if (takes_status) after.status = incoming().status;
    after.start = wanted.first;
    if (wanted.last != kept.days.last) after.end = wanted.last;
    const bool only_ends_earlier =
        !takes_status && after.start == kept.record.start && wanted.last < kept.days.last;
    const auto index = change(only_ends_earlier ? Action::end : Action::update, kept.record, after);
    if (!updated_) updated_ = index;
    kept.record = after;
    kept.days = wanted;
    return std::nullopt;
  }

  /// The days of a record that meets `span` at the same rank. A POS file knows its students' whole year, so
  /// it may also take days away; a list of certifications only adds.
  [[nodiscard]] Span follow(const Span& days, const Span& span) const {
    if (policy_.dates == Dates::keep) return days;
    Span wanted = hull(days, span);
    if (policy_.feed == Feed::pos && span.first <= days.first) wanted.last = span.last;
    return wanted;
  }

  /// Takes `days` from every record of another rank and from last year's.
  [[nodiscard]] std::optional<Note> make_way(const Span& days) {
    for (Slot& slot : slots_) {
      if (!meets(slot, days) || slot.record.year > year_ || is_peer(slot)) continue;
      if (slot.days.first < days.first) {
        end(slot, days.first.previous());
      } else if (slot.record.year < year_) {
        return error(NoteCode::prior_year_starts_later, slot.record);
      } else if (slot.days.last <= days.last) {
        if (auto fault = remove(slot)) return fault;
      } else {
        if (auto fault = trim(slot, days.last.next())) return fault;
      }
    }
    return std::nullopt;
  }

  void end(Slot& slot, Date last) {
    MealRecord after = slot.record;
    after.end = last;
    change(Action::end, slot.record, after);
    slot.record = after;
    slot.days.last = last;
  }

  [[nodiscard]] std::optional<Note> remove(Slot& slot) {
    if (slot.record.from_application) return error(NoteCode::application_is_protected, slot.record);
    change(Action::remove, slot.record, {});
    slot.removed = true;
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Note> trim(Slot& slot, Date first) {
    if (slot.record.from_application) return error(NoteCode::application_is_protected, slot.record);
    MealRecord after = slot.record;
    after.start = first;
    change(Action::trim, slot.record, after);
    slot.record = after;
    slot.days.first = first;
    return std::nullopt;
  }

  SchoolYear year_;
  Policy policy_;
  std::int32_t grace_;

  // Of the student:
  std::span<const IncomingRow> rows_;
  std::vector<std::size_t> order_;  // the rows that are still to be imported
  std::vector<Slot> slots_;
  Decision decision_;
  std::vector<Slot> first_slots_;  // before the first row, to begin again
  std::vector<Note> told_;         // likewise
  std::vector<Note> beaten_rows_;

  // Of the row being planned:
  std::size_t row_ = 0;
  MealRecord witness_;                   // the record that already says what the row says, or better
  std::optional<std::size_t> inserted_;  // changes that may carry its fate
  std::optional<std::size_t> updated_;
  std::optional<Note> beaten_;
  std::vector<Slot> slots_before_;
  std::vector<Span> left_;  // of its days
  std::vector<Slot*> met_;
};

}  // namespace mealsync::detail
