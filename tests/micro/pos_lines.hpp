// pos_lines.hpp -- an invented POS file, laid out as that of tools/bench, and the pipeline's words for it.
//
// Every line is good: what is wrong with records is not measured here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include <mealsync/date.hpp>

namespace mealsync::micro {

/// Whom the lines are of. No two have the same state ID, and none looks like the next.
inline constexpr std::size_t students = 200'000;

[[nodiscard]] inline std::string state_id(std::size_t student) {
  std::array<char, 11> digits{};
  const auto number = static_cast<unsigned long long>((student * 2654435761 + 112648) % 10'000'000'000);
  std::snprintf(digits.data(), digits.size(), "%010llu", number);
  return digits.data();
}

/// "09/06/2016"
[[nodiscard]] inline std::string month_day_year(Date date) {
  const auto day = iso(date);
  const std::string_view text(day.data(), day.size());
  return std::string(text.substr(5, 2)) + '/' + std::string(text.substr(8, 2)) + '/' +
         std::string(text.substr(0, 4));
}

/// Plain: no quotes, ASCII. Mixed: of four lines two have quotes, one of them doubled ones, and one has a letter
/// beyond ASCII.
enum class Hand : std::uint8_t { plain, mixed };

[[nodiscard]] inline std::string pos_lines(std::size_t count, Hand hand = Hand::plain) {
  constexpr std::array<std::string_view, 5> plain{"Adams", "Okafor", "Lindqvist", "Chen", "Whitefeather"};
  constexpr std::array<std::string_view, 4> mixed{"\"Reyes, Jr.\"", "\"Lee \"\"Red\"\" Moss\"",
                                                  "Mu\xC3\xB1oz", "Adams"};
  constexpr std::array<std::string_view, 6> codes{"F,DC-SNAP", "F,DC-MED-F", "F,APP",
                                                  "R,APP",     "P,DENIED",   "P,NONE"};
  constexpr Date first_day = *Date::of(2016, 7, 1), first_birth = *Date::of(1999, 1, 1);
  std::string lines;
  for (std::size_t n = 0; n < count; ++n) {
    const auto day = static_cast<std::int32_t>(n * 31 % 300);
    lines += state_id(n * 7919 % students) + ',';
    lines += hand == Hand::plain ? plain[n % plain.size()] : mixed[n % mixed.size()];
    lines +=
        ",Casey," + month_day_year({first_birth.days + day * 15}) + ",001000" + std::to_string(n % 7 + 1);
    lines += ',';
    lines += codes[n * 5 % codes.size()];
    lines += ',' + month_day_year({first_day.days + day}) + ",06/30/2017\r\n";
  }
  return lines;
}

// The columns that an import needs, and all of them.
inline constexpr std::string_view six_columns = R"(
  <column as="state_id"/> <column skip="yes"/> <column skip="yes"/> <column skip="yes"/>
  <column as="school"/> <column as="status"/> <column as="code"/>
  <column as="start_date" type="date"/> <column as="end_date" type="date"/>)";
inline constexpr std::string_view nine_columns = R"(
  <column as="state_id"/> <column as="last_name"/> <column as="first_name"/>
  <column as="birth_date" type="date"/>
  <column as="school"/> <column as="status"/> <column as="code"/>
  <column as="start_date" type="date"/> <column as="end_date" type="date"/>)";

/// The beginning of a pipeline. Nobody reads the file: its bytes are given to the format here.
[[nodiscard]] inline std::string pos_source(std::string_view columns) {
  return "<source plugin=\"local_file\" path=\"pos.txt\"><format plugin=\"delimited\">" +
         std::string(columns) + "</format></source>";
}

/// A stage that knows all codes of the lines.
[[nodiscard]] inline std::string map_values(const std::string& id) {
  return "<transform id=\"" + id + "\" plugin=\"map_values\" from=\"code status\">" + R"(
    <map when="DC-SNAP|F"  eligibility="Free"    source="Direct"     certified_type="SNAP"/>
    <map when="DC-TANF|F"  eligibility="Free"    source="Direct"     certified_type="TANF"/>
    <map when="DC-MED-F|F" eligibility="Free"    source="Direct"     certified_type="Medicaid"/>
    <map when="HOMELESS|F" eligibility="Free"    source="Direct"     certified_type="Homeless"/>
    <map when="APP|F"      eligibility="Free"    source="Non-Direct" certified_type="Income"/>
    <map when="APP|R"      eligibility="Reduced" source="Non-Direct" certified_type="Income"/>
    <map when="DENIED|P"   eligibility="Paid"    source="Non-Direct" certified_type="Denied"/>
    <map when="NONE|P"     eligibility="Paid"    source="Non-Direct" certified_type="DidNotApply"/>
  </transform>)";
}

/// A stage of another kind, without options.
[[nodiscard]] inline std::string transform(std::string_view plugin, const std::string& id) {
  return "<transform id=\"" + id + "\" plugin=\"" + std::string(plugin) + "\"/>";
}

inline constexpr std::string_view no_sink = "<sink plugin=\"null\"/>";

}  // namespace mealsync::micro
