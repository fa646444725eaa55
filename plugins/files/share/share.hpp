// files/share/share.hpp -- a share of a Windows server, over SMB 2 or 3: what lies in a folder, and the bytes of a file.
//
// Paths      From the share's root, with / or \ between their parts; UTF-8.
// Errors     ShareError, in words for people; never with the password. std::bad_alloc.
// Ownership  A file keeps its share's connection: close it first.
// Threads    Calls take turns, of all shares together: libsmbclient has state of its own.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mealsync::share {

/// Why something cannot be done. The first two may pass by themselves.
enum class Trouble {
  unreachable,  // no such host, nobody listens, the network
  silent,       // connected, and no answer within the timeout
  too_old,      // ends the connection when it is asked for SMB 2 or 3
  logon,        // the user or his password
  no_share,     // logged on; the server has no such share
  forbidden,    // logged on; the user may not
  missing,      // no such folder or file, or no folder where one is meant
  in_use,       // somebody else has the file open for himself
  exists,       // of a rename: the new name is taken
  lost,         // the connection, in the middle
  other
};

[[nodiscard]] constexpr bool may_pass(Trouble trouble) {
  return trouble == Trouble::unreachable || trouble == Trouble::silent;
}

class ShareError : public std::runtime_error {
 public:
  ShareError(Trouble trouble, const std::string& words) : std::runtime_error(words), trouble_(trouble) {}
  [[nodiscard]] Trouble trouble() const { return trouble_; }

 private:
  Trouble trouble_;
};

struct Server {
  std::string host;
  std::uint16_t port = 445;
  std::string share;
  std::string domain, user, password;
  std::chrono::seconds timeout{30};  // of one answer
};

struct Entry {
  std::string name;
  std::uint64_t size = 0;
  std::chrono::system_clock::time_point written;
  bool operator==(const Entry&) const = default;
};

class Session;

/// An open file, read from its beginning on.
class File {
 public:
  File(Session& session, void* open) : session_(&session), open_(open) {}
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] std::uint64_t size();
  /// How many bytes were read: fewer than `most` only at the end.
  [[nodiscard]] std::size_t read(char* to, std::size_t most);

 private:
  Session* session_;
  void* open_;
};

class Share {
 public:
  /// Reaches the server, logs on and finds the share.
  explicit Share(Server server);
  ~Share();
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

  /// The files of a folder (not its folders), in no order.
  [[nodiscard]] std::vector<Entry> list(std::string_view folder);
  [[nodiscard]] std::unique_ptr<File> open(std::string_view file);
  /// Also moves to another folder of the share; never over what is there.
  void rename(std::string_view from, std::string_view to);

 private:
  std::unique_ptr<Session> session_;
};

}  // namespace mealsync::share
