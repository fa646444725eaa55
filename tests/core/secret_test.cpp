#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cstdlib>

#include "pipeline_folder.hpp"

namespace mealsync {
namespace {

class ReadSecret : public PipelineFolder {
 protected:
  std::optional<std::string> secret(std::string value) {
    return read_secret({"password", std::move(value), {"p.xml", 7, 20}, folder_}, findings_);
  }
  void write_secret(std::string_view name, std::string_view text, mode_t mode) const {
    ASSERT_EQ(chmod(write(name, text).c_str(), mode), 0);
  }
};

TEST_F(ReadSecret, TakesAnyOtherTextAsItIs) {
  EXPECT_EQ(secret("orchard"), "orchard");
}

TEST_F(ReadSecret, ReadsTheEnvironment) {
  ASSERT_EQ(setenv("MEALSYNC_SECRET_TEST", "orchard", 1), 0);

  EXPECT_EQ(secret("env:MEALSYNC_SECRET_TEST"), "orchard");
}

TEST_F(ReadSecret, TakesAVariableOutOfTheEnvironmentAndGivesItAgain) {
  std::string variable = "MEALSYNC_SECRET_TEST=orchard";  // as it lies in the environment of a process
  ASSERT_EQ(putenv(variable.data()), 0);

  EXPECT_EQ(secret("env:MEALSYNC_SECRET_TEST"), "orchard");
  EXPECT_EQ(variable, "MEALSYNC_SECRET_TEST=" + std::string(7, '\0'));
  EXPECT_EQ(secret("env:MEALSYNC_SECRET_TEST"), "orchard");
  unsetenv("MEALSYNC_SECRET_TEST");
}

TEST_F(ReadSecret, LeavesNoCoreFileFromThenOn) {
  EXPECT_EQ(secret("orchard"), "orchard");

  rlimit core{};
  ASSERT_EQ(getrlimit(RLIMIT_CORE, &core), 0);
  EXPECT_EQ(core.rlim_cur, 0U);
  EXPECT_EQ(prctl(PR_GET_DUMPABLE), 0);
}

TEST_F(ReadSecret, RefusesAnEmptySecret) {
  write_secret("empty", "\n", 0600);
  ASSERT_EQ(setenv("MEALSYNC_EMPTY_SECRET", "", 1), 0);

  EXPECT_EQ(secret("file:empty"), std::nullopt);
  EXPECT_EQ(secret("env:MEALSYNC_EMPTY_SECRET"), std::nullopt);
  EXPECT_EQ(
      told(),
      "p.xml:7:20: error MS1606: 'file:empty' of option 'password' holds an empty secret\n"
      "p.xml:7:20: error MS1606: 'env:MEALSYNC_EMPTY_SECRET' of option 'password' holds an empty secret\n");
}

TEST_F(ReadSecret, NamesAVariableThatIsNotSet) {
  EXPECT_EQ(secret("env:MEALSYNC_NEVER_SET"), std::nullopt);
  EXPECT_EQ(told(),
            "p.xml:7:20: error MS1601: Environment variable 'MEALSYNC_NEVER_SET' of option 'password' is not "
            "set\n");
}

TEST_F(ReadSecret, ReadsAFileInThePipelinesFolder) {
  write_secret("secret/password", "orchard", 0600);

  EXPECT_EQ(secret("file:secret/password"), "orchard");
}

TEST_F(ReadSecret, ReadsAFileByItsWholePath) {
  write_secret("password", "orchard", 0400);

  EXPECT_EQ(secret("file:" + (folder_ / "password").string()), "orchard");
}

TEST_F(ReadSecret, DropsOneLineEnd) {
  write_secret("unix", "orchard \n\n", 0600);
  write_secret("dos", "orchard\r\n", 0600);

  EXPECT_EQ(secret("file:unix"), "orchard \n");
  EXPECT_EQ(secret("file:dos"), "orchard");
}

TEST_F(ReadSecret, RefusesAFileThatTheGroupCanRead) {
  write_secret("password", "orchard", 0640);

  EXPECT_EQ(secret("file:password"), std::nullopt);
  EXPECT_EQ(
      told(),
      "p.xml:7:20: error MS1604: Secret file 'password' of option 'password' is open to other accounts\n");
}

TEST_F(ReadSecret, RefusesAFileThatOthersCanRead) {
  write_secret("password", "orchard", 0604);

  EXPECT_EQ(secret("file:password"), std::nullopt);
  EXPECT_EQ(
      told(),
      "p.xml:7:20: error MS1604: Secret file 'password' of option 'password' is open to other accounts\n");
}

TEST_F(ReadSecret, RefusesAFileThatOthersCanChange) {
  write_secret("password", "orchard", 0602);

  EXPECT_EQ(secret("file:password"), std::nullopt);
}

TEST_F(ReadSecret, NamesAMissingFile) {
  EXPECT_EQ(secret("file:none"), std::nullopt);
  EXPECT_EQ(
      told(),
      "p.xml:7:20: error MS1602: Secret file 'none' of option 'password' cannot be read: No such file or "
      "directory\n");
}

TEST_F(ReadSecret, RefusesAFolder) {
  std::filesystem::create_directory(folder_ / "sub");

  EXPECT_EQ(secret("file:sub"), std::nullopt);
  EXPECT_EQ(told(),
            "p.xml:7:20: error MS1603: Secret file 'sub' of option 'password' is not a regular file\n");
}

TEST_F(ReadSecret, RefusesADevice) {
  EXPECT_EQ(secret("file:/dev/zero"), std::nullopt);
  EXPECT_EQ(told(),
            "p.xml:7:20: error MS1603: Secret file '/dev/zero' of option 'password' is not a regular file\n");
}

TEST_F(ReadSecret, TakesFourThousandAndNinetySixBytesAndNoMore) {
  write_secret("most", std::string(4096, 'x'), 0600);
  write_secret("more", std::string(4097, 'x'), 0600);

  EXPECT_EQ(secret("file:most"), std::string(4096, 'x'));
  EXPECT_EQ(secret("file:more"), std::nullopt);
  EXPECT_EQ(told(),
            "p.xml:7:20: error MS1605: Secret file 'more' of option 'password' is larger than 4096 bytes\n");
}

}  // namespace
}  // namespace mealsync
