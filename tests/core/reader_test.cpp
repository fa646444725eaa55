#include <gtest/gtest.h>

#include "reading.hpp"

namespace mealsync {
namespace {

constexpr auto lines = R"(<format plugin="blocks"/>)";
constexpr auto whole_files = R"(<format plugin="whole_blocks"/>)";
constexpr auto framed = R"(<format plugin="framed_blocks"/>)";

TEST_F(Reading, EndsABlockAtItsLastNewline) {
  EXPECT_EQ(blocks_of(R"(at_once="10"><file name="f" text="ann/bob/cidney/dee"/>)", lines), R"(0:1 'ann/bob/'
0:3 'cidney/'
0:4 'dee' end
)");
}

TEST_F(Reading, OfOneByteAtATimeCountsLines) {
  EXPECT_EQ(blocks_of(R"(at_once="1"><file name="f" text="a//bc/d"/>)", lines), R"(0:1 'a/'
0:2 '/'
0:3 'bc/'
0:4 'd' end
)");
}

TEST_F(Reading, TellsTheEndOfAFileThatEndsWithANewline) {
  EXPECT_EQ(blocks_of(R"(><file name="f" text="ann/"/>)", lines), R"(0:1 'ann/'
0:2 '' end
)");
}

TEST_F(Reading, BeginsAndEndsAnEmptyFile) {
  EXPECT_EQ(blocks_of(R"(><file name="f"/>)", lines), "0:1 '' end\n");
}

TEST_F(Reading, KeepsFilesApart) {
  EXPECT_EQ(
      blocks_of(R"(at_once="3"><file name="a" text="ann/b"/><file name="b"/><file name="c" text="cid/d/"/>)",
                lines),
      R"(0:1 'ann/'
0:2 'b' end
1:1 '' end
2:1 'cid/d/'
2:3 '' end
)");
}

TEST_F(Reading, GivesAWholeFileAtOnceToAFormatThatWantsIt) {
  EXPECT_EQ(
      blocks_of(R"(at_once="2"><file name="a" text="ann/bob/"/><file name="b" text="cid"/>)", whole_files),
      R"(0:1 'ann/bob/' end
1:1 'cid' end
)");
}

TEST_F(Reading, LeavesTheEndOfARecordToTheFormat) {
  EXPECT_EQ(blocks_of(R"(at_once="5"><file name="f" text="a/n;b/o/b;c/"/>)", framed), R"(0:1 'a/n;'
0:2 'b/o/b;'
0:4 'c/' end
)");
}

TEST_F(Reading, HoldsARecordThatIsLongerThanItsBuffer) {
  EXPECT_EQ(
      blocks_of(R"(><file name="f" text="ann/bob" zeros="3000000"/><file name="g" text="cid/"/>)", lines)
          .substr(0, 11),
      "0:1 'ann/'\n");
  EXPECT_EQ(inputs_.at(0).bytes, 3'000'007U);
  EXPECT_EQ(reason_, "");
}

TEST_F(Reading, GivesUpARecordThatDoesNotEnd) {
  blocks_of(R"(><file name="pos.txt" text="ann/bob/" zeros="70000000"/>)", lines);

  EXPECT_EQ(reason_, "No record ends within 67108864 bytes of 'pos.txt', line 3");
}

TEST_F(Reading, RefusesAFormatThatFramesMoreThanThereIs) {
  blocks_of(R"(><file name="f" text="ann;"/>)", R"(<format plugin="framed_blocks" beyond="5"/>)");

  EXPECT_EQ(reason_, "The format 'framed_blocks' says that 9 of 4 bytes are whole records");
}

TEST_F(Reading, TakesTheDigestOfEachFile) {
  blocks_of(R"(at_once="1"><file name="a"/><file name="b" text="abc"/><file name="c" text="abc/"/>)", lines);

  ASSERT_EQ(inputs_.size(), 3U);
  EXPECT_EQ(inputs_[0].sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(inputs_[1].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(inputs_[2].sha256, "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb");
}

}  // namespace
}  // namespace mealsync
