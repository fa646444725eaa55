// campus/database.hpp -- what every stage on a Campus database says when it cannot be used.
#pragma once

#include <array>
#include <string>

#include <campus/store/store_error.hpp>
#include <mealsync/sdk.hpp>

namespace mealsync::campus {

inline constexpr Rule database_missing{9006, Severity::fatal, "Campus database '{}' cannot be opened: {}",
                                       "Check the path in the pipeline and the rights of the account; "
                                       "mealsync campus init makes a new database."};
inline constexpr Rule not_a_campus_database{
    9009, Severity::fatal, "'{}' is no Campus database of this version: {}",
    "Check the path in the pipeline; mealsync campus init makes one for this version."};
inline constexpr Rule database_locked{9001, Severity::fatal, "Campus database '{}' is in use: {}",
                                      "Run again when the other program has finished."};
inline constexpr Rule database_read_only{
    9006, Severity::fatal, "Campus database '{}' cannot be written: {}",
    "Give the account of the import the right to write the file and its folder."};
inline constexpr Rule changed_meanwhile{9009, Severity::fatal,
                                        "Campus database '{}' was changed during the run: {}",
                                        "Run the import again; nothing was written."};
inline constexpr Rule would_overlap{9009, Severity::fatal,
                                    "Campus database '{}' would hold records that overlap: {}",
                                    "Report this with the pipeline; nothing was written."};
inline constexpr Rule database_failed{9009, Severity::fatal, "Campus database '{}' failed: {}",
                                      "Check the disk and the database; nothing was written."};

inline constexpr std::array reading_rules{&database_missing, &not_a_campus_database, &database_locked,
                                          &database_failed};

/// Runs `body`; what the database has against it becomes a finding that ends the run.
template <class F>
auto on_database(const std::string& path, F&& body) {
  try {
    return body();
  } catch (const StoreError& error) {
    const Text words = error.what();
    switch (error.fault()) {
      case Fault::missing:
      case Fault::not_a_file:
        fail<database_missing>(path, words);
      case Fault::not_a_database:
      case Fault::not_campus:
      case Fault::other_version:
      case Fault::occupied:
        fail<not_a_campus_database>(path, words);
      case Fault::locked:
        fail<database_locked>(path, words);
      case Fault::read_only:
        fail<database_read_only>(path, words);
      case Fault::changed_meanwhile:
        fail<changed_meanwhile>(path, words);
      case Fault::overlapping:
        fail<would_overlap>(path, words);
      case Fault::failed:
        break;
    }
    fail<database_failed>(path, words);
  }
}

/// The arrays of rules of a stage, one behind the other.
template <std::size_t... N>
[[nodiscard]] constexpr auto joined(const std::array<const Rule*, N>&... parts) {
  std::array<const Rule*, (N + ...)> all{};
  std::size_t at = 0;
  const auto add = [&](const auto& part) {
    for (const Rule* rule : part)
      all[at++] = rule;
  };
  (add(parts), ...);
  return all;
}

}  // namespace mealsync::campus
