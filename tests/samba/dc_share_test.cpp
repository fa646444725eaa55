// Lists on a real server: which is picked, and what is said of each way in which none can be.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <files/share/reach.hpp>
#include <filesystem>
#include <mealsync/trial.hpp>
#include <string>
#include <utility>
#include <vector>

#include "../plugins/built_stage.hpp"
#include "samba_server.hpp"
#include "unreached.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Settings = std::vector<Setting>;

class DcShare : public ::testing::Test {
 protected:
  DcShare() { fs::create_directories(server_.share() / "DC/lists"); }

  [[nodiscard]] fs::path file(const std::string& name) const { return server_.share() / "DC/lists" / name; }
  /// Those of the server, with others in their place.
  [[nodiscard]] Settings settings(const Settings& others = {}) const {
    Settings all{{"directory", "//127.0.0.1/Imports/DC/lists"},
                 {"port", std::to_string(server_.port())},
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
  /// In the middle of October 2016.
  [[nodiscard]] Trial pick(const Settings& others = {}) const {
    Facts facts;
    facts.as_of = *Date::of(2016, 10, 15);
    return read(stage("dc_file"), settings(others), facts);
  }
  [[nodiscard]] std::string only_finding(const Settings& others) const {
    const Trial trial = pick(others);
    EXPECT_EQ(trial.status, MS_FAILED);
    if (trial.findings.size() != 1) return ::testing::PrintToString(trial.findings);
    return code_text(trial.findings[0].code) + " " + trial.findings[0].message;
  }

  SambaServer server_;
};

TEST_F(DcShare, TakesTheLatestMonthOfItsKind) {
  write_file(file("SGNDC_DCEXTEND_2016_AUG.csv"), "august");
  write_file(file("sgndc_dcextend_2016_sep.CSV"), std::string(300'000, 's'));
  write_file(file("SGNDC_FOSTER_2016_OCT.csv"), "foster");
  write_file(file("IC_Eligibility.txt"), "of the POS");

  EXPECT_EQ(pick().rows, "== sgndc_dcextend_2016_sep.CSV\n" + std::string(300'000, 's'));
  EXPECT_EQ(pick({{"list", "foster"}}).rows, "== SGNDC_FOSTER_2016_OCT.csv\nfoster");
  EXPECT_EQ(pick({{"coverage", "incremental"}, {"month", "2016-08"}}).rows,
            "== SGNDC_DCEXTEND_2016_AUG.csv\naugust");
}

TEST_F(DcShare, ReadsFromTheRootOfAShare) {
  write_file(server_.share() / "SGNDC_2016_SEP.csv", "september");

  EXPECT_EQ(pick({{"directory", "//127.0.0.1/Imports"}}).rows, "== SGNDC_2016_SEP.csv\nseptember");
  EXPECT_EQ(pick({{"directory", "//127.0.0.1/Imports/"}}).rows, "== SGNDC_2016_SEP.csv\nseptember");
}

TEST_F(DcShare, RefusesAStaleListAndSaysThatThereIsNone) {
  EXPECT_THAT(only_finding({}),
              StartsWith("9003 No monthly list in '//127.0.0.1/Imports/DC/lists' has a name"));
  write_file(file("SGNDC_2016_JUL.csv"), "july");
  EXPECT_EQ(only_finding({{"max_age", "35d"}}),
            "9004 List 'SGNDC_2016_JUL.csv' is 76 days old, more than 35");
}

TEST_F(DcShare, TellsEachWayInWhichTheServerRefuses) {
  write_file(file("SGNDC_2016_SEP.csv"), "september");
  const std::string user = server_.user();

  EXPECT_THAT(only_finding({{"password", "wrong-plums"}}),
              StartsWith("9005 Server '127.0.0.1' does not let user '" + user + "' log on"));
  EXPECT_EQ(only_finding({{"directory", "//127.0.0.1/Exports/DC"}}),
            "9006 Server '127.0.0.1' has no share 'Exports'");
  EXPECT_THAT(only_finding({{"directory", "//127.0.0.1/Imports/DC/old"}}),
              StartsWith("9006 Folder 'DC/old' is not on share 'Imports'"));
}

TEST_F(DcShare, SaysThatTheUserMayNotUseTheShare) {
  const SambaServer closed("[Closed]\npath = /\nvalid users = somebody_else\n");

  EXPECT_THAT(only_finding({{"port", std::to_string(closed.port())}, {"directory", "//127.0.0.1/Closed"}}),
              StartsWith("9006 'Closed' may not be opened by user"));
}

TEST_F(DcShare, TellsAServerThatIsNotThereDoesNotAnswerOrIsTooOld) {
  expect_unreached_servers_to_be_told([this](const Settings& options) { return only_finding(options); });
}

TEST_F(DcShare, EndsTheRunWhereTheServerGoesInMidRead) {
  write_file(file("SGNDC_2016_SEP.csv"), std::string(4'000'000, 's'));
  const Facts facts;
  detail::TrialStage reading(stage("dc_file"), settings(), {}, MS_SOURCE, facts);
  ASSERT_TRUE(reading.read());
  server_.stop();

  while (reading.read()) {
  }
  const Trial trial = reading.result();
  EXPECT_EQ(trial.status, MS_FAILED);
  ASSERT_EQ(trial.findings.size(), 1u);
  EXPECT_EQ(trial.findings[0].code, 9007u);
  EXPECT_THAT(trial.findings[0].message, HasSubstr("'SGNDC_2016_SEP.csv'"));
}

TEST_F(DcShare, TellsStepByStepWhatItHasReached) {
  write_file(file("SGNDC_2016_SEP.csv"), "september");

  EXPECT_THAT(connect(stage("dc_file"), settings()).steps,
              ElementsAre("Server '127.0.0.1' is reached", "User '" + server_.user() + "' has logged on",
                          "Share 'Imports' is there", "Files in folder '//127.0.0.1/Imports/DC/lists': 1",
                          StartsWith("List 'SGNDC_2016_SEP.csv', 9 bytes, of 20")));
}

TEST_F(DcShare, NeverDialsAServerThatIsHeld) {
  EXPECT_EQ(only_finding({{"directory", "//**127.0.0.1/Imports/DC/lists"}}),
            "9002 Server '**127.0.0.1' is held");
}

// What nobody can do to a server at will.
TEST(ShareFaults, HaveARuleEach) {
  using share::Trouble;
  const share::ShareOptions options{"files", 445, "Imports", "KENTUCKY", "jsmith", "orchard", 30, 3};
  const auto said = [&](Trouble trouble) -> std::string {
    try {
      share::fail_for_file(share::ShareError(trouble, "in words"), options, "a.csv");
    } catch (const mealsync::detail::Failure& failure) {
      return code_text(failure.code) + " " + failure.message;
    }
  };

  EXPECT_EQ(said(Trouble::missing), "9003 File 'a.csv' has gone before it could be read: in words");
  EXPECT_EQ(said(Trouble::forbidden), "9006 'a.csv' may not be opened by user 'jsmith': in words");
  EXPECT_EQ(said(Trouble::in_use), "9008 File 'a.csv' is still being written: in words");
  EXPECT_EQ(said(Trouble::lost), "9007 The connection is lost while 'a.csv' is read: in words");
  EXPECT_EQ(said(Trouble::other), "9009 'a.csv' cannot be read: in words");
}

TEST_F(DcShare, NeverSaysThePassword) {
  for (const Settings& others :
       {Settings{{"directory", "//127.0.0.1/None"}}, Settings{{"user", "nobody-else"}}, Settings{}})
    for (const Finding& finding : pick(others).findings)
      EXPECT_EQ(finding.message.find(SambaServer::password), std::string::npos);
}

}  // namespace
}  // namespace mealsync::testing
