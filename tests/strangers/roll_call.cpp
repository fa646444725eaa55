// Transforms: one says whom a record is of, the other asks who was named.
#include <mealsync/sdk.hpp>

namespace {

using namespace mealsync;

class SaysWho {
 public:
  static constexpr auto name = "says_who";
  static constexpr auto summary = "A record whose word is a number is of that person.";

  struct Ports {
    Column<Text> word;
    Ports(const auto&, Columns& c) : word(c.need<Text>("word")) {}
  };
  explicit SaysWho(const Ports& ports) : at_(ports) {}

  void process(Row row, Output& out) const {
    if (const auto person = parse<std::int64_t>(row[at_.word])) out.saw(*person);
    out.pass(row);
  }

 private:
  Ports at_;
};

class RollCall {
 public:
  static constexpr auto name = "roll_call";
  static constexpr auto summary = "Counts which of the persons 1 to 3 are absent, and records of nobody.";

  struct Ports {
    Ports(const auto&, Columns& c) { c.judges_absence(); }
  };

  void process(Row row, Output& out) const { out.pass(row); }
  void finish(Output& out) const {
    for (const std::int64_t person : {1, 2, 3})
      if (!out.has_seen(person)) out.count("absent." + std::to_string(person));
    out.count("unidentified", out.unidentified());
  }
};

}  // namespace

MEALSYNC_PLUGIN(SaysWho, RollCall);
