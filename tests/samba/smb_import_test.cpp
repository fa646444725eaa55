// Imports from a share by the program itself: all of a file or nothing of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "../pipelines/district.hpp"
#include "samba_server.hpp"
#include "wire.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

/// The sample district, whose POS file lies on a server.
class SmbImport : public District {
 protected:
  void write_pos(const std::string& bytes) const {
    write_file(server_.share() / "IC_Eligibility.txt", bytes);
  }
  /// `more` are options of the source.
  [[nodiscard]] Ran import(std::uint16_t port, const std::string& host = "127.0.0.1",
                           const std::string& more = {},
                           const std::vector<std::string>& arguments = {}) const {
    const std::string sample = MEALSYNC_PIPELINES "/sample/pos_to_campus.xml";
    std::string pipeline = bytes_of(sample);
    const auto put = [&](const std::string& old, const std::string& by) {
      const auto at = pipeline.find(old);
      ASSERT_NE(at, std::string::npos);
      pipeline.replace(at, old.size(), by);
    };
    put("../kentucky", MEALSYNC_PIPELINES "/kentucky");
    put("plugin=\"local_file\" path=\"${pos}\"",
        "plugin=\"smb_file\" host=\"" + host + "\" port=\"" + std::to_string(port) +
            "\" share=\"Imports\" domain=\"KENTUCKY\" user=\"" + server_.user() +
            "\" password=\"env:IC_PASSWORD\" timeout_seconds=\"30\" retries=\"0\" stable_seconds=\"0\" " +
            more);
    write_file(folder_ / "smb.xml", pipeline);
    std::vector<std::string> all{"run",   "smb.xml",         "--as-of",          as_of_,  "--state",
                                 "state", "--set",           "campus=campus.db", "--set", "pos=none",
                                 "--set", "reports=reports", "--format",         "json"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_program(folder_, all, {"IC_PASSWORD=" + std::string(SambaServer::password)});
  }

  SambaServer server_;
};

TEST_F(SmbImport, IsTheSameAsOfALocalFile) {
  write_pos(bytes_of(pos()));

  const Json from_share = answer_of(import(server_.port()));
  const std::string records = eligibility();
  const Json from_file = answer({"--test"});

  EXPECT_EQ(from_share["exit"], 0);
  EXPECT_EQ(from_share["status"], "successful");
  EXPECT_GT(from_share["inserted"], 0);
  EXPECT_EQ(from_share["read"], from_file["read"]);
  EXPECT_EQ(from_share["input"][0]["sha256"], from_file["input"][0]["sha256"]);
  EXPECT_EQ(from_file["inserted"], 0);
}

TEST_F(SmbImport, PutsItsFileAwayOnlyWhenItStands) {
  write_pos(bytes_of(pos()));
  fs::create_directory(server_.share() / "done");
  const auto files = [&](const fs::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  };
  constexpr auto moved = "after=\"move:done\"";

  EXPECT_EQ(import(server_.port(), "127.0.0.1", moved, {"--test"}).exit, 0);
  EXPECT_EQ(files(server_.share()), 1U);
  const Json answer = answer_of(import(server_.port(), "127.0.0.1", moved));
  EXPECT_EQ(answer["exit"], 0);
  EXPECT_EQ(files(server_.share()), 0U);
  EXPECT_TRUE(fs::exists(server_.share() / "done" /
                         ("imported-" + answer["run"].get<std::string>() + "-IC_Eligibility.txt")));
  EXPECT_EQ(import(server_.port(), "127.0.0.1", moved).exit, 3);
}

TEST_F(SmbImport, CommitsNothingWhereTheServerStopsInTheMiddleOfTheFile) {
  constexpr std::size_t size = 40'000'000, read_before = 5'000'000;
  const std::string good = bytes_of(pos());
  std::string large;
  while (large.size() < size)
    large += good;
  write_pos(large);
  Wire wire([&](int) { return server_.port(); }, read_before, [&] { server_.stop(); });
  const std::string before = campus_bytes();

  const Ran ran = import(wire.port());

  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err, HasSubstr("9007: The connection is lost while 'IC_Eligibility.txt' is read"));
  EXPECT_EQ(Json::parse(ran.out)["status"], "unsuccessful");
  EXPECT_TRUE(campus_bytes() == before);
}

TEST_F(SmbImport, IsHeldByStarsBeforeItsHostAndNobodyIsCalled) {
  const LoopbackSocket door;
  door.listen();

  const Ran ran = import(door.port(), "**127.0.0.1");

  EXPECT_EQ(ran.exit, 4);
  EXPECT_EQ(Json::parse(ran.out)["status"], "held");
  EXPECT_FALSE(door.has_guest());
}

TEST_F(SmbImport, LosesItsStarsInTheRolloverOnceTheServerIsReached) {
  write_pos(bytes_of(pos()));
  EXPECT_EQ(import(server_.port(), "**127.0.0.1").exit, 4);
  const std::string stopped = bytes_of(folder_ / "smb.xml");

  const Ran ran =
      run_program(folder_,
                  {"rollover", "smb.xml", "--to", "2016-17", "--as-of", as_of_, "--state", "state", "--set",
                   "campus=campus.db", "--set", "pos=none", "--set", "reports=reports"},
                  {"IC_PASSWORD=" + std::string(SambaServer::password)});

  EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("stopped      the host of its source begins with **"));
  std::string started = stopped;
  started.erase(started.find("**"), 2);
  EXPECT_EQ(bytes_of(folder_ / "smb.xml"), started);
}

}  // namespace
}  // namespace mealsync::testing
