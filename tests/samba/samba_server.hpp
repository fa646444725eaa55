// samba/samba_server.hpp -- a real Samba server on loopback, with a configuration, a password file and a free port of its
// own. It runs as whoever runs the tests; its only user is called as he is.
//
// Ownership  Its processes end and its folder goes with it.
// Errors     Throws std::runtime_error with the server's last words.
#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "../pipelines/program.hpp"

namespace mealsync::testing {

/// A socket on loopback, closed when it goes.
class LoopbackSocket {
 public:
  /// Of a free port, which nobody else is given as long as this is there. Nobody listens yet: a server that asks for this
  /// port by its number may (SO_REUSEADDR on both sides).
  LoopbackSocket() : number_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(number_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::getsockname(number_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("no free port");
    port_ = ntohs(address.sin_port);
    const int yes = 1;
    ::setsockopt(number_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  }
  ~LoopbackSocket() { ::close(number_); }
  LoopbackSocket(const LoopbackSocket&) = delete;
  LoopbackSocket& operator=(const LoopbackSocket&) = delete;

  void listen() const {
    constexpr int waiting = 16;
    if (::listen(number_, waiting) != 0) throw std::runtime_error("cannot listen");
  }
  /// Whether somebody has connected and waits.
  [[nodiscard]] bool has_guest() const {
    pollfd waiting{number_, POLLIN, 0};
    return ::poll(&waiting, 1, 0) > 0;
  }
  /// Waits for somebody to connect, who gets no answer while `body` runs, and then no connection.
  template <class Body>
  void keep_waiting(Body&& body) const {
    const int guest = ::accept4(number_, nullptr, nullptr, SOCK_CLOEXEC);
    if (guest < 0) throw std::runtime_error("nobody connects");
    body();
    ::close(guest);
  }
  [[nodiscard]] bool reaches(std::uint16_t port) const {
    const sockaddr_in address = loopback(port);
    return ::connect(number_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }

  int number_;
  std::uint16_t port_ = 0;
};

class SambaServer {
 public:
  static constexpr auto password = "orchard-7-plums";

  /// `more` is for its configuration: lines of [global], and shares beside "Imports".
  explicit SambaServer(const std::string& more = {}) : user_(name_of_user()) {
    for (const char* folder : {"Imports", "private", "lock", "state", "cache", "run", "ncalrpc"})
      std::filesystem::create_directory(folder_ / folder);
    write_file(folder_ / "private/smbpasswd", user_ + ":" + std::to_string(::geteuid()) +
                                                  ":XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:" + hash_of_password +
                                                  ":[U          ]:LCT-6B066307:\n");
    std::filesystem::permissions(folder_ / "private/smbpasswd",
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    configure(more);
    start();
    if (server_ < 0) throw std::runtime_error("smbd does not start: " + bytes_of(folder_ / "log"));
  }
  ~SambaServer() { stop(); }
  SambaServer(const SambaServer&) = delete;
  SambaServer& operator=(const SambaServer&) = delete;

  /// Ends the server and every connection, as a fall of the power would.
  void stop() {
    if (server_ < 0) return;
    ::kill(-server_, SIGKILL);  // its session: it made one of its own
    ::kill(server_, SIGKILL);
    ::waitpid(server_, nullptr, 0);
    server_ = -1;
  }

  [[nodiscard]] std::uint16_t port() const { return place_.port(); }
  [[nodiscard]] const std::string& user() const { return user_; }
  /// Where the files of share "Imports" lie.
  [[nodiscard]] std::filesystem::path share() const { return folder_ / "Imports"; }

 private:
  static constexpr auto hash_of_password = "AE5588AC9D71097EB048BC5B32C6AC04";

  static std::string name_of_user() {
    const passwd* const account = ::getpwuid(::geteuid());
    if (account == nullptr) throw std::runtime_error("whoever runs this has no name");
    return account->pw_name;
  }

  void configure(const std::string& more) const {
    const std::string here = folder_.path().string();
    std::string text =
        "[global]\n"
        "server role = standalone server\n"
        "workgroup = KENTUCKY\n"
        "interfaces = 127.0.0.1/8\n"
        "bind interfaces only = yes\n"
        "disable netbios = yes\n"
        "load printers = no\n"
        "printcap name = /dev/null\n"
        "disable spoolss = yes\n"
        "usershare max shares = 0\n"
        "smb ports = " +
        std::to_string(port()) + "\nlog file = " + here + "/log\npassdb backend = smbpasswd:" + here +
        "/private/smbpasswd\n";
    for (const char* each : {"private dir = private", "lock directory = lock", "state directory = state",
                             "cache directory = cache", "pid directory = run", "ncalrpc dir = ncalrpc"}) {
      const std::string line(each);
      const auto folder = line.rfind(' ') + 1;
      text += line.substr(0, folder) + here + '/' + line.substr(folder) + '\n';
    }
    write_file(folder_ / "smb.conf",
               text + more + "\n[Imports]\npath = " + share().string() + "\nread only = no\n");
  }

  void start() {
    std::vector<std::string> arguments{"smbd", "--foreground",
                                       "--configfile=" + (folder_ / "smb.conf").string()};
    std::vector<std::string> environment{"PATH=/usr/sbin:/usr/bin:/sbin:/bin"};
    std::vector<char*> argv, envp;
    for (std::string& each : arguments)
      argv.push_back(each.data());
    for (std::string& each : environment)
      envp.push_back(each.data());
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    const std::string out = folder_ / "out";
    ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out.c_str(), O_CREAT | O_TRUNC | O_WRONLY,
                                       0600);
    ::posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    // A connection of this process that the server kept open would never end.
    ::posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    if (::posix_spawn(&server_, "/usr/sbin/smbd", &files, nullptr, argv.data(), envp.data()) != 0)
      throw std::runtime_error("there is no smbd: tools/setup installs it");
    ::posix_spawn_file_actions_destroy(&files);
    wait();
  }

  /// Until the server takes connections, or has ended.
  void wait() {
    constexpr int patience_ms = 10;
    int status = 0;
    while (::waitpid(server_, &status, WNOHANG) == 0) {
      if (LoopbackSocket().reaches(port())) return;
      ::poll(nullptr, 0, patience_ms);
    }
    server_ = -1;
  }

  TemporaryFolder folder_;
  std::string user_;
  LoopbackSocket place_;  // keeps the port for the server as long as it lives
  pid_t server_ = -1;
};

}  // namespace mealsync::testing
