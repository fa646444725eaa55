// Records of students at schools where all meals are free.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/trial.hpp>

#include "built_stage.hpp"
#include "campus_database.hpp"
#include "unusable_database.hpp"

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Counters = std::map<std::string, std::uint64_t>;

Trial filter_at(const std::string& database, std::vector<Setting> settings, std::string_view table) {
  settings.push_back({"database", database});
  return run(stage("cep_filter"), settings, table);
}

/// With a Campus database of two schools, 010 and 020, and what `provisions` adds.
Trial filter(const std::string& provisions, const std::vector<Setting>& settings, std::string_view table) {
  const Folder folder;
  return filter_at(campus_with(folder, provisions).string(), settings, table);
}

/// 020 is a CEP school.
constexpr auto partial_cep =
    "INSERT INTO SchoolProvision (schoolID, endYear, provision) VALUES (2, 2017, 'CEP');";

TEST(CepFilter, SkipsRecordsOfStudentsAtACepSchool) {
  const auto trial = filter(partial_cep, {}, R"(
    state_id   | enrolled_school
    1000000001 | 010
    1000000002 | 020
    1000000003 | 020
    1000000004 | 010
  )");

  EXPECT_EQ(trial.columns, "state_id | enrolled_school");
  EXPECT_EQ(trial.rows, "1000000001 | 010\n1000000004 | 010\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{7001, 3, "The student is at school '020', where all meals are free (CEP)"},
                  Finding{7001, 4, "The student is at school '020', where all meals are free (CEP)"}));
  EXPECT_EQ(trial.counters, (Counters{{"skipped.cep", 2}}));
}

TEST(CepFilter, SkipsProvision2And3AndNoOther) {
  const auto trial = filter(R"(
    INSERT INTO School VALUES (4, '040', 'Ash'), (5, '050', 'Elm'), (6, '060', 'Oak');
    INSERT INTO Calendar VALUES (4, 4, 2017, '16-17'), (5, 5, 2017, '16-17'), (6, 6, 2017, '16-17');
    INSERT INTO SchoolProvision (schoolID, endYear, provision) VALUES
      (2, 2017, 'Provision 2'), (4, 2017, 'Provision 3'), (5, 2017, 'Provision 1'), (6, 2017, '');)",
                            {}, R"(
    enrolled_school
    010
    020
    040
    050
    060
  )");

  EXPECT_EQ(trial.rows, "010\n050\n060\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(
          Finding{7001, 3, "The student is at school '020', where all meals are free (Provision 2)"},
          Finding{7001, 4, "The student is at school '040', where all meals are free (Provision 3)"}));
}

TEST(CepFilter, PassesAStudentWhoseSchoolIsNotKnown) {
  const auto trial = filter(partial_cep, {}, R"(
    state_id   | enrolled_school
    1000000001 |
    1000000002 | 999
    1000000003 | 20
  )");

  EXPECT_EQ(trial.rows, "1000000001 | \n1000000002 | 999\n1000000003 | 20\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(CepFilter, CountsProvisionsOfTheYearAlone) {
  const auto trial = filter(R"(
    INSERT INTO Calendar VALUES (4, 1, 2016, '15-16'), (5, 2, 2016, '15-16');
    INSERT INTO SchoolProvision (schoolID, endYear, provision) VALUES (1, 2016, 'CEP'), (2, 2018, 'CEP');)",
                            {}, R"(
    enrolled_school
    010
    020
  )");

  EXPECT_EQ(trial.rows, "010\n020\n");
}

constexpr auto both_sources = R"(
    enrolled_school | source:source
    020             | Direct
    020             | Non-Direct
    020             |
    010             | Direct
  )";

TEST(CepFilter, SkipsDirectRecordsToo) {
  const auto trial = filter(partial_cep, {}, both_sources);

  EXPECT_EQ(trial.rows, "010 | Direct\n");
  EXPECT_EQ(trial.counters, (Counters{{"skipped.cep", 3}}));
}

TEST(CepFilter, AllowsDirectRecordsWhereTold) {
  const auto trial = filter(partial_cep, {{"direct", "allow"}}, both_sources);

  EXPECT_EQ(trial.rows, "020 | Direct\n010 | Direct\n");
  EXPECT_EQ(trial.counters, (Counters{{"skipped.cep", 2}}));
}

TEST(CepFilter, NeedsTheSourceToAllowDirectRecords) {
  const auto trial =
      plan(stage("cep_filter"), {{"database", "campus.db"}, {"direct", "allow"}}, "enrolled_school");

  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{own(5002), 0, "No column 'source' comes in; the columns are: enrolled_school"}));
}

TEST(CepFilter, BelievesTheFilesSchoolWhereTold) {
  const auto trial = filter(partial_cep, {{"school", "file"}}, R"(
    school | enrolled_school
    010    | 020
    020    | 010
  )");

  EXPECT_EQ(trial.rows, "010 | 020\n");
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{7001, 3, "The student is at school '020', where all meals are free (CEP)"}));
}

TEST(CepFilter, RefusesADistrictWhereAllSchoolsServeFreeMeals) {
  const auto trial = filter(R"(
    INSERT INTO SchoolProvision (schoolID, endYear, provision) VALUES
      (1, 2017, 'CEP'), (2, 2017, 'Provision 2');)",
                            {}, both_sources);

  EXPECT_EQ(trial.rows, "");
  constexpr auto at_020 = "The student is at school '020', where all meals are free (Provision 2)";
  EXPECT_THAT(
      trial.findings,
      ElementsAre(Finding{7002, 0, "All 2 schools of the district serve free meals to all in 2016-17"},
                  Finding{7001, 2, at_020}, Finding{7001, 3, at_020}, Finding{7001, 4, at_020},
                  Finding{7001, 5, "The student is at school '010', where all meals are free (CEP)"}));
  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_EQ(trial.worst, Severity::refusal);
}

TEST(CepFilter, RefusesNoDistrictThatHasNoSchoolsYet) {
  const auto trial = filter("DELETE FROM Calendar;", {}, "enrolled_school\n020\n");

  EXPECT_EQ(trial.rows, "020\n");
  EXPECT_THAT(trial.findings, IsEmpty());
}

TEST(CepFilter, LeavesTheDatabaseAsItWas) {
  const Folder folder;
  const auto path = campus_with(folder, partial_cep);
  const auto before = folder.content();

  const auto trial = filter_at(path.string(), {}, "enrolled_school\n010\n");

  EXPECT_EQ(trial.rows, "010\n");
  EXPECT_EQ(folder.content(), before);
}

Trial open(const std::string& path) {
  return filter_at(path, {}, "enrolled_school\n");
}

TEST(CepFilter, SaysWhyADatabaseCannotBeUsed) {
  EXPECT_EQ(faults_of_unusable_databases(open), unusable_databases);
}

TEST(CepFilter, SaysThatADatabaseMayNotBeRead) {
  EXPECT_EQ(faults_of_a_closed_database(open), closed_database);
}

}  // namespace
}  // namespace mealsync::testing
