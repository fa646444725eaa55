#include <mealsync/sdk.hpp>

namespace {

using namespace mealsync;

class CheckDates {
 public:
  static constexpr auto name = "check_dates";
  static constexpr auto summary = "Holds back a record that ends before it starts.";
  static constexpr Rule ends_first{5001, Severity::error, "Record contains End Date before Start Date",
                                   "Choose the school year of the extract in the pipeline."};
  static constexpr std::array rules{&ends_first};

  struct Options {
    std::string start = "start_date";
    std::string end = "end_date";
    static void describe(Describe<Options>& d) {
      d.option("start", &Options::start, "Column with the first day of eligibility.");
      d.option("end", &Options::end, "Column with the last day; may be empty.");
    }
  };
  struct Ports {
    Column<Date> start, end;
    Ports(const Options& o, Columns& c) : start(c.need<Date>(o.start)), end(c.need<Date>(o.end)) {}
  };
  explicit CheckDates(const Ports& ports) : at_(ports) {}

  void process(Row row, Output& out) {
    if (row.has(at_.end) && row[at_.end] < row[at_.start])
      out.reject<ends_first>(row);
    else
      out.pass(row);
  }

 private:
  Ports at_;
};

}  // namespace

MEALSYNC_PLUGIN(CheckDates);
