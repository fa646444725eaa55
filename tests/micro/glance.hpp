// glance.hpp -- the cheapest stage that does anything: looks at one text of a row and sets one code.
#pragma once

#include <mealsync/sdk.hpp>

namespace mealsync::micro {

[[nodiscard]] inline Eligibility eligibility_of(Text status) {
  if (status == "F") return Eligibility::free;
  return status == "R" ? Eligibility::reduced : Eligibility::paid;
}

class Glance {
 public:
  static constexpr auto name = "glance";
  static constexpr auto summary = "Tells the eligibility by the status.";

  struct Options {};
  struct Ports {
    Column<Text> status;
    Column<Code<Eligibility>> eligibility;
    Ports(const Options&, Columns& c)
        : status(c.need<Text>("status")),
          eligibility(c.add<Code<Eligibility>>("eligibility", "Free, Reduced or Paid.")) {}
  };

  explicit Glance(const Ports& ports) : at_(ports) {}

  void process(Row row, Output& out) { out.pass(row).set(at_.eligibility, eligibility_of(row[at_.status])); }

 private:
  Ports at_;
};

}  // namespace mealsync::micro
