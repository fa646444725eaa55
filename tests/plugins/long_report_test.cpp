// Reports of more records than wait in memory: nothing is lost, doubled or torn where they go to disk.
#include <string>
#include <string_view>

#include "report_trial.hpp"

namespace {

using namespace mealsync;
using namespace mealsync::testing;
using ::testing::HasSubstr;

constexpr int records = 6000;

std::string student(int number) {
  return std::to_string(1'000'000'000 + number);
}

/// Each third of them is new, the others were there.
std::string written_by(std::string_view writer) {
  std::string table = "state_id | student_name | fate:fate | start_date:date\n";
  for (int i = 0; i < records; ++i)
    table += student(i) + " | Brandt, Zoë \"Zo\" | " + (i % 3 == 0 ? "new" : "existing") + " | " +
             (i % 2 == 0 ? "2016-08-10" : "2018-01-04") + "\n";
  return report_of(stage(writer), table);
}

/// The records as a line each between those of `before` and `after`.
template <class Line>
std::string lines(bool new_ones, const Line& line) {
  std::string all;
  for (int i = 0; i < records; ++i)
    if ((i % 3 == 0) == new_ones) all += line(i, i % 2 == 0 ? "2016-08-10" : "2018-01-04");
  return all;
}

// A failure shows a megabyte otherwise.
void expect_in(const std::string& report, const std::string& expected) {
  EXPECT_TRUE(report.find(expected) != std::string::npos) << report.substr(0, 2000);
}

TEST(LongCsvReport, HoldsEveryRecordOnce) {
  const std::string report = written_by("csv_report");

  const auto line = [](const std::string& section, const std::string& type) {
    return [=](int i, const std::string& start) {
      return section + ",,,,,,,,," + type + ",\"Brandt, Zoë \"\"Zo\"\"\",'" + student(i) + ",2016-17," +
             start + ",,Meal,,,\r\n";
    };
  };
  expect_in(report, "\r\n" + lines(true, line("updated", "New")) + lines(false, line("existing", "")));
  EXPECT_TRUE(report.ends_with("Meal,,,\r\n"));
}

TEST(LongJsonReport, HoldsEveryRecordOnce) {
  const std::string report = written_by("json_report");

  const auto line = [](const std::string& type) {
    return [=](int i, const std::string& start) {
      return "    {" + type + R"("name":"Brandt, Zoë \"Zo\"","state_id":")" + student(i) +
             R"(","school_year":"2016-17","start_date":")" + start +
             R"(","end_date":null,"eligibility_type":"Meal","eligibility":null,"source":null,)" +
             "\"certified_type\":null},\n";
    };
  };
  const auto array = [](std::string elements) {
    return "[\n" + elements.erase(elements.size() - 2) + "\n  ],\n";
  };
  expect_in(report, "  \"updated\": " + array(lines(true, line(R"("type":"New",)"))));
  expect_in(report, "  \"existing\": " + array(lines(false, line(""))));
}

TEST(LongTextReport, HoldsEveryRecordOnce) {
  const std::string report = written_by("text_report");

  const auto line = [](const std::string& type) {
    return [=](int i, const std::string& start) {
      return type + "Brandt, Zoë \"Zo\"  " + student(i) + "  2016-17      " + start + "            Meal\n";
    };
  };
  expect_in(report, "Certified Type\n" + lines(true, line("New   ")) + "\nError/Warning\n");
  expect_in(report, "Certified Type\n" + lines(false, line("")) + "\nCodes\n");
}

}  // namespace
