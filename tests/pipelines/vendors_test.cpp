// Each pipeline of pipelines/vendors, over its sample, against the invented students beside it.
//
// tests/data/vendors/LAYOUT.txt says what the import comes to: its answer, and the records that it adds to Campus ("+")
// or takes away ("-"). With MEALSYNC_UPDATE_GOLDEN in the environment it is written anew, and the test fails all the same.

#include <gmock/gmock.h>

#include <cstdlib>
#include <set>

#include "vendor_district.hpp"

namespace mealsync::testing {
namespace {

class Vendors : public ::testing::TestWithParam<Layout> {
 protected:
  [[nodiscard]] Json import(const std::vector<std::string>& more = {}) const {
    return district_.import(GetParam().pipeline(), GetParam().sample, GetParam().as_of, more);
  }
  Vendors() { write_file(district_.folder() / GetParam().sample, GetParam().bytes()); }

  VendorDistrict district_;
};

TEST_P(Vendors, ImportsItsSample) {
  const std::filesystem::path kept = MEALSYNC_TEST_DATA "/vendors/" + GetParam().name + ".txt";
  const std::string before = district_.meals();

  const Json answer = import();

  const std::string outcome = answer.dump() + "\n" + changes(before, district_.meals());
  if (std::getenv("MEALSYNC_UPDATE_GOLDEN") != nullptr && outcome != bytes_of(kept)) {
    write_file(kept, outcome);
    FAIL() << kept << " is rewritten, read the diff";
  }
  EXPECT_EQ(outcome, bytes_of(kept));
}

TEST_P(Vendors, ChangesNothingTheSecondTime) {
  const Json first = import();
  const std::string meals = district_.meals();

  Json second = import();

  EXPECT_EQ(second["new"], 0);
  EXPECT_EQ(second["updated"], 0);
  EXPECT_EQ(second["existing"],
            first["new"].get<int>() + first["updated"].get<int>() + first["existing"].get<int>());
  EXPECT_EQ(second["errors"], first["errors"]);
  EXPECT_EQ(district_.meals(), meals);
}

TEST_P(Vendors, IsCheckedWithoutAFault) {
  const Ran ran = run_program(district_.folder(), {"check", GetParam().pipeline().string()});

  EXPECT_EQ(ran.exit, 0) << ran.out;
}

INSTANTIATE_TEST_SUITE_P(Layouts, Vendors, ::testing::ValuesIn(vendor_layouts),
                         [](const auto& layout) { return layout.param.name; });

// A folder that no test imports would be a layout that nobody has tried.
TEST(VendorFolder, HoldsNoLayoutWithoutATest) {
  std::set<std::string> folders, tested;
  for (const auto& entry : std::filesystem::directory_iterator(MEALSYNC_PIPELINES "/vendors"))
    if (entry.is_directory()) folders.insert(entry.path().filename().string());
  for (const Layout& layout : vendor_layouts)
    tested.insert(layout.name);

  EXPECT_TRUE(std::includes(folders.begin(), folders.end(), tested.begin(), tested.end()));
  for (const char* list : {"ky_sgndc", "heartland_dc_tx", "tn_dc_fixed", "calpads_dc", "il_dc"})
    folders.erase(list);  // direct certification: tested beside its own format
  EXPECT_EQ(folders, tested);
}

}  // namespace
}  // namespace mealsync::testing
