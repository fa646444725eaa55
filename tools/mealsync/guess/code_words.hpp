// guess/code_words.hpp -- what a sender's code says plainly, in so many words.
//
// A target is given where the code leaves no other. What the code only hints at is for a person to say: a status is a
// child's.
// Source   meal-status.md 2 and layouts.md 1; which targets go together is eligibility/combinations.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/meal_status.hpp>

namespace mealsync::guess {

struct Target {
  std::optional<Eligibility> eligibility;
  std::optional<Source> source;
  std::optional<CertifiedType> type;

  auto operator<=>(const Target&) const = default;
  [[nodiscard]] bool is_whole() const { return eligibility && source && type; }
};

/// Of the codes of one record, a column each. Where `letters` says no for a column, its F, R and P say nothing: F may
/// be Foster among the codes of programs.
[[nodiscard]] Target target_of(const std::vector<std::string>& codes, const std::vector<bool>& letters = {});

/// Whether every word of it is one that codes are made of.
[[nodiscard]] bool is_code_word(std::string_view code);

}  // namespace mealsync::guess
