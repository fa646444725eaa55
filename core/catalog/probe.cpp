#include <catalog/probe.hpp>

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <mealsync/rule.hpp>

namespace mealsync {
namespace {

constexpr char hello = '+';

/// In the child: opens the library, and says so to whoever reads `answer`. Never returns, whatever is thrown.
[[noreturn]] void open_and_tell(const char* library, int answer) noexcept {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit none{};
  setrlimit(RLIMIT_CORE, &none);
  const int nothing = open("/dev/null", O_RDWR);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    dup2(nothing, standard);
  for (const int signal : {SIGABRT, SIGALRM, SIGTERM, SIGINT})
    std::signal(signal, SIG_DFL);
  // An initialiser that ends the process runs what this process has to do at its end last, and that is not to be done.
  static_cast<void>(on_exit([](int code, void*) { _exit(code); }, nullptr));
  static_cast<void>(dlopen(library, RTLD_NOW | RTLD_LOCAL));
  static_cast<void>(write(answer, &hello, 1));
  _exit(EXIT_SUCCESS);
}

enum class Answer : std::uint8_t { came_back, gone, late };

Answer wait_for(int answer, std::chrono::milliseconds limit) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + limit;
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd waited{answer, POLLIN, 0};
    const int ready = left > 0 ? poll(&waited, 1, static_cast<int>(left)) : 0;
    char byte = 0;
    const auto count = ready > 0 ? read(answer, &byte, 1) : ready;
    if (count < 0 && errno == EINTR) continue;
    if (ready == 0) return Answer::late;
    return count == 1 && byte == hello ? Answer::came_back : Answer::gone;
  }
}

std::string cannot_fork(int why_not) {
  return compose("it cannot be tried first: {}", std::string_view(std::strerror(why_not)));
}

std::string how_it_ended(int status) {
  if (WIFSIGNALED(status))
    return compose("signal {} ({})", WTERMSIG(status), std::string_view(strsignal(WTERMSIG(status))));
  return compose("it ended the program with exit code {}", WEXITSTATUS(status));
}

}  // namespace

std::string probe_library(const std::filesystem::path& library, std::chrono::milliseconds limit) {
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) return cannot_fork(errno);
  const pid_t child = fork();
  if (child == 0) open_and_tell(library.c_str(), pipe_ends[1]);
  const int why_not = errno;
  close(pipe_ends[1]);
  if (child < 0) {
    close(pipe_ends[0]);
    return cannot_fork(why_not);
  }

  const Answer answer = wait_for(pipe_ends[0], limit);
  close(pipe_ends[0]);
  // One that is ending by itself already ends as it would have.
  if (answer != Answer::came_back) kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (answer == Answer::came_back) return {};
  if (answer == Answer::late && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
    return compose("it took longer than {} ms", limit.count());
  return how_it_ended(status);
}

}  // namespace mealsync
