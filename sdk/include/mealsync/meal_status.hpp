// mealsync/meal_status.hpp -- the words of the domain: what a meal status is made of, and its rank.
//
// The sets are closed. One byte a value crosses between stages (Code<E>); they are spelled out at the
// edges only, as `words` has them.
// Source   KSIS end-of-year training, 2016-04-21 (report columns); the vendor's public help pages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mealsync {

enum class Eligibility : std::uint8_t { free, reduced, paid };

/// Direct: certified without an application.
enum class Source : std::uint8_t { direct, non_direct };

/// Why a student has the eligibility. TANF is Kentucky's KTAP.
enum class CertifiedType : std::uint8_t {
  snap,
  tanf,
  fdpir,
  medicaid,
  foster,
  homeless,
  migrant,
  runaway,
  head_start,
  even_start,
  income,
  categorical,
  override_,
  denied,
  declined,
  did_not_apply,
  extended,
  unknown
};

/// What a row does to the database.
enum class Action : std::uint8_t { none, insert, end, remove, trim, update };

/// What became of a record that was imported. Records that were not are rejected or skipped.
enum class Fate : std::uint8_t { new_, updated, existing };

/// The name of a closed set and the spelling of its values, in the order of the enumeration.
template <class E>
struct CodeSet;

template <>
struct CodeSet<Eligibility> {
  static constexpr std::string_view name = "eligibility";
  static constexpr std::array<std::string_view, 3> words{"Free", "Reduced", "Paid"};
};
template <>
struct CodeSet<Source> {
  static constexpr std::string_view name = "source";
  static constexpr std::array<std::string_view, 2> words{"Direct", "Non-Direct"};
};
template <>
struct CodeSet<CertifiedType> {
  static constexpr std::string_view name = "certified_type";
  static constexpr std::array<std::string_view, 18> words{
      "SNAP",     "TANF",    "FDPIR",     "Medicaid",    "Foster",   "Homeless",
      "Migrant",  "Runaway", "HeadStart", "EvenStart",   "Income",   "Categorical",
      "Override", "Denied",  "Declined",  "DidNotApply", "Extended", "Unknown"};
};
template <>
struct CodeSet<Action> {
  static constexpr std::string_view name = "action";
  static constexpr std::array<std::string_view, 6> words{"none", "insert", "end", "remove", "trim", "update"};
};
template <>
struct CodeSet<Fate> {
  static constexpr std::string_view name = "fate";
  static constexpr std::array<std::string_view, 3> words{"new", "updated", "existing"};
};

template <class E>
[[nodiscard]] constexpr std::string_view spell(E value) {
  return CodeSet<E>::words[static_cast<std::size_t>(value)];
}

/// The value that is spelled so; case, blanks and hyphens do not count ("non direct", "HEAD START").
template <class E>
[[nodiscard]] constexpr std::optional<E> read_code(std::string_view text) {
  const auto next = [](std::string_view& t) {
    while (!t.empty() && (t[0] == ' ' || t[0] == '-'))
      t.remove_prefix(1);
    if (t.empty()) return '\0';
    const char c = t[0];
    t.remove_prefix(1);
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  for (std::size_t i = 0; i < CodeSet<E>::words.size(); ++i) {
    std::string_view left = CodeSet<E>::words[i], right = text;
    char a = 0, b = 0;
    do {
      a = next(left);
      b = next(right);
    } while (a == b && a != '\0');
    if (a == b) return static_cast<E>(i);
  }
  return std::nullopt;
}

/// 1 is the best. By eligibility and source alone, so Foster and Runaway, both Free/Direct, are equal.
/// Source: the vendor's help pages for that example; the order of 2 and 3 is ours, from what another
/// product documents (a Reduced direct certification never lowers a student who is Free).
[[nodiscard]] constexpr int rank(Eligibility eligibility, Source source) {
  if (eligibility == Eligibility::paid) return 5;
  return (eligibility == Eligibility::free ? 1 : 3) + (source == Source::direct ? 0 : 1);
}

}  // namespace mealsync
