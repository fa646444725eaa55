// Each state's list of pipelines/vendors, through the program, against the invented families beside it.
//
// tests/data/vendors/LAYOUT.txt says what the import comes to, as in vendors_test.cpp.

#include <gmock/gmock.h>

#include <cstdlib>

#include "vendor_district.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;

struct StateList {
  std::string layout, as_of;
  std::string list = "monthly";

  [[nodiscard]] fs::path folder() const { return fs::path(MEALSYNC_PIPELINES) / "vendors" / layout; }
  [[nodiscard]] std::string name() const { return layout + (list == "monthly" ? "" : "_" + list); }
};

std::ostream& operator<<(std::ostream& out, const StateList& list) {
  return out << list.name();
}

class DirectLists : public ::testing::TestWithParam<StateList> {
 protected:
  DirectLists() {
    fs::create_directory(district_.folder() / "lists");
    for (const auto& entry : fs::directory_iterator(GetParam().folder()))
      if (entry.path().extension() != ".xml") fs::copy(entry.path(), district_.folder() / "lists");
  }

  [[nodiscard]] Json import(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--set", "lists=lists"});
    if (GetParam().list != "monthly") more.insert(more.end(), {"--set", "list=" + GetParam().list});
    return district_.import(GetParam().folder() / "pipeline.xml", GetParam().as_of, more);
  }

  VendorDistrict district_{"campus_direct.sql"};
};

TEST_P(DirectLists, ImportsItsSample) {
  const fs::path kept = MEALSYNC_TEST_DATA "/vendors/" + GetParam().name() + ".txt";
  const std::string before = district_.meals();

  const Json answer = import();

  const std::string outcome = answer.dump() + "\n" + changes(before, district_.meals());
  if (std::getenv("MEALSYNC_UPDATE_GOLDEN") != nullptr && outcome != bytes_of(kept)) {
    write_file(kept, outcome);
    FAIL() << kept << " is rewritten, read the diff";
  }
  EXPECT_EQ(outcome, bytes_of(kept));
}

TEST_P(DirectLists, ComesToTheSameAsATestImportAndChangesNothingThen) {
  const std::string before = district_.meals();

  Json test = import({"--test"});
  EXPECT_EQ(district_.meals(), before);

  EXPECT_EQ(test["test"], true);
  test["test"] = false;
  EXPECT_EQ(test, import());
}

TEST_P(DirectLists, ChangesNothingTheSecondTime) {
  const Json first = import();
  const std::string meals = district_.meals();

  const Json second = import();

  for (const char* change : {"new", "updated", "inserted", "ended", "removed", "trimmed", "extended"})
    EXPECT_EQ(second[change], 0) << change;
  EXPECT_EQ(second["existing"],
            first["new"].get<int>() + first["updated"].get<int>() + first["existing"].get<int>());
  EXPECT_EQ(district_.meals(), meals);
}

TEST_P(DirectLists, LeavesNoCaseNumberNoNameAndNoSsnInTheAnswerTheReportsAndTheLog) {
  std::string left = import().dump();
  ASSERT_FALSE(fs::is_empty(district_.folder() / "reports"));
  for (const char* folder : {"reports", "state"})
    for (const auto& entry : fs::recursive_directory_iterator(district_.folder() / folder))
      if (entry.is_regular_file()) left += bytes_of(entry.path());

  for (const char* secret : {"C00000000", "000000021", "0700000000", "ELSEWHERE"})
    EXPECT_EQ(left.find(secret), std::string::npos) << secret;
}

TEST_P(DirectLists, IsCheckedWithoutAFault) {
  EXPECT_EQ(run_program(district_.folder(), {"check", (GetParam().folder() / "pipeline.xml").string()}).exit,
            0);
}

const std::vector<StateList> state_lists{
    {"ky_sgndc", "2016-09-06"},    {"ky_sgndc", "2016-09-06", "foster"}, {"heartland_dc_tx", "2024-09-06"},
    {"tn_dc_fixed", "2024-09-06"}, {"calpads_dc", "2024-09-06"},         {"il_dc", "2016-09-06"}};

INSTANTIATE_TEST_SUITE_P(States, DirectLists, ::testing::ValuesIn(state_lists),
                         [](const auto& list) { return list.param.name(); });

}  // namespace
}  // namespace mealsync::testing
