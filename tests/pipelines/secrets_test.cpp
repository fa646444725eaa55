// A password is nowhere but where it is used: not in what the program prints, keeps and reports, and not where another
// account or a later look at the machine would find it.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "../samba/samba_server.hpp"
#include "vendor_district.hpp"

namespace mealsync::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto secret = "orchard-Plums-7341";

/// A list on a server, in each of the ways in which its password can be given.
class Secrets : public ::testing::TestWithParam<std::string> {
 protected:
  Secrets() {
    write_file(password_file(), std::string(secret) + "\n");
    EXPECT_EQ(chmod(password_file().c_str(), 0600), 0);
  }

  [[nodiscard]] const TemporaryFolder& folder() const { return district_.folder(); }
  [[nodiscard]] fs::path password_file() const { return folder() / "password"; }

  /// `port`: where the server would be.
  void write_pipeline(std::uint16_t port) const {
    std::string pipeline = bytes_of(MEALSYNC_PIPELINES "/vendors/ky_sgndc/pipeline.xml");
    const std::string source = "plugin=\"dc_file\" directory=\"${lists}\"";
    pipeline.replace(
        pipeline.find(source), source.size(),
        "plugin=\"dc_file\" directory=\"//127.0.0.1/Imports/DC\" user=\"jsmith\" retries=\"0\" port=\"" +
            std::to_string(port) + "\" password=\"" + GetParam() + "\"");
    const std::string sink = "  <sink id=\"report\"";
    pipeline.insert(pipeline.find(sink),
                    "  <sink plugin=\"json_report\" path=\"reports/all.json\"/>\n"
                    "  <sink plugin=\"csv_report\" path=\"reports/all.csv\"/>\n");
    write_file(folder() / "list.xml", pipeline);
  }
  [[nodiscard]] static std::vector<std::string> running() {
    return {"run", "list.xml", "--as-of", "2016-10-06", "--state", "state", "--format", "json"};
  }
  /// That of a run that does not get its secret from there holds none.
  [[nodiscard]] static std::vector<std::string> environment() {
    return {std::string("IC_PASSWORD=") + (GetParam().starts_with("env:") ? secret : "")};
  }
  [[nodiscard]] std::string mealsync(std::vector<std::string> arguments) const {
    const Ran ran = run_program(folder(), std::move(arguments), environment());
    return ran.out + ran.err;
  }
  /// The files that hold the secret, but for those in which it was given.
  [[nodiscard]] std::string files_that_hold_it() const {
    std::string files;
    for (const auto& entry : fs::recursive_directory_iterator(folder().path()))
      if (entry.is_regular_file() && entry.path() != password_file() &&
          entry.path() != folder() / "list.xml" && bytes_of(entry.path()).find(secret) != std::string::npos)
        files += entry.path().string() + '\n';
    return files;
  }

  /// What /proc tells only the superuser of a process that has a secret.
  [[nodiscard]] static bool is_in_environment(const fs::path& process) {
    const std::string environment = bytes_of(process / "environ");
    EXPECT_EQ(environment.find("IC_PASSWORD=") != std::string::npos, geteuid() == 0);
    return environment.find(secret) != std::string::npos;
  }

  VendorDistrict district_{"campus_direct.sql"};
};

TEST_P(Secrets, AreInNothingThatARunPrintsKeepsOrReports) {
  const LoopbackSocket nobody;
  write_pipeline(nobody.port());

  const Ran ran = run_program(folder(), running(), environment());

  EXPECT_EQ(ran.exit, 3);
  const Json answer = Json::parse(ran.out);
  EXPECT_EQ(answer["findings"]["9001"], 1) << ran.out;
  EXPECT_THAT(ran.out + ran.err, Not(HasSubstr(secret)));
  EXPECT_THAT(mealsync({"log", "show", answer["run"], "--state", "state", "--format", "json"}),
              Not(HasSubstr(secret)));
  EXPECT_TRUE(fs::exists(folder() / "state/journal.db"));
  EXPECT_TRUE(fs::exists(folder() / "reports/all.json"));
  EXPECT_EQ(files_that_hold_it(), "");
}

TEST_P(Secrets, AreInNothingThatLooksAtThePipeline) {
  const LoopbackSocket nobody;
  write_pipeline(nobody.port());

  EXPECT_THAT(mealsync({"check", "list.xml"}), Not(HasSubstr(secret)));
  EXPECT_THAT(mealsync({"check", "list.xml", "--columns"}), Not(HasSubstr(secret)));
  EXPECT_THAT(mealsync({"preview", "list.xml", "--as-of", "2016-10-06"}), Not(HasSubstr(secret)));
  EXPECT_THAT(mealsync({"describe", "dc_file"}), Not(HasSubstr(secret)));
  EXPECT_EQ(files_that_hold_it(), "");
}

TEST_P(Secrets, CannotBeSeenInTheProcessThatUsesThem) {
  const LoopbackSocket silent;
  silent.listen();
  write_pipeline(silent.port());
  const Started run = start_program(folder(), running(), environment(), "");
  const fs::path process = "/proc/" + std::to_string(run.process());

  silent.keep_waiting([&] {  // by then it has read the secret
    const std::string command = bytes_of(process / "cmdline");
    EXPECT_THAT(command, HasSubstr("list.xml"));
    EXPECT_THAT(command, Not(HasSubstr(secret)));
    EXPECT_THAT(bytes_of(process / "limits"), ::testing::ContainsRegex("Max core file size +0 "));
    EXPECT_EQ(is_in_environment(process), false);
  });
  ::shutdown(silent.number(), SHUT_RDWR);
  EXPECT_EQ(run.end().exit, 3);
}

INSTANTIATE_TEST_SUITE_P(Given, Secrets, ::testing::Values("env:IC_PASSWORD", "file:password", secret),
                         [](const auto& way) {
                           return std::string(way.param.starts_with("env:")    ? "ByTheEnvironment"
                                              : way.param.starts_with("file:") ? "InAFile"
                                                                               : "InThePipeline");
                         });

/// The pipeline whose password is in a file.
class SecretFiles : public Secrets {
 protected:
  [[nodiscard]] std::string findings() const {
    const LoopbackSocket nobody;
    write_pipeline(nobody.port());
    const Ran ran = run_program(folder(), running(), environment());
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr(secret)));
    return std::to_string(ran.exit) + " " + Json::parse(ran.out)["findings"].dump();
  }
};
INSTANTIATE_TEST_SUITE_P(Given, SecretFiles, ::testing::Values("file:password"));

TEST_P(SecretFiles, AreRefusedWhereOthersMayReadThem) {
  ASSERT_EQ(chmod(password_file().c_str(), 0644), 0);

  EXPECT_EQ(findings(), R"(3 {"MS1604":1})");
}

TEST_P(SecretFiles, AreRefusedWhereTheyAreNoSmallFileThatHoldsSomething) {
  write_file(password_file(), "\n");
  EXPECT_EQ(findings(), R"(3 {"MS1606":1})");
  write_file(password_file(), std::string(5000, 'x'));
  EXPECT_EQ(findings(), R"(3 {"MS1605":1})");
  fs::remove(password_file());
  EXPECT_EQ(findings(), R"(3 {"MS1602":1})");
  ASSERT_EQ(mkfifo(password_file().c_str(), 0600), 0);
  EXPECT_EQ(findings(), R"(3 {"MS1603":1})");
}

/// A literal password works, and is a warning that does not show it.
TEST(LiteralSecret, IsAWarningOfTheCheck) {
  const VendorDistrict district;
  write_file(district.folder() / "p.xml", R"(<pipeline name="list" district="Nowhere" school_year="2016-17">
  <source plugin="dc_file" directory="//server/share" password="orchard-Plums-7341">
    <format plugin="direct_certification" layout="ky_sgndc"/>
  </source>
  <sink plugin="null"/>
</pipeline>
)");

  const Ran checked = run_program(district.folder(), {"check", "p.xml"});

  EXPECT_EQ(checked.exit, 0);
  EXPECT_THAT(checked.out,
              HasSubstr("p.xml:2:55: warning MS1208: Option 'password' holds a secret in the file"));
  EXPECT_THAT(checked.out + checked.err, Not(HasSubstr(secret)));
}

}  // namespace
}  // namespace mealsync::testing
