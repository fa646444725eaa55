#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <journal/process.hpp>
#include <journal/run_lock.hpp>

#include "journal_folder.hpp"

namespace mealsync {
namespace {

using ::testing::HasSubstr;

class Locked : public JournalFolder {
 protected:
  [[nodiscard]] std::optional<RunLock> take(const std::string& pipeline, Findings& findings) const {
    return RunLock::take(folder(), pipeline, "2016-09-06T01:00:00Z", findings);
  }
  /// What is told where it cannot be had.
  [[nodiscard]] std::string refusal_of(const std::string& pipeline) const {
    Findings findings;
    EXPECT_FALSE(take(pipeline, findings));
    return told(findings);
  }
};

TEST_F(Locked, IsAPipelineWhileItRunsAndWhoRunsItIsTold) {
  Findings findings;
  const auto lock = take("jefferson-pos", findings);
  ASSERT_TRUE(lock);

  EXPECT_EQ(refusal_of("jefferson-pos"),
            "refused MS4021: Pipeline 'jefferson-pos' is running already: process " +
                std::to_string(getpid()) + " of " + current_user().name + " on " + host_name() +
                " since 2016-09-06T01:00:00Z\n");
}

TEST_F(Locked, IsNoOtherPipeline) {
  Findings findings;
  const auto lock = take("jefferson-pos", findings);

  EXPECT_TRUE(take("shelby-pos", findings));
}

TEST_F(Locked, IsNobodyOnceTheRunHasEnded) {
  Findings findings;
  { const auto lock = take("jefferson-pos", findings); }

  EXPECT_TRUE(take("jefferson-pos", findings));
}

TEST_F(Locked, IsNobodyOnceTheProcessIsKilled) {
  int ready[2] = {-1, -1};
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    Findings findings;
    const auto lock = take("jefferson-pos", findings);
    static_cast<void>(!write(ready[1], "x", 1));
    pause();
    _exit(1);
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  close(ready[0]);
  close(ready[1]);
  EXPECT_THAT(refusal_of("jefferson-pos"), HasSubstr("process " + std::to_string(child) + " of "));

  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);

  Findings findings;
  EXPECT_TRUE(take("jefferson-pos", findings));
}

TEST_F(Locked, NamesNobodyWhereTheFileIsOfARunThatIsOver) {
  Findings findings;
  const auto lock = take("jefferson-pos", findings);
  std::ofstream(folder() / "locks" / "jefferson-pos.lock")
      << "1 1 2016-09-05T01:00:00Z " << host_name() << " root\n";

  EXPECT_THAT(refusal_of("jefferson-pos"), HasSubstr("is running already: a process that has just begun"));
}

TEST_F(Locked, FailsWhereItsFileCannotBe) {
  std::filesystem::create_directories(folder() / "locks" / "jefferson-pos.lock");

  EXPECT_EQ(refusal_of("jefferson-pos"), "failed MS4022: Lock file '" +
                                             (folder() / "locks" / "jefferson-pos.lock").string() +
                                             "' cannot be used: Is a directory\n");
}

}  // namespace
}  // namespace mealsync
