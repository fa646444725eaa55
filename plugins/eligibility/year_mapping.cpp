// Keeps records of other school years out, and gives each record the last day of its benefit.
//
// The file's own dates are judged, whatever end_date_policy then makes of the end: a record that contradicts
// itself is evidence that file and pipeline are of different years.
// Source   KSIS end-of-year training, 2016-04-21, slides 8 to 15 and 21: an import that is left on last
//          year's mapping over the summer damages both years.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <mealsync/sdk.hpp>

namespace {

enum class EndDatePolicy : std::uint8_t { from_file, default_expiration, june_30 };
enum class StartDatePolicy : std::uint8_t { from_file, as_of };
enum class ClosedYear : std::uint8_t { refuse, allow };

}  // namespace

template <>
struct mealsync::CodeSet<EndDatePolicy> {
  static constexpr std::string_view name = "end_date_policy";
  static constexpr std::array<std::string_view, 3> words{"from_file", "default_expiration", "june_30"};
};
template <>
struct mealsync::CodeSet<StartDatePolicy> {
  static constexpr std::string_view name = "start_date_policy";
  static constexpr std::array<std::string_view, 2> words{"from_file", "as_of"};
};
template <>
struct mealsync::CodeSet<ClosedYear> {
  static constexpr std::string_view name = "closed_year";
  static constexpr std::array<std::string_view, 2> words{"refuse", "allow"};
};

namespace {

using namespace mealsync;

class YearMapping {
 public:
  static constexpr auto name = "year_mapping";
  static constexpr auto summary = "Holds back records of another school year, and fills in end dates.";

  static constexpr Rule no_start{4002, Severity::error, "Required field [start_date] has no value",
                                 "Enter the start date in the POS."};
  static constexpr Rule ends_first{5001, Severity::error, "Record contains End Date before Start Date",
                                   "Correct the dates in the POS; where many records are so, check that the "
                                   "file is an extract of the pipeline's school year."};
  static constexpr Rule starts_outside{5002, Severity::error, "Start date {} is outside school year {}",
                                       "Correct the start date in the POS; where many records are so, check "
                                       "that the file is an extract of the pipeline's school year."};
  static constexpr Rule names_other_year{5002, Severity::error, "School year '{}' is not the pipeline's, {}",
                                         "Extract the file for the pipeline's school year, or correct "
                                         "school_year in the pipeline."};
  static constexpr Rule ends_late{5004, Severity::warning,
                                  "End date {} is later than the year's default expiration, {}",
                                  "Correct the end date in the POS, or default_expiration in the pipeline."};
  static constexpr Rule year_is_over{5010, Severity::refusal, "School year {} is over on {}",
                                     "Set school_year in the pipeline to the new year; closed_year=\"allow\" "
                                     "is for loading a past year on purpose."};
  static constexpr Rule dates_of_other_year{
      5011, Severity::refusal, "{} of {} records do not fit school year {}, more than {} %",
      "Check that the file is an extract of the pipeline's school year."};
  static constexpr Rule file_of_other_year{
      5011, Severity::refusal, "{} of {} records name another school year than {}",
      "Check that the file is an extract of the pipeline's school year."};
  static constexpr Rule no_expiration{own(5001), Severity::fatal,
                                      "end_date_policy is 'default_expiration', and there is none",
                                      "Give the year's default_expiration, or another end_date_policy."};
  // A benefit lasts for the school year and may be carried over into the next. An expiration that is left
  // from last year would end every benefit in its first weeks.
  static constexpr Rule expires_outside{own(5001), Severity::fatal,
                                        "default_expiration {} is not from {} to {}, as school year {} needs",
                                        "Set default_expiration to the expiration of the pipeline's year."};
  static constexpr std::array rules{
      &no_start,     &ends_first,          &starts_outside,     &names_other_year, &ends_late,
      &year_is_over, &dates_of_other_year, &file_of_other_year, &no_expiration,    &expires_outside};

  struct Options {
    int wrong_year_percent = 20;
    ClosedYear closed_year = ClosedYear::refuse;
    StartDatePolicy start_date_policy = StartDatePolicy::from_file;
    EndDatePolicy end_date_policy = EndDatePolicy::from_file;
    std::optional<Date> default_expiration;
    std::optional<std::string> year_column;

    static void describe(Describe<Options>& d) {
      d.option("wrong_year_percent", &Options::wrong_year_percent,
               "The run is refused when more of its records than this have dates that do not fit the year.")
          .at_least(0)
          .at_most(100);
      d.option("closed_year", &Options::closed_year,
               "Whether a run is refused when its school year is over on the as-of date.");
      d.option("start_date_policy", &Options::start_date_policy,
               "Where start dates come from: the file alone, or, where it has none, the day of the run.");
      d.option(
          "end_date_policy", &Options::end_date_policy,
          "Where end dates come from: the file, and where it has none the default expiration or else June "
          "30; always the default expiration; always June 30.");
      d.option("default_expiration", &Options::default_expiration,
               "Last day of the year's benefits, usually some weeks into the next year.");
      d.option(
          "year_column", &Options::year_column,
          "Column with the record's school year; the run is refused when one differs from the pipeline's.");
    }
  };

  struct Ports {
    Column<Date> start, end;
    Column<Text> year;

    Ports(const Options& o, Columns& c)
        : start(o.start_date_policy == StartDatePolicy::from_file ? c.need<Date>("start_date")
                                                                  : c.find<Date>("start_date")),
          end(c.find<Date>("end_date")) {
      if (o.start_date_policy == StartDatePolicy::as_of)
        start = start ? c.change<Date>("start_date") : c.add<Date>("start_date", "First day of the benefit.");
      end = end ? c.change<Date>("end_date") : c.add<Date>("end_date", "Last day of the benefit.");
      if (o.year_column) year = c.need<Text>(*o.year_column);
      if (o.end_date_policy == EndDatePolicy::default_expiration && !o.default_expiration)
        c.fault<no_expiration>();
    }
  };

  YearMapping(const Options& o, const Ports& ports, const Run& run)
      : options_(o),
        at_(ports),
        year_(run.school_year),
        first_day_(year_.first()),
        last_day_(year_.last()),
        as_of_(run.as_of) {
    if (options_.closed_year == ClosedYear::refuse && run.as_of > last_day_)
      refuse<year_is_over>(year_, run.as_of);
    const SchoolYear following{year_.end_year + 1};
    if (const auto day = options_.default_expiration; day && (*day < last_day_ || *day > following.last()))
      fail<expires_outside>(*day, last_day_, following.last(), year_);
  }

  void process(Row row, Output& out) {
    ++records_;
    if (!is_of_this_year(row, out)) return;

    const Date end = end_of(row);
    if (options_.default_expiration && end > *options_.default_expiration)
      out.remark<ends_late>(row, end, *options_.default_expiration);
    Cells passed = out.pass(row);
    passed.set(at_.end, end);
    if (options_.start_date_policy == StartDatePolicy::as_of) passed.set(at_.start, *start_of(row));
  }

  void finish(Output& out) {
    if (named_other_year_ > 0)
      out.object<file_of_other_year>(named_other_year_, records_, year_);
    else if (100 * misdated_ > static_cast<std::uint64_t>(options_.wrong_year_percent) * records_)
      out.object<dates_of_other_year>(misdated_, records_, year_, options_.wrong_year_percent);
  }

 private:
  /// Reports everything that is wrong with the record's year, not only the first.
  bool is_of_this_year(Row row, Output& out) {
    const bool names_other = row.has(at_.year) && SchoolYear::read(row[at_.year]) != year_;
    const auto start = start_of(row);
    const bool has_start = start.has_value();
    const bool is_reversed = has_start && row.has(at_.end) && row[at_.end] < *start;
    const bool is_outside = has_start && (*start < first_day_ || *start > last_day_);

    if (names_other) out.reject<names_other_year>(row, row[at_.year], year_);
    if (!has_start) out.reject<no_start>(row);
    if (is_reversed) out.reject<ends_first>(row);
    if (is_outside) out.reject<starts_outside>(row, *start, year_);

    named_other_year_ += names_other ? 1 : 0;
    misdated_ += is_reversed || is_outside ? 1 : 0;
    return !names_other && has_start && !is_reversed && !is_outside;
  }

  [[nodiscard]] std::optional<Date> start_of(Row row) const {
    if (row.has(at_.start)) return row[at_.start];
    return options_.start_date_policy == StartDatePolicy::as_of ? std::optional(as_of_) : std::nullopt;
  }
  [[nodiscard]] Date end_of(Row row) const {
    if (options_.end_date_policy == EndDatePolicy::june_30) return last_day_;
    if (options_.end_date_policy == EndDatePolicy::from_file && row.has(at_.end)) return row[at_.end];
    return options_.default_expiration.value_or(last_day_);
  }

  Options options_;
  Ports at_;
  SchoolYear year_;
  Date first_day_, last_day_;  // of it
  Date as_of_;
  std::uint64_t records_ = 0, misdated_ = 0, named_other_year_ = 0;
};

}  // namespace

MEALSYNC_PLUGIN(YearMapping);
