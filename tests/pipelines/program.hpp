// pipelines/program.hpp -- the program itself, run as a technician or a scheduler runs it.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace mealsync::testing {

struct Ran {
  int exit = -1;
  std::string out;
  std::string err;
};

[[nodiscard]] inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

/// A folder of its own that goes away.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_(std::filesystem::temp_directory_path() / "mealsync-XXXXXX") {
    std::string name = path_.string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// mealsync while it runs.
class Started {
 public:
  Started(pid_t process, std::filesystem::path out, std::filesystem::path err)
      : process_(process), out_(std::move(out)), err_(std::move(err)) {}

  [[nodiscard]] pid_t process() const { return process_; }
  /// Waits for its end.
  [[nodiscard]] Ran end() const {
    int status = 0;
    waitpid(process_, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), bytes_of(out_), bytes_of(err_)};
  }

 private:
  pid_t process_;
  std::filesystem::path out_, err_;
};

/// Starts mealsync in `folder`, with nothing on its standard input and no environment of ours. `name`: of the files that
/// take what it prints.
[[nodiscard]] inline Started start_program(const TemporaryFolder& folder, std::vector<std::string> arguments,
                                           std::vector<std::string> environment, const std::string& name) {
  const auto out = folder / (name + ".out"), err = folder / (name + ".err");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    const int none = open("/dev/null", O_RDONLY),
              to_out = open(out.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600),
              to_err = open(err.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    dup2(none, STDIN_FILENO);
    dup2(to_out, STDOUT_FILENO);
    dup2(to_err, STDERR_FILENO);
    arguments.insert(arguments.begin(), MEALSYNC_PROGRAM);
    environment.push_back("HOME=" + folder.path().string());
    std::vector<char*> argv, envp;
    for (std::string& each : arguments)
      argv.push_back(each.data());
    for (std::string& each : environment)
      envp.push_back(each.data());
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    if (chdir(folder.path().c_str()) == 0) execve(MEALSYNC_PROGRAM, argv.data(), envp.data());
    _exit(127);
  }
  return {child, out, err};
}

/// Runs it to its end.
[[nodiscard]] inline Ran run_program(const TemporaryFolder& folder, std::vector<std::string> arguments,
                                     std::vector<std::string> environment = {}) {
  return start_program(folder, std::move(arguments), std::move(environment), "").end();
}

}  // namespace mealsync::testing
