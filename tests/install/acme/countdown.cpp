// A stranger's plugin: a source of rows, written against the installed headers alone.
#include <mealsync/sdk.hpp>

namespace {

using namespace mealsync;

class Countdown {
 public:
  static constexpr auto name = "countdown";
  static constexpr auto summary = "Counts down to one, a record each.";
  static constexpr Rule too_long{10001, Severity::warning, "Nobody waits for {}",
                                 "Begin with less than 100."};
  static constexpr std::array rules{&too_long};

  struct Options {
    Int from = 0;
    static void describe(Describe<Options>& d) {
      d.required("from", &Options::from, "Number to begin with.").at_least(1);
    }
  };
  struct Ports {
    Column<Int> number;
    Ports(const Options&, Columns& c) : number(c.add<Int>("number", "What is left.")) {}
  };

  Countdown(const Options& o, const Ports& ports) : next_(o.from), at_(ports) {}

  bool read(Output& out) {
    if (next_ == 0) return false;
    if (next_ >= 100) out.remark<too_long>(Place{}, next_);
    out.row(Place{}).set(at_.number, next_--);
    return true;
  }

 private:
  Int next_;
  Ports at_;
};

}  // namespace

MEALSYNC_PLUGIN(Countdown);
