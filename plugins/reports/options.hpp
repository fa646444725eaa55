// reports/options.hpp -- what a pipeline may say of a report, the same for all of them.
//
// Source   Who may see what: a child's status is confidential, counts are not (USDA; FERPA).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <mealsync/sdk.hpp>

namespace mealsync::reports {

/// Whom a report is for: `detail` for those who may see a student's meal status, `summary` for anyone.
/// A summary has counts and codes: no record, no message, no line, no value out of a file.
enum class Profile : std::uint8_t { detail, summary };

struct ReportOptions;

}  // namespace mealsync::reports

template <>
struct mealsync::CodeSet<mealsync::reports::Profile> {
  static constexpr std::string_view name = "profile";
  static constexpr std::array<std::string_view, 2> words{"detail", "summary"};
};

struct mealsync::reports::ReportOptions {
  std::string path;
  Profile profile = Profile::detail;
  bool details = true;

  static void describe(Describe<ReportOptions>& d);

  [[nodiscard]] bool has_messages() const { return profile == Profile::detail; }
  [[nodiscard]] bool has_records() const { return profile == Profile::detail && details; }
};
