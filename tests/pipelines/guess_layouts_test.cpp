// `guess` on the sample of each layout, as it is and written in other ways, against the pipeline written by hand.

#include <gmock/gmock.h>

#include "guessing.hpp"

namespace mealsync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// What is known of a sample, to write it anew and to fill its draft in.
struct Known {
  Layout layout;
  char separator = ',';
  bool has_header = false;
  std::vector<std::string> header;           // where the sample has none
  std::map<std::size_t, std::string> dates;  // the columns that hold days, and how
  std::map<std::string, std::string>
      meanings;  // of codes: eligibility, source, type; empty: nobody has mapped it
};

std::ostream& operator<<(std::ostream& out, const Known& known) {
  return out << known.layout;
}

Layout layout_named(const std::string& name) {
  return *std::find_if(vendor_layouts.begin(), vendor_layouts.end(),
                       [&](const Layout& layout) { return layout.name == name; });
}

std::vector<Known> known_layouts() {
  return {
      {layout_named("ar_eschool"),
       ',',
       true,
       {},
       {},  // two styles in one column: left as they are
       {{"1", free},
        {"01", free},
        {"04", free},
        {"02", reduced},
        {"2", reduced},
        {"3", paid},
        {"03", paid},
        {"N", paid},
        {"F", free},
        {"Free", free},
        {"R", reduced},
        {"Reduced", reduced},
        {"P", paid},
        {"Paid", paid},
        {"5", ""}}},
      {layout_named("ascender_cafimp"),
       ',',
       false,
       {"RECORD", "CDC", "STUDENT_ID", "DOB", "LAST_NAME", "FIRST_NAME", "MI", "ECODIS", "EFFECTIVE_DATE"},
       {{3, "YYYYMMDD"}, {8, "YYYYMMDD"}},
       {{"01", free}, {"02", reduced}, {"00", paid}, {"99", ""}}},
      {layout_named("commalex"),
       ',',
       false,
       {"Student ID", "Student Name", "Lunch Code", "School"},
       {},
       {{"PEND", ""}}},
      {layout_named("genesis_default"),
       ',',
       false,
       {"School Year", "Student ID", "Start Date", "End Date", "Lunch Code"},
       {{2, "DD/MM/YYYY"}, {3, "MM/DD/YYYY"}},
       {{"XX", ""}}},
      {layout_named("ic_generic"),
       ',',
       false,
       {"SSID", "Eligibility", "Source", "Reason", "Start", "End"},
       {{4, "MM/DD/YYYY"}, {5, "MM/DD/YYYY"}},
       {{"F|D|FOSTER", "Free Direct Foster"}, {"F|D|HOMELESS", "Free Direct Homeless"}, {"F|X|LOTTERY", ""}}},
      {layout_named("mealsplus_num"),
       ',',
       false,
       {"STUDENT_NUMBER", "STATE_ID", "LAST_NAME", "FIRST_NAME", "DOB", "STATUS", "START_DATE"},
       {{4, "YYYYMMDD"}, {6, "YYYYMMDD"}},
       {{"2", free}, {"3", reduced}, {"4", paid}, {"1", ""}, {"7", ""}}},
      {layout_named("mealtime_tab"),
       '\t',
       true,
       {},
       {{4, "MM/DD/YYYY"}, {5, "MM/DD/YYYY"}},
       {{"Non-student", ""}}},
      {layout_named("payschools"),
       ',',
       false,
       {"School Year", "Student ID", "Start Date", "End Date", "Lunch Code"},
       {{2, "MM/DD/YYYY"}, {3, "MM/DD/YYYY"}},
       {{"XX", ""}}},
      {layout_named("titan_elig"),
       ',',
       true,
       {},
       {{2, "MM/DD/YYYY"}},
       {{"Free", free},
        {"Reduced", reduced},
        {"Paid", paid},
        {"Free - Foster", "Free Direct Foster"},
        {"Temporary", ""}}},
  };
}

std::string write_anew(const Known& known, const Way& way) {
  Rows rows = read_rows(known.layout.bytes(), known.separator);
  if (known.has_header && !way.has_header) rows.erase(rows.begin());
  if (!known.has_header && way.has_header) rows.insert(rows.begin(), known.header);
  std::string bytes;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t column = 0; column < rows[i].size(); ++column) {
      std::string cell = rows[i][column];
      const auto date = known.dates.find(column);
      const bool is_header = i == 0 && way.has_header;
      if (date != known.dates.end() && !way.dates.empty() && !is_header)
        cell = rewritten(cell, date->second, way.dates);
      const bool is_quoted = way.quotes_all || cell.find(way.separator) != std::string::npos;
      bytes += (column > 0 ? std::string(1, way.separator) : "") + (is_quoted ? '"' + cell + '"' : cell);
    }
    bytes += way.newline;
  }
  return bytes;
}

class GuessLayout : public Guess, public ::testing::WithParamInterface<std::tuple<Known, Way>> {};

TEST_P(GuessLayout, DraftsWhatImportsAsThePipelineWrittenByHand) {
  const auto& [known, way] = GetParam();
  write_file(folder() / known.layout.sample, known.layout.bytes());
  const Json by_hand =
      district_.import(known.layout.pipeline(), known.layout.sample, known.layout.as_of, {"--test"});

  expect_the_same_import(way.name == "as_it_is" ? known.layout.bytes() : write_anew(known, way), by_hand,
                         known.layout.as_of, known.meanings);
}

INSTANTIATE_TEST_SUITE_P(Ways, GuessLayout,
                         ::testing::Combine(::testing::ValuesIn(known_layouts()),
                                            ::testing::ValuesIn(all_ways())),
                         [](const auto& each) {
                           return std::get<0>(each.param).layout.name + "_" + std::get<1>(each.param).name;
                         });

TEST_F(Guess, TellsNothingOfAStudent) {
  for (const Known& known : known_layouts()) {
    const Ran guessed = guess(known.layout.bytes());

    const std::string all = guessed.out + guessed.err;
    EXPECT_FALSE(std::regex_search(all, std::regex(R"(\b\d{5,}\b)"))) << all;
    std::istringstream names(sql(folder() / "campus.db", "SELECT DISTINCT lastName FROM Identity"));
    for (std::string name; std::getline(names, name);)
      EXPECT_THAT(all, Not(HasSubstr(name)));
  }
}

}  // namespace
}  // namespace mealsync::testing
