// eligibility/change.hpp -- the vocabulary of the merge: how it is told to decide, and what it answers.
//
// Units      A row is named by its index in the rows that `decide` was given.
// Ownership  Every type owns all it holds.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <eligibility/duplicates.hpp>
#include <eligibility/record.hpp>

namespace mealsync {

/// Where rows come from: the POS, the origin of a status, or the state's list of direct certifications.
enum class Feed : std::uint8_t { pos, direct };
/// Who wins where a POS row ranks lower: the file, the better rank, or the existing record whatever its rank.
enum class Precedence : std::uint8_t { file, rank, existing };
/// Whether a record of the same rank takes a row's certified type.
enum class SameRank : std::uint8_t { update, keep };
/// Whether a record of the same rank follows a row's dates.
enum class Dates : std::uint8_t { follow, keep };

struct Policy {
  Feed feed = Feed::pos;
  Precedence precedence = Precedence::file;
  SameRank same_rank = SameRank::update;
  Dates dates = Dates::follow;
  Duplicates duplicates = Duplicates::best;
  std::optional<Date> default_expiration;  // of the pipeline's year: how long an open record is taken to last
};

/// How far past June 30 of its year an open record lasts. Never less than that day: to every reader of the
/// database it is valid until then, whatever a pipeline says.
[[nodiscard]] constexpr std::int32_t grace_days(SchoolYear year,
                                                const std::optional<Date>& default_expiration) {
  return default_expiration ? std::max(default_expiration->days - year.last().days, 0) : 0;
}

/// One step. Steps apply in order: `before` is what the steps ahead of it left.
struct Change {
  Action action = Action::none;
  MealRecord before;  // of an insert: nothing
  MealRecord after;   // of a remove: nothing
  std::size_t row = 0;
  std::optional<Fate> fate;  // on exactly one change of each row that was imported
  bool carryover = false;    // an end that is counted apart from the others

  bool operator==(const Change&) const = default;
};

/// The codes of meal-status.md, section 4.
enum class NoteCode : std::uint32_t {
  takes_direct_type = 3037,
  existing_is_better = 3040,
  direct_is_protected = 3041,
  partly_covered = 3042,
  shortened_by_later_year = 3043,
  duplicate = 3050,
  ambiguous_overlap = 3060,
  application_is_protected = 3061,
  prior_year_starts_later = 3062,
  overlap_was_there = 3063,
  corrupt_record = 3064
};

/// What a note means for its row: it goes on, it is left out, it is an error. Only the first kind has
/// changes.
enum class Effect : std::uint8_t { remark, skip, reject };

struct Note {
  NoteCode code{};
  Effect effect = Effect::remark;
  std::size_t row = 0;
  MealRecord record;                     // the record in the way, as it was
  std::optional<std::size_t> other_row;  // of a duplicate: the row that is used, or that it overlaps

  bool operator==(const Note&) const = default;
};

struct Decision {
  std::vector<Change> changes;
  std::vector<Note> notes;

  bool operator==(const Decision&) const = default;
};

}  // namespace mealsync

template <>
struct mealsync::CodeSet<mealsync::Feed> {
  static constexpr std::string_view name = "feed";
  static constexpr std::array<std::string_view, 2> words{"pos", "direct"};
};
