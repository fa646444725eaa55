#include "header_words.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace mealsync::guess {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

using Words = std::vector<std::string>;

bool has(const Words& words, std::initializer_list<std::string_view> any) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(any.begin(), any.end(), word) != any.end();
  });
}

bool begins(const Words& words, std::initializer_list<std::string_view> any) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(any.begin(), any.end(),
                       [&](std::string_view start) { return word.starts_with(start); });
  });
}

}  // namespace

std::string_view in_words(Meaning meaning) {
  constexpr std::array<std::string_view, 15> words{
      "state ID",   "student number", "last name",   "first name", "birth date",
      "start date", "end date",       "school year", "school",     "code",
      "SSN",        "case number",    "personal",    "constant",   "not recognised"};
  static_assert(words.size() == static_cast<std::size_t>(Meaning::unknown) + 1);
  return words[static_cast<std::size_t>(meaning)];
}

Words words_of(std::string_view name) {
  Words words;
  bool is_open = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_upper(c) && !is_lower(c) && !is_digit(c)) {
      is_open = false;
      continue;
    }
    // A capital begins a word after a small letter, and before one: StudentDOB, DOBStudent.
    const bool is_new =
        is_upper(c) && i > 0 &&
        (is_lower(name[i - 1]) || (is_upper(name[i - 1]) && i + 1 < name.size() && is_lower(name[i + 1])));
    if (!is_open || is_new) words.emplace_back();
    is_open = true;
    words.back() += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

std::optional<Meaning> meaning_of_header(std::string_view name) {
  const Words words = words_of(name);
  if (has(words, {"ssn", "social"})) return Meaning::ssn;
  if (has(words, {"case", "caseno", "casenum", "casenumber", "edg"})) return Meaning::case_number;
  if (begins(words,
             {"parent", "guardian", "addr", "street", "city", "zip", "phone", "email", "county", "district",
              "gender", "sex", "grade", "middle", "birthplace", "race", "ethnic", "comment", "balance"}) ||
      (has(words, {"mi", "state", "active"}) && !has(words, {"id", "number", "num", "student"})))
    return Meaning::person;
  if (has(words, {"dob", "birth", "birthdate", "birthday", "born"}) || begins(words, {"birthd"}))
    return Meaning::birth_date;
  if (has(words, {"last", "lastname", "lname", "surname"})) return Meaning::last_name;
  if (has(words, {"first", "firstname", "fname", "given"})) return Meaning::first_name;
  if (has(words, {"ssid", "sasid", "gtid", "uic", "stateid", "stn", "suid"}) ||
      (has(words, {"state", "alternate"}) && has(words, {"id", "number", "num", "student"})))
    return Meaning::state_id;
  if (has(words, {"year", "yr", "schoolyear", "sy"})) return Meaning::school_year;
  if (has(words, {"start", "begin", "begins", "effective", "eff", "from", "startdate", "begindate",
                  "effectivedate"}) ||
      (begins(words, {"cert"}) && has(words, {"date"})))
    return Meaning::start_date;
  if (has(words, {"end", "ends", "expires", "expiration", "exp", "thru", "through", "until", "enddate"}))
    return Meaning::end_date;
  if (has(words, {"name", "fullname"}) && !begins(words, {"school", "campus"})) return Meaning::person;
  if (has(words, {"student", "customer", "local", "pupil", "patron", "stu", "id", "identifier", "studentid",
                  "customerid", "localid"}) &&
      (has(words, {"id", "number", "num", "no", "nbr", "identifier", "studentid", "customerid", "localid"})))
    return Meaning::student_number;
  if (begins(words, {"elig", "status", "lunch", "meal", "program", "code", "cert", "source", "categor",
                     "reason", "determination", "benefit", "ecodis", "frl"}))
    return Meaning::code;
  if (begins(words, {"school", "campus", "building", "site"})) return Meaning::school;
  return std::nullopt;
}

bool is_header_name(std::string_view name) {
  return meaning_of_header(name).has_value() || has(words_of(name), {"date", "type", "id", "number"});
}

}  // namespace mealsync::guess
