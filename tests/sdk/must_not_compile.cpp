// A right plugin, and one wrong use for each static_assert that is meant for its author; a definition chooses
// it.
#include <mealsync/sdk.hpp>

namespace {

using namespace mealsync;

constexpr Rule remark{10001, Severity::warning, "'{}' is odd", "Look at it."};
constexpr Rule error{10002, Severity::error, "'{}' is wrong", "Correct it."};
constexpr Rule refusal{10003, Severity::refusal, "'{}' is too much", "Raise the limit."};
constexpr Rule fatal{10004, Severity::fatal, "'{}' cannot be read", "Correct it."};

struct Options {
#ifdef OPTION_OF_NO_TYPE
  double share = 0;
  static void describe(Describe<Options>& d) {
    d.option("share", &Options::share, "A share.");
  }
#endif
};

class Wrong {
 public:
  static constexpr auto name = "wrong";
#ifdef TAB_IN_SUMMARY
  static constexpr auto summary = "Is used\twrongly.";
#else
  static constexpr auto summary = "Is used wrongly.";
#endif
  using Options = ::Options;
  struct Ports {
    explicit Ports(const Options&, Columns& columns) {
#if defined(FAULT_THAT_IS_NOT_FATAL)
      columns.fault<error>("a");
#elif defined(FAULT_WITHOUT_ARGUMENT)
      columns.fault<fatal>();
#else
      columns.fault<fatal>("a");
#endif
    }
  };

#ifdef SINK_WITHOUT_COMMIT
  void write(Row, Context&) {}
#else
  void process(Row row, Output& out) {
#if defined(TOO_FEW_ARGUMENTS)
    out.reject<error>(row);
#elif defined(TOO_MANY_ARGUMENTS)
    out.remark<remark>(row, "a", "b");
#elif defined(REJECT_WITH_A_WARNING)
    out.reject<remark>(row, "a");
#elif defined(SKIP_WITH_AN_ERROR)
    out.skip<error>(row, "held", "a");
#elif defined(REMARK_OF_AN_ERROR)
    out.remark<error>(row, "a");
#elif defined(FAIL_WITH_A_REFUSAL)
    fail<refusal>("a");
#elif defined(FAIL_WITHOUT_ARGUMENT)
    fail<fatal>();
#elif defined(REFUSE_WITH_A_FATAL)
    refuse<fatal>("a");
#elif defined(REFUSE_WITHOUT_ARGUMENT)
    refuse<refusal>();
#else
    out.remark<remark>(row, "a");
    out.reject<error>(row, "a");
    if (row.line() == 2) refuse<refusal>("a");
    if (row.line() == 3) fail<fatal>("a");
#endif
  }
#endif
#ifdef THROWING_DESTRUCTOR
  ~Wrong() noexcept(false) {
    fail<fatal>("a");
  }
#endif
#ifdef TOLD_OF_THE_COMMIT
  void committed() {}
#endif
#ifdef TWO_ROLES
  bool read(Output&) {
    return false;
  }
#endif
};

}  // namespace

MEALSYNC_PLUGIN(Wrong);
