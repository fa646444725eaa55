#include "formats/encoding.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mealsync::formats;

using Read = std::optional<std::string>;

Read read(std::string_view bytes, Encoding encoding = Encoding::automatic) {
  std::string room;
  const auto text = read_text(bytes, encoding, room);
  return text ? Read(*text) : std::nullopt;
}

TEST(Encoding, TakesUtf8AsItIs) {
  EXPECT_EQ(read("Zo\u00EB \u20AC \U0001F34E"), "Zo\u00EB \u20AC \U0001F34E");
}

TEST(Encoding, TakesWhatIsNotUtf8ForWindows1252) {
  EXPECT_EQ(read("Zo\xEB \x80 \x9F"), "Zo\u00EB \u20AC \u0178");
}

TEST(Encoding, TakesEveryByteForWindows1252WhereThePipelineSaysSo) {
  EXPECT_EQ(read("\xC3\xAB", Encoding::windows1252), "\u00C3\u00AB");
}

TEST(Encoding, TakesNothingForWindows1252WhereThePipelineSaysUtf8) {
  EXPECT_EQ(read("Zo\xEB", Encoding::utf8), std::nullopt);
}

TEST(Encoding, HasNoCharacterForTheUndefinedBytesOfWindows1252) {
  EXPECT_EQ(read("\x81"), std::nullopt);
  EXPECT_EQ(read("\x8D"), std::nullopt);
  EXPECT_EQ(read("\x8F"), std::nullopt);
  EXPECT_EQ(read("\x90"), std::nullopt);
  EXPECT_EQ(read("\x9D"), std::nullopt);
}

TEST(Encoding, HasNoCharacterForANul) {
  EXPECT_EQ(read({"a\0b", 3}), std::nullopt);
  EXPECT_EQ(read({"a\0b", 3}, Encoding::windows1252), std::nullopt);
}

TEST(Encoding, KnowsTheShortestFormsOfUtf8Alone) {
  EXPECT_TRUE(is_utf8("\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
  EXPECT_FALSE(is_utf8("\xC0\xAF")) << "two bytes for one";
  EXPECT_FALSE(is_utf8("\xE0\x9F\xBF")) << "three bytes for two";
  EXPECT_FALSE(is_utf8("\xF0\x8F\xBF\xBF")) << "four bytes for three";
  EXPECT_FALSE(is_utf8("\xED\xA0\x80")) << "a surrogate";
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80")) << "beyond the last character";
  EXPECT_FALSE(is_utf8("\xF5\x80\x80\x80")) << "no lead byte";
  EXPECT_FALSE(is_utf8("\x80")) << "no lead byte";
  EXPECT_FALSE(is_utf8("\xE2\x82")) << "cut short";
  EXPECT_FALSE(is_utf8("\xE2\x82\x41")) << "cut short by another character";
}

TEST(Encoding, FindsTheOneByteThatIsNotPlainAnywhere) {
  EXPECT_TRUE(is_plain("every sign of ASCII, \x01 and \x7F too"));
  EXPECT_TRUE(is_plain(""));
  EXPECT_FALSE(is_plain({"1234567\0", 8}));
  EXPECT_FALSE(is_plain({"12345678\0", 9}));
  EXPECT_FALSE(
      is_plain("\x80"
               "2345678"));
  EXPECT_FALSE(is_plain("12345678\xFF"));
}

}  // namespace
