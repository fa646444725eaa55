// What a source tells people while its connection is tested.
#include <mealsync/sdk.hpp>
#include <mealsync/trial.hpp>

#include <gmock/gmock.h>

#include <cstddef>

namespace mealsync::testing {
namespace {

using ::testing::ElementsAre;

/// Tells what it reaches.
struct Reaches {
  static constexpr auto name = "reaches";
  static constexpr auto summary = "Tells what it reaches.";
  struct Options {};
  struct Ports {
    Ports(const Options&, Columns&) {}
  };
  Reaches(const Options&, const Ports&, const Run&, Context& run) {
    run.step("Server '{}' is reached", Text("a\nb"));
  }
  bool read(Bytes&) { return false; }
  void test(Context& run) { run.step("{} files are there", 2); }
};

TEST(Step, IsToldWhereASourceIsMadeAndWhereItIsTested) {
  EXPECT_THAT(connect(mealsync::detail::Table<Reaches>::get(), {}).steps,
              ElementsAre("Server 'a?b' is reached", "2 files are there"));
}

TEST(Step, IsDroppedByAHostThatIsOlder) {
  const ms_host older{offsetof(ms_host, step),
                      nullptr,
                      nullptr,
                      nullptr,
                      nullptr,
                      nullptr,
                      nullptr,
                      nullptr,
                      nullptr,
                      nullptr};
  const ms_run facts{};
  void* handle = nullptr;
  const ms_stage& stage = mealsync::detail::Table<Reaches>::get();

  EXPECT_EQ(stage.create(nullptr, 0, nullptr, 0, &facts, &older, &handle), ms_status{MS_OK});
  EXPECT_EQ(stage.test(handle, &older), ms_status{MS_OK});
  stage.destroy(handle);
}

}  // namespace
}  // namespace mealsync::testing
