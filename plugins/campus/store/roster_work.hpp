// campus/store/roster_work.hpp -- the parts of a roster transaction, in the order in which they run.
//
// Errors   Throws StoreError.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <string_view>
#include <vector>

#include <campus/store/connection.hpp>
#include <campus/store/roster_transaction.hpp>

namespace mealsync::campus {

inline constexpr std::int64_t no_row = std::numeric_limits<std::int64_t>::min();

struct RosterWork {
  Connection& database;
  const IncomingRoster& in;
  RosterOutcome out;
  std::vector<std::int64_t> schools, persons;  // the IDs of the roster's own; no_row: left alone
  boost::unordered_flat_set<std::int64_t> held_persons;
  bool holds_strangers = false;  // persons, too, that no roster has named yet
};

/// Which row of a table something of the roster is.
struct Match {
  enum class By : std::uint8_t {
    nothing,  // it has no row yet
    key,
    natural,
    several  // rows could be it, or several of the roster this row: it is left alone
  };
  std::int64_t row = no_row;
  By by = By::nothing;
};

/// What the roster has of one thing: how it calls it, and its number or state ID.
struct Named {
  std::string_view sourced_id, natural;
};

struct MatchedTable {
  std::string_view kind;     // in OneRosterKey
  const char* keys_sql;      // kind -> sourcedID, ID of rows that are still there
  const char* naturals_sql;  // ID, number or state ID of all rows
};

[[nodiscard]] std::vector<Match> match(Connection& database, const MatchedTable& table, std::size_t count,
                                       const std::function<Named(std::size_t)>& named);

/// Keeps which row something is.
class Keys {
 public:
  Keys(Connection& database, std::string_view kind);
  void keep(std::string_view sourced_id, std::int64_t row);

 private:
  Statement keep_;
};

void write_years(RosterWork& work);
void write_schools(RosterWork& work);
void write_persons(RosterWork& work);
void write_enrollments(RosterWork& work);
void write_provisions(RosterWork& work);
void write_households(RosterWork& work);

/// Whether a text that says something is another than the one that is stored.
[[nodiscard]] inline bool differs(std::string_view incoming, std::string_view stored) {
  return !incoming.empty() && incoming != stored;
}
/// Binds a text, or NULL where it says nothing.
inline void bind_said(Statement& statement, int parameter, std::string_view text) {
  if (text.empty())
    statement.bind(parameter, std::optional<Date>{});
  else
    statement.bind(parameter, text);
}

}  // namespace mealsync::campus
