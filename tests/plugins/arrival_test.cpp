#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <files/arrival.hpp>
#include <optional>
#include <string>
#include <vector>

namespace mealsync::testing {
namespace {

using namespace std::chrono_literals;

using files::ListedFile;
using ::testing::ElementsAre;

constexpr std::chrono::sys_seconds now = std::chrono::sys_days{std::chrono::September / 6 / 2016} + 1h;

ListedFile written_ago(std::string name, std::chrono::seconds ago, std::uint64_t size = 100) {
  return {std::move(name), now - ago, size};
}

/// What came of waiting until the files are stable, and how long it took.
struct Waited {
  std::optional<std::chrono::seconds> pause;  // none: they were ready at once
  std::string finding;
};
Waited wait(const std::vector<ListedFile>& first, const std::vector<ListedFile>& later) {
  Waited waited;
  const files::Clock clock{
      [] { return now; },
      [&](auto length) { waited.pause = std::chrono::duration_cast<std::chrono::seconds>(length); }};
  try {
    files::await_stable(
        first, 5s, [&] { return later; }, clock);
  } catch (const mealsync::detail::Failure& failure) {
    waited.finding = code_text(failure.code) + " " + failure.message;
  }
  return waited;
}

TEST(Arrival, IsOverAtOnceWhereTheFilesWereWrittenLongBefore) {
  EXPECT_EQ(wait({written_ago("a", 5s), written_ago("b", 24h)}, {}).pause, std::nullopt);
}

TEST(Arrival, TakesTheRestOfTheTimeWhereAFileIsYoungerAndUnchanged) {
  const std::vector<ListedFile> files{written_ago("a", 24h), written_ago("b", 2s)};

  const Waited waited = wait(files, files);

  EXPECT_EQ(waited.pause, 3s);
  EXPECT_EQ(waited.finding, "");
}

TEST(Arrival, TakesNoLongerWhereTheServersClockIsAhead) {
  const std::vector<ListedFile> files{written_ago("a", -1h)};

  EXPECT_EQ(wait(files, files).pause, 5s);
}

TEST(Arrival, FailsWhereAFileChangesMeanwhile) {
  constexpr auto growing = "9008 File 'a' is still growing: it changed while it was looked at";
  const std::vector<ListedFile> first{written_ago("a", 1s)};

  EXPECT_EQ(wait(first, {written_ago("a", 1s, 101)}).finding, growing);
  EXPECT_EQ(wait(first, {written_ago("a", 0s)}).finding, growing);
  EXPECT_EQ(wait(first, {}).finding, growing);
}

TEST(Arrival, LeavesFilesThatComeMeanwhileToTheNextRun) {
  EXPECT_EQ(wait({written_ago("a", 1s)}, {written_ago("b", 0s), written_ago("a", 1s)}).finding, "");
}

TEST(Arrival, IsOfNamesThatBeginAlikeOldestFirstThenByName) {
  const auto files = files::of_prefix({written_ago("meals_c", 1s), written_ago("meals_b", 1s),
                                       written_ago("Meals_a", 9s), written_ago("meals", 2s)},
                                      "meals");

  EXPECT_THAT(files,
              ElementsAre(written_ago("meals", 2s), written_ago("meals_b", 1s), written_ago("meals_c", 1s)));
}

}  // namespace
}  // namespace mealsync::testing
