// Asks the student database what a district checks by hand, a row for each answer.
//
// Source   KSIS end-of-year training, 2016-04-21, slides 15 and 22 (counts, missing and transposed eligibility); the
//          vendor's Eligibility Report (counts as records and as students).
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <campus/database.hpp>
#include <campus/store/checks.hpp>
#include <campus/store/store.hpp>
#include <mealsync/sdk.hpp>

namespace {

enum class Query : std::uint8_t { eligibility, missing, transposed };

}  // namespace

template <>
struct mealsync::CodeSet<Query> {
  static constexpr std::string_view name = "query";
  static constexpr std::array<std::string_view, 3> words{"eligibility", "missing", "transposed"};
};

namespace {

using namespace mealsync;

/// Students of a school, or of all.
struct Counted {
  std::uint64_t students = 0, none = 0;
  std::array<std::uint64_t, 3> records{}, statuses{};  // by eligibility

  void add(const campus::StudentOnDay& student) {
    ++students;
    if (student.status)
      ++statuses[static_cast<std::size_t>(*student.status)];
    else
      ++none;
    for (std::size_t i = 0; i < records.size(); ++i)
      records[i] += student.records[i];
  }
  [[nodiscard]] Int percent(std::uint64_t part) const {
    return students == 0 ? 0 : static_cast<Int>((200 * part + students) / (2 * students));
  }
};

class CampusQuery {
 public:
  static constexpr auto name = "campus_query";
  static constexpr auto summary = "Asks Campus for counts, missing records, or records with wrong dates.";

  static constexpr Rule day_outside{5010, Severity::refusal, "{} is no day of school year {}",
                                    "Name a day of the school year with --as-of, or correct school_year in "
                                    "the pipeline."};
  static constexpr Rule nobody_enrolled{6001, Severity::warning, "No student is enrolled on {} in {}",
                                        "Check the as-of day, and that the roster of the year was loaded: "
                                        "mealsync campus load."};
  static constexpr std::array own{&day_outside, &nobody_enrolled};
  static constexpr auto rules = campus::joined(own, campus::reading_rules);

  struct Options {
    std::string database;
    Query query = Query::eligibility;
    std::optional<Date> expiration;

    static void describe(Describe<Options>& d) {
      d.required("database", &Options::database, "Campus database.").path();
      d.option("query", &Options::query,
               "'eligibility': a row for each school, high schools first, and one for the district: records "
               "of the year, and students by their status on the day. 'missing': each student without a "
               "record on the day, but for schools where all eat free. 'transposed': each record of any "
               "year whose dates do not fit its year.");
      d.option("expiration", &Options::expiration,
               "For 'transposed': the last day of the benefits of the pipeline's year. Without it, and for "
               "other years: October 31 after the year.");
    }
  };

  struct Ports {
    Column<Text> school_number, school, provision, grade, state_id, student_number, year, eligibility, fault;
    Column<Int> students, none, none_percent, eligibility_id;
    std::array<Column<Int>, 3> records, statuses, percents;
    Column<Date> start, end;

    Ports(const Options& o, Columns& c) {
      switch (o.query) {
        case Query::eligibility:
          name_school(c);
          name_counts(c);
          break;
        case Query::missing:
          name_school(c);
          name_student(c);
          break;
        case Query::transposed:
          name_record(c);
      }
    }

   private:
    void name_school(Columns& c) {
      school_number = c.add<Text>("school_number", "Number of the school.");
      school = c.add<Text>("school", "Name of the school.");
    }
    void name_record(Columns& c) {
      eligibility_id = c.add<Int>("eligibility_id", "The record in Campus.");
      state_id = c.add<Text>("state_id", "State ID of its student.");
      year = c.add<Text>("school_year", "The year that it is stored for.");
      eligibility = c.add<Text>("eligibility", "Free, Reduced or Paid; another letter as it is stored.");
      start = c.add<Date>("start_date", "Its first day.");
      end = c.add<Date>("end_date", "Its last day.");
      fault = c.add<Text>("what_is_wrong", "What does not fit, in words.");
    }
    void name_student(Columns& c) {
      grade = c.add<Text>("grade", "The student's grade.");
      state_id = c.add<Text>("state_id", "The student's state ID.");
      student_number = c.add<Text>("student_number", "The student's number in the district.");
    }
    void name_counts(Columns& c) {
      provision = c.add<Text>("provision", "The provision by which all of the school eat free.");
      students = c.add<Int>("students", "Students enrolled on the day.");
      records[0] = c.add<Int>("free_records", "Their Free records of the year.");
      records[1] = c.add<Int>("reduced_records", "Their Reduced records of the year.");
      records[2] = c.add<Int>("paid_records", "Their Paid records of the year.");
      statuses[0] = c.add<Int>("free_students", "Students who are Free on the day.");
      statuses[1] = c.add<Int>("reduced_students", "Students who are Reduced on the day.");
      statuses[2] = c.add<Int>("paid_students", "Students who are Paid on the day, by a record.");
      none = c.add<Int>("no_record", "Students without a record on the day: they count as Paid.");
      percents[0] = c.add<Int>("free_percent", "The share of the students who are Free, in percent.");
      percents[1] = c.add<Int>("reduced_percent", "The share of the students who are Reduced.");
      percents[2] = c.add<Int>("paid_percent", "The share of the students who are Paid, by a record.");
      none_percent = c.add<Int>("no_record_percent", "The share of the students without a record.");
    }
  };

  CampusQuery(const Options& o, const Ports& ports, const Run& run)
      : options_(o), at_(ports), year_(run.school_year), day_(run.as_of) {
    if (o.query != Query::transposed && !year_.holds(day_)) refuse<day_outside>(day_, year_);
    store_.emplace(campus::on_database(
        o.database, [&] { return campus::CampusStore(o.database, campus::Access::read_only); }));
  }

  bool read(Output& out) {
    campus::on_database(options_.database, [&] {
      store_->begin_read();
      ask(out);
      store_->end_read();
    });
    return false;
  }

 private:
  void ask(Output& out) {
    switch (options_.query) {
      case Query::eligibility:
        return count_schools(out);
      case Query::missing:
        return list_missing(out);
      case Query::transposed:
        break;
    }
    campus::read_dated_records(*store_, [&](const campus::DatedRecord& record) { judge(record, out); });
  }

  [[nodiscard]] campus::DayChecks checks_of_day(Output& out) {
    campus::DayChecks checks(*store_, year_, day_);
    if (checks.schools().empty()) out.remark<nobody_enrolled>(Place{}, day_, year_);
    return checks;
  }

  void count_schools(Output& out) {
    const campus::DayChecks checks = checks_of_day(out);
    std::vector<Counted> schools(checks.schools().size());
    Counted district;
    checks.read_students([&](const campus::StudentOnDay& student) {
      schools[student.school].add(student);
      district.add(student);
    });
    for (std::size_t i = 0; i < schools.size(); ++i)
      give(checks.schools()[i], schools[i], out);
    if (district.students > 0) give({{}, "District", {}}, district, out);
  }
  void give(const campus::SchoolOnDay& school, const Counted& counted, Output& out) {
    auto row = out.row(Place{});
    if (!school.number.empty()) row.set(at_.school_number, school.number);
    if (!school.provision.empty()) row.set(at_.provision, school.provision);
    row.set(at_.school, school.name).set(at_.students, static_cast<Int>(counted.students));
    for (std::size_t i = 0; i < counted.records.size(); ++i)
      row.set(at_.records[i], static_cast<Int>(counted.records[i]))
          .set(at_.statuses[i], static_cast<Int>(counted.statuses[i]))
          .set(at_.percents[i], counted.percent(counted.statuses[i]));
    row.set(at_.none, static_cast<Int>(counted.none)).set(at_.none_percent, counted.percent(counted.none));
  }

  void list_missing(Output& out) {
    const campus::DayChecks checks = checks_of_day(out);
    checks.read_missing([&](const campus::StudentOnDay& student) {
      const campus::SchoolOnDay& school = checks.schools()[student.school];
      if (campus::feeds_everybody(school.provision)) return;
      out.row(Place{})
          .set(at_.school_number, school.number)
          .set(at_.school, school.name)
          .set(at_.grade, student.grade)
          .set(at_.state_id, student.state_id)
          .set(at_.student_number, student.student_number);
    });
  }

  void judge(const campus::DatedRecord& record, Output& out) {
    const auto year = SchoolYear::of_end_year(record.end_year);
    const std::string fault = year ? fault_of(record, *year) : "its school year is none";
    if (fault.empty()) return;
    auto row = out.row(Place{});
    row.set(at_.eligibility_id, record.eligibility_id)
        .set(at_.state_id, record.state_id)
        .set(at_.year, year ? to_text(*year) : std::to_string(record.end_year))
        .set(at_.eligibility, word_of(record.eligibility))
        .set(at_.fault, fault);
    if (record.start) row.set(at_.start, *record.start);
    if (record.end) row.set(at_.end, *record.end);
  }
  // Of another year's expiration nothing is known. A benefit is carried over for 30 operating days at most, and these
  // are over by the end of October wherever school begins by the middle of September.
  // Source: 7 CFR 245.6(c)(1), carryover of prior year eligibility.
  [[nodiscard]] Date last_day(SchoolYear year) const {
    const bool is_known = options_.expiration && year == year_;
    return is_known ? *options_.expiration : *Date::of(year.end_year, 10, 31);
  }
  [[nodiscard]] std::string fault_of(const campus::DatedRecord& record, SchoolYear year) const {
    std::string faults;
    const auto add = [&](bool is_so, const std::string& words) {
      if (is_so) faults += (faults.empty() ? "" : "; ") + words;
    };
    add(!record.start, "it has no start date that can be read");
    add(record.start && *record.start < year.first(), "it starts before its year");
    add(record.start && *record.start > year.last(), "it starts after its year");
    add(record.has_end && !record.end, "its end date cannot be read");
    add(record.start && record.end && *record.end < *record.start, "it ends before it starts");
    add(record.end && *record.end > last_day(year), "it ends after " + to_text(last_day(year)));
    return faults;
  }
  [[nodiscard]] static Text word_of(Text letter) {
    return letter == "F" ? "Free" : letter == "R" ? "Reduced" : letter == "S" ? "Paid" : letter;
  }

  Options options_;
  Ports at_;
  SchoolYear year_;
  Date day_;
  std::optional<campus::CampusStore> store_;
};

}  // namespace

MEALSYNC_PLUGIN(CampusQuery);
