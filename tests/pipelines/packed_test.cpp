// Files that come packed, through the program: the import is that of the file inside, and the log names what lay there.
#include <gmock/gmock.h>

#include "../core/packed_files.hpp"
#include "district.hpp"

namespace mealsync::testing {
namespace {

using ::testing::HasSubstr;

class Packed : public District {
 protected:
  /// What a test import answers, without what differs from run to run.
  [[nodiscard]] Json tried() const {
    Json imported = answer({"--test"});
    for (const char* passing : {"run", "seconds", "reports", "input"})
      imported.erase(passing);
    return imported;
  }
  [[nodiscard]] static Json only_input(const Json& answer) {
    EXPECT_EQ(answer["input"].size(), 1U);
    return answer["input"][0];
  }

  const std::string sample_ = bytes_of(MEALSYNC_PIPELINES "/sample/IC_Eligibility.txt");
};

TEST_F(Packed, FilesAreImportedAsWhatIsInThem) {
  const Json plain = tried();
  for (const std::string& packed : {gzipped(sample_), zipped({{"IC_Eligibility.txt", sample_}})}) {
    write_file(pos(), packed);
    EXPECT_EQ(tried(), plain);
  }
}

TEST_F(Packed, FilesAreLoggedAsTheyLay) {
  const std::string packed = gzipped(sample_);
  write_file(pos(), packed);

  const Json input = only_input(answer());

  EXPECT_EQ(input["file"], "IC_Eligibility.txt");
  EXPECT_EQ(input["bytes"], packed.size());
}

TEST_F(Packed, FilesThatAreCutShortChangeNothing) {
  const std::string before = eligibility(), packed = gzipped(sample_);
  write_file(pos(), packed.substr(0, packed.size() - 9));

  const Json failed = answer();

  EXPECT_EQ(failed["exit"], 3);
  EXPECT_EQ(failed["findings"]["MS3113"], 1);
  EXPECT_EQ(eligibility(), before);
}

TEST_F(Packed, RejectsAreListedAndNotCopiedOut) {
  write_file(pos(), gzipped(sample_));
  const std::string imported = answer()["run"];

  const Ran list = run_program(folder_, {"rejects", imported, "--state", "state"});
  const Ran whole = run_program(folder_, {"rejects", imported, "--state", "state", "--output", "again.txt",
                                          "--whole", "--set", "campus=campus.db"});

  EXPECT_THAT(list.out, HasSubstr(": 22 records rejected\n"));
  EXPECT_EQ(whole.exit, 4);
  EXPECT_THAT(whole.err, HasSubstr("MS6208"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "again.txt"));
}

}  // namespace
}  // namespace mealsync::testing
