// Turns a record's state ID into the person who has it, and finds the school he is enrolled in.
//
// A record whose key is in doubt is held back: a status on the wrong child is worse than none.
// Source   meal-status.md 3.4; KSIS end-of-year training, 2016-04-21, slides 20 and 21.
#include <campus/database.hpp>
#include <campus/roster.hpp>
#include <mealsync/sdk.hpp>

namespace {

enum class KeyColumn : std::uint8_t { state_id };
enum class NotEnrolled : std::uint8_t { import, hold };

}  // namespace

template <>
struct mealsync::CodeSet<KeyColumn> {
  static constexpr std::string_view name = "key";
  static constexpr std::array<std::string_view, 1> words{"state_id"};
};
template <>
struct mealsync::CodeSet<NotEnrolled> {
  static constexpr std::string_view name = "not_enrolled";
  static constexpr std::array<std::string_view, 2> words{"import", "hold"};
};

namespace {

using namespace mealsync;
using campus::Roster;

class MatchStudent {
 public:
  static constexpr auto name = "match_student";
  static constexpr auto summary = "Finds the student in Campus by the record's key.";

  static constexpr Rule not_found{1001, Severity::error, "State ID '{}' not found",
                                  "Find the student's SSID in Campus and correct it in the POS."};
  static constexpr Rule looks_like_ssn{
      1010, Severity::error, "State ID '{}' has the form of a Social Security Number",
      "Replace it in the POS by the student's SSID, and tell who entered it."};
  static constexpr Rule wrong_form{
      1011, Severity::error, "State ID '{}' is not made of digits alone",
      "Export the file from the POS again without opening it in a spreadsheet, or "
      "correct the ID in the POS."};
  static constexpr Rule several_found{2001, Severity::error,
                                      "Multiple matches found for Student State ID '{}'",
                                      "Merge the persons in Campus."};
  static constexpr Rule not_enrolled{6001, Severity::warning,
                                     "The student with state ID '{}' has no enrolment in {}",
                                     "Enrol the student in Campus, or end the status in the POS."};
  static constexpr std::array own{&not_found, &looks_like_ssn, &wrong_form, &several_found, &not_enrolled};
  static constexpr auto rules = campus::joined(own, campus::reading_rules);

  struct Options {
    std::string database;
    KeyColumn key = KeyColumn::state_id;
    int id_digits = 10;
    NotEnrolled not_enrolled = NotEnrolled::import;

    static void describe(Describe<Options>& d) {
      d.required("database", &Options::database, "Campus database.").path();
      d.option("key", &Options::key, "Column that tells who the student is.");
      d.option("id_digits", &Options::id_digits, "Digits of a state ID; 0 where it may hold letters.")
          .at_least(0)
          .at_most(20);
      d.option("not_enrolled", &Options::not_enrolled,
               "What becomes of a record whose student has no enrolment in the year; it is a warning in both "
               "cases.");
    }
  };
  struct Ports {
    Column<Text> state_id;
    Column<Date> start;
    Column<Int> person;
    Column<Text> school;
    Ports(const Options&, Columns& c)
        : state_id(c.need<Text>("state_id")),
          start(c.find<Date>("start_date")),
          person(c.add<Int>("person_id", "The student in Campus.")),
          school(c.add<Text>("enrolled_school", "Number of the school where he is enrolled.")) {}
  };

  MatchStudent(const Options& o, const Ports& ports, const Run& run)
      : options_(o),
        at_(ports),
        year_(run.school_year),
        as_of_(run.as_of),
        roster_(campus::on_database(o.database, [&] { return read_roster(o.database, year_); })) {}

  void process(Row row, Output& out) {
    const Text id = row[at_.state_id];
    const bool is_number = is_digits(id);
    if (is_ssn_shaped(id) && !(is_number && options_.id_digits == 9))
      return out.reject<looks_like_ssn>(row, Key{id});
    if (options_.id_digits > 0 && !is_number) return out.reject<wrong_form>(row, Key{id});
    const auto person = has_length(id) ? roster_.person(id) : Roster::nobody;
    if (person == Roster::nobody) return out.reject<not_found>(row, Key{id});
    if (person == Roster::several) return out.reject<several_found>(row, Key{id});

    const auto enrollments = roster_.enrollments(person);
    if (enrollments.empty()) {
      if (options_.not_enrolled == NotEnrolled::hold)
        return out.skip<not_enrolled>(row, "held", Key{id}, year_);
      out.remark<not_enrolled>(row, Key{id}, year_);
    }
    auto matched = out.pass(row).set(at_.person, person);
    if (const auto* enrollment = current(enrollments, row)) matched.borrow(at_.school, enrollment->school);
  }

 private:
  static Roster read_roster(const std::string& database, SchoolYear year) {
    campus::CampusStore store(database, campus::Access::read_only);
    store.begin_read();
    return {store, year};
  }
  static bool is_digits(Text id) { return id.find_first_not_of("0123456789") == Text::npos; }
  [[nodiscard]] bool has_length(Text id) const {
    return options_.id_digits == 0 || id.size() == static_cast<std::size_t>(options_.id_digits);
  }
  static bool is_ssn_shaped(Text id) {
    if (id.size() == 9) return is_digits(id);
    return id.size() == 11 && id[3] == '-' && id[6] == '-' && is_digits(id.substr(0, 3)) &&
           is_digits(id.substr(4, 2)) && is_digits(id.substr(7));
  }
  /// On the later of the record's start and the day of the run; on the record's start where he has left by then.
  [[nodiscard]] const campus::Enrollment* current(std::span<const campus::Enrollment> enrollments,
                                                  Row row) const {
    const Date start = row.has(at_.start) ? row[at_.start] : as_of_;
    const auto* now = campus::active_on(enrollments, std::max(start, as_of_));
    return now != nullptr ? now : campus::active_on(enrollments, start);
  }

  Options options_;
  Ports at_;
  SchoolYear year_;
  Date as_of_;
  Roster roster_;
};

}  // namespace

MEALSYNC_PLUGIN(MatchStudent);
