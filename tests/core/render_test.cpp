#include <finding/render.hpp>

#include <gtest/gtest.h>
#include <mealsync/context.hpp>

namespace mealsync {
namespace {

Finding about(std::string message, std::string key) {
  return {.code = 1001,
          .severity = Severity::error,
          .message = std::move(message),
          .remedy = "Correct it in the POS.",
          .at = {},
          .place = Place::of(1, 12).packed,
          .key = std::move(key),
          .stage = "student"};
}

TEST(MaskKey, ShowsTheLastFourCharacters) {
  EXPECT_EQ(mask_key("1900000001"), "******0001");
}

TEST(MaskKey, ShowsFourOfNineCharacters) {
  EXPECT_EQ(mask_key("A90000001"), "*****0001");
}

TEST(MaskKey, HidesAKeyOfEightCharactersWhole) {
  EXPECT_EQ(mask_key("A0000001"), "********");
}

TEST(MaskKey, HidesTheLengthOfAShortKey) {
  EXPECT_EQ(mask_key("17"), "********");
}

TEST(MaskKey, HidesNineDigitsWhole) {
  EXPECT_EQ(mask_key("900000001"), "********");
}

TEST(MaskKey, HidesNineDigitsWithDashesWhole) {
  EXPECT_EQ(mask_key("900-00-0001"), "********");
}

TEST(MaskKey, HidesAKeyWholeThatHoldsAnSsn) {
  EXPECT_EQ(mask_key("KY900000001"), "********");
}

TEST(MaskKey, CountsCharactersAndNotBytes) {
  EXPECT_EQ(mask_key("äöüäöüß0é1"), "******ß0é1");
}

TEST(MaskKey, HidesEightCharactersOfManyBytesWhole) {
  EXPECT_EQ(mask_key("äöüäöü01"), "********");
}

TEST(MaskKey, KeepsControlCharactersFromTheTerminal) {
  EXPECT_EQ(mask_key("1900000\x1b[1m"), "*******?[1m");
}

TEST(MaskKey, MasksBytesThatAreNotUtf8) {
  EXPECT_EQ(mask_key("\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9z"), "******\xe9\xe9\xe9z");
}

TEST(Scrub, HidesNineDigitsThatStandAlone) {
  EXPECT_EQ(scrub("Value '900000001' is unknown"), "Value '*********' is unknown");
}

TEST(Scrub, HidesNineDigitsWithDashes) {
  EXPECT_EQ(scrub("Value '900-00-0001' is unknown"), "Value '***********' is unknown");
}

TEST(Scrub, HidesAShapeBetweenLetters) {
  EXPECT_EQ(scrub("x900000001y900-00-0001z"), "x*********y***********z");
}

TEST(Scrub, HidesEveryShape) {
  EXPECT_EQ(scrub("900000001,900-00-0002 000000003"), "*********,*********** *********");
}

TEST(Scrub, HidesAShapeThatFollowsOtherDashedNumbers) {
  EXPECT_EQ(scrub("1-900-00-0001-2"), "1-***********-2");
}

TEST(Scrub, KeepsNumbersOfAnotherLength) {
  EXPECT_EQ(scrub("90000001 9000000001 19000000012"), "90000001 9000000001 19000000012");
}

TEST(Scrub, KeepsDatesAndSchoolYears) {
  EXPECT_EQ(scrub("2016-09-06 20160906 2016-17"), "2016-09-06 20160906 2016-17");
}

TEST(Scrub, HidesGroupsWithOtherSignsBetweenThem) {
  EXPECT_EQ(scrub("900 00 0001, 900.00.0001, 900/00/0001, 900_00_0001, 900-00.0001"),
            "***********, ***********, ***********, ***********, 900-00.0001");
}

TEST(Scrub, KeepsDashedNumbersOfAnotherShape) {
  EXPECT_EQ(scrub("900-00-00012 1900-00-0001 900-0-0001 900-00- 900-"),
            "900-00-00012 1900-00-0001 900-0-0001 900-00- 900-");
}

TEST(ShownMessage, PutsTheMaskedKeyWhereItsMarkStands) {
  EXPECT_EQ(shown_message(about("State ID '\x1f' is not in Campus", "1900000001")),
            "State ID '******0001' is not in Campus");
}

TEST(ShownMessage, MasksTheKeyWhereverItStands) {
  EXPECT_EQ(shown_message(about("'\x1f' and '\x1f' differ", "1900000001")),
            "'******0001' and '******0001' differ");
}

TEST(ShownMessage, ScrubsAnSsnBesideTheKey) {
  EXPECT_EQ(shown_message(about("\x1f"
                                "900000001",
                                "1900000001")),
            "******0001*********");
}

TEST(Render, BeginsWithThePlaceInAPipelineFile) {
  Findings findings;
  findings.add({own(1101),
                Severity::error,
                "Attribute 'nmae' is unknown",
                "Write 'name'.",
                {"p.xml", 3, 14},
                0,
                "",
                ""});

  EXPECT_EQ(render(findings.all().front()), "p.xml:3:14: error MS1101: Attribute 'nmae' is unknown");
}

TEST(Render, LeavesOutWhatIsNotKnownOfThePlace) {
  EXPECT_EQ(render({own(1001), Severity::fatal, "The file is empty", "", {"p.xml", 0, 0}, 0, "", ""}),
            "p.xml: failed MS1001: The file is empty");
}

TEST(Render, BeginsWithTheLineOfARecord) {
  EXPECT_EQ(render(about("State ID '\x1f' is not in Campus", "1900000001")),
            "Line 12: ERROR 1001 - State ID '******0001' is not in Campus");
}

TEST(Render, SaysHowBadARecordsFindingIs) {
  EXPECT_EQ(render({3010, Severity::warning, "Status is lower", "", {}, 7, "", ""}),
            "Line 7: WARNING 3010 - Status is lower");
}

TEST(Render, BeginsWithTheSeverityWhereThereIsNoPlace) {
  EXPECT_EQ(render({5010, Severity::refusal, "School year 2015-16 is over", "", {}, 0, "", ""}),
            "refused 5010: School year 2015-16 is over");
}

}  // namespace
}  // namespace mealsync
