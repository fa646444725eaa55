#include <finding/finding_log.hpp>

#include <gtest/gtest.h>

#include <finding/render.hpp>

namespace mealsync {
namespace {

Finding at_line(std::uint64_t line, std::uint32_t code, Severity severity, std::string message = "Words") {
  return {code, severity, std::move(message), "Do this.", {}, line, {}, "pos"};
}

std::string text_of(const FindingLog& log) {
  std::string text;
  log.each_told([&](const Finding& finding) { text += render(finding) + "\n"; });
  return text;
}

TEST(FindingLog, GivesFindingsByLineAndThenByTheStageThatFoundThem) {
  FindingLog log;
  log.add(2, at_line(7, 1001, Severity::error));
  log.add(5, at_line(3, 3050, Severity::warning));
  log.add(1, at_line(7, 4001, Severity::error));
  log.add(1, at_line(0, 9003, Severity::fatal));

  EXPECT_EQ(text_of(log),
            "failed 9003: Words\n"
            "Line 3: WARNING 3050 - Words\n"
            "Line 7: ERROR 4001 - Words\n"
            "Line 7: ERROR 1001 - Words\n");
}

TEST(FindingLog, GivesEveryPartOfAFindingBack) {
  const Finding put{own(1120), Severity::error, "No '\x1f' here", "Do that.", {"p.xml", 3, 14},
                    0,         "1900000001",    "merge"};
  FindingLog log;
  log.add(0, put);

  log.each([&](const Finding& got) {
    EXPECT_EQ(std::tie(got.code, got.severity, got.message, got.remedy, got.at.file, got.at.line,
                       got.at.column, got.place, got.key, got.stage),
              std::tie(put.code, put.severity, put.message, put.remedy, put.at.file, put.at.line,
                       put.at.column, put.place, put.key, put.stage));
  });
}

TEST(FindingLog, CountsByCodeAndSeverityAndKnowsTheFirstOfEach) {
  FindingLog log;
  log.add(1, at_line(9, 4001, Severity::error, "Ninth"));
  log.add(1, at_line(4, 4001, Severity::error, "Fourth"));
  log.add(1, at_line(5, 4001, Severity::error, "Fifth"));
  log.add(1, at_line(5, 4001, Severity::warning, "Warned"));

  ASSERT_EQ(log.groups().size(), 2U);
  const auto& errors = log.groups().at({4001, Severity::error});
  EXPECT_EQ(errors.count, 3U);
  EXPECT_EQ(errors.first.message, "Fourth");
}

TEST(FindingLog, KeepsWhatEndedTheRunApartToo) {
  FindingLog log;
  log.add(1, at_line(9, 4001, Severity::error));
  log.add(1, at_line(0, 8001, Severity::refusal, "Too many"));

  ASSERT_EQ(log.run_ending().size(), 1U);
  EXPECT_EQ(log.run_ending().front().message, "Too many");
}

TEST(FindingLog, TellsInformationThatSaysTheSameOfManyRecordsOnce) {
  FindingLog log;
  for (const std::uint64_t line : {9U, 4U, 6U})
    log.add(3, at_line(line, 7001, Severity::info, "At school '010'"));
  log.add(3, at_line(5, 7001, Severity::info, "At school '020'"));
  log.add(3, at_line(6, 3050, Severity::warning));
  log.add(3, at_line(7, 3050, Severity::warning));

  EXPECT_EQ(text_of(log),
            "Line 4: INFO 7001 - At school '010' (3 records)\n"
            "Line 5: INFO 7001 - At school '020'\n"
            "Line 6: WARNING 3050 - Words\n"
            "Line 7: WARNING 3050 - Words\n");
  EXPECT_EQ(log.groups().at({7001, Severity::info}).count, 4U);
  std::vector<std::uint64_t> lines;
  log.each([&](const Finding& finding) { lines.push_back(finding.place); });
  EXPECT_EQ(lines, (std::vector<std::uint64_t>{4, 5, 6, 6, 7, 9}));
}

TEST(FindingLog, DoesNotTakeOneStudentForAnother) {
  FindingLog log;
  for (const char* key : {"1900000001", "1900000002"}) {
    Finding finding = at_line(4, 1001, Severity::info, "State ID '\x1f' not found");
    finding.key = key;
    log.add(3, finding);
  }

  EXPECT_EQ(text_of(log),
            "Line 4: INFO 1001 - State ID '******0001' not found\n"
            "Line 4: INFO 1001 - State ID '******0002' not found\n");
}

}  // namespace
}  // namespace mealsync
