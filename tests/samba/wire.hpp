// samba/wire.hpp -- stands between a client and a server on loopback, and carries all bytes both ways: a test sees how often
// the client connects, and does something when the server has said so much.
//
// Threads  It carries on a thread of its own, one guest at a time; what the test gives it runs there.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>
#include <utility>

#include "samba_server.hpp"

namespace mealsync::testing {

class Wire {
 public:
  /// The server's port for this guest, counted from 1; 0: the guest is heard and not answered.
  using Server = std::function<std::uint16_t(int guest)>;

  explicit Wire(Server server, std::uint64_t bytes = 0, std::function<void()> after_bytes = {})
      : server_(std::move(server)), bytes_(bytes), after_bytes_(std::move(after_bytes)) {
    door_.listen();
    carrier_ = std::jthread([this](const std::stop_token& stop) { carry_all(stop); });
  }

  [[nodiscard]] std::uint16_t port() const { return door_.port(); }
  [[nodiscard]] int guests() const { return guests_; }

 private:
  static constexpr int look_ms = 20;  // how often it looks whether the test is over

  void carry_all(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pollfd door{door_.number(), POLLIN, 0};
      if (::poll(&door, 1, look_ms) <= 0) continue;
      const int guest = ::accept(door_.number(), nullptr, nullptr);
      const std::uint16_t port = server_(++guests_);
      const LoopbackSocket server;
      if (port == 0)
        hear(guest, stop);
      else if (server.reaches(port))
        carry(guest, server.number(), stop);
      ::close(guest);
    }
  }
  static void hear(int guest, const std::stop_token& stop) {
    std::array<char, 4096> bytes;
    pollfd end{guest, POLLIN, 0};
    while (!stop.stop_requested())
      if (::poll(&end, 1, look_ms) > 0 && ::recv(guest, bytes.data(), bytes.size(), 0) <= 0) return;
  }
  void carry(int guest, int server, const std::stop_token& stop) {
    std::array<pollfd, 2> ends{pollfd{guest, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    while (!stop.stop_requested()) {
      if (::poll(ends.data(), ends.size(), look_ms) <= 0) continue;
      if (ends[0].revents != 0 && pass(guest, server) == 0) return;
      if (ends[1].revents == 0) continue;
      const std::size_t said = pass(server, guest);
      if (said == 0) return;
      const bool was_less = said_ < bytes_;
      said_ += said;
      if (was_less && said_ >= bytes_) after_bytes_();
    }
  }
  /// How many bytes; 0 where an end has gone.
  static std::size_t pass(int from, int to) {
    std::array<char, 65536> bytes;
    const ssize_t count = ::recv(from, bytes.data(), bytes.size(), 0);
    for (ssize_t sent = 0; sent < count;) {
      const ssize_t some =
          ::send(to, bytes.data() + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
      if (some <= 0) return 0;
      sent += some;
    }
    return count > 0 ? static_cast<std::size_t>(count) : 0;
  }

  LoopbackSocket door_;
  Server server_;
  std::uint64_t bytes_;
  std::function<void()> after_bytes_;
  std::uint64_t said_ = 0;
  std::atomic<int> guests_ = 0;
  std::jthread carrier_;  // the last, so that it ends before what it uses
};

}  // namespace mealsync::testing
