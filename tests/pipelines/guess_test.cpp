// `guess` on the sample of each layout, as it is and written in other ways, against the pipeline written by hand.
//
// Where a code says less than a status, the test says the rest, as the pipeline written by hand does.

#include <gmock/gmock.h>

#include <map>
#include <regex>
#include <sstream>

#include "vendor_district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using Rows = std::vector<std::vector<std::string>>;

/// The samples are simple: a quote stands around a whole value or nowhere.
Rows read_rows(const std::string& bytes, char separator) {
  Rows rows;
  std::istringstream in(bytes);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> row{""};
    bool is_quoted = false;
    for (const char c : line) {
      if (c == '"')
        is_quoted = !is_quoted;
      else if (c == separator && !is_quoted)
        row.emplace_back();
      else
        row.back() += c;
    }
    rows.push_back(row);
  }
  return rows;
}

/// How a sample is written anew.
struct Way {
  std::string name;
  char separator = ',';
  bool quotes_all = false;
  bool has_header = true;
  std::string dates;  // YYYY, MM and DD in their order; empty: as they are
  const char* newline = "\n";
};

const std::vector<Way> ways{
    {"semicolon", ';', false, true, "", "\n"},
    {"tab_with_windows_line_ends", '\t', false, true, "", "\r\n"},
    {"pipe_without_header", '|', false, false, "", "\n"},
    {"caret_quoted", '^', true, true, "", "\n"},
    {"comma_day_first", ',', true, true, "DD/MM/YYYY", "\n"},
    {"comma_month_first_without_header", ',', true, false, "MM-DD-YYYY", "\n"},
    {"tab_year_first", '\t', false, true, "YYYY-MM-DD", "\n"},
    {"semicolon_with_points", ';', false, false, "DD.MM.YYYY", "\r\n"},
    {"comma_without_signs", ',', true, false, "YYYYMMDD", "\n"},
};

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

const std::string free = "Free Non-Direct Unknown", reduced = "Reduced Non-Direct Unknown",
                  paid = "Paid Non-Direct Unknown";

std::ostream& operator<<(std::ostream& out, const Way& way) {
  return out << way.name;
}
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

std::string rewritten(std::string day, const std::string& from, std::string to) {
  if (day.empty()) return day;
  for (const char* part : {"YYYY", "MM", "DD"})
    to.replace(to.find(part), std::string(part).size(),
               day.substr(from.find(part), std::string(part).size()));
  return to;
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

/// Fills in what the draft leaves open; where nobody has mapped a code, its line goes. A file that names no year is taken
/// for one of today's: that is `year`.
std::string filled(const std::string& draft, const std::map<std::string, std::string>& meanings,
                   const std::string& year) {
  std::istringstream in(draft);
  std::string all;
  for (std::string line; std::getline(in, line);) {
    static const std::regex todays("school_year=\"[^\"]*\">  <!-- the file names no year");
    line = std::regex_replace(line, todays, "school_year=\"" + year + "\">  <!--");
    static const std::regex map("<map when=\"([^\"]*)\"");
    std::smatch when;
    std::string says = free;
    if (std::regex_search(line, when, map) && line.find("=\"\"") != std::string::npos) {
      const auto known = meanings.find(when[1]);
      if (known == meanings.end()) ADD_FAILURE() << "nothing is known of the code in: " << line;
      if (known == meanings.end() || known->second.empty()) continue;
      says = known->second;
    }
    std::istringstream words(says);
    for (const char* target : {"eligibility", "source", "certified_type"}) {
      std::string word;
      words >> word;
      const std::string open = std::string(target) + "=\"\"";
      if (const auto at = line.find(open); at != std::string::npos)
        line.replace(at, open.size(), std::string(target) + "=\"" + word + "\"");
    }
    all += line + '\n';
  }
  return all;
}

class Guess : public ::testing::Test {
 protected:
  /// Guesses at `bytes`, and says what its findings were.
  Ran guess(const std::string& bytes, const std::vector<std::string>& more = {"--campus", "campus.db"}) {
    write_file(folder() / "pos.txt", bytes);
    std::vector<std::string> arguments{"guess", "pos.txt"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(folder(), arguments);
  }
  /// Whether `check` finds a fault on each line that the draft leaves open, and on no other.
  void expect_faults_where_it_is_open(const std::string& draft) {
    write_file(folder() / "draft.xml", draft);
    const std::string checked = run_program(folder(), {"check", "draft.xml"}).out;
    std::set<int> open, faults;
    std::istringstream lines(draft);
    int number = 1;
    for (std::string line; std::getline(lines, line); ++number)
      if (line.find("=\"\"") != std::string::npos) open.insert(number);
    static const std::regex fault(R"(draft\.xml:(\d+):\d+: error)");
    for (std::sregex_iterator at(checked.begin(), checked.end(), fault), end; at != end; ++at)
      faults.insert(std::stoi((*at)[1]));
    EXPECT_EQ(faults, open) << checked << draft;
  }
  [[nodiscard]] const TemporaryFolder& folder() const { return district_.folder(); }

  VendorDistrict district_;
};

class GuessLayout : public Guess, public ::testing::WithParamInterface<std::tuple<Known, Way>> {
 protected:
  void expect_the_same_import(const Known& known, const std::string& bytes) {
    write_file(folder() / known.layout.sample, known.layout.bytes());
    const Json by_hand =
        district_.import(known.layout.pipeline(), known.layout.sample, known.layout.as_of, {"--test"});
    const Ran guessed = guess(bytes);
    ASSERT_EQ(guessed.exit, 0) << guessed.err;
    expect_faults_where_it_is_open(guessed.out);

    const std::string draft = filled(guessed.out, known.meanings, by_hand["school_year"]);
    write_file(folder() / "filled.xml", draft);

    const Ran checked = run_program(folder(), {"check", "filled.xml"});
    ASSERT_EQ(checked.exit, 0) << checked.out << draft;
    EXPECT_EQ(district_.import("filled.xml", "pos.txt", known.layout.as_of, {"--test"}), by_hand)
        << guessed.err << draft << bytes;
  }
};

TEST_P(GuessLayout, DraftsWhatImportsAsThePipelineWrittenByHand) {
  const auto& [known, way] = GetParam();

  expect_the_same_import(known, way.name == "as_it_is" ? known.layout.bytes() : write_anew(known, way));
}

std::vector<Way> all_ways() {
  std::vector<Way> all{{"as_it_is", {}, {}, {}, {}, {}}};
  all.insert(all.end(), ways.begin(), ways.end());
  return all;
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

TEST_F(Guess, SaysWhereDayAndMonthMightChangePlaces) {
  const Ran guessed = guess(
      "ID,Status,Start Date\n50001,Free,08/10/2016\n50002,Free,09/08/2016\n50003,Paid,08/09/2016\n", {});

  EXPECT_THAT(guessed.out,
              HasSubstr("pattern=\"MM/DD/YYYY\"/>  <!-- no day is above 12, so that it may be DD/MM/YYYY"));
  EXPECT_THAT(guessed.err, HasSubstr("MM/DD/YYYY or DD/MM/YYYY: no value tells"));
  EXPECT_THAT(guessed.err, HasSubstr("- make sure that column 3 is MM/DD/YYYY, not DD/MM/YYYY"));
}

TEST_F(Guess, LeavesTheKeyOpenWhereNoColumnIsOne) {
  const Ran guessed = guess("Status,Start Date\nFree,08/10/2016\nFree,08/20/2016\nPaid,08/25/2016\n", {});

  EXPECT_THAT(guessed.out, HasSubstr("key=\"\""));
  EXPECT_THAT(guessed.err, HasSubstr("name the key"));
}

TEST_F(Guess, WritesADraftBesideWhichTheFileIsFound) {
  std::filesystem::create_directory(folder() / "made");
  const Known known = known_layouts()[0];

  EXPECT_EQ(guess(known.layout.bytes(), {"--campus", "campus.db", "--output", "made/p.xml"}).exit, 0);

  const std::string draft = bytes_of(folder() / "made" / "p.xml");
  EXPECT_THAT(draft, HasSubstr("value=\"../pos.txt\""));
  EXPECT_THAT(draft, HasSubstr("value=\"../campus.db\""));
}

TEST_F(Guess, NeverWritesOverAFile) {
  write_file(folder() / "p.xml", "mine");

  const Ran guessed = guess(known_layouts()[0].layout.bytes(), {"--output", "p.xml"});

  EXPECT_EQ(guessed.exit, 3);
  EXPECT_EQ(bytes_of(folder() / "p.xml"), "mine");
}

TEST_F(Guess, SaysWhyAFileCannotBeLookedAt) {
  EXPECT_THAT(run_program(folder(), {"guess", "none.txt"}).err, HasSubstr("there is no such file"));
  EXPECT_THAT(run_program(folder(), {"guess", "."}).err, HasSubstr("it is no regular file"));
  EXPECT_THAT(guess("", {}).err, HasSubstr("it is empty"));
  EXPECT_THAT(guess("a\nbb\nccc\n", {}).err, HasSubstr("is no table"));
  EXPECT_THAT(guess(std::string("a,b\0c,d\n", 8), {}).err, HasSubstr("NUL"));
  EXPECT_THAT(guess("\xFF\xFE,\n", {}).err, HasSubstr("UTF-16"));
  EXPECT_THAT(guess("Student ID,Status\n", {}).err, HasSubstr("no records"));
  EXPECT_THAT(guess("1,F\n2,F\n", {"--campus", "none.db"}).err, HasSubstr("Campus database 'none.db'"));
  EXPECT_EQ(guess("a\nbb\nccc\n", {}).exit, 3);
  EXPECT_EQ(run_program(folder(), {"guess"}).exit, 2);
}

}  // namespace
}  // namespace mealsync::testing
