// eligibility/combinations.hpp -- which eligibility, source and certified type go together.
//
// Source   The vendor's public help pages and the reports in KSIS end-of-year training, 2016-04-21. Where
//          neither decides the choice is ours, and the row says so.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <mealsync/meal_status.hpp>

namespace mealsync {

namespace allowed {

/// A set of eligibilities, one bit each.
using Eligibilities = std::uint8_t;

[[nodiscard]] constexpr Eligibilities only(Eligibility eligibility) {
  return static_cast<Eligibilities>(1u << static_cast<unsigned>(eligibility));
}

inline constexpr Eligibilities none = 0;
inline constexpr Eligibilities free = only(Eligibility::free);
inline constexpr Eligibilities paid = only(Eligibility::paid);
inline constexpr Eligibilities free_or_reduced = free | only(Eligibility::reduced);
inline constexpr Eligibilities any = free_or_reduced | paid;

struct Combination {
  CertifiedType type;
  Eligibilities direct;
  Eligibilities non_direct;
};

inline constexpr std::array<Combination, CodeSet<CertifiedType>::words.size()> combinations{{
    {CertifiedType::snap, free, none},
    {CertifiedType::tanf, free, none},
    {CertifiedType::fdpir, free, none},
    {CertifiedType::medicaid, free_or_reduced, none},  // the states' lists hold both
    {CertifiedType::foster, free, free},
    {CertifiedType::homeless, free, free},
    {CertifiedType::migrant, free, free},
    {CertifiedType::runaway, free, free},
    {CertifiedType::head_start, free, free},  // both sources: ours
    {CertifiedType::even_start, free, free},  // ours, like Head Start
    {CertifiedType::income, none, any},
    {CertifiedType::categorical, none, free},
    {CertifiedType::override_, none, any},
    {CertifiedType::denied, none, paid},               // ours: an application that was denied
    {CertifiedType::declined, none, paid},             // ours: a household that wants no benefit
    {CertifiedType::did_not_apply, none, paid},        // Paid: ours
    {CertifiedType::extended, free_or_reduced, none},  // ours: what a directly certified sibling can have
    {CertifiedType::unknown, free_or_reduced, any},    // ours: says nothing that could be contradicted
}};

[[nodiscard]] constexpr bool is_in_order_of_types() {
  for (std::size_t i = 0; i < combinations.size(); ++i)
    if (combinations[i].type != static_cast<CertifiedType>(i)) return false;
  return true;
}
static_assert(is_in_order_of_types());

}  // namespace allowed

/// Paid is never Direct: nobody is certified for paying.
[[nodiscard]] constexpr bool is_allowed(Eligibility eligibility, Source source, CertifiedType type) {
  const allowed::Combination& row = allowed::combinations[static_cast<std::size_t>(type)];
  return ((source == Source::direct ? row.direct : row.non_direct) & allowed::only(eligibility)) != 0;
}

}  // namespace mealsync
