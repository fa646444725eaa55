// A record that a child has because of another one of the household: each report writer marks it, as Campus does.
#include <string>

#include "report_trial.hpp"

namespace {

using namespace mealsync::testing;
using ::testing::HasSubstr;
using ::testing::Not;

/// A report writer, and how it shows a marked record and one that is not.
struct Shown {
  const char* writer;
  const char* marked;
  const char* plain;
};

class ExtendedMark : public ::testing::TestWithParam<Shown> {};

TEST_P(ExtendedMark, IsAnXBesideTheRecord) {
  const std::string report = report_of(stage(GetParam().writer), R"(
    state_id | fate:fate | action:action | certified_type:certified_type | extended:bool
    21       | new       | insert        | SNAP                          |
    31       |           | insert        | SNAP                          | yes
  )");

  EXPECT_THAT(report, HasSubstr(GetParam().marked));
  EXPECT_THAT(report, HasSubstr(GetParam().plain));
}

TEST_P(ExtendedMark, HasNoColumnWhereNothingIsExtended) {
  const std::string report = report_of(stage(GetParam().writer), R"(
    state_id | fate:fate | action:action | certified_type:certified_type
    21       | new       | insert        | SNAP
  )");

  EXPECT_THAT(report, Not(HasSubstr("Certified Type  Extended")));
  EXPECT_THAT(report, Not(HasSubstr("certified_type,extended")));
  EXPECT_THAT(report, Not(HasSubstr("\"SNAP\",\"extended\":")));
  EXPECT_THAT(report, Not(HasSubstr(">Extended</th>")));
}

INSTANTIATE_TEST_SUITE_P(Of, ExtendedMark,
                         ::testing::Values(Shown{"text_report", "SNAP            X\n", "SNAP\n"},
                                           Shown{"csv_report", "'31,2016-17,,,Meal,,,SNAP,X\r\n",
                                                 "'21,2016-17,,,Meal,,,SNAP,\r\n"},
                                           Shown{"json_report", R"("certified_type":"SNAP","extended":"X"})",
                                                 R"("certified_type":"SNAP","extended":null})"},
                                           Shown{"html_report", "<td>SNAP</td><td>X</td>",
                                                 "<td>SNAP</td><td></td>"}),
                         [](const auto& shown) { return std::string(shown.param.writer); });

}  // namespace
