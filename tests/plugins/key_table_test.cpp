#include <campus/key_table.hpp>

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace mealsync::testing {
namespace {

using campus::KeyTable;

std::uint32_t value_of(const KeyTable& table, std::string_view key) {
  return table.find(key).value;
}

TEST(KeyTable, TakesNoKeyForAnother) {
  KeyTable table;
  table.add("12", 1, 0);
  table.add("012", 2, 0);
  table.add("0000000012", 3, 0);
  table.add("12a", 4, 0);
  table.add("1234567890123456789", 5, 0);

  table.finish();

  EXPECT_EQ(value_of(table, "12"), 1U);
  EXPECT_EQ(value_of(table, "012"), 2U);
  EXPECT_EQ(value_of(table, "0000000012"), 3U);
  EXPECT_EQ(value_of(table, "12a"), 4U);
  EXPECT_EQ(value_of(table, "1234567890123456789"), 5U);
  for (const char* nobody : {"", "0", "0012", "12b", "1234567890123456780", "12345678\x2F"})
    EXPECT_EQ(value_of(table, nobody), KeyTable::nobody) << nobody;
}

TEST(KeyTable, SaysThatSeveralHaveAKeyThatIsAddedAgain) {
  KeyTable table;
  for (const char* key : {"1990000001", "A1", "1990000001", "1990000002", "A1", "A1"})
    table.add(key, 7, 0);

  table.finish();

  EXPECT_EQ(value_of(table, "1990000001"), KeyTable::several);
  EXPECT_EQ(value_of(table, "A1"), KeyTable::several);
  EXPECT_EQ(value_of(table, "1990000002"), 7U);
}

TEST(KeyTable, GivesATagWithTheValueOfAKey) {
  KeyTable table;
  table.add("1990000001", 1, 4711);
  table.add("A1", 2, 4712);

  table.finish();

  EXPECT_EQ(table.find("1990000001").tag, 4711U);
  EXPECT_EQ(table.find("A1").tag, 4712U);
}

TEST(KeyTable, FindsWhatAMapFindsHoweverMuchRoomItWasGiven) {
  for (const std::size_t room : {0U, 100U, 20'000U}) {
    KeyTable table;
    std::map<std::string, std::uint32_t> expected;
    std::mt19937 draw(room);
    table.reserve(room);
    for (std::uint32_t i = 0; i < 20'000; ++i) {
      std::string key = std::to_string(draw() % 15'000);
      if (draw() % 4 == 0) key.insert(0, draw() % 12, '0');
      if (draw() % 9 == 0) key += 'x';
      table.add(key, i, i);
      const auto [at, is_new] = expected.emplace(key, i);
      if (!is_new) at->second = KeyTable::several;
    }
    table.finish();

    for (const auto& [key, value] : expected)
      ASSERT_EQ(value_of(table, key), value) << key;
    for (std::uint32_t i = 15'000; i < 16'000; ++i)
      ASSERT_EQ(value_of(table, std::to_string(i)), KeyTable::nobody);
  }
}

}  // namespace
}  // namespace mealsync::testing
