// campus/merge_options.hpp -- what a pipeline may say to the merge.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <eligibility/change.hpp>
#include <mealsync/sdk.hpp>

namespace mealsync {

/// What becomes of the records of students whom a file does not name.
enum class Missing : std::uint8_t { keep, end };
/// Eligibility, source and certified type that do not go together.
enum class Combinations : std::uint8_t { warn, strict, off };

template <>
struct CodeSet<Precedence> {
  static constexpr std::string_view name = "precedence";
  static constexpr std::array<std::string_view, 3> words{"file", "rank", "existing"};
};
template <>
struct CodeSet<SameRank> {
  static constexpr std::string_view name = "same_rank";
  static constexpr std::array<std::string_view, 2> words{"update", "keep"};
};
template <>
struct CodeSet<Dates> {
  static constexpr std::string_view name = "dates";
  static constexpr std::array<std::string_view, 2> words{"follow", "keep"};
};
template <>
struct CodeSet<Duplicates> {
  static constexpr std::string_view name = "duplicates";
  static constexpr std::array<std::string_view, 4> words{"best", "last", "reject", "earliest"};
};

template <>
struct CodeSet<Missing> {
  static constexpr std::string_view name = "missing";
  static constexpr std::array<std::string_view, 2> words{"keep", "end"};
};
template <>
struct CodeSet<Combinations> {
  static constexpr std::string_view name = "combinations";
  static constexpr std::array<std::string_view, 3> words{"warn", "strict", "off"};
};

struct MergeOptions {
  std::string database;
  Feed feed = Policy{}.feed;
  Precedence precedence = Policy{}.precedence;
  SameRank same_rank = Policy{}.same_rank;
  Dates dates = Policy{}.dates;
  Duplicates duplicates = Policy{}.duplicates;
  Missing missing = Missing::keep;
  std::optional<Date> default_expiration;
  Combinations combinations = Combinations::warn;

  [[nodiscard]] Policy policy() const {
    return {feed, precedence, same_rank, dates, duplicates, default_expiration};
  }

  static void describe(Describe<MergeOptions>& d) {
    d.required("database", &MergeOptions::database, "Campus database.").path();
    d.option("feed", &MergeOptions::feed,
             "Whether records come from the POS, or from a list of direct certifications.");
    d.option("precedence", &MergeOptions::precedence,
             "Who wins where a record of the POS ranks lower: the file, the better rank, or the existing "
             "record.");
    d.option("same_rank", &MergeOptions::same_rank,
             "Whether an existing record of the same rank takes the certified type of the file.");
    d.option("dates", &MergeOptions::dates,
             "Whether an existing record of the same rank follows the dates of the file.");
    d.option(
        "duplicates", &MergeOptions::duplicates,
        "Which of a student's records that overlap is used: the best rank and of those the last line, the "
        "last line, none, or the best rank and of those the earliest start.");
    d.option("missing", &MergeOptions::missing,
             "What becomes of the records of students whom the file does not name: kept, or ended the day "
             "before the "
             "run. Only for files that name every student; a direct certification is kept.");
    d.option("default_expiration", &MergeOptions::default_expiration,
             "Last day of an existing record that is open; June 30 where none is given.");
    d.option("combinations", &MergeOptions::combinations,
             "Whether eligibility, source and certified type that do not go together are a warning, an "
             "error, or "
             "neither.");
  }
};

}  // namespace mealsync
