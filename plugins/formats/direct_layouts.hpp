// formats/direct_layouts.hpp -- how states write their lists of directly certified students: columns, and what a
// program's code means. A layout is an entry of this table; no code knows a state.
//
// What is not named in a layout is never read: above all no SSN, which several states write into every line.
// Source   The states' and their vendors' public pages (layouts.md 2.2 and 3). Where they give the columns' order or
//          their dates in part only, the layout says so.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include <mealsync/meal_status.hpp>

#include "formats/fixed_line.hpp"

namespace mealsync::formats {

struct LayoutColumn {
  std::string_view as;       // empty: passed over
  std::string_view pattern;  // of a date; empty: it is text
  std::string_view header;   // its name in the first line, where there is one
  FixedPlace place{};        // where columns have places
};

/// What a program's code makes of a record.
struct Program {
  std::string_view when;  // a value of each of the layout's program columns, divided by |; * is any other
  CertifiedType type = CertifiedType::unknown;
  Eligibility eligibility = Eligibility::free;
  bool is_certified = true;  // else the state lists the student, and has not certified him
};

struct Layout {
  static constexpr char fixed = '\0';

  std::string_view name;
  std::string_view words;
  char separator;  // fixed: columns have places
  bool has_header;
  std::span<const LayoutColumn> columns;
  std::span<const std::string_view> program_columns;
  std::span<const Program> programs;
};

namespace layouts {

// Kentucky's own columns are not public. Its lists are KTAP, SNAP and Medicaid, and foster children apart.
inline constexpr LayoutColumn kentucky_columns[] = {{"state_id", "", "SSID"},
                                                    {"last_name", "", "LAST_NAME"},
                                                    {"first_name", "", "FIRST_NAME"},
                                                    {"birth_date", "YYYY-MM-DD", "DOB"},
                                                    {"case_number", "", "CASE_NO"},
                                                    {"program", "", "PROGRAM"},
                                                    {"program_eligibility", "", "ELIG"},
                                                    {"start_date", "YYYY-MM-DD", "CERT_DATE"}};
inline constexpr std::string_view kentucky_program[] = {"program", "program_eligibility"};
inline constexpr Program kentucky_programs[] = {
    {"S|F", CertifiedType::snap},     {"K|F", CertifiedType::tanf},
    {"M|F", CertifiedType::medicaid}, {"MR|R", CertifiedType::medicaid, Eligibility::reduced},
    {"F|F", CertifiedType::foster},   {"H|F", CertifiedType::homeless}};

// Texas (ELMS). Only SNAP's code is public.
inline constexpr LayoutColumn texas_columns[] = {{"school", "", "CampusNumber"},
                                                 {"last_name", "", "LastName"},
                                                 {"first_name", "", "FirstName"},
                                                 {"state_id", "", "StudentID"},
                                                 {"birth_date", "MM/DD/YYYY", "StudentDOB"},
                                                 {"start_date", "MM/DD/YYYY", "EffectiveDate"},
                                                 {"program", "", "Source"}};
inline constexpr std::string_view one_program[] = {"program"};
inline constexpr Program texas_programs[] = {{"1", CertifiedType::snap}};

// Illinois: no program, and no date. How it writes birth dates is not public.
inline constexpr LayoutColumn illinois_columns[] = {{"state_id", "", ""},
                                                    {"last_name", "", ""},
                                                    {"first_name", "", ""},
                                                    {"", "", ""},
                                                    {"birth_date", "MM/DD/YYYY", ""},
                                                    {"", "", ""},
                                                    {"", "", ""},
                                                    {"school", "", ""},
                                                    {"", "", ""},
                                                    {"", "", ""}};
inline constexpr Program any_program[] = {{"", CertifiedType::unknown}};

// Tennessee: 188 characters with an SSN in the third; a student is known by his name and birth date alone.
inline constexpr LayoutColumn tennessee_columns[] = {{"first_name", "", "", {12, 15}},
                                                     {"last_name", "", "", {28, 16}},
                                                     {"case_number", "", "", {44, 10}},
                                                     {"birth_date", "YYMMDD", "", {54, 6}}};
inline constexpr std::string_view tennessee_program[] = {"case_number"};
inline constexpr Program tennessee_programs[] = {{"", CertifiedType::unknown}, {"*", CertifiedType::snap}};

// Maryland: what it documents as 21 characters of a birth date overlaps the first name.
inline constexpr LayoutColumn maryland_columns[] = {{"birth_date", "MMDDYYYY", "", {14, 8}},
                                                    {"first_name", "", "", {24, 20}},
                                                    {"last_name", "", "", {44, 20}}};

// California (CALPADS): the code is in the last column; the order of those before it is ours.
inline constexpr LayoutColumn california_columns[] = {
    {"state_id", "", ""},   {"student_number", "", ""},     {"last_name", "", ""},
    {"first_name", "", ""}, {"birth_date", "YYYYMMDD", ""}, {"start_date", "YYYYMMDD", ""},
    {"program", "", ""}};
inline constexpr Program california_programs[] = {{"S", CertifiedType::snap},
                                                  {"T", CertifiedType::tanf},
                                                  {"M", CertifiedType::medicaid},
                                                  {"R", CertifiedType::medicaid, Eligibility::reduced},
                                                  {"N", CertifiedType::unknown, Eligibility::paid, false}};

// Oregon: a Y says Medicaid; what a list says of other programs is not public.
inline constexpr LayoutColumn oregon_columns[] = {{"state_id", "", "ChkDigitStdntID"},
                                                  {"student_number", "", "DistStdntID"},
                                                  {"last_name", "", "InstStdntLastName"},
                                                  {"first_name", "", "InstStdntFirstName"},
                                                  {"birth_date", "M/D/YYYY", "InstStdntBirthDate"},
                                                  {"medicaid_free", "", "DCM Free"},
                                                  {"medicaid_reduced", "", "DCM Reduced"}};
inline constexpr std::string_view oregon_program[] = {"medicaid_free", "medicaid_reduced"};
inline constexpr Program oregon_programs[] = {{"Y|", CertifiedType::medicaid},
                                              {"|Y", CertifiedType::medicaid, Eligibility::reduced}};

inline constexpr Layout all[] = {
    {"ky_sgndc", "Kentucky", ',', true, kentucky_columns, kentucky_program, kentucky_programs},
    {"heartland_dc_tx", "Texas", ',', true, texas_columns, one_program, texas_programs},
    {"il_dc", "Illinois", ',', false, illinois_columns, {}, any_program},
    {"tn_dc_fixed", "Tennessee", Layout::fixed, false, tennessee_columns, tennessee_program,
     tennessee_programs},
    {"md_dc_fixed", "Maryland", Layout::fixed, false, maryland_columns, {}, any_program},
    {"calpads_dc", "California", '^', false, california_columns, one_program, california_programs},
    {"or_dc", "Oregon", ',', true, oregon_columns, oregon_program, oregon_programs}};

}  // namespace layouts

}  // namespace mealsync::formats
