// pipelines/guessing.hpp -- drafts of `guess`, filled in, checked and imported beside a pipeline written by hand.
//
// Where a code says less than a status, the test says the rest, as the pipeline written by hand does.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "vendor_district.hpp"

namespace mealsync::testing {

using Rows = std::vector<std::vector<std::string>>;

/// The samples are simple: a quote stands around a whole value or nowhere.
inline Rows read_rows(const std::string& bytes, char separator) {
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

inline const std::vector<Way> ways{
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

inline std::ostream& operator<<(std::ostream& out, const Way& way) {
  return out << way.name;
}

inline std::vector<Way> all_ways() {
  std::vector<Way> all{{"as_it_is", {}, {}, {}, {}, {}}};
  all.insert(all.end(), ways.begin(), ways.end());
  return all;
}

inline const std::string free = "Free Non-Direct Unknown", reduced = "Reduced Non-Direct Unknown",
                         paid = "Paid Non-Direct Unknown";

inline std::string rewritten(std::string day, const std::string& from, std::string to) {
  if (day.empty()) return day;
  for (const char* part : {"YYYY", "MM", "DD"})
    to.replace(to.find(part), std::string(part).size(),
               day.substr(from.find(part), std::string(part).size()));
  return to;
}

/// Fills in what the draft leaves open; where nobody has mapped a code, its line goes. A file that names no year is taken
/// for one of today's: that is `year`.
inline std::string filled(const std::string& draft, const std::map<std::string, std::string>& meanings,
                          const std::string& year, const std::string& every = free) {
  std::istringstream in(draft);
  std::string all;
  for (std::string line; std::getline(in, line);) {
    static const std::regex todays("school_year=\"[^\"]*\">  <!-- the file names no year");
    line = std::regex_replace(line, todays, "school_year=\"" + year + "\">  <!--");
    static const std::regex map("<map when=\"([^\"]*)\"");
    std::smatch when;
    std::string says = every;
    if (std::regex_search(line, when, map) && line.find("=\"\"") != std::string::npos) {
      const auto known = meanings.contains("*") ? meanings.find("*") : meanings.find(when[1]);
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
  /// Whether the draft of `bytes`, filled in, imports as the pipeline written by hand, which came to `by_hand`.
  void expect_the_same_import(const std::string& bytes, const Json& by_hand, const std::string& as_of,
                              const std::map<std::string, std::string>& meanings,
                              const std::string& every = free) {
    const Ran guessed = guess(bytes);
    ASSERT_EQ(guessed.exit, 0) << guessed.err;
    expect_faults_where_it_is_open(guessed.out);

    const std::string draft = filled(guessed.out, meanings, by_hand["school_year"], every);
    write_file(folder() / "filled.xml", draft);

    const Ran checked = run_program(folder(), {"check", "filled.xml"});
    ASSERT_EQ(checked.exit, 0) << checked.out << draft;
    EXPECT_EQ(district_.import("filled.xml", "pos.txt", as_of, {"--test"}), by_hand)
        << guessed.err << draft << bytes;
  }
  [[nodiscard]] const TemporaryFolder& folder() const { return district_.folder(); }

  VendorDistrict district_;
};

}  // namespace mealsync::testing
