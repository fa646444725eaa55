#include <journal/holds.hpp>

#include <finding/render.hpp>
#include <journal/connection.hpp>
#include <journal/process.hpp>
#include <mealsync/school_year.hpp>

namespace mealsync {

using journal_file::attempt;
using journal_file::Statement;

Date Hold::due() const {
  if (until) return until->next();
  const Date usual{since.days + 60};
  const Date school_begins = *Date::of(SchoolYear::of(usual).end_year - 1, 8, 15);
  return since < school_begins ? school_begins : usual;
}

bool Holds::put(Hold& hold, Findings& findings) {
  hold.user = current_user().name;
  hold.reason = scrub(hold.reason);
  return attempt(connection_.file, findings, [&] {
    Statement(connection_.database,
              "INSERT OR REPLACE INTO hold (pipeline, reason, user, since, until) VALUES (?, ?, ?, ?, ?)")
        .run(hold.pipeline, hold.reason, hold.user, to_text(hold.since),
             hold.until ? to_text(*hold.until) : "");
  });
}

std::optional<std::uint64_t> Holds::lift(std::string_view pipeline, Findings& findings) {
  std::uint64_t lifted = 0;
  const bool is_done = attempt(connection_.file, findings, [&] {
    Statement(connection_.database, "DELETE FROM hold WHERE pipeline = ?").run(pipeline);
    lifted = connection_.database.changes();
  });
  if (!is_done) return std::nullopt;
  return lifted;
}

std::optional<std::vector<Hold>> Holds::list(std::string_view pipeline, Findings& findings) const {
  std::vector<Hold> holds;
  const bool is_read = attempt(connection_.file, findings, [&] {
    Statement row(connection_.database,
                  "SELECT pipeline, reason, user, since, until FROM hold "
                  "WHERE ?1 = '' OR pipeline = ?1 ORDER BY pipeline");
    row.bind(pipeline);
    while (row.next())
      holds.push_back({row.text(0), row.text(1), row.text(2), date_from_iso(row.text(3)).value_or(Date{}),
                       date_from_iso(row.text(4))});
  });
  if (!is_read) return std::nullopt;
  return holds;
}

}  // namespace mealsync
