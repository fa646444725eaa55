// Files that no district means to send, the day after a good import: each is refused, or does no harm, and the first line
// says why.
#include <gmock/gmock.h>

#include <cstdint>

#include "file_district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

enum class Comes { to_nothing, to_a_refusal, to_a_failure };

struct Disaster {
  std::string name;
  std::function<std::string(const Cells& good)> file;
  Comes comes = Comes::to_a_refusal;
  std::string code;   // on standard error
  std::string words;  // of the first line
};

std::ostream& operator<<(std::ostream& out, const Disaster& disaster) {
  return out << disaster.name;
}

/// Each record changed.
template <class F>
std::function<std::string(const Cells&)> each(F change) {
  return [change](const Cells& good) {
    Cells file = good;
    for (auto cells = file.begin() + 1; cells != file.end(); ++cells)
      change(*cells);
    return written(file);
  };
}
/// The records that `keep` says.
template <class F>
std::function<std::string(const Cells&)> only(F keep) {
  return [keep](const Cells& good) {
    Cells file{good.front()};
    std::copy_if(good.begin() + 1, good.end(), std::back_inserter(file), keep);
    return written(file);
  };
}
std::function<std::string(const Cells&)> part(std::size_t percent) {
  return [percent](const Cells& good) {
    const std::string whole = written(good);
    return whole.substr(0, whole.size() * percent / 100);
  };
}
std::function<std::string(const Cells&)> bytes(std::string text) {
  return [text = std::move(text)](const Cells&) { return text; };
}

std::string utf_16(const std::string& ascii) {
  std::string wide = "\xff\xfe";
  for (const char c : ascii)
    wide += {c, '\0'};
  return wide;
}
std::string junk() {
  std::string bytes;
  std::uint32_t state = 1;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 1'664'525 + 1'013'904'223;
    bytes += static_cast<char>(state >> 24);
  }
  return bytes;
}
/// 08/25/2016 as 25/08/2016.
void swap_day_and_month(std::string& date) {
  date = date.substr(3, 3) + date.substr(0, 3) + date.substr(6);
}

using Record = std::vector<std::string>;

const std::vector<Disaster> disasters{
    {"Yesterdays", [](const Cells& good) { return written(good); }, Comes::to_nothing, "9004",
     "400 existing"},
    {"Doubled",
     [](const Cells& good) {
       return written(good) + written({good.begin() + 1, good.end()});
     },
     Comes::to_nothing, "3050", "400 existing, 400 skipped"},
    {"NamesAndSchoolsSwapped",
     each([](Record& record) { std::swap(record[cell::last_name], record[cell::school]); }),
     Comes::to_nothing, "", "400 existing"},
    {"LastYears", each([](Record& record) {
       record[cell::start].replace(6, 4, "2015");
       record[cell::end].replace(6, 4, "2016");
     }),
     Comes::to_a_refusal, "5011", "400 of 400 records do not fit school year 2016-17"},
    {"OfAnotherCentury", each([](Record& record) { record[cell::start].replace(6, 4, "1916"); }),
     Comes::to_a_refusal, "5011", "Start date 1916-08-10 is outside school year 2016-17"},
    {"StartAndEndSwapped", each([](Record& record) { std::swap(record[cell::start], record[cell::end]); }),
     Comes::to_a_refusal, "5011", "Record contains End Date before Start Date"},
    {"DayAndMonthSwapped", each([](Record& record) {
       swap_day_and_month(record[cell::start]);
       swap_day_and_month(record[cell::end]);
     }),
     Comes::to_a_refusal, "8001", "200 x 5003 ('25/08/2016' in column 'start_date' is no date"},
    {"WithoutDates", each([](Record& record) { record[cell::start] = record[cell::end] = ""; }),
     Comes::to_a_refusal, "8001", "400 x 4002 (Required field [start_date] has no value)"},
    {"WithAMistypedCode", each([](Record& record) {
       if (record[cell::code] == "INC") record[cell::code] = "ICN";
     }),
     Comes::to_a_refusal, "8001", "160 x 4001 ("},
    {"StatusAndCodeSwapped",
     each([](Record& record) { std::swap(record[cell::status], record[cell::code]); }), Comes::to_a_refusal,
     "8001", "400 x 4001 ("},
    {"AllPaid", each([](Record& record) {
       record[cell::status] = "P";
       record[cell::code] = "";
     }),
     Comes::to_a_refusal, "8007", "160 students would lose Free or Reduced"},
    {"AllFree", each([](Record& record) {
       record[cell::status] = "F";
       record[cell::code] = "INC";
     }),
     Comes::to_a_refusal, "8002", "200 of the district's 400 records of the year would change"},
    {"OneSchoolPaid", each([](Record& record) {
       if (record[cell::school] != "020") return;
       record[cell::status] = "P";
       record[cell::code] = "";
     }),
     Comes::to_a_refusal, "8007", "40 students would lose Free or Reduced"},
    {"WithTheColumnOfIdsOneLineDown",
     [](const Cells& good) {
       Cells file = good;
       for (std::size_t i = file.size() - 1; i > 1; --i)
         std::swap(file[i][cell::state_id], file[i - 1][cell::state_id]);
       return written(file);
     },
     Comes::to_a_refusal, "8007", "students would lose Free or Reduced"},
    {"OfHalfTheSchools", only([](const Record& record) { return record[cell::school] < "030"; }),
     Comes::to_a_refusal, "8006", "School '030' has 0 records in the input, and in the last run it had 100"},
    {"OfOneSchool", only([](const Record& record) { return record[cell::school] == "010"; }),
     Comes::to_a_refusal, "8006", "The input holds 100 records, and in the last run it held 400"},
    {"CutInTheMiddle", part(40), Comes::to_a_refusal, "8006", "and in the last run it held 400"},
    {"CutAtTwoThirds", part(66), Comes::to_a_refusal, "8006", "School '040' has 0 records in the input"},
    {"Empty", bytes(""), Comes::to_a_refusal, "8005", "The input holds no records"},
    {"HeaderOnly", [](const Cells& good) { return written({good.front()}); }, Comes::to_a_refusal, "8005",
     "The input holds no records"},
    {"OfAnotherDistrict", each([](Record& record) { record[cell::state_id].replace(0, 4, "0880"); }),
     Comes::to_a_refusal, "8001", "400 x 1001 (State ID '******0000' not found)"},
    {"WithSsnsForIds",
     each([](Record& record) { record[cell::state_id] = "900-00-" + record[cell::state_id].substr(6); }),
     Comes::to_a_refusal, "8001", "400 x 1010 ("},
    {"WithoutLeadingZeros", each([](Record& record) { record[cell::state_id].erase(0, 1); }),
     Comes::to_a_refusal, "8001", "400 x 1010 ("},
    {"DamagedByASpreadsheet", each([](Record& record) { record[cell::state_id] = "9.90E+08"; }),
     Comes::to_a_refusal, "8001", "400 x 1011 ("},
    {"UnderAShiftedHeader",
     [](const Cells& good) {
       Cells file = good;
       std::rotate(file.front().begin(), file.front().begin() + 1, file.front().end());
       return written(file);
     },
     Comes::to_a_refusal, "8001", "240 x 5003 (A value in column 'start_date' is no date"},
    {"OfAnotherSeparator", [](const Cells& good) { return written(good, ";"); }, Comes::to_a_failure, "4010",
     "The first line has none of the columns 'SSID'"},
    {"InUtf16", [](const Cells& good) { return utf_16(written(good)); }, Comes::to_a_failure, "4011",
     "The file is UTF-16"},
    {"Junk", bytes(junk()), Comes::to_a_failure, "4010", "The header in line 1 cannot be read"},
};

class ADisasterOfAFile : public FileDistrict, public ::testing::WithParamInterface<Disaster> {};

TEST_P(ADisasterOfAFile, DoesNoHarmAndIsNamedInTheFirstLine) {
  const Disaster& disaster = GetParam();
  ASSERT_EQ(import(written(file())).exit, 0);
  const std::string before = meals();

  const Ran ran = import(disaster.file(file()));

  EXPECT_EQ(meals(), before);
  EXPECT_EQ(ran.exit, disaster.comes == Comes::to_nothing     ? 0
                      : disaster.comes == Comes::to_a_refusal ? 4
                                                              : 3)
      << ran.err;
  EXPECT_THAT(ran.out,
              StartsWith(disaster.comes == Comes::to_nothing     ? "pos: 0 new, 0 updated, "
                         : disaster.comes == Comes::to_a_refusal ? "pos: refused, nothing committed: "
                                                                 : "pos: unsuccessful, nothing "));
  EXPECT_THAT(ran.out, HasSubstr(disaster.words));
  EXPECT_THAT(ran.err, HasSubstr(disaster.code));
}

INSTANTIATE_TEST_SUITE_P(All, ADisasterOfAFile, ::testing::ValuesIn(disasters),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace mealsync::testing
