#include "guess/shape.hpp"

#include <gtest/gtest.h>

#include "guess/sample_file.hpp"

namespace mealsync::guess {
namespace {

/// separator, quote and number of columns; or the first and last place of each column.
std::string shape(const std::string& bytes) {
  const auto found = shape_of(bytes);
  if (!found) return "none";
  std::string text;
  for (const Span& place : found->places)
    text += (text.empty() ? "" : " ") + std::to_string(place.start + 1) + "-" +
            std::to_string(place.start + place.length);
  if (found->is_fixed()) return text;
  return std::string(1, found->separator) + " " +
         (found->quote == '\0' ? "none" : std::string(1, found->quote)) + " " +
         std::to_string(found->columns);
}

std::vector<std::vector<std::string>> records(const std::string& bytes) {
  std::vector<std::vector<std::string>> all;
  each_record(bytes, *shape_of(bytes), [&](Cells cells) { all.emplace_back(cells.begin(), cells.end()); });
  return all;
}

TEST(Shape, IsTheSeparatorThatDividesRecordsAlike) {
  EXPECT_EQ(shape("1,F,x\n2,R,y\n"), ", \" 3");
  EXPECT_EQ(shape("1\tF, x\n2\tR\n"), "\t \" 2");
  EXPECT_EQ(shape("1^A, B^S\n2^C^R\n"), "^ \" 3");
  EXPECT_EQ(shape("1;8,5;a\n2;9;b\n3;7,1;c\n"), "; \" 3");
  EXPECT_EQ(shape("1|a\r\n2|b\r\n"), "| \" 2");
}

TEST(Shape, IsTheQuoteThatIsAroundValues) {
  EXPECT_EQ(shape("\"1\",\"Doe, Jo\",\"F\"\n\"2\",\"Roe, Al\",\"R\"\n"), ", \" 3");
  EXPECT_EQ(shape("'1','Doe, Jo','F'\n'2','Roe, Al','R'\n"), ", ' 3");
  EXPECT_EQ(shape("1,O'Hara,F\n2,'t Hooft,R\n"), ", \" 3");
  EXPECT_EQ(shape("1,\"Al\" Doe,F\n2,\"Jo\" Roe,R\n"), ", none 3");
}

TEST(Shape, IsNoneWhereNothingDivides) {
  EXPECT_EQ(shape("one\nthree\nfive\n"), "none");
  EXPECT_EQ(shape("1,2\n1\n1,2,3\n1,2,3,4\n"), "none");
}

// layouts.md 3.9
TEST(Shape, OfFixedPlacesIsWhereTextsBeginAndDatesEnd) {
  const std::string rest = "1 EXAMPLE LN" + std::string(59, ' ') + "TESTVILLE           TN37000\n";
  EXPECT_EQ(
      shape("07000000011ADA            QSAMPLE          C000000001120309PAT             SAMPLE         " +
            rest +
            "07000000012BO              PLACEHOLDER     C000000001100715PAT             SAMPLE         " +
            rest +
            "07000000013CY             ZDUMMY           C000000002091130LEE            RDUMMY          " +
            rest)
          .substr(0, 40),
      "1-11 12-26 27-27 28-43 44-53 54-59 60-74");
}

// As fixed_width counts them: a letter with an accent is one, however many bytes it has.
TEST(Shape, OfFixedPlacesIsInCharacters) {
  const std::string bytes =
      "50001Zo\xC3\xAB   F\n50002Bo    R\n50003Ren\xE9"
      "e P\n";

  EXPECT_EQ(shape(bytes), "1-5 6-11 12-12");
  EXPECT_EQ(records(bytes), (std::vector<std::vector<std::string>>{{"50001", "Zo\xC3\xAB", "F"},
                                                                   {"50002", "Bo", "R"},
                                                                   {"50003",
                                                                    "Ren\xC3\xA9"
                                                                    "e",
                                                                    "P"}}));
}

TEST(Shape, GivesRecordsTrimmedAndWithoutQuotes) {
  EXPECT_EQ(records("\"1\", a ,\"say \"\"x\"\"\"\n2,b,\"c,d\"\n\n"),
            (std::vector<std::vector<std::string>>{{"1", "a", "say \"x\""}, {"2", "b", "c,d"}}));
}

TEST(Shape, CountsRecordsOfAnotherNumberOfColumns) {
  const std::string bytes = "1,a\n2,b\n3,c\n4,d\n5,e\n6\n";

  EXPECT_EQ(each_record(bytes, *shape_of(bytes), [](Cells) {}), 1u);
}

TEST(SampleFile, TellsHowCharactersAreWritten) {
  EXPECT_EQ(characters_of("abc\n"), Characters::ascii);
  EXPECT_EQ(characters_of("Zo\xC3\xAB\n"), Characters::utf8);
  EXPECT_EQ(characters_of("Zo\xEB\nZo\xC3\xAB\n"), Characters::windows1252);
  EXPECT_EQ(characters_of("Zo\x81\n"), Characters::neither);
}

}  // namespace
}  // namespace mealsync::guess
