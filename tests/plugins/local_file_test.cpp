#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mealsync/trial.hpp>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "built_stage.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

const ms_stage& local_file() {
  return stage("local_file");
}

/// A folder that goes away with its test. Files are of a year long past, so that no test needs the clock.
class LocalFile : public ::testing::Test {
 public:
  LocalFile() {
    std::string name = (fs::temp_directory_path() / "mealsync-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  ~LocalFile() override { fs::remove_all(folder_); }

 protected:
  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }
  /// The higher the hour, the newer the file.
  void write(std::string_view name, std::string_view bytes, int hour = 0) const {
    constexpr std::chrono::sys_seconds past = std::chrono::sys_days{std::chrono::January / 2 / 2001};
    std::ofstream(folder_ / name) << bytes;
    fs::last_write_time(folder_ / name, std::chrono::file_clock::from_sys(past + std::chrono::hours(hour)));
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder_))
      all.push_back(entry.path().filename().string());
    return all;
  }
  [[nodiscard]] Trial read_path(std::string_view name) const {
    return read(local_file(), {{"path", path(name)}});
  }
  /// The only finding, with the folder's name left out.
  [[nodiscard]] std::string only_finding(const Trial& trial) const {
    if (trial.findings.size() != 1) return ::testing::PrintToString(trial.findings);
    std::string text = code_text(trial.findings[0].code) + " " + trial.findings[0].message;
    const auto at = text.find(folder_.string());
    return at == std::string::npos ? text : text.replace(at, folder_.string().size(), "FOLDER");
  }

  fs::path folder_;
};

TEST_F(LocalFile, ReadsTheFileAtAPath) {
  write("extract.csv", "1990000001,F\n1990000002,R\n");

  EXPECT_EQ(read_path("extract.csv").rows, "== extract.csv\n1990000001,F\n1990000002,R\n");
}

TEST_F(LocalFile, ReadsAnEmptyFile) {
  write("extract.csv", "");

  EXPECT_EQ(read_path("extract.csv").rows, "== extract.csv\n");
}

TEST_F(LocalFile, ReadsTheFilesOfAFolderThatBeginAlikeOldestFirstThenByName) {
  write("IC_Eligibility_c.txt", "third\n", 1);
  write("IC_Eligibility_a.csv", "fourth\n", 2);
  write("IC_Eligibility_b", "second\n", 1);
  write("IC_Eligibility", "first\n", 0);
  write("ic_eligibility.txt", "in small letters\n");
  write("old_IC_Eligibility.txt", "with something before\n");
  fs::create_directory(path("IC_Eligibility_folder"));

  EXPECT_EQ(read(local_file(), {{"directory", folder_.string()}}).rows,
            "== IC_Eligibility\nfirst\n"
            "== IC_Eligibility_b\nsecond\n"
            "== IC_Eligibility_c.txt\nthird\n"
            "== IC_Eligibility_a.csv\nfourth\n");
}

TEST_F(LocalFile, ReadsTheFilesOfAnotherPrefix) {
  write("meals_1.txt", "1\n");
  write("IC_Eligibility.txt", "2\n");

  EXPECT_EQ(read(local_file(), {{"directory", folder_.string()}, {"prefix", "meals"}}).rows,
            "== meals_1.txt\n1\n");
}

TEST_F(LocalFile, WarnsOfAFileThatIsOlderThanMaxAgeAndReadsIt) {
  write("extract.csv", "1\n");

  const auto trial = read(local_file(), {{"path", path("extract.csv")}, {"max_age", "36h"}});

  EXPECT_EQ(trial.rows, "== extract.csv\n1\n");
  EXPECT_EQ(only_finding(trial), "9004 File 'extract.csv' is older than 36h");
  EXPECT_EQ(trial.worst, Severity::warning);
}

TEST_F(LocalFile, SaysNothingOfAFileThatIsYoungEnough) {
  write("extract.csv", "1\n");

  EXPECT_THAT(read(local_file(), {{"path", path("extract.csv")}, {"max_age", "1000000d"}}).findings,
              IsEmpty());
}

TEST_F(LocalFile, ReachesItsFilesAndReadsNothingForATest) {
  write("extract.csv", "1\n");

  const auto found = connect(local_file(), {{"path", path("extract.csv")}, {"max_age", "36h"}});
  const auto missing = connect(local_file(), {{"path", path("missing.csv")}});

  EXPECT_EQ(found.status, MS_OK);
  EXPECT_EQ(found.rows, "");
  EXPECT_THAT(found.steps, ElementsAre(StartsWith("File 'extract.csv', 2 bytes, of 2001-01-0")));
  EXPECT_EQ(only_finding(found), "9004 File 'extract.csv' is older than 36h");
  EXPECT_EQ(missing.status, MS_FAILED);
}

TEST_F(LocalFile, TellsWhichFilesOfAFolderItWouldRead) {
  write("IC_Eligibility_b.csv", std::string(34'499, '1'), 1);
  write("IC_Eligibility_a.csv", std::string(1'000'000, '1'), 2);
  write("other.csv", "1\n");

  EXPECT_THAT(
      connect(local_file(), {{"directory", folder_.string()}}).steps,
      ElementsAre("Files in folder '" + folder_.string() + "' whose names begin with 'IC_Eligibility': 2",
                  StartsWith("File 'IC_Eligibility_b.csv', 34 kB, of "),
                  StartsWith("File 'IC_Eligibility_a.csv', 1000 kB, of ")));
}

// Files that cannot be read

TEST_F(LocalFile, EndsTheRunWithoutItsFile) {
  const auto trial = read_path("missing.csv");

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_EQ(only_finding(trial), "9003 File 'FOLDER/missing.csv' cannot be found: No such file or directory");
}

TEST_F(LocalFile, EndsTheRunWithoutAFileOfThePrefix) {
  write("ic_eligibility.txt", "1\n");

  EXPECT_EQ(only_finding(read(local_file(), {{"directory", folder_.string()}})),
            "9003 No file in 'FOLDER' has a name that begins with 'IC_Eligibility'");
}

TEST_F(LocalFile, EndsTheRunAtAFolderInsteadOfAFile) {
  fs::create_directory(path("folder"));

  EXPECT_EQ(only_finding(read_path("folder")), "9006 'FOLDER/folder' cannot be read: Is a directory");
}

TEST_F(LocalFile, EndsTheRunAtAFolderThatIsMissingOrNone) {
  write("extract.csv", "1\n");

  EXPECT_EQ(only_finding(read(local_file(), {{"directory", path("missing")}})),
            "9006 Folder 'FOLDER/missing' cannot be read: No such file or directory");
  EXPECT_EQ(only_finding(read(local_file(), {{"directory", path("extract.csv")}})),
            "9006 Folder 'FOLDER/extract.csv' cannot be read: Not a directory");
}

TEST_F(LocalFile, DoesNotWaitForAPipe) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);

  EXPECT_EQ(only_finding(read_path("pipe")), "9006 'FOLDER/pipe' cannot be read: It is no regular file");
}

TEST_F(LocalFile, EndsTheRunAtADevice) {
  EXPECT_EQ(only_finding(read(local_file(), {{"path", "/dev/null"}})),
            "9006 '/dev/null' cannot be read: It is no regular file");
}

TEST_F(LocalFile, EndsTheRunAtAFileThatItMayNotRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  write("extract.csv", "1\n");
  fs::permissions(path("extract.csv"), fs::perms::none);

  EXPECT_EQ(only_finding(read_path("extract.csv")),
            "9006 'FOLDER/extract.csv' cannot be read: Permission denied");
}

TEST_F(LocalFile, EndsTheRunAtALinkThatLeadsToItself) {
  fs::create_symlink(path("link"), path("link"));

  EXPECT_EQ(only_finding(read_path("link")),
            "9006 'FOLDER/link' cannot be read: Too many levels of symbolic links");
}

// Files that change while they are read

/// A file of twenty bytes that `change` is made of after the first sixteen are read.
template <class F>
Trial read_changing(const std::string& path, F&& change) {
  const std::vector<Setting> settings{{"path", path}};
  detail::TrialStage tried(local_file(), settings, {}, MS_SOURCE, {});
  tried.read();
  change();
  while (tried.read()) {
  }
  return tried.result();
}

TEST_F(LocalFile, ReadsOnlyWhatWasThereWhenItBegan) {
  write("extract.csv", "0123456789012345678\n");

  const auto trial =
      read_changing(path("extract.csv"), [&] { write("extract.csv", "0123456789012345678\nmore\n"); });

  EXPECT_EQ(trial.rows, "== extract.csv\n0123456789012345678\n");
}

TEST_F(LocalFile, EndsTheRunWhereItsFileBecomesShorter) {
  write("extract.csv", "0123456789012345678\n");

  const auto trial = read_changing(path("extract.csv"), [&] { fs::resize_file(path("extract.csv"), 10); });

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_EQ(only_finding(trial),
            "9007 File 'extract.csv' is cut short while it is read: It has become shorter");
}

TEST_F(LocalFile, ReadsTheFileThatItOpenedThoughAnotherTakesItsPlace) {
  write("extract.csv", "0123456789012345678\n");
  write("new.csv", "other\n");

  const auto trial =
      read_changing(path("extract.csv"), [&] { fs::rename(path("new.csv"), path("extract.csv")); });

  EXPECT_EQ(trial.rows, "== extract.csv\n0123456789012345678\n");
}

TEST_F(LocalFile, WaitsUntilAFileIsUnchangedForSoLong) {
  std::ofstream(path("extract.csv")) << "just written\n";

  EXPECT_EQ(read(local_file(), {{"path", path("extract.csv")}, {"stable_seconds", "1"}}).rows,
            "== extract.csv\njust written\n");
}

TEST_F(LocalFile, EndsTheRunWhereAFileGrowsWhileItIsLookedAt) {
  std::ofstream to(path("extract.csv"));
  const std::jthread pos([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      to << "one more\n" << std::flush;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });

  EXPECT_EQ(
      only_finding(read(local_file(),
                        {{"directory", folder_.string()}, {"prefix", "extract"}, {"stable_seconds", "1"}})),
      "9008 File 'extract.csv' is still growing: it changed while it was looked at");
}

// What becomes of files

/// As of a run that is called so.
Trial import(const std::vector<Setting>& settings, bool commit = true) {
  Facts facts;
  facts.name = "20160906-010000-7f3a";
  facts.commit = commit;
  return read(local_file(), settings, facts);
}

TEST_F(LocalFile, IsRenamedOnceItsImportStands) {
  write("IC_Eligibility_1.txt", "1\n");
  write("IC_Eligibility_2.txt", "2\n");
  write("Other.txt", "3\n");
  const std::vector<Setting> settings{{"directory", folder_.string()}, {"after", "rename"}};

  EXPECT_THAT(import(settings, false).findings, IsEmpty());
  EXPECT_THAT(names(), UnorderedElementsAre("IC_Eligibility_1.txt", "IC_Eligibility_2.txt", "Other.txt"));
  EXPECT_THAT(import(settings).findings, IsEmpty());
  EXPECT_THAT(names(),
              UnorderedElementsAre("imported-20160906-010000-7f3a-IC_Eligibility_1.txt",
                                   "imported-20160906-010000-7f3a-IC_Eligibility_2.txt", "Other.txt"));
  EXPECT_EQ(only_finding(import(settings)),
            "9003 No file in 'FOLDER' has a name that begins with 'IC_Eligibility'");
}

TEST_F(LocalFile, IsMovedToAFolderThatIsThere) {
  write("extract.csv", "1\n");
  const std::vector<Setting> settings{{"path", path("extract.csv")}, {"after", "move:done"}};

  EXPECT_EQ(only_finding(import(settings)),
            "9006 Folder 'FOLDER/done' cannot be read: No such file or directory");
  fs::create_directory(path("done"));
  EXPECT_THAT(import(settings).findings, IsEmpty());
  EXPECT_TRUE(fs::exists(path("done/imported-20160906-010000-7f3a-extract.csv")));
  EXPECT_THAT(names(), ElementsAre("done"));
}

TEST_F(LocalFile, StaysWhereItsNewNameIsTaken) {
  write("extract.csv", "1\n");
  write("imported-20160906-010000-7f3a-extract.csv", "of before\n");

  EXPECT_EQ(only_finding(import({{"path", path("extract.csv")}, {"after", "rename"}})),
            "9009 Imported, and not put away: 'extract.csv' (File exists)");
  EXPECT_EQ(names().size(), 2U);
}

TEST_F(LocalFile, StaysWhereItHasChangedSinceItWasRead) {
  write("extract.csv", "0123456789012345678\n");
  const std::vector<Setting> settings{{"path", path("extract.csv")}, {"after", "rename"}};
  detail::TrialStage tried(local_file(), settings, {}, MS_SOURCE, {});
  while (tried.read()) {
  }
  write("extract.csv", "of the next night\n");

  tried.call([&](const ms_host* host) { return local_file().committed(tried.handle(), host); });

  EXPECT_EQ(only_finding(tried.result()),
            "9009 Imported, and not put away: 'extract.csv' (it has changed since it was read)");
  EXPECT_THAT(names(), ElementsAre("extract.csv"));
}

// Faults of the pipeline

TEST_F(LocalFile, RefusesAnAfterThatIsNoneOrFindsItsFilesAgain) {
  const auto fault = [&](const char* after, const char* prefix) {
    return only_finding(plan(local_file(), {{"directory", "a"}, {"after", after}, {"prefix", prefix}}, ""));
  };

  EXPECT_EQ(fault("delete", "IC"), "MS5001 after 'delete' is neither keep nor rename nor move:FOLDER");
  EXPECT_EQ(fault("move:", "IC"), "MS5001 after 'move:' is neither keep nor rename nor move:FOLDER");
  EXPECT_EQ(fault("rename", "imp"), "MS5001 after 'rename' gives files names that prefix 'imp' finds again");
  EXPECT_EQ(fault("move:.", "imported-2"),
            "MS5001 after 'move:.' gives files names that prefix 'imported-2' finds again");
}

TEST_F(LocalFile, RefusesBothOrNeitherOfPathAndDirectory) {
  EXPECT_EQ(only_finding(plan(local_file(), {}, "")), "MS5001 Neither of 'path' and 'directory' is given");
  EXPECT_EQ(only_finding(plan(local_file(), {{"path", "a"}, {"directory", "b"}}, "")),
            "MS5001 Each of 'path' and 'directory' is given");
}

TEST_F(LocalFile, RefusesAnAgeThatIsNoLengthOfTime) {
  EXPECT_THAT(plan(local_file(), {{"path", "a"}, {"max_age", "soon"}}, "").findings,
              ElementsAre(Finding{own(5001), 0, "max_age 'soon' is no length of time"}));
  EXPECT_EQ(only_finding(plan(local_file(), {{"path", "a"}, {"max_age", "0h"}}, "")),
            "MS5001 max_age '0h' is no length of time");
  EXPECT_EQ(only_finding(plan(local_file(), {{"path", "a"}, {"max_age", "36"}}, "")),
            "MS5001 max_age '36' is no length of time");
  EXPECT_EQ(only_finding(plan(local_file(), {{"path", "a"}, {"max_age", "2d4h"}}, "")),
            "MS5001 max_age '2d4h' is no length of time");
  EXPECT_THAT(plan(local_file(), {{"path", "a"}, {"max_age", "90m"}}, "").findings, IsEmpty());
}

}  // namespace
}  // namespace mealsync::testing
