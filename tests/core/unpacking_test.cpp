// Files that come packed: what is read out of them, what is kept of them, and what is said of one that cannot be read.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include <engine/digest.hpp>
#include <engine/unpacking.hpp>

#include "packed_files.hpp"
#include "reading.hpp"

namespace mealsync {
namespace {

constexpr auto lines = R"(<format plugin="blocks"/>)";

std::string sha256(const std::string& bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.finish();
}

class Unpacking : public Reading {
 protected:
  /// The blocks of one file that holds these bytes, of which a call of its source gives so many.
  std::string blocks_of_file(const std::string& bytes, const std::string& name = "pos.txt",
                             std::size_t at_once = 1 << 20) {
    write("packed", bytes);
    return blocks_of(
        "at_once=\"" + std::to_string(at_once) + "\"><file name=\"" + name + "\" path=\"packed\"/>", lines);
  }
  std::string reason_of(const std::string& bytes) {
    EXPECT_EQ(blocks_of_file(bytes), "");
    return reason_;
  }
};

TEST_F(Unpacking, KnowsAGzipFileByItsBytesAndNotByItsName) {
  EXPECT_EQ(blocks_of_file(gzipped("ann\nbob"), "pos.txt"), "0:1 'ann/'\n0:2 'bob' end\n");
  EXPECT_EQ(reason_, "");
}

TEST_F(Unpacking, LeavesAPlainFileOfAPackedName) {
  EXPECT_EQ(blocks_of_file("ann\nbob\n", "pos.txt.gz"), "0:1 'ann/bob/'\n0:3 '' end\n");
}

TEST_F(Unpacking, LeavesAPlainFileThatBeginsAlmostAsAPackedOne) {
  EXPECT_EQ(blocks_of_file("PK"), "0:1 'PK' end\n");
  EXPECT_EQ(blocks_of_file("PKU,ann\n", "pos.txt", 1), "0:1 'PKU,ann/'\n0:2 '' end\n");
}

TEST_F(Unpacking, ReadsPackedFilesOfWhichAByteComesAtATime) {
  EXPECT_EQ(blocks_of_file(gzipped("ann\nbob"), "a.gz", 1), "0:1 'ann/'\n0:2 'bob' end\n");
  EXPECT_EQ(blocks_of_file(zipped({{"b.txt", "ann\nbob"}}), "b.zip", 1), "0:1 'ann/'\n0:2 'bob' end\n");
}

TEST_F(Unpacking, ReadsGzipFilesThatAreJoinedAndFilledWithZeros) {
  EXPECT_EQ(blocks_of_file(gzipped("ann\nb") + gzipped("ob\n") + std::string(512, '\0')),
            "0:1 'ann/bob/'\n0:3 '' end\n");
  EXPECT_EQ(reason_, "");
}

TEST_F(Unpacking, ReadsMoreThanAnyBufferHolds) {
  std::string text;
  for (int i = 0; i < 200'000; ++i)
    text += "record " + std::to_string(i * 7919 % 200'003) + '\n';
  for (const std::string& packed : {gzipped(text), zipped({{"pos.txt", text}})}) {
    const std::string blocks = blocks_of_file(packed);
    EXPECT_TRUE(blocks.starts_with("0:1 'record 0/")) << blocks.substr(0, 80);
    EXPECT_TRUE(blocks.ends_with("0:200001 '' end\n")) << blocks.substr(blocks.size() - 80);
  }
}

TEST_F(Unpacking, TakesTheOnlyFileOfAnArchiveForTheArchive) {
  EXPECT_EQ(
      blocks_of_file(zipped({{"export/", ""}, {"export/b.txt", "ann\n"}, {"__MACOSX/export/._b.txt", "?"}}),
                     "a.zip"),
      "0:1 'ann/'\n0:2 '' end\n");
  ASSERT_EQ(inputs_.size(), 1U);
  EXPECT_EQ(inputs_[0].file, "a.zip");
}

TEST_F(Unpacking, GivesSeveralFilesOfAnArchiveOldestFirstEachAsAnInputOfItsOwn) {
  constexpr std::time_t day = 86'400, first = 1'473'120'000;
  const std::string packed =
      zipped({{"new.txt", "cy\n", first + 2 * day}, {"b.txt", "bob\ndee", first}, {"a.txt", "ann", first}});

  EXPECT_EQ(blocks_of_file(packed, "a.zip"),
            "1:1 'ann' end\n2:1 'bob/'\n2:2 'dee' end\n3:1 'cy/'\n3:2 '' end\n");
  ASSERT_EQ(inputs_.size(), 4U);
  EXPECT_EQ(inputs_[0].file, "a.zip");
  EXPECT_EQ(inputs_[0].sha256, sha256(packed));
  EXPECT_EQ(inputs_[2].file, "a.zip/b.txt");
  EXPECT_EQ(inputs_[2].bytes, 7U);
  EXPECT_EQ(inputs_[2].sha256, sha256("bob\ndee"));
}

TEST_F(Unpacking, KeepsSizeAndDigestOfTheFileAsItLay) {
  for (const std::string& packed : {gzipped("ann\n"), zipped({{"b.txt", "ann\n"}})}) {
    blocks_of_file(packed);
    ASSERT_EQ(inputs_.size(), 1U);
    EXPECT_EQ(inputs_[0].file, "pos.txt");
    EXPECT_EQ(inputs_[0].bytes, packed.size());
    EXPECT_EQ(inputs_[0].sha256, sha256(packed));
  }
}

TEST_F(Unpacking, GoesOnWithPlainFilesAfterPackedOnes) {
  write("gz", gzipped("ann\n"));
  write("zip", zipped({{"b.txt", "bob"}}));

  EXPECT_EQ(blocks_of(R"(at_once="5"><file name="a" path="gz"/><file name="b" text="cy/"/>
                         <file name="c" path="zip"/><file name="d"/><file name="e" text="dee"/>)",
                      lines),
            "0:1 'ann/'\n0:2 '' end\n1:1 'cy/'\n1:2 '' end\n2:1 'bob' end\n3:1 '' end\n4:1 'dee' end\n");
  EXPECT_EQ(reason_, "");
}

TEST_F(Unpacking, DoesNotUnpackWhatIsPackedInAnArchive) {
  const std::string inner = gzipped("ann\n");

  blocks_of_file(zipped({{"b.gz", inner}}));

  EXPECT_EQ(reason_, "");
}

TEST_F(Unpacking, SaysThatAFileIsCutShort) {
  const std::string gzip = gzipped("ann\nbob\n"), zip = zipped({{"b.txt", "ann\n"}});

  blocks_of_file(gzip.substr(0, gzip.size() - 4));
  EXPECT_EQ(reason_, "'pos.txt' ends in the middle of what is packed in it");
  EXPECT_EQ(reason_of(zip.substr(0, zip.size() - 30)),
            "'pos.txt' ends in the middle of what is packed in it");
}

TEST_F(Unpacking, SaysThatAFileIsDamaged) {
  std::string gzip = gzipped("ann\n"), zip = zipped({{"b.txt", std::string(100, 'a')}});
  gzip[gzip.size() - 6] ^= 1;
  zip[40] ^= 1;

  EXPECT_EQ(reason_of(gzip), "'pos.txt' cannot be unpacked: incorrect data check");
  EXPECT_EQ(reason_of(gzipped("") + "no gzip"), "'pos.txt' cannot be unpacked: incorrect header check");
  EXPECT_TRUE(reason_of(zip).starts_with("'pos.txt' cannot be unpacked: ")) << reason_;
}

TEST_F(Unpacking, SaysThatAnArchiveIsEncrypted) {
  EXPECT_EQ(reason_of(zipped({{"b.txt", "ann\n", 0, "orchard"}})), "'pos.txt' is encrypted");
}

TEST_F(Unpacking, SaysThatAnArchiveHoldsNoFile) {
  EXPECT_EQ(reason_of(zipped({{"export/", ""}})), "Archive 'pos.txt' holds no file");
  EXPECT_EQ(reason_of("PK\5\6" + std::string(18, '\0')), "Archive 'pos.txt' holds no file");
}

TEST_F(Unpacking, SaysThatASpreadsheetIsNoArchive) {
  EXPECT_EQ(reason_of(zipped({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", "<workbook/>"}})),
            "'pos.txt' is a spreadsheet or another document, and holds no file of records");
}

TEST_F(Unpacking, GivesUpAFileThatUnpacksToFarMoreThanItIs) {
  const std::string text(std::size_t{20} << 20, '\n');

  blocks_of_file(gzipped(text));
  EXPECT_EQ(reason_, "'pos.txt' unpacks to more than 200 times its size");
  blocks_of_file(zipped({{"a.txt", text}}));
  EXPECT_EQ(reason_, "'pos.txt' unpacks to more than 200 times its size");
}

TEST(ZipArchive, SaysThatThereIsNoRoomForIt) {
  Ledger ledger;
  ZipArchive archive(Allowance("pos.zip", ledger));
  rlimit usual{};
  getrlimit(RLIMIT_FSIZE, &usual);
  const rlimit none{0, usual.rlim_max};
  std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &none);

  const bool is_added = archive.add(std::string(1 << 20, 'a'));

  setrlimit(RLIMIT_FSIZE, &usual);
  EXPECT_FALSE(is_added);
  EXPECT_EQ(ledger.reason(), "There is no room to unpack 'pos.zip': File too large");
}

TEST_F(Unpacking, GivesUpAnArchiveOfThousandsOfFiles) {
  std::vector<ZipEntry> entries;
  for (int i = 0; i < 1001; ++i)
    entries.push_back({std::to_string(i) + ".txt", "a"});

  EXPECT_EQ(reason_of(zipped(entries)), "'pos.txt' unpacks to more than 1000 files");
}

}  // namespace
}  // namespace mealsync
