// Gives the other children of a household what a list of direct certifications gives one of them.
//
// Other children are students of the year who live with him on the day of the run, and whom the file does not name: a
// child in the file has his own line, and never more. A household is the one in Campus; lines with one case number make one
// of all whose children they name. Holds one line a child who may give.
// Source   campus.md 3.3 and 13.2, rows 41 and 42; meal-status.md 3.8.
#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <campus/database.hpp>
#include <campus/enrollments.hpp>
#include <campus/household_donors.hpp>
#include <campus/store/store.hpp>
#include <eligibility/combinations.hpp>
#include <mealsync/sdk.hpp>

namespace {

using namespace mealsync;

class ExtendHousehold {
 public:
  static constexpr auto name = "extend_household";
  static constexpr auto summary =
      "Gives the other children of a household what one of them is directly certified for.";
  static constexpr auto rules = campus::reading_rules;
  static constexpr auto usual_case_column = "case_number";

  struct Options {
    std::string database;
    std::string case_column = usual_case_column;

    static void describe(Describe<Options>& d) {
      d.required("database", &Options::database, "Campus database.").path();
      d.option("case_column", &Options::case_column,
               "Column with the number of the household's case; lines without one are extended to the "
               "household in Campus alone.");
    }
  };
  struct Ports {
    Column<Int> person;
    Column<Text> case_number, state_id, school;
    Column<Code<Eligibility>> eligibility;
    Column<Code<Source>> source;
    Column<Code<CertifiedType>> type;
    Column<Date> start, end;
    Column<bool> may_extend, extended;

    Ports(const Options& o, Columns& c)
        : person(c.change<Int>("person_id")),
          case_number(o.case_column == usual_case_column ? c.find<Text>(o.case_column)
                                                         : c.need<Text>(o.case_column)),
          state_id(changed_if_there(c, "state_id")),
          school(changed_if_there(c, "enrolled_school")),
          eligibility(c.change<Code<Eligibility>>("eligibility")),
          source(c.change<Code<Source>>("source")),
          type(c.change<Code<CertifiedType>>("certified_type")),
          start(c.change<Date>("start_date")),
          end(c.change<Date>("end_date")),
          may_extend(c.find<bool>("may_extend")),
          extended(c.add<bool>("extended", "Whether the record is another child's of the household.")) {
      c.judges_absence();
    }

   private:
    static Column<Text> changed_if_there(Columns& c, Text column) {
      return c.find<Text>(column) ? c.change<Text>(column) : Column<Text>{};
    }
  };

  ExtendHousehold(const Options& o, const Ports& ports, const Run& run)
      : database_(o.database),
        at_(ports),
        year_(run.school_year),
        as_of_(run.as_of),
        gives_school_(ports.school && run.wants(ports.school)),
        store_(campus::on_database(
            o.database, [&] { return campus::CampusStore(o.database, campus::Access::read_only); })) {}

  void process(Row row, Output& out) {
    if (row.has(at_.person)) {
      named_.insert(row[at_.person]);
      if (gives(row))
        donors_.add(row[at_.person], row[at_.case_number],
                    {{row[at_.eligibility], row[at_.source], row[at_.type]},
                     row[at_.start],
                     row[at_.end],
                     row.place().packed});
    }
    out.pass(row);
  }

  void finish(Output& out) {
    donors_.finish();
    if (donors_.empty()) return;
    campus::on_database(database_, [&] {
      store_.begin_read();
      find_siblings(out);
      if (gives_school_) read_enrollments();
      read_state_ids();
      store_.end_read();
    });
    for (const Sibling& sibling : siblings_)
      give(sibling, out);
  }

 private:
  struct Sibling {
    std::int64_t person;
    IncomingRow row;  // as of the child who gives
    std::string state_id;
    std::vector<campus::Enrollment> enrollments;
  };

  /// A line that the merge would not take as it is gives nothing.
  [[nodiscard]] bool gives(Row row) const {
    if (!row.has(at_.eligibility) || !row.has(at_.source) || !row.has(at_.type) || !row.has(at_.start) ||
        !row.has(at_.end))
      return false;
    if (row.has(at_.may_extend) && !row[at_.may_extend]) return false;
    return row[at_.source] == Source::direct && row[at_.eligibility] != Eligibility::paid &&
           campus::extends(row[at_.type]) &&
           is_allowed(row[at_.eligibility], row[at_.source], row[at_.type]) && year_.holds(row[at_.start]) &&
           row[at_.start] <= row[at_.end];
  }

  void find_siblings(Output& out) {
    boost::unordered_flat_map<std::int64_t, IncomingRow> given;
    std::vector<std::int64_t> members;
    const auto close = [&] {
      std::optional<IncomingRow> best;
      for (const std::int64_t person : members)
        if (const IncomingRow* row = donors_.of(person)) {
          if (!best) best = *row;
          campus::HouseholdDonors::keep_better(*best, *row);
        }
      if (best)
        for (const std::int64_t person : members)
          if (!named_.contains(person) && !out.has_seen(person))
            if (const auto [at, is_new] = given.try_emplace(person, *best); !is_new)
              campus::HouseholdDonors::keep_better(at->second, *best);
      members.clear();
    };
    std::optional<std::int64_t> open;
    store_.read_households(as_of_, [&](std::int64_t household, std::int64_t person) {
      if (open != household) close();
      open = household;
      members.push_back(person);
    });
    close();
    if (given.empty()) return;
    store_.read_enrolled(year_, [&](std::int64_t person) {
      if (!siblings_.empty() && siblings_.back().person == person) return;
      if (const auto at = given.find(person); at != given.end())
        siblings_.push_back({person, at->second, {}, {}});
    });
  }

  /// The sibling who is this person; persons come in ascending order.
  [[nodiscard]] Sibling* sibling(std::int64_t person, std::size_t& next) {
    while (next < siblings_.size() && siblings_[next].person < person)
      ++next;
    return next < siblings_.size() && siblings_[next].person == person ? &siblings_[next] : nullptr;
  }
  void read_state_ids() {
    std::size_t next = 0;
    store_.read_state_ids([&](std::int64_t person, std::string_view state_id) {
      if (Sibling* const found = sibling(person, next)) found->state_id = state_id;
    });
  }
  void read_enrollments() {
    std::size_t next = 0;
    schools_ = store_.read_enrollments(year_, [&](const campus::EnrollmentRow& row) {
      if (Sibling* const found = sibling(row.person, next))
        found->enrollments.push_back(campus::Enrollment::of(row));
    });
  }

  void give(const Sibling& sibling, Output& out) const {
    const IncomingRow& row = sibling.row;
    Cells cells = out.row(Place{row.place});
    cells.set(at_.person, sibling.person)
        .set(at_.eligibility, row.status.eligibility)
        .set(at_.source, row.status.source)
        .set(at_.type, row.status.type)
        .set(at_.start, row.start)
        .set(at_.end, row.end)
        .set(at_.extended, true);
    if (at_.state_id && !sibling.state_id.empty()) cells.set(at_.state_id, sibling.state_id);
    if (const auto* enrollment = campus::current(sibling.enrollments, row.start, as_of_))
      cells.set(at_.school, schools_[enrollment->school]);
  }

  std::string database_;
  Ports at_;
  SchoolYear year_;
  Date as_of_;
  bool gives_school_;
  campus::CampusStore store_;
  boost::unordered_flat_set<std::int64_t> named_;  // whom the file names
  campus::HouseholdDonors donors_;
  std::vector<Sibling> siblings_;  // by person
  std::vector<std::string> schools_;
};

}  // namespace

MEALSYNC_PLUGIN(ExtendHousehold);
