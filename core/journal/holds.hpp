// journal/holds.hpp -- which pipelines somebody has stopped, why, and until when.
//
// Kept in the journal, by the pipeline's name; clearing the log leaves them.
//
// Units      Days are those of the machine's own calendar.
// Errors     As those of the journal: MS4xxx findings.
// Ownership  Refers to the journal: keep that longer.
// Threads    As the journal.
// Source     KSIS end-of-year training, 2016-04-21: the import is stopped by July 1, before the POS rolls over, and
//            started again afterwards; it is easily forgotten.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <finding/finding.hpp>
#include <journal/journal.hpp>
#include <mealsync/date.hpp>

namespace mealsync {

struct Hold {
  std::string pipeline;
  std::string reason;
  std::string user;
  Date since;
  std::optional<Date> until;  // the first day on which it runs again

  [[nodiscard]] bool is_over(Date day) const { return until && *until <= day; }
  /// The first day on which somebody has to ask whether it was forgotten: the day after `until`, when a run ought to
  /// have lifted it; without one the 60th day, and after a summer August 15, when school has begun.
  [[nodiscard]] Date due() const;
};

class Holds {
 public:
  explicit Holds(Journal& journal) : connection_(*journal.connection_) {}

  /// In place of the one that the pipeline may have. Fills in who the user is.
  [[nodiscard]] bool put(Hold& hold, Findings& findings);
  /// How many there were: one, or none.
  [[nodiscard]] std::optional<std::uint64_t> lift(std::string_view pipeline, Findings& findings);
  /// By name; all pipelines where `pipeline` is empty.
  [[nodiscard]] std::optional<std::vector<Hold>> list(std::string_view pipeline, Findings& findings) const;

 private:
  Journal::Connection& connection_;
};

}  // namespace mealsync
