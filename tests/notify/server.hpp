// notify/server.hpp -- a real server on loopback, with a certificate of its own, that writes down what it is told.
//
// Ownership  Its process ends and its folder goes with it.
// Errors     Throws std::runtime_error where it does not start.
#pragma once

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "../pipelines/program.hpp"

namespace mealsync::testing {

using Json = nlohmann::json;

/// Makes certificate.pem, which is its own CA, and key.pem.
inline void make_certificate(const TemporaryFolder& folder) {
  const std::string here = folder.path().string();
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
      "-addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout '" +
      here + "/key.pem' -out '" + here + "/certificate.pem' 2>/dev/null";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl makes no certificate");
}

class Server {
 public:
  static constexpr auto password = "orchard-7-plums";

  /// `kind`: see servers.py.
  explicit Server(std::string kind) {
    make_certificate(folder_);
    std::array<int, 2> port{};
    if (::pipe(port.data()) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, port[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_addclose(&files, port[0]);
    std::string script = MEALSYNC_SERVERS, folder = folder_.path().string();
    std::array<char*, 4> argv{script.data(), kind.data(), folder.data(), nullptr};
    const int fault = ::posix_spawn(&process_, script.c_str(), &files, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&files);
    ::close(port[1]);
    std::array<char, 16> text{};
    const auto got = fault == 0 ? ::read(port[0], text.data(), text.size() - 1) : 0;
    ::close(port[0]);
    port_ = std::atoi(text.data());
    if (got > 0 && port_ > 0) return;
    stop();
    throw std::runtime_error("servers.py does not start: tools/setup installs what it needs");
  }
  ~Server() { stop(); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void stop() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }

  /// `scheme`://127.0.0.1:port
  [[nodiscard]] std::string address(const std::string& scheme) const {
    return scheme + "://127.0.0.1:" + std::to_string(port_);
  }
  [[nodiscard]] std::string certificate() const { return folder_ / "certificate.pem"; }
  /// What it was told, in the order of the messages.
  [[nodiscard]] std::vector<Json> received() const {
    std::istringstream in(bytes_of(folder_ / "received"));
    std::vector<Json> messages;
    for (std::string line; std::getline(in, line);)
      messages.push_back(Json::parse(line));
    return messages;
  }

 private:
  TemporaryFolder folder_;
  pid_t process_ = -1;
  int port_ = 0;
};

}  // namespace mealsync::testing
