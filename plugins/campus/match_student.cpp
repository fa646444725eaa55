// Turns a record's key into the person who has it, and finds the school he is enrolled in.
//
// A record whose key is in doubt is held back: a status on the wrong child is worse than none.
// Source   meal-status.md 3.4; KSIS end-of-year training, 2016-04-21, slides 20 and 21.
#include <campus/database.hpp>
#include <campus/match_rules.hpp>
#include <campus/roster.hpp>
#include <campus/student_key.hpp>
#include <eligibility/change.hpp>
#include <mealsync/sdk.hpp>
#include <optional>
#include <stdexcept>

namespace {

enum class NotEnrolled : std::uint8_t { import, hold };

}  // namespace

template <>
struct mealsync::CodeSet<NotEnrolled> {
  static constexpr std::string_view name = "not_enrolled";
  static constexpr std::array<std::string_view, 2> words{"import", "hold"};
};

namespace {

using namespace mealsync;
using campus::KeyForm;
using campus::KeyKind;
using campus::Roster;
using match_rules::KeyRules;

// Sanitizers make of R == nullptr something that is no constant to g++ 12.
template <const Rule* R>
constexpr bool is_none = false;
template <>
constexpr bool is_none<nullptr> = true;

class MatchStudent {
 public:
  static constexpr auto name = "match_student";
  static constexpr auto summary = "Finds the student in Campus by the record's key.";
  static constexpr bool own_thread = true;
  static constexpr auto rules = campus::joined(match_rules::all, campus::reading_rules);

  struct Options {
    std::string database;
    KeyKind key = KeyKind::state_id;
    Feed feed = Feed::pos;
    int id_digits = 10;
    NotEnrolled not_enrolled = NotEnrolled::import;

    static void describe(Describe<Options>& d) {
      d.required("database", &Options::database, "Campus database.").path();
      d.option("key", &Options::key,
               "Column that tells who the student is; name_birth_date takes last_name, first_name and "
               "birth_date together.");
      d.option("feed", &Options::feed,
               "Whether records come from the POS, or from a list of direct certifications; a state's list "
               "holds children of other districts, so that one who is not found is no error.");
      d.option("id_digits", &Options::id_digits, "Digits of a state ID; 0 where it may hold letters.")
          .at_least(0)
          .at_most(20);
      d.option("not_enrolled", &Options::not_enrolled,
               "What becomes of a record whose student has no enrolment in the year; it is a warning in both "
               "cases.");
    }
  };
  struct Ports {
    Column<Text> key, last_name, first_name;
    Column<Date> birth_date, start;
    Column<Text> state_id;
    Column<Int> person;
    Column<Text> school;
    Ports(const Options& o, Columns& c) {
      if (o.key == KeyKind::name_birth_date) {
        last_name = c.need<Text>("last_name");
        first_name = c.need<Text>("first_name");
        birth_date = c.need<Date>("birth_date");
      } else {
        key = c.need<Text>(spell(o.key));
      }
      start = c.find<Date>("start_date");
      if (o.key == KeyKind::ssn) c.add<Text>("ssn", "Nothing: no SSN goes further than here.");
      if (o.key != KeyKind::state_id) state_id = c.add<Text>("state_id", "The student's state ID in Campus.");
      person = c.add<Int>("person_id", "The student in Campus.");
      school = c.add<Text>("enrolled_school", "Number of the school where he is enrolled.");
    }
  };

  MatchStudent(const Options& o, const Ports& ports, const Run& run)
      : options_(o),
        at_(ports),
        year_(run.school_year),
        as_of_(run.as_of),
        keys_(o.key),
        gives_school_(run.wants(ports.school)),
        database_(campus::on_database(
            o.database, [&] { return campus::CampusStore(o.database, campus::Access::read_only); })) {}

  void prepare(Row row) const {
    if (roster_ && at_.key) roster_->fetch(row[at_.key]);
  }

  void process(Row row, Output& out) {
    if (!roster_) read_roster();
    switch (options_.key) {
      case KeyKind::state_id:
        return match<match_rules::state_id>(row, out);
      case KeyKind::student_number:
        return match<match_rules::student_number>(row, out);
      case KeyKind::person_id:
        return match<match_rules::person_id>(row, out);
      case KeyKind::ssn:
        return match<match_rules::ssn>(row, out);
      case KeyKind::name_birth_date:
        return match<match_rules::name_birth_date>(row, out);
    }
  }

 private:
  /// Not before the first record: while the stages before this one begin to read.
  void read_roster() {
    campus::on_database(options_.database, [&] {
      database_->begin_read();
      roster_.emplace(*database_, year_, as_of_, keys_, gives_school_);
    });
    database_.reset();
  }

  template <const KeyRules& R>
  void match(Row row, Output& out) {
    const KeyForm form = form_of(row);
    if (form == KeyForm::looks_like_ssn) return reject<R.looks_like_ssn>(row, out);
    if (form == KeyForm::wrong) return reject<R.wrong_form>(row, out);
    if (form == KeyForm::damaged) return reject<R.damaged>(row, out);
    const Roster::Student student = roster_->find(compared(row));
    if (student.found == Roster::Found::nobody)
      return options_.feed == Feed::direct ? skip<R.not_ours>(row, out) : reject<R.not_found>(row, out);
    if (student.found == Roster::Found::several) return reject<R.several_found>(row, out);
    pass(row, student, out);
  }

  void pass(Row row, const Roster::Student& student, Output& out) const {
    out.saw(student.person);
    const bool came_in = options_.key == KeyKind::state_id;
    const Text state_id = came_in ? row[at_.key] : student.state_id;
    if (!student.is_enrolled()) {
      if (options_.not_enrolled == NotEnrolled::hold)
        return out.skip<match_rules::not_enrolled>(row, "held", Key{state_id}, year_);
      out.remark<match_rules::not_enrolled>(row, Key{state_id}, year_);
    }
    auto matched = out.pass(row).set(at_.person, student.person);
    if (!came_in && !state_id.empty()) matched.borrow(at_.state_id, state_id);
    if (!gives_school_) return;
    const Date start = row.has(at_.start) ? row[at_.start] : as_of_;
    if (const Text school = roster_->school(student, start); !school.empty())
      matched.borrow(at_.school, school);
  }

  [[nodiscard]] KeyForm form_of(Row row) const {
    if (options_.key != KeyKind::name_birth_date)
      return campus::form_of(options_.key, row[at_.key], options_.id_digits);
    const bool damaged = campus::is_damaged(row[at_.last_name]) || campus::is_damaged(row[at_.first_name]);
    return damaged ? KeyForm::damaged : KeyForm::good;
  }
  /// What the roster is asked for; empty where the key is blank.
  [[nodiscard]] Text compared(Row row) {
    if (options_.key == KeyKind::name_birth_date)
      return row.has(at_.birth_date) ? keys_.of(row[at_.last_name], row[at_.first_name], row[at_.birth_date])
                                     : Text{};
    const Text key = row[at_.key];
    const bool has_length = options_.key != KeyKind::state_id || options_.id_digits == 0 ||
                            key.size() == static_cast<std::size_t>(options_.id_digits);
    return has_length ? keys_.of(key) : Text{};
  }

  template <const Rule* R>
  void reject(Row row, Output& out) const {
    if constexpr (is_none<R>)
      throw std::logic_error("a key of this kind cannot be so");
    else
      tell<R>(row, [&](const auto&... key) { out.reject<*R>(row, key...); });
  }
  template <const Rule* R>
  void skip(Row row, Output& out) const {
    tell<R>(row, [&](const auto&... key) { out.skip<*R>(row, "not_ours", key...); });
  }
  /// Gives `say` the key that a finding may hold.
  template <const Rule* R, class F>
  void tell(Row row, F&& say) const {
    constexpr Text hidden = "********";
    if constexpr (R->arguments() == 0) {
      say();
    } else {
      const Text key = row[at_.key];
      say(Key{options_.key == KeyKind::ssn && !key.empty() ? hidden : key});
    }
  }

  Options options_;
  Ports at_;
  SchoolYear year_;
  Date as_of_;
  campus::ComparedKey keys_;
  bool gives_school_;
  std::optional<campus::CampusStore> database_;  // until the roster is read
  std::optional<Roster> roster_;
};

}  // namespace

MEALSYNC_PLUGIN(MatchStudent);
