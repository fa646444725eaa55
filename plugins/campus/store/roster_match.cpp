#include <campus/store/roster_work.hpp>

namespace mealsync::campus {
namespace {

/// Those of the roster with one number or state ID who have no row yet, and the rows that have it.
struct Namesakes {
  std::uint32_t incoming = 0;
  std::uint32_t rows = 0;
  std::uint32_t free_rows = 0;  // that nobody else of the roster is
  std::int64_t row = no_row;    // the last free one
};

}  // namespace

std::vector<Match> match(Connection& database, const MatchedTable& table, std::size_t count,
                         const std::function<Named(std::size_t)>& named) {
  std::vector<Match> found(count);
  boost::unordered_flat_set<std::int64_t> taken;
  {
    boost::unordered_flat_map<std::string_view, std::size_t> by_source(count);
    for (std::size_t i = 0; i < count; ++i)
      by_source.emplace(named(i).sourced_id, i);
    Statement key(database, table.keys_sql);
    key.bind(1, table.kind);
    while (key.step()) {
      const auto at = by_source.find(key.text(0));
      if (at == by_source.end()) continue;
      found[at->second] = {key.integer(1), Match::By::key};
      taken.insert(key.integer(1));
    }
  }

  boost::unordered_flat_map<std::string_view, Namesakes> by_natural;
  for (std::size_t i = 0; i < count; ++i)
    if (found[i].by == Match::By::nothing && !named(i).natural.empty())
      ++by_natural[named(i).natural].incoming;
  Statement row(database, table.naturals_sql);
  while (!by_natural.empty() && row.step()) {
    const auto at = by_natural.find(row.text(1));
    if (at == by_natural.end()) continue;
    Namesakes& namesakes = at->second;
    ++namesakes.rows;
    if (taken.contains(row.integer(0))) continue;
    ++namesakes.free_rows;
    namesakes.row = row.integer(0);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (found[i].by != Match::By::nothing) continue;
    const auto at = by_natural.find(named(i).natural);
    if (at == by_natural.end() || at->second.free_rows == 0) continue;
    const bool is_one = at->second.rows == 1 && at->second.incoming == 1;
    found[i] = is_one ? Match{at->second.row, Match::By::natural} : Match{no_row, Match::By::several};
  }
  return found;
}

Keys::Keys(Connection& database, std::string_view kind)
    : keep_(database, "INSERT OR REPLACE INTO OneRosterKey (kind, sourcedID, ID) VALUES (?, ?, ?)") {
  keep_.bind(1, kind);
}

void Keys::keep(std::string_view sourced_id, std::int64_t row) {
  keep_.bind(2, sourced_id).bind(3, row).run();
}

}  // namespace mealsync::campus
