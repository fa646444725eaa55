// A file of any bytes has a draft, or words that say why not.

#include <gtest/gtest.h>

#include <random>

#include "guess/draft.hpp"
#include "guess/sample_file.hpp"

namespace mealsync::guess {
namespace {

/// What has no meaning to a table, and much that has.
std::string any_bytes(std::mt19937& random) {
  constexpr std::string_view pieces[] = {
      "1990000001", "Free", "F",          "08/10/2016", "20160810",   ",",       ",",        "\t", ";", "\n",
      "\n",         "\r\n", "\"",         "\"\"",       "Zo\xC3\xAB", "\xEB",    "\x80",     "|",  "*", "--",
      "]]>",        "<&$",  "Student ID", " ",          "Status",     "2016-17", "\x1B[31m", "0",  "99"};
  std::string bytes;
  for (std::size_t left = random() % 200; left > 0; --left)
    bytes += pieces[random() % std::size(pieces)];
  return bytes;
}

TEST(Draft, IsMadeOfAnyFileThatIsATable) {
  std::mt19937 random(1);
  int drafts = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string bytes = any_bytes(random);
    const auto shape = shape_of(bytes);
    if (!shape) continue;
    Findings found;
    found.shape = *shape;
    found.table = profile(bytes, *shape);
    found.meanings = meanings_of(found.table, *Date::of(2016, 9, 6));
    found.key = key_of(found.table, found.meanings);
    found.code_columns = found.meanings.all(Meaning::code);
    found.codes = codes_in(bytes, *shape, found.table, found.code_columns);
    const std::string draft = draft_of(found);
    ASSERT_TRUE(draft.ends_with("</pipeline>\n"));
    for (std::string_view rest = draft; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1))
      ASSERT_TRUE(is_printable(rest.substr(0, rest.find('\n')))) << draft;
    ++drafts;
  }
  EXPECT_GT(drafts, 100);
}

}  // namespace
}  // namespace mealsync::guess
