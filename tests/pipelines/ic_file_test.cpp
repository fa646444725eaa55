// A district whose last step is the vendor's own import: the file that a run leaves for it, imported in its place.
#include <gmock/gmock.h>

#include "vendor_district.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;

const Layout generic{"ic_generic", "IC_Eligibility.txt", "2016-10-06"};

/// The pipeline of the layout, which beside loading the database writes `file`.
fs::path writing_pipeline(const TemporaryFolder& folder, const std::string& file) {
  std::string pipeline = bytes_of(generic.pipeline());
  const std::string sink = "  <sink id=\"campus\"";
  pipeline.insert(pipeline.find(sink),
                  "  <sink id=\"file\" plugin=\"ic_file\" layout=\"generic\" path=\"" + file + "\"/>\n");
  write_file(folder / "writing.xml", pipeline);
  return folder / "writing.xml";
}

TEST(IcFile, ImportedAgainComesToTheSameRecords) {
  const VendorDistrict ours, theirs;
  write_file(ours.folder() / "pos.txt", generic.bytes());
  const Json first = ours.import(writing_pipeline(ours.folder(), "clean.txt"), "pos.txt", generic.as_of);
  write_file(theirs.folder() / "clean.txt", bytes_of(ours.folder() / "clean.txt"));

  const Json second = theirs.import(generic.pipeline(), "clean.txt", generic.as_of);

  for (const char* count : {"new", "updated", "existing", "inserted", "ended", "removed", "trimmed"})
    EXPECT_EQ(second[count], first[count]) << count;
  EXPECT_EQ(second["errors"], 0);
  EXPECT_EQ(second["read"],
            first["new"].get<int>() + first["updated"].get<int>() + first["existing"].get<int>());
  EXPECT_EQ(theirs.meals(), ours.meals());
}

// Separators, quotes and line ends inside values, and what a spreadsheet would take for a formula.
TEST(IcFile, IsReadBackAsItWasWritten) {
  const TemporaryFolder folder;
  const std::string lines = "\"SAMPLE, ADA\",\"\"\"x\"\"\"\n=1+1,'\n\"two\nlines\",\"a\rb\"\n-5,\n@c,+d\n";
  write_file(folder / "pos.txt", lines);
  const std::string columns = R"(<column as="name"/> <column as="note"/>)";
  write_file(folder / "copy.xml", R"(<pipeline name="copy" district="Nowhere" school_year="2016-17">
  <source plugin="local_file" path="pos.txt"><format plugin="delimited">)" +
                                      columns +
                                      R"(</format></source>
  <sink plugin="ic_file" path="copy.txt">)" +
                                      columns + "</sink>\n</pipeline>\n");

  const Ran ran = run_program(folder, {"run", "copy.xml", "--as-of", "2016-09-06", "--state", "state"});

  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(bytes_of(folder / "copy.txt"), lines);
}

TEST(IcFile, IsNotThereAfterATestImportOrARefusedRun) {
  const VendorDistrict district;
  write_file(district.folder() / "pos.txt", generic.bytes());
  const auto pipeline = writing_pipeline(district.folder(), "clean.txt");

  EXPECT_EQ(district.import(pipeline, "pos.txt", generic.as_of, {"--test"})["status"], "successful");
  EXPECT_FALSE(fs::exists(district.folder() / "clean.txt"));
  EXPECT_EQ(district.import(pipeline, "pos.txt", "2017-07-01")["status"], "refused");
  EXPECT_FALSE(fs::exists(district.folder() / "clean.txt"));
}

}  // namespace
}  // namespace mealsync::testing
