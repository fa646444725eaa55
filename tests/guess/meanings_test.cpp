#include "guess/meanings.hpp"

#include <gtest/gtest.h>

#include "guess/student_key.hpp"

namespace mealsync::guess {
namespace {

constexpr Date today = *Date::of(2016, 9, 6);

struct Looked {
  Table table;
  Meanings meanings;
};

Looked look(const std::string& bytes) {
  const Shape shape = shape_of(bytes).value();
  Looked looked{profile(bytes, shape), {}};
  looked.meanings = meanings_of(looked.table, today);
  return looked;
}

std::string meanings(const std::string& bytes) {
  std::string all;
  for (const Column& column : look(bytes).meanings.columns)
    all += (all.empty() ? "" : ", ") + std::string(in_words(column.meaning));
  return all;
}

TEST(Headers, SayWhatTheirColumnsHold) {
  const std::vector<std::pair<const char*, Meaning>> names{
      {"SSID", Meaning::state_id},
      {"State Student ID", Meaning::state_id},
      {"Alternate ID", Meaning::state_id},
      {"STUDENT_ID", Meaning::student_number},
      {"Customer ID", Meaning::student_number},
      {"StudentDOB", Meaning::birth_date},
      {"Birth Date", Meaning::birth_date},
      {"LastName", Meaning::last_name},
      {"FIRST_NAME", Meaning::first_name},
      {"Customer Last Name", Meaning::last_name},
      {"Eligibility Start Date", Meaning::start_date},
      {"EffectiveDate", Meaning::start_date},
      {"CERT_DATE", Meaning::start_date},
      {"Eligibility End", Meaning::end_date},
      {"Academic Year", Meaning::school_year},
      {"MEAL_STATUS", Meaning::code},
      {"Lunch Code", Meaning::code},
      {"Source", Meaning::code},
      {"SchoolName", Meaning::school},
      {"CampusNumber", Meaning::school},
      {"SSN", Meaning::ssn},
      {"CASE_NO", Meaning::case_number},
      {"ParentLastName", Meaning::person},
      {"State", Meaning::person},
      {"Gender", Meaning::person},
      {"DistrictNumber", Meaning::person},
      {"Student Name", Meaning::person},
  };
  for (const auto& [name, meaning] : names)
    EXPECT_EQ(meaning_of_header(name), meaning) << name;
  for (const char* name : {"", "1990000001", "SNAP", "Alder", "F"})
    EXPECT_EQ(meaning_of_header(name), std::nullopt) << name;
}

TEST(Headers, AreSplitIntoWords) {
  EXPECT_EQ(words_of("StudentDOB"), (std::vector<std::string>{"student", "dob"}));
  EXPECT_EQ(words_of("STUDENT_DOB 2"), (std::vector<std::string>{"student", "dob", "2"}));
  EXPECT_EQ(words_of("DOBStudent"), (std::vector<std::string>{"dob", "student"}));
}

TEST(Meanings, AreToldByContentWhereThereIsNoHeader) {
  EXPECT_EQ(meanings("1990000001,Alder,Ada,2008-01-31,F,2016-08-10,2017-06-30\n"
                     "1990000002,Birch,Bo,2001-05-01,R,2016-09-01,2017-06-30\n"
                     "1990000003,Cedar,Cy,2005-12-24,P,2016-08-10,2017-06-30\n"
                     "1990000004,Elm,Flo,2009-07-04,F,2016-08-15,\n"),
            "not recognised, personal, personal, birth date, code, start date, end date");
}

TEST(Meanings, OfAConstantAndAGenderAreNoCodes) {
  EXPECT_EQ(meanings("CAFIMP,50001,M,01\nCAFIMP,50002,F,02\nCAFIMP,50003,F,01\nCAFIMP,50004,M,00\n"),
            "constant, not recognised, not recognised, code");
}

TEST(Meanings, FindTheSchoolYearInItsColumnOrInTheStartDates) {
  EXPECT_EQ(look("2013-14,50001,F\n2013-14,50002,R\n").meanings.year, SchoolYear{2014});
  EXPECT_EQ(look("50001,F,2015-08-10\n50002,R,2015-08-11\n").meanings.year, SchoolYear{2016});
  const Looked neither = look("50001,F\n50002,R\n");
  EXPECT_EQ(neither.meanings.year, SchoolYear{2017});
  EXPECT_FALSE(neither.meanings.is_year_known);
}

// A first line that may be a child's is no header.
TEST(Meanings, TakeALineForAHeaderOnlyByItsWords) {
  EXPECT_TRUE(look("Alder,Free\nBirch,Paid\n").table.header.empty());
  EXPECT_TRUE(look("50001,Free\n50002,Paid\n").table.header.empty());
  EXPECT_FALSE(look("STUDENT_ID,STATUS\n50001,Free\n50002,Paid\n").table.header.empty());
}

TEST(Meanings, DoNotBelieveAHeaderAgainstTheContent) {
  EXPECT_EQ(meanings("Student ID,Start Date,Status\n50001,soon,Free\n50002,later,Free\n50003,never,Paid\n"),
            "student number, personal, code");
}

TEST(StudentKeys, AreTakenByNameThenByForm) {
  const auto kind = [](const std::string& bytes) {
    const Looked looked = look(bytes);
    return std::string(spell(key_of(looked.table, looked.meanings).chosen.kind));
  };
  EXPECT_EQ(kind("SSID,Student ID,Status\n1990000001,1,F\n1990000002,2,R\n"), "state_id");
  EXPECT_EQ(kind("Student ID,Status\n1990000001,F\n1990000002,R\n"), "student_number");
  EXPECT_EQ(kind("1990000001,F\n1990000002,R\n"), "state_id");
  EXPECT_EQ(kind("50001,F\n50002,R\n"), "student_number");
  EXPECT_EQ(kind("Last Name,First Name,DOB,Status\nAlder,Ada,2008-01-31,F\nElm,Bo,2009-01-31,R\n"),
            "name_birth_date");
  EXPECT_EQ(kind("Status,Name\nF,x\nR,y\n"), "");
}

TEST(Codes, AreListedOnlyWhereTheyAreNoNumberOfAnybodys) {
  for (const char* code : {"", "F", "04", "Free - DC SNAP", "2017"})
    EXPECT_TRUE(is_listable(code)) << code;
  for (const char* code : {"12345", "000-00-0021", "a\nb", "a text of more than forty characters is none"})
    EXPECT_FALSE(is_listable(code)) << code;
}

}  // namespace
}  // namespace mealsync::guess
