#include <gtest/gtest.h>

#include <pipeline/pipeline.hpp>

namespace mealsync {
namespace {

TEST(NearestName, FindsALetterTooFew) {
  EXPECT_EQ(nearest_name("shool_year", {"name", "school_year"}), "school_year");
}

TEST(NearestName, FindsALetterTooMany) {
  EXPECT_EQ(nearest_name("sinkk", {"source", "sink"}), "sink");
}

TEST(NearestName, CountsTwoNeighboursThatAreSwappedAsOne) {
  EXPECT_EQ(nearest_name("di", {"id"}), "id");
}

TEST(NearestName, DoesNotMindCapitals) {
  EXPECT_EQ(nearest_name("Plugin", {"id", "plugin"}), "plugin");
}

TEST(NearestName, AllowsOneLetterInThree) {
  EXPECT_EQ(nearest_name("transfrmo", {"transform"}), "transform");
  EXPECT_EQ(nearest_name("abcdxx", {"abcdef"}), "abcdef");
  EXPECT_EQ(nearest_name("abcxxx", {"abcdef"}), std::nullopt);
}

TEST(NearestName, AllowsOneLetterInAShortName) {
  EXPECT_EQ(nearest_name("as", {"at"}), "at");
  EXPECT_EQ(nearest_name("xy", {"at"}), std::nullopt);
}

TEST(NearestName, TakesTheFirstOfTwoThatAreEquallyNear) {
  EXPECT_EQ(nearest_name("dat", {"day", "date"}), "day");
}

TEST(NearestName, PrefersTheNearer) {
  EXPECT_EQ(nearest_name("format", {"forms", "formats"}), "formats");
}

TEST(NearestName, FindsNothingAmongNoNames) {
  EXPECT_EQ(nearest_name("name", {}), std::nullopt);
}

}  // namespace
}  // namespace mealsync
