// Transforms: one does with each record what the record's word says, others move columns.
#include <optional>
#include <utility>

#include "door.hpp"

namespace {

using namespace mealsync;

class Obey {
 public:
  static constexpr auto name = "obey";
  static constexpr auto summary = "Does with each record what its word says.";
  static constexpr Rule wrong{10021, Severity::error, "Record '{}' is wrong", "Correct the record."};
  static constexpr Rule very_wrong{10022, Severity::error, "Record '{}' is wrong again",
                                   "Correct the record twice."};
  static constexpr Rule passed_over{10023, Severity::info, "Record '{}' is passed over",
                                    "Nothing is to be done."};
  static constexpr Rule doubtful{10024, Severity::warning, "Record '{}' is doubtful", "Look at the record."};
  static constexpr Rule objection{10025, Severity::refusal, "Record '{}' has to be looked at", "Look at it."};
  static constexpr std::array rules{&wrong, &very_wrong, &passed_over, &doubtful, &objection};

  struct Options : strangers::Door {
    static void describe(Describe<Options>& d) { describe_door(d); }
  };
  struct Ports {
    Column<Text> word;
    Column<Text> made;
    Ports(const Options&, Columns& c) : word(c.need<Text>("word")), made(c.change<Text>("word")) {}
  };
  Obey(const Options& options, const Ports& ports) : door_(options), at_(ports) { door_.pass("constructor"); }

  void process(Row row, Output& out) {
    door_.pass("process");
    const Text word = row[at_.word];
    if (word == "reject" || word == "reject twice") out.reject<wrong>(row, Key{word});
    if (word == "reject twice") out.reject<very_wrong>(row, Key{word});
    if (word == "skip") out.skip<passed_over>(row, "cep", word);
    if (word == "object") out.object<objection>(word);
    if (word == "remark") out.remark<doubtful>(row, word);
    if (word == "keep") return kept_.push_back(row.place());
    if (word == "double") out.row(row.place()).set(at_.made, "again");
    if (word == "break") throw std::runtime_error("it was told to");
    if (word == "lose" || word == "skip" || word.starts_with("reject")) return;
    out.pass(row);
  }

  void finish(Output& out) {
    door_.pass("finish");
    for (const Place place : kept_)
      out.row(place).set(at_.made, "kept");
  }

 private:
  strangers::Door door_;
  Ports at_;
  std::vector<Place> kept_;
};

/// Stands where a merge stands: gives each record its fate.
class Fates {
 public:
  static constexpr auto name = "fates";
  static constexpr auto summary = "Each record has the fate that its word says; other words have none.";

  struct Ports {
    Column<Text> word;
    Column<Code<Fate>> fate;
    Ports(const auto&, Columns& c)
        : word(c.need<Text>("word")),
          fate(c.add<Code<Fate>>(CodeSet<Fate>::name, "What became of the record.")) {}
  };
  explicit Fates(const Ports& ports) : at_(ports) {}

  void process(Row row, Output& out) const {
    const auto fate = parse<Fate>(row[at_.word]);
    Cells cells = out.pass(row);
    if (fate) cells.set(at_.fate, *fate);
  }

 private:
  Ports at_;
};

class Adds {
 public:
  static constexpr auto name = "adds";
  static constexpr auto summary = "Adds a column.";
  struct Options {
    std::string column;
    static void describe(Describe<Options>& d) { d.required("column", &Options::column, "The column."); }
  };
  struct Ports {
    Ports(const Options& o, Columns& c) { c.add<Int>(o.column, "A number."); }
  };
  void process(Row row, Output& out) const { out.pass(row); }
};

class Needs {
 public:
  static constexpr auto name = "needs";
  static constexpr auto summary = "Needs a column.";
  using Options = Adds::Options;
  struct Ports {
    Ports(const Options& o, Columns& c) { static_cast<void>(c.need<Int>(o.column)); }
  };
  void process(Row row, Output& out) const { out.pass(row); }
};

}  // namespace

MEALSYNC_PLUGIN(Obey, Fates, Adds, Needs);
