#include "formats/scanner.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace {

using namespace mealsync::formats;

constexpr Signs signs{'\n', ',', '"'};

std::string random_bytes(std::mt19937& random, std::size_t size) {
  constexpr std::string_view frequent(",\"\n\r az\0\x7F\x80\xFF", 11);
  std::string bytes(size, 'x');
  for (char& byte : bytes)
    if (random() % 4 == 0) byte = frequent[random() % (random() % 2 == 0 ? 7 : frequent.size())];
  return bytes;
}

TEST(Scanner, SeesTheSameFastAndSlowly) {
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::string bytes = random_bytes(random, window_size);
    const Window fast = look(bytes.data(), signs), slow = look_slowly(bytes.data(), signs);
    ASSERT_EQ(fast.signs, slow.signs) << testing::PrintToString(bytes);
    ASSERT_EQ(fast.odd != 0, slow.odd != 0) << testing::PrintToString(bytes);
  }
}

TEST(Scanner, KnowsEveryByteByItself) {
  for (int byte = 0; byte < 256; ++byte) {
    std::string bytes(window_size, 'x');
    bytes[37] = static_cast<char>(byte);
    const Window window = look(bytes.data(), signs);
    EXPECT_EQ(window.signs != 0, byte == '\n' || byte == ',' || byte == '"') << byte;
    EXPECT_EQ(window.odd != 0, byte == 0 || byte >= 0x80) << byte;
  }
}

TEST(Scanner, GoesFromSignToSignFromWhereverItIsPut) {
  std::mt19937 random(1);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = random_bytes(random, random() % 300);
    const std::vector<char> bytes(text.begin(), text.end());  // nothing may be read behind its end
    Scanner scanner(signs);
    Spot spot = scanner.begin({bytes.data(), bytes.size()});
    for (int from = 0; from < 3; ++from) {
      const std::size_t start = bytes.empty() ? 0 : random() % bytes.size();
      scanner.seek(spot, bytes.data() + start);
      for (std::size_t at = start; at < bytes.size();) {
        at = std::min(text.find_first_of("\n,\"", at), text.size());
        ASSERT_EQ(scanner.next(spot), bytes.data() + at) << testing::PrintToString(text);
        ++at;
      }
      ASSERT_EQ(scanner.next(spot), bytes.data() + bytes.size());
      ASSERT_EQ(scanner.next(spot), bytes.data() + bytes.size());
    }
  }
}

}  // namespace
