// Files of a POS on a real server: which are read, what becomes of them, and what is said of each way in which none can be.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <mealsync/trial.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "../plugins/built_stage.hpp"
#include "samba_server.hpp"
#include "unreached.hpp"
#include "wire.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using Settings = std::vector<Setting>;

/// Of a year long past, so that no test needs the clock; the higher the hour, the newer.
void date_back(const fs::path& file, int hour = 0) {
  constexpr std::chrono::sys_seconds past = std::chrono::sys_days{std::chrono::January / 2 / 2001};
  fs::last_write_time(file, std::chrono::file_clock::from_sys(past + std::chrono::hours(hour)));
}

class SmbFile : public ::testing::Test {
 protected:
  SmbFile() { fs::create_directories(server_.share() / "POS/out"); }

  [[nodiscard]] fs::path file(const std::string& name) const { return server_.share() / "POS/out" / name; }
  void write(const std::string& name, const std::string& bytes, int hour = 0) const {
    write_file(file(name), bytes);
    date_back(file(name), hour);
  }
  /// Those of the server, with others in their place.
  [[nodiscard]] Settings settings(const Settings& others = {}) const {
    Settings all{{"host", "127.0.0.1"},
                 {"port", std::to_string(server_.port())},
                 {"share", "Imports"},
                 {"directory", "POS/out"},
                 {"domain", "KENTUCKY"},
                 {"user", server_.user()},
                 {"password", SambaServer::password},
                 {"timeout_seconds", "30"},
                 {"retries", "0"}};
    for (const Setting& other : others) {
      std::erase_if(all, [&](const Setting& each) { return each.name == other.name; });
      all.push_back(other);
    }
    return all;
  }
  [[nodiscard]] Trial read_files(const Settings& others = {}) const {
    return read(stage("smb_file"), settings(others));
  }
  [[nodiscard]] static std::string finding_of(const Trial& trial) {
    if (trial.findings.size() != 1) return ::testing::PrintToString(trial.findings);
    return code_text(trial.findings[0].code) + " " + trial.findings[0].message;
  }
  [[nodiscard]] std::string only_finding(const Settings& others = {}) const {
    const Trial trial = read_files(others);
    EXPECT_EQ(trial.status, MS_FAILED);
    return finding_of(trial);
  }

  SambaServer server_;
};

TEST_F(SmbFile, ReadsTheFilesThatBeginAlikeOldestFirst) {
  write("IC_Eligibility_b.txt", "second\n", 2);
  write("IC_Eligibility_c.txt", "first\n", 1);
  write("IC_Eligibility_a.txt", "third\n", 3);
  write("Other.txt", "of another\n");
  fs::create_directory(file("IC_Eligibility_old"));

  EXPECT_EQ(read_files().rows,
            "== IC_Eligibility_c.txt\nfirst\n"
            "== IC_Eligibility_b.txt\nsecond\n"
            "== IC_Eligibility_a.txt\nthird\n");
  EXPECT_EQ(read_files({{"prefix", "Other"}}).rows, "== Other.txt\nof another\n");
  EXPECT_EQ(read_files({{"directory", "\\POS\\out\\"}, {"prefix", "Other"}}).rows,
            "== Other.txt\nof another\n");
}

TEST_F(SmbFile, ReadsALargeFileAndAnEmptyOneFromTheRootOfAShare) {
  std::string large;
  for (int i = 0; large.size() < 3'000'000; ++i)
    large += std::to_string(i) + ",F\n";
  write_file(server_.share() / "IC_Eligibility_1.txt", large);
  write_file(server_.share() / "IC_Eligibility_2.txt", "");
  date_back(server_.share() / "IC_Eligibility_1.txt", 1);
  date_back(server_.share() / "IC_Eligibility_2.txt", 2);

  EXPECT_TRUE(read_files({{"directory", ""}}).rows ==
              "== IC_Eligibility_1.txt\n" + large + "== IC_Eligibility_2.txt\n");
}

TEST_F(SmbFile, WarnsOfAFileThatIsOlderThanMaxAgeAndReadsIt) {
  write("IC_Eligibility.txt", "1\n");

  const Trial trial = read_files({{"max_age", "36h"}});

  EXPECT_EQ(trial.rows, "== IC_Eligibility.txt\n1\n");
  EXPECT_EQ(finding_of(trial), "9004 File 'IC_Eligibility.txt' is older than 36h");
  EXPECT_EQ(trial.worst, Severity::warning);
}

TEST_F(SmbFile, TellsStepByStepWhatItReachesAndReadsNothingForATest) {
  write("IC_Eligibility.txt", "1\n");
  write("IC_Eligibility_2.txt", std::string(34'100, '2'), 1);

  const Trial trial = connect(stage("smb_file"), settings({{"after", "rename"}}));

  EXPECT_EQ(trial.status, MS_OK);
  EXPECT_EQ(trial.rows, "");
  EXPECT_THAT(
      trial.steps,
      ElementsAre("Server '127.0.0.1' is reached", "User '" + server_.user() + "' has logged on",
                  "Share 'Imports' is there",
                  "Files in folder '//127.0.0.1/Imports/POS/out' whose names begin with 'IC_Eligibility': 2",
                  StartsWith("File 'IC_Eligibility.txt', 2 bytes, of 2001-01-"),
                  StartsWith("File 'IC_Eligibility_2.txt', 34 kB, of 2001-01-")));
  EXPECT_TRUE(fs::exists(file("IC_Eligibility.txt")));
}

// Nothing to read

TEST_F(SmbFile, SaysThatThereIsNoFile) {
  write("eligibility.txt", "1\n");

  EXPECT_EQ(only_finding(),
            "9003 No file in '//127.0.0.1/Imports/POS/out' has a name that begins with 'IC_Eligibility'");
}

TEST_F(SmbFile, SaysThatTheShareOrTheFolderIsMissing) {
  EXPECT_EQ(only_finding({{"share", "Exports"}}), "9006 Server '127.0.0.1' has no share 'Exports'");
  EXPECT_THAT(only_finding({{"directory", "POS/in"}}),
              StartsWith("9006 Folder 'POS/in' is not on share 'Imports'"));
}

TEST_F(SmbFile, SaysThatTheUserCannotLogOnAndTriesNoMore) {
  const Wire wire([&](int) { return server_.port(); });

  EXPECT_THAT(only_finding({{"port", std::to_string(wire.port())}, {"password", "wrong"}, {"retries", "3"}}),
              StartsWith("9005 Server '127.0.0.1' does not let user '" + server_.user() + "' log on"));
  EXPECT_EQ(wire.guests(), 1);
}

// Files that change

TEST_F(SmbFile, WaitsUntilAFileIsUnchangedForSoLong) {
  write_file(file("IC_Eligibility.txt"), "just written\n");

  EXPECT_EQ(read_files({{"stable_seconds", "1"}}).rows, "== IC_Eligibility.txt\njust written\n");
}

TEST_F(SmbFile, EndsTheRunWhereAFileGrowsWhileItIsLookedAt) {
  write_file(file("IC_Eligibility.txt"), "first\n");
  const std::jthread pos([&](const std::stop_token& stop) {
    constexpr int pause_ms = 20;
    for (std::ofstream to(file("IC_Eligibility.txt"), std::ios::app); !stop.stop_requested();) {
      to << "one more\n" << std::flush;
      ::poll(nullptr, 0, pause_ms);
    }
  });

  EXPECT_EQ(only_finding({{"stable_seconds", "1"}}),
            "9008 File 'IC_Eligibility.txt' is still growing: it changed while it was looked at");
}

/// What comes of a file of 4 MB that something happens to after its first bytes are decoded.
template <class F>
Trial read_while(const Settings& settings, F&& happens) {
  const Facts facts;
  detail::TrialStage reading(stage("smb_file"), settings, {}, MS_SOURCE, facts);
  EXPECT_TRUE(reading.read());
  happens();
  while (reading.read()) {
  }
  return reading.result();
}

TEST_F(SmbFile, ReadsOnlyWhatWasThereWhenItBegan) {
  const std::string bytes(4'000'000, 's');
  write("IC_Eligibility.txt", bytes);

  const Trial trial = read_while(
      settings(), [&] { std::ofstream(file("IC_Eligibility.txt"), std::ios::app) << "of the next run"; });

  EXPECT_TRUE(trial.rows == "== IC_Eligibility.txt\n" + bytes);
}

TEST_F(SmbFile, EndsTheRunWhereItsFileBecomesShorter) {
  write("IC_Eligibility.txt", std::string(4'000'000, 's'));

  const Trial trial = read_while(settings(), [&] { fs::resize_file(file("IC_Eligibility.txt"), 10); });

  EXPECT_EQ(trial.status, MS_FAILED);
  EXPECT_EQ(finding_of(trial), "9007 File 'IC_Eligibility.txt' has become shorter while it is read");
}

// What becomes of files

TEST_F(SmbFile, IsRenamedOnceItsImportStands) {
  write("IC_Eligibility_1.txt", "1\n");
  write("IC_Eligibility_2.txt", "2\n");
  Facts facts;
  facts.name = "20160906-010000-7f3a";
  const auto import = [&] { return read(stage("smb_file"), settings({{"after", "rename"}}), facts); };

  facts.commit = false;
  EXPECT_THAT(import().findings, IsEmpty());
  EXPECT_TRUE(fs::exists(file("IC_Eligibility_1.txt")) && fs::exists(file("IC_Eligibility_2.txt")));
  facts.commit = true;
  EXPECT_THAT(import().findings, IsEmpty());
  EXPECT_TRUE(fs::exists(file("imported-20160906-010000-7f3a-IC_Eligibility_1.txt")));
  EXPECT_TRUE(fs::exists(file("imported-20160906-010000-7f3a-IC_Eligibility_2.txt")));
  EXPECT_THAT(finding_of(import()), StartsWith("9003 No file in"));
}

TEST_F(SmbFile, IsMovedToAFolderThatIsThere) {
  write("IC_Eligibility.txt", "1\n");
  EXPECT_THAT(only_finding({{"after", "move:done"}}),
              StartsWith("9006 Folder 'POS/out/done' is not on share"));

  fs::create_directory(file("done"));
  EXPECT_THAT(read_files({{"after", "move:done"}}).findings, IsEmpty());
  EXPECT_TRUE(fs::exists(file("done/imported-1-IC_Eligibility.txt")));

  write("IC_Eligibility.txt", "2\n");
  EXPECT_THAT(read_files({{"after", "move:/POS"}}).findings, IsEmpty());
  EXPECT_EQ(bytes_of(server_.share() / "POS/imported-1-IC_Eligibility.txt"), "2\n");

  write("IC_Eligibility.txt", "3\n");
  EXPECT_EQ(only_finding({{"after", "move:/POS"}}),
            "9009 Imported, and not put away: 'IC_Eligibility.txt' (File exists)");
  EXPECT_EQ(bytes_of(server_.share() / "POS/imported-1-IC_Eligibility.txt"), "2\n");
}

TEST_F(SmbFile, StaysWhereItHasChangedSinceItWasRead) {
  write("IC_Eligibility.txt", "1\n");
  const Facts facts;
  detail::TrialStage tried(stage("smb_file"), settings({{"after", "rename"}}), {}, MS_SOURCE, facts);
  while (tried.read()) {
  }
  write("IC_Eligibility.txt", "of the next night\n");

  tried.call([&](const ms_host* host) { return stage("smb_file").committed(tried.handle(), host); });

  EXPECT_EQ(finding_of(tried.result()),
            "9009 Imported, and not put away: 'IC_Eligibility.txt' (it has changed since it was read)");
  EXPECT_EQ(bytes_of(file("IC_Eligibility.txt")), "of the next night\n");
}

TEST_F(SmbFile, StaysWhereTheServerHasGoneByTheTimeTheImportStands) {
  write("IC_Eligibility.txt", "1\n");
  const Facts facts;
  detail::TrialStage tried(stage("smb_file"), settings({{"after", "rename"}}), {}, MS_SOURCE, facts);
  while (tried.read()) {
  }
  server_.stop();

  tried.call([&](const ms_host* host) { return stage("smb_file").committed(tried.handle(), host); });

  EXPECT_THAT(finding_of(tried.result()),
              StartsWith("9009 Imported, and not put away: 'IC_Eligibility.txt'"));
}

// Servers that cannot be reached

TEST_F(SmbFile, TellsAServerThatIsNotThereDoesNotAnswerOrIsTooOld) {
  expect_unreached_servers_to_be_told([this](const Settings& options) { return only_finding(options); });
}

TEST_F(SmbFile, TriesAgainUntilTheServerIsUp) {
  std::optional<SambaServer> late;
  const Wire wire([&](int guest) -> std::uint16_t {
    if (guest > 1) return late->port();
    late.emplace();
    write_file(late->share() / "IC_Eligibility.txt", "1\n");
    date_back(late->share() / "IC_Eligibility.txt");
    return 0;
  });

  EXPECT_EQ(read_files({{"port", std::to_string(wire.port())},
                        {"directory", ""},
                        {"timeout_seconds", "2"},
                        {"retries", "3"}})
                .rows,
            "== IC_Eligibility.txt\n1\n");
  EXPECT_GE(wire.guests(), 2);
}

TEST_F(SmbFile, GivesUpAfterSoManyTriesAndWaitsBetween) {
  const Wire silent([](int) -> std::uint16_t { return 0; });
  EXPECT_THAT(
      only_finding({{"port", std::to_string(silent.port())}, {"timeout_seconds", "1"}, {"retries", "1"}}),
      StartsWith("9001 Server '127.0.0.1' does not answer"));
  EXPECT_EQ(silent.guests(), 2);

  const LoopbackSocket nobody;
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(only_finding({{"port", std::to_string(nobody.port())}, {"retries", "1"}}),
              StartsWith("9001 Server '127.0.0.1' cannot be reached"));
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(250));
}

TEST_F(SmbFile, NeverDialsAServerThatIsHeld) {
  const LoopbackSocket door;
  door.listen();

  EXPECT_EQ(only_finding({{"host", "**127.0.0.1"}, {"port", std::to_string(door.port())}}),
            "9002 Server '**127.0.0.1' is held");
  EXPECT_FALSE(door.has_guest());
}

TEST_F(SmbFile, NeverSaysThePassword) {
  for (const Settings& others : {Settings{{"share", "None"}}, Settings{{"user", "nobody-else"}}, Settings{}})
    for (const Finding& finding : read_files(others).findings)
      EXPECT_EQ(finding.message.find(SambaServer::password), std::string::npos);
}

TEST(SmbFileOptions, AreRefusedWhereTheyNameNoShareOrNoTime) {
  const auto faults = [](const Settings& settings) {
    std::string all;
    for (const Finding& finding : plan(stage("smb_file"), settings, "").findings)
      all += finding.message + '\n';
    return all;
  };

  EXPECT_EQ(faults({{"host", "files"}, {"share", "Imports/IC"}, {"max_age", "soon"}}),
            "host 'files' and share 'Imports/IC' name no share of a server\n"
            "max_age 'soon' is no length of time\n");
  EXPECT_EQ(faults({{"host", "files"}, {"share", "Imports"}, {"after", "delete"}}),
            "after 'delete' is neither keep nor rename nor move:FOLDER\n");
  EXPECT_EQ(faults({{"host", "files"}, {"share", "Imports"}, {"after", "rename"}, {"prefix", ""}}),
            "after 'rename' gives files names that prefix '' finds again\n");
  EXPECT_EQ(faults({{"host", "//files"}, {"share", "Imports"}}),
            "host '//files' and share 'Imports' name no share of a server\n");
  EXPECT_THAT(faults({{"host", "files.k12.example"}, {"share", "Imports$"}}), IsEmpty());
}

}  // namespace
}  // namespace mealsync::testing
