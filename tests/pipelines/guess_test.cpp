// What `guess` says of a file, and when it says nothing.

#include <gmock/gmock.h>

#include "guessing.hpp"

namespace mealsync::testing {
namespace {

using ::testing::HasSubstr;

TEST_F(Guess, SaysWhereDayAndMonthMightChangePlaces) {
  const Ran guessed = guess(
      "ID,Status,Start Date\n50001,Free,08/10/2016\n50002,Free,09/08/2016\n50003,Paid,08/09/2016\n", {});

  EXPECT_THAT(guessed.out,
              HasSubstr("pattern=\"MM/DD/YYYY\"/>  <!-- no day is above 12, so that it may be DD/MM/YYYY"));
  EXPECT_THAT(guessed.err, HasSubstr("MM/DD/YYYY or DD/MM/YYYY: no value tells"));
  EXPECT_THAT(guessed.err, HasSubstr("- make sure that column 3 is MM/DD/YYYY, not DD/MM/YYYY"));
}

TEST_F(Guess, LeavesTheKeyOpenWhereNoColumnIsOne) {
  const Ran guessed = guess("Status,Start Date\nFree,08/10/2016\nFree,08/20/2016\nPaid,08/25/2016\n", {});

  EXPECT_THAT(guessed.out, HasSubstr("key=\"\""));
  EXPECT_THAT(guessed.err, HasSubstr("name the key"));
}

TEST_F(Guess, WritesADraftBesideWhichTheFileIsFound) {
  std::filesystem::create_directory(folder() / "made");
  const Layout layout = vendor_layouts[0];

  EXPECT_EQ(guess(layout.bytes(), {"--campus", "campus.db", "--output", "made/p.xml"}).exit, 0);

  const std::string draft = bytes_of(folder() / "made" / "p.xml");
  EXPECT_THAT(draft, HasSubstr("value=\"../pos.txt\""));
  EXPECT_THAT(draft, HasSubstr("value=\"../campus.db\""));
}

TEST_F(Guess, NeverWritesOverAFile) {
  write_file(folder() / "p.xml", "mine");

  const Ran guessed = guess(vendor_layouts[0].bytes(), {"--output", "p.xml"});

  EXPECT_EQ(guessed.exit, 3);
  EXPECT_EQ(bytes_of(folder() / "p.xml"), "mine");
}

TEST_F(Guess, SaysWhyAFileCannotBeLookedAt) {
  EXPECT_THAT(run_program(folder(), {"guess", "none.txt"}).err, HasSubstr("there is no such file"));
  EXPECT_THAT(run_program(folder(), {"guess", "."}).err, HasSubstr("it is no regular file"));
  EXPECT_THAT(guess("", {}).err, HasSubstr("it is empty"));
  EXPECT_THAT(guess("a\nbb\nccc\n", {}).err, HasSubstr("is no table"));
  EXPECT_THAT(guess(std::string("a,b\0c,d\n", 8), {}).err, HasSubstr("NUL"));
  EXPECT_THAT(guess("\xFF\xFE,\n", {}).err, HasSubstr("UTF-16"));
  EXPECT_THAT(guess("Student ID,Status\n", {}).err, HasSubstr("no records"));
  EXPECT_THAT(guess("1,F\n2,F\n", {"--campus", "none.db"}).err, HasSubstr("Campus database 'none.db'"));
  EXPECT_EQ(guess("a\nbb\nccc\n", {}).exit, 3);
  EXPECT_EQ(run_program(folder(), {"guess"}).exit, 2);
}

}  // namespace
}  // namespace mealsync::testing
