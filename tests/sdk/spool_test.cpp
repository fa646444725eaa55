#include <mealsync/spool.hpp>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>

#include <string>

namespace mealsync {
namespace {

constexpr std::size_t little_memory = 200;  // two or three records

/// `first.second bytes`, a line a record, as a spool gives them.
std::string read(Spool& spool) {
  std::string text;
  Spool::Reader reader(spool);
  while (const auto record = reader.next())
    text += std::to_string(record->key.first) + "." + std::to_string(record->key.second) + " " +
            std::string(record->bytes) + "\n";
  return text;
}

class SpoolOfAnySize : public ::testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(InMemoryAndOnDisk, SpoolOfAnySize,
                         ::testing::Values(Spool::usual_memory, little_memory, 0));

TEST_P(SpoolOfAnySize, GivesRecordsByKeyAndThoseOfOneKeyInTheOrderAdded) {
  Spool spool(GetParam());
  std::uint64_t added = 0;
  for (const std::uint64_t first : {3U, 1U, 2U, 1U, 3U, 1U}) {
    spool.add({first, added % 2}, "added as " + std::to_string(added));
    ++added;
  }
  spool.add({1, 1}, "");
  spool.add({1, 1}, "last");

  EXPECT_EQ(read(spool),
            "1.1 added as 1\n"
            "1.1 added as 3\n"
            "1.1 added as 5\n"
            "1.1 \n"
            "1.1 last\n"
            "2.0 added as 2\n"
            "3.0 added as 0\n"
            "3.0 added as 4\n");
}

TEST_P(SpoolOfAnySize, CanBeReadAgainAndAddedToInBetween) {
  Spool spool(GetParam());
  for (const std::uint64_t first : {5U, 4U, 3U, 2U})
    spool.add({first, 0}, "x");
  EXPECT_EQ(read(spool), "2.0 x\n3.0 x\n4.0 x\n5.0 x\n");
  EXPECT_EQ(read(spool), "2.0 x\n3.0 x\n4.0 x\n5.0 x\n");

  spool.add({1, 0}, "y");

  EXPECT_EQ(read(spool), "1.0 y\n2.0 x\n3.0 x\n4.0 x\n5.0 x\n");
}

TEST_P(SpoolOfAnySize, GivesNothingWhereNothingWasAdded) {
  Spool spool(GetParam());

  EXPECT_EQ(read(spool), "");
}

TEST(Spool, KeepsARecordThatIsLongerThanItsMemoryAndThanAPieceOfTheFile) {
  const std::string longest(200'000, 'l');
  Spool spool(little_memory);
  spool.add({2, 0}, longest);
  spool.add({1, 0}, "short");
  spool.add({3, 0}, longest);

  EXPECT_EQ(read(spool), "1.0 short\n2.0 " + longest + "\n3.0 " + longest + "\n");
}

TEST(Spool, ReadsManyRunsOfManyPieces) {
  Spool spool(50'000);
  std::string expected;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    spool.add({(i * 7919) % 20'000, 0}, "record");
    expected += std::to_string(i) + ".0 record\n";
  }

  EXPECT_EQ(read(spool), expected);
}

TEST(Spool, KeepsInMemoryInOrderMoreThanLiesTogether) {
  Spool spool;
  std::string expected;
  for (std::uint64_t i = 0; i < 50'000; ++i) {
    spool.add({(i * 7919) % 50'000, i % 3}, "record");
    expected += std::to_string(i) + " record\n";
  }

  std::string in_order;
  Spool::Reader reader(spool);
  while (const auto record = reader.next())
    in_order += std::to_string(record->key.first) + " " + std::string(record->bytes) + "\n";
  EXPECT_EQ(in_order, expected);
}

TEST(Spool, IsWholeAgainWhenThereIsRoomAgain) {
  const auto fill = [] {
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
    rlimit limit{};
    static_cast<void>(getrlimit(RLIMIT_FSIZE, &limit));
    const rlim_t before = limit.rlim_cur;
    Spool spool(little_memory);
    std::string expected;
    for (std::uint64_t i = 0; i < 100; ++i) {
      limit.rlim_cur = i >= 50 && i < 60 ? 1000 : before;
      static_cast<void>(setrlimit(RLIMIT_FSIZE, &limit));
      try {
        spool.add({i, 0}, "record");
        expected += std::to_string(i) + ".0 record\n";
      } catch (const NoRoom&) {
        std::fputs("no room once;", stderr);
      }
    }
    std::fputs(read(spool) == expected ? "whole" : "damaged", stderr);
    std::exit(0);
  };

  EXPECT_EXIT(fill(), ::testing::ExitedWithCode(0), "no room once;whole");
}

TEST(Spool, SaysThatThereIsNoRoom) {
  // A file may grow no further than this, in a process of its own; the signal that says so is ignored.
  const auto fill = [] {
    const rlimit limit{1000, 1000};
    static_cast<void>(setrlimit(RLIMIT_FSIZE, &limit));
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
    Spool spool(little_memory);
    try {
      for (std::uint64_t i = 0; i < 1000; ++i)
        spool.add({i, 0}, "record");
    } catch (const NoRoom& fault) {
      std::fputs(fault.what(), stderr);
      std::exit(7);
    }
    std::exit(0);
  };

  EXPECT_EXIT(fill(), ::testing::ExitedWithCode(7), "File too large");
}

}  // namespace
}  // namespace mealsync
