#include "formats/typed_column.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace {

using namespace mealsync::formats;

// The test that spares most texts the search may not spare one that has a blank.
TEST(TypedColumn, TrimsByBothEndsAsByEveryByte) {
  constexpr std::string_view pieces[] = {" ",    "\t", "\xC2\xA0", "\xC2", "\xA0", "a",
                                         "\xEB", "~",  "\x7F",     "\r",   "\n",   {"\0", 1}};
  std::mt19937 random(1);
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (std::size_t left = random() % 6; left > 0; --left)
      text += pieces[random() % std::size(pieces)];
    ASSERT_EQ(trimmed(text), without_blanks(text)) << testing::PrintToString(text);
  }
}

}  // namespace
