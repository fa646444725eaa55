// files/share/session.hpp -- one client of libsmbclient: set up alone by what is said here, and never asking anybody.
#pragma once

#include <libsmbclient.h>

#include <string>
#include <string_view>

#include <files/share/share.hpp>

namespace mealsync::share {

/// The turn of whoever calls libsmbclient, whose state belongs to the process: also of another plugin.
class Turn {
 public:
  Turn();
  ~Turn();
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

class Session {
 public:
  explicit Session(Server server);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] SMBCCTX* client() const { return client_; }
  [[nodiscard]] std::string address_of(std::string_view path) const;
  /// Reaches the server, logs on and finds the share, or throws.
  void connect();

 private:
  [[nodiscard]] ShareError fault_of(int error) const;
  static void authenticate(SMBCCTX* client, const char* server, const char* share, char* domain,
                           int domain_size, char* user, int user_size, char* password, int password_size);

  Server server_;
  SMBCCTX* client_ = nullptr;
};

/// What a failed call means once the share is there.
[[nodiscard]] Trouble trouble_of(int error);
[[nodiscard]] std::string words_of(int error);

}  // namespace mealsync::share
