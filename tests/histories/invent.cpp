#include "invent.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <plugins/numbers.hpp>

namespace mealsync::testing {
namespace {

std::string month_day_year(Date date) {
  const std::string text = to_text(date);
  return text.substr(5, 2) + '/' + text.substr(8) + '/' + text.substr(0, 4);
}

class Inventor {
 public:
  explicit Inventor(std::uint64_t seed) : numbers_(seed) {}

  History invent(int cases) {
    History history;
    history.options = options_ = some_options();
    for (int i = 0; i < cases; ++i)
      history.cases.push_back(some_case(10 * i));
    return history;
  }

 private:
  template <std::size_t N>
  std::string one_of(const std::string_view (&words)[N]) {
    return std::string(words[static_cast<std::size_t>(numbers_.below(static_cast<int>(N)))]);
  }
  template <std::size_t N>
  void choose(Options& options, const std::string& stage, const std::string& name,
              const std::string_view (&words)[N]) {
    if (auto value = one_of(words); !value.empty()) options[stage][name] = std::move(value);
  }

  // A blank word leaves the default, which most districts have.
  Options some_options() {
    Options options;
    choose(options, "run", "as_of", {"2016-07-01", "2016-07-12", "2016-09-06", "2017-06-30"});
    choose(options, "year_mapping", "end_date_policy", {"", "", "", "default_expiration", "june_30"});
    const bool needs_expiration = options["year_mapping"].contains("end_date_policy");
    if (needs_expiration || numbers_.once_in(2)) {
      const Date expiration{year.last().days + numbers_.below(100)};
      options["year_mapping"]["default_expiration"] = to_text(expiration);
      options["merge_eligibility"]["default_expiration"] = to_text(expiration);
    }
    if (numbers_.once_in(6))
      options["merge_eligibility"]["default_expiration"] =
          to_text(Date{year.last().days + numbers_.below(90) - 45});
    choose(options, "match_student", "not_enrolled", {"", "hold"});
    choose(options, "cep_filter", "direct", {"", "allow"});
    choose(options, "merge_eligibility", "feed", {"", "", "direct"});
    choose(options, "merge_eligibility", "precedence", {"", "", "rank", "existing"});
    choose(options, "merge_eligibility", "same_rank", {"", "", "", "keep"});
    choose(options, "merge_eligibility", "dates", {"", "", "", "keep"});
    choose(options, "merge_eligibility", "duplicates", {"", "last", "reject"});
    choose(options, "merge_eligibility", "combinations", {"", "strict", "off"});
    return options;
  }

  Case some_case(int first_person) {
    Case made;
    const int students = 1 + numbers_.below(6);
    for (int i = 1; i <= students; ++i)
      add_student(first_person + i, made);
    if (students > 1 && numbers_.once_in(15)) made.students[1][1] = made.students[0][1];
    if (made.lines.empty() || numbers_.once_in(6)) made.lines.push_back(some_line(some_strange_key()));
    for (std::size_t i = made.lines.size() - 1; i > 0; --i)
      std::swap(made.lines[i], made.lines[static_cast<std::size_t>(numbers_.below(static_cast<int>(i) + 1))]);
    return made;
  }

  void add_student(int number, Case& made) {
    const std::string person = std::to_string(number);
    const std::string state_id = std::to_string(1'000'000'000 + number);
    made.students.push_back({person, state_id});
    if (!numbers_.once_in(8)) made.enrolments.push_back(some_enrolment(person));
    if (numbers_.once_in(8)) made.enrolments.push_back(some_enrolment(person));
    add_records(person, made);
    constexpr int how_many[] = {0, 1, 1, 1, 1, 1, 2, 2, 3, 4};
    for (int lines = how_many[numbers_.below(10)]; lines > 0; --lines)
      made.lines.push_back(some_line(state_id));
  }

  Cells some_enrolment(const std::string& person) {
    const Date start{year.first().days + numbers_.below(20)};
    return {person,
            one_of({"010", "010", "010", "010", "040", "020", "030"}),
            one_of({"2017", "2017", "2017", "2017", "2017", "2017", "2016", "2018"}),
            numbers_.once_in(5) ? "S" : "P",
            numbers_.once_in(10) ? "" : to_text(start),
            numbers_.once_in(6) ? to_text(Date{start.days + numbers_.below(20)}) : ""};
  }

  /// Mostly without overlaps among the valid ones of type Meal, as a student system has them.
  void add_records(const std::string& person, Case& made) {
    const bool may_overlap = numbers_.once_in(20);
    std::vector<std::pair<Date, Date>> taken;
    for (int wanted = numbers_.below(5); wanted > 0; --wanted) {
      const SchoolYear of{year.end_year + (numbers_.once_in(5) ? numbers_.once_in(2) ? 1 : -1 : 0)};
      const Date start = some_start(of);
      const auto end = some_end(start);
      const Date last = end.value_or(last_day_of_open(options_, of));
      const bool is_meal = !numbers_.once_in(10);
      const bool meets = std::any_of(taken.begin(), taken.end(), [&](const auto& other) {
        return other.first <= last && start <= other.second;
      });
      if (is_meal && start <= last) {
        if (meets && !may_overlap) continue;
        taken.emplace_back(start, last);
      }
      made.records.push_back({person, std::to_string(of.end_year), is_meal ? "Meal" : "SES",
                              one_of({"F", "R", "S"}), one_of({"D", "N"}),
                              one_of({"SNAP", "Foster", "Income", "Medicaid", "DidNotApply"}), to_text(start),
                              end                   ? to_text(*end)
                              : numbers_.once_in(4) ? "''"
                                                    : "",
                              numbers_.once_in(5) ? "901" : ""});
      if (numbers_.once_in(40)) make_unreadable(made.records.back());
    }
  }

  void make_unreadable(Cells& record) {
    constexpr std::pair<std::size_t, std::string_view> faults[] = {{3, "E"},          {4, "X"}, {4, ""},
                                                                   {6, "2016-13-01"}, {6, ""},  {7, "soon"}};
    const auto& [column, text] = faults[numbers_.below(6)];
    record[column] = text;
  }

  // Days are few, so that records and lines often touch, meet and cover one another.
  Date some_start(SchoolYear of) {
    if (of.end_year > year.end_year && numbers_.once_in(2)) return {of.first().days + numbers_.below(10)};
    return {year.first().days + numbers_.below(24) - (of < year ? 12 : 0)};
  }
  std::optional<Date> some_end(Date start) {
    if (numbers_.once_in(10)) return std::nullopt;
    if (numbers_.once_in(5)) return Date{year.last().days - numbers_.below(3)};
    const int early = numbers_.once_in(20) ? 12 : 0;
    return Date{start.days + numbers_.below(10) - early};
  }

  std::string some_strange_key() {
    return one_of({"1999999999", "", "123-45-6789", "123456789", "1.99E+09", "1999999", "19999A9999"});
  }

  std::string some_line(const std::string& key) {
    const Meaning& meaning = meanings[static_cast<std::size_t>(numbers_.below(meanings.size()))];
    std::string status(meaning.status), code(meaning.code);
    if (numbers_.once_in(30)) code = one_of({"NEW", "*", "snap "});
    const Date start{year.first().days + numbers_.below(24)};
    std::string from = month_day_year(start), until;
    if (numbers_.once_in(3)) until = month_day_year({year.last().days + (numbers_.once_in(3) ? 94 : 0)});
    if (until.empty() && !numbers_.once_in(4)) until = month_day_year({start.days + numbers_.below(12)});
    if (numbers_.once_in(30)) from = one_of({"", "13/45/2016", "2016-08-15", "08/15/2015", "07/05/2017"});
    if (numbers_.once_in(40)) until = one_of({"07/01/2016", "02/30/2017", "never"});
    std::string line = key + ',' + status + ',' + code + ',' + from;
    return numbers_.once_in(50) ? line : line + ',' + until;
  }

  Numbers numbers_;
  Options options_;
};

}  // namespace

History invent_history(std::uint64_t seed, int cases) {
  return Inventor(seed).invent(cases);
}

}  // namespace mealsync::testing
