// measure.cpp -- runs a command and writes what the kernel says of it. It is a program of its own because a
// child's peak memory begins with its parent's: this one's is a megabyte.
//
// Usage   measure FIGURES COMMAND [ARGUMENT…]
// Output  FIGURES: wall seconds, processor seconds (user and system), peak resident KiB, of several processes
//         the largest one's. The exit code is the command's, or 125 where it could not be run or was killed.
// Build   g++ -O2 -std=c++20 measure.cpp -o measure
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace {

constexpr int not_run = 125;

double now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

int fail(const char* what, const char* why) {
  std::fprintf(stderr, "measure: %s: %s\n", what, why);
  return not_run;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return fail("usage", "measure FIGURES COMMAND [ARGUMENT…]");

  const double began = now();
  const pid_t child = fork();
  if (child < 0) return fail(arguments[2], std::strerror(errno));
  if (child == 0) {
    execvp(arguments[2], arguments + 2);
    _exit(fail(arguments[2], std::strerror(errno)));
  }
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) != child) return fail(arguments[2], "was lost");
  const double wall = now() - began;

  std::FILE* figures = std::fopen(arguments[1], "w");
  if (figures == nullptr) return fail(arguments[1], "cannot be written");
  std::fprintf(figures, "%.6f %.6f %ld\n", wall, seconds(used.ru_utime) + seconds(used.ru_stime),
               used.ru_maxrss);
  std::fclose(figures);
  if (!WIFEXITED(status)) return fail(arguments[2], strsignal(WTERMSIG(status)));
  return WEXITSTATUS(status);
}
