// delimited, and the blocks in which a file comes: they make no difference.
#include <gtest/gtest.h>

#include <mealsync/trial.hpp>
#include <random>
#include <string>
#include <vector>

#include "built_stage.hpp"

namespace mealsync::testing {
namespace {

Setting column(std::vector<Setting> attributes) {
  return {"column", "", std::move(attributes)};
}

/// All that came of a file, as one text.
std::string outcome(std::string_view bytes, std::size_t block_bytes) {
  const auto trial = decode(stage("delimited"),
                            {{"header", "yes"},
                             {"max_record", "64"},
                             column({{"as", "id"}}),
                             column({{"as", "start"}, {"type", "date"}}),
                             column({{"as", "name"}})},
                            bytes, block_bytes);
  std::string all = trial.rows;
  for (const Finding& finding : trial.findings)
    all += std::to_string(finding.line) + " " + std::to_string(finding.code) + " " + finding.message + "\n";
  return all + std::to_string(trial.stopped);
}

/// A sound file with a few pieces of it replaced by what breaks files.
std::string damaged_file(std::mt19937& random) {
  constexpr std::string_view damages[] = {"\"", "\"",           "\"\"", ",",    "\n",
                                          "\r", "\xEF\xBB\xBF", "\xEB", "\x81", ""};
  std::string file = "\xEF\xBB\xBFid,start,\"na\nme\"\r\n";
  for (int line = 0; line < 40; ++line)
    file += line % 3 == 0 ? "1990000001,08/10/2016,\"Sample, Zo\u00EB\"\r\n"
                          : "\"1990000002\",\"09/01/2016\",\"D\"\"ummy\n\"\n";
  for (std::size_t i = random() % 8; i > 0; --i)
    file.replace(30 + random() % (file.size() - 30), random() % 3, damages[random() % std::size(damages)]);
  if (random() % 4 == 0) file[random() % file.size()] = '\0';
  return file;
}

TEST(Delimited, MakesTheSameOfADamagedFileWhateverTheBlocks) {
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    const std::string file = damaged_file(random);
    const std::string expected = outcome(file, 1 << 20);
    ASSERT_EQ(outcome(file, 64), expected) << ::testing::PrintToString(file);
    ASSERT_EQ(outcome(file, 257), expected) << ::testing::PrintToString(file);
    ASSERT_EQ(outcome(file, 4096), expected) << ::testing::PrintToString(file);
  }
}

}  // namespace
}  // namespace mealsync::testing
