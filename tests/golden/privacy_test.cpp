// What has the shape of a Social Security Number in a file is nowhere in what the program leaves behind: its answer, its
// reports, its log.

#include "campus_notation.hpp"
#include "golden_case.hpp"
#include "shapes.hpp"

namespace mealsync::testing {
namespace {

/// Everything that a run gives and keeps, but the student database.
std::string all_that_is_left(const TemporaryFolder& folder, const Ran& ran) {
  std::string all = ran.out + ran.err;
  for (const char* kept : {"reports", "state"})
    if (fs::exists(folder / kept))
      for (const auto& file : fs::recursive_directory_iterator(folder / kept))
        if (file.is_regular_file()) all += bytes_of(file.path());
  all += run_program(folder, {"log", "show", "1", "--state", "state", "--format", "json"}).out;
  return all;
}

TEST(Privacy, LeavesNoSsnInAnswerReportsAndLog) {
  std::size_t looked_for = 0;
  for (const std::string& name : golden_cases()) {
    const GoldenCase each(name);
    const TemporaryFolder folder;
    each.copy_to(folder.path());
    const auto ssns = ssns_of(folder.path());
    if (ssns.empty()) continue;
    static_cast<void>(campus::init(folder / "campus.db"));
    sql(folder / "campus.db", CampusWriter().read(each.text("campus.txt")));
    std::vector<std::string> arguments{"run",     "pipeline.xml", "--as-of", to_text(each.as_of()),
                                       "--state", "state"};
    for (const auto& [variable, value] : each.variables())
      arguments.insert(arguments.end(), {"--set", std::string(variable).append("=").append(value)});

    const Ran ran = run_program(folder, arguments);
    const std::string left = all_that_is_left(folder, ran);

    EXPECT_EQ(ran.exit, 0) << name << ": " << ran.err;
    for (const std::string& ssn : ssns)
      EXPECT_EQ(left.find(ssn), std::string::npos) << name << " leaves " << ssn;
    looked_for += ssns.size();
  }
  EXPECT_GE(looked_for, 2U) << "no case has such a value";
}

}  // namespace
}  // namespace mealsync::testing
