#include <gmock/gmock.h>

#include <csignal>
#include <map>

#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::HasSubstr;

/// The sample's import with a stranger's transform before the merge and a stranger's sink beside the database; each
/// is told where to break down, and how.
class Doors : public District, public ::testing::WithParamInterface<std::string> {
 protected:
  [[nodiscard]] Ran run_with(const std::string& transform, const std::string& sink) const {
    write_file(folder_ / "p.xml", R"(<pipeline name="doors" district="Nowhere" school_year="2016-17">
  <include href=")" MEALSYNC_PIPELINES R"(/kentucky/codes.xml"/>
  <source plugin="local_file" path="IC_Eligibility.txt">
    <format plugin="delimited">
      <column as="state_id"/> <column as="word"/> <column skip="yes"/> <column skip="yes"/> <column skip="yes"/>
      <column as="status"/> <column as="code"/>
      <column as="start_date" type="date"/> <column as="end_date" type="date"/>
    </format>
  </source>
  <transform plugin="map_values" from="status code" use="kentucky-codes"/>
  <transform plugin="year_mapping" default_expiration="2017-10-02"/>
  <transform plugin="match_student" database="campus.db"/>
  <transform plugin="obey" )" + transform +
                                      R"(/>
  <transform plugin="cep_filter" database="campus.db"/>
  <transform plugin="merge_eligibility" database="campus.db" default_expiration="2017-10-02"/>
  <sink plugin="ic_database" database="campus.db"/>
  <sink path="seen.txt" )" + sink + R"(/>
</pipeline>
)");
    const std::string obey = MEALSYNC_STRANGER_FOLDER "/obey", witness = MEALSYNC_STRANGER_FOLDER "/witness";
    return run_program(folder_, {"run", "p.xml", "--as-of", "2016-09-06", "--format", "json", "--state",
                                 "state", "--plugins", obey, "--plugins", witness});
  }
  static constexpr const char* calm_sink = R"(plugin="loader")";
};

TEST_F(Doors, LetTheImportThroughWhereNothingBreaks) {
  const std::string before = eligibility();

  EXPECT_EQ(run_with("", calm_sink).exit, 0);

  EXPECT_NE(eligibility(), before);
}

class EachDoor : public Doors {};

TEST_P(EachDoor, LeavesTheDatabaseAsItWasWhateverComesThroughIt) {
  const std::string before = eligibility();
  const std::string door = GetParam();
  const bool is_of_sink = door.find("plugin=") != std::string::npos;
  for (const auto& [way, exit] : std::map<std::string, int>{
           {"exception", 3}, {"number", 3}, {"failure", 3}, {"refusal", 4}, {"crash", 128 + SIGABRT}}) {
    std::string broken = door;
    broken.append(" by=\"").append(way).append("\"");

    const Ran ran = is_of_sink ? run_with("", broken) : run_with(broken, calm_sink);

    EXPECT_EQ(ran.exit, exit) << broken << "\n" << ran.err;
    if (way != "crash") {
      EXPECT_EQ(answer_of(ran)["status"], exit == 3 ? "unsuccessful" : "refused") << broken;
    }
    EXPECT_EQ(eligibility(), before) << broken;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Stranger, EachDoor,
    ::testing::Values(R"(breaks_at="constructor")", R"(breaks_at="process")", R"(breaks_at="finish")",
                      R"(plugin="loader" breaks_at="constructor")", R"(plugin="loader" breaks_at="write")",
                      R"(plugin="loader" breaks_at="commit")", R"(plugin="report" breaks_at="constructor")",
                      R"(plugin="report" breaks_at="write")"));

TEST_F(Doors, SayWhoCrashedInTheLogOfTheNextRun) {
  EXPECT_EQ(run_with(R"(breaks_at="process" by="crash")", calm_sink).exit, 128 + SIGABRT);
  EXPECT_EQ(run_with("", calm_sink).exit, 0);

  EXPECT_THAT(run_program(folder_, {"log", "--state", "state"}).out, HasSubstr("interrupted"));
}

TEST_F(Doors, LetAnImportStandWhoseReportFailsAfterTheCommitAndSaySo) {
  const std::string before = eligibility();

  const Ran ran = run_with("", R"(plugin="report" breaks_at="conclude")");

  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.err, HasSubstr("the door 'conclude' is broken"));
  EXPECT_NE(eligibility(), before);
}

}  // namespace
}  // namespace mealsync::testing
