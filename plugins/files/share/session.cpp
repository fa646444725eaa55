#include <files/share/session.hpp>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>

// Each plugin that is linked with this file would have a mutex of its own. A symbol that is unique is one for the whole
// process, whoever brings it; a plugin may not lean on a library of ours that could hold it. All zeros is glibc's
// PTHREAD_MUTEX_INITIALIZER.
extern "C" __attribute__((visibility("default"))) pthread_mutex_t mealsync_share_turn;
__asm__(
    ".pushsection .bss\n"
    ".balign 16\n"
    ".type mealsync_share_turn, @gnu_unique_object\n"
    ".size mealsync_share_turn, 64\n"
    "mealsync_share_turn: .zero 64\n"
    ".popsection");
static_assert(sizeof(pthread_mutex_t) <= 64);

namespace mealsync::share {
namespace {

namespace fs = std::filesystem;

/// All that libsmbclient would otherwise take from this machine's or this account's smb.conf, which is not read.
constexpr std::string_view configuration =
    "[global]\n"
    "client min protocol = SMB2_02\n"
    "client max protocol = SMB3\n"
    "client use kerberos = off\n"
    "name resolve order = host\n"
    "name cache timeout = 0\n"
    "log level = 0\n";

/// libsmbclient reads ~/.smb/smb.conf when it is first used, and prints what that says of its log. For that time this is
/// its home.
class ConfiguredHome {
 public:
  ConfiguredHome() {
    if (const char* const home = ::getenv("HOME")) before_ = home;
    std::string folder = (fs::temp_directory_path() / "mealsync-smb-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr)
      throw ShareError(Trouble::other, "No temporary folder can be made: " + words_of(errno));
    folder_ = folder;
    fs::create_directory(folder_ / ".smb");
    std::ofstream(folder_ / ".smb/smb.conf") << configuration;
    ::setenv("HOME", folder.c_str(), 1);
  }
  ~ConfiguredHome() {
    if (before_)
      ::setenv("HOME", before_->c_str(), 1);
    else
      ::unsetenv("HOME");
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  ConfiguredHome(const ConfiguredHome&) = delete;
  ConfiguredHome& operator=(const ConfiguredHome&) = delete;

 private:
  std::optional<std::string> before_;
  fs::path folder_;
};

/// Why a logon has failed is told in the log only: the error of the call is that of any missing right.
struct Heard {
  std::string logon;
};
thread_local Heard* listener = nullptr;

constexpr int level_of_logon = 3;

void hear(void*, int, const char* message) {
  constexpr std::string_view sign = "login failed: ";
  if (listener == nullptr || message == nullptr) return;
  const std::string_view line(message);
  const auto at = line.find(sign);
  if (at == std::string_view::npos) return;
  std::string_view words = line.substr(at + sign.size());
  words = words.substr(0, words.find_last_not_of(". \n") + 1);
  listener->logon = words;
}

/// Listens to the log of one client on one thread.
class Listening {
 public:
  Listening(SMBCCTX* client, Heard& heard) : client_(client) {
    listener = &heard;
    smbc_setLogCallback(client_, nullptr, hear);
    smbc_setDebug(client_, level_of_logon);
  }
  ~Listening() {
    smbc_setDebug(client_, 0);
    listener = nullptr;
  }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

 private:
  SMBCCTX* client_;
};

[[nodiscard]] SMBCCTX* new_client() {
  SMBCCTX* const client = smbc_new_context();
  if (client == nullptr) throw ShareError(Trouble::other, words_of(errno));
  smbc_setLogCallback(client, nullptr, hear);
  smbc_setDebug(client, 0);
  return client;
}

/// Percent-encoded, as libsmbclient wants the parts of its addresses.
void append_encoded(std::string& to, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF", plain = "-._~/";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_alphanumeric =
        (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
    if (c == '\\') {
      to += '/';
    } else if (is_alphanumeric || plain.find(c) != std::string_view::npos) {
      to += c;
    } else {
      to += '%';
      to += digits[byte >> 4];
      to += digits[byte & 15];
    }
  }
}

void copy_text(const std::string& from, char* to, int size) {
  const auto count = std::min(from.size(), static_cast<std::size_t>(size) - 1);
  std::copy_n(from.data(), count, to);
  to[count] = '\0';
}

}  // namespace

Turn::Turn() {
  pthread_mutex_lock(&mealsync_share_turn);
}
Turn::~Turn() {
  pthread_mutex_unlock(&mealsync_share_turn);
}

std::string words_of(int error) {
  return std::generic_category().message(error);
}

Trouble trouble_of(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ENODEV:
      return Trouble::missing;
    case EACCES:
    case EPERM:
      return Trouble::forbidden;
    case EBUSY:
    case ETXTBSY:
      return Trouble::in_use;
    case EEXIST:
      return Trouble::exists;
    case ETIMEDOUT:
    case EPIPE:
    case ECONNRESET:
    case ECONNABORTED:
    case ECONNREFUSED:
    case ENOTCONN:
    case EHOSTUNREACH:
    case ENETUNREACH:
      return Trouble::lost;
    default:
      return Trouble::other;
  }
}

Session::Session(Server server) : server_(std::move(server)) {
  constexpr std::size_t most = 255;  // of libsmbclient's room for each
  for (const auto* text : {&server_.domain, &server_.user, &server_.password})
    if (text->size() > most)
      throw ShareError(Trouble::logon, "Domain, user and password have 255 bytes at most");
  const Turn mine;
  static bool is_configured = false;
  std::optional<ConfiguredHome> home;
  if (!std::exchange(is_configured, true)) home.emplace();
  client_ = new_client();
  smbc_setFunctionAuthDataWithContext(client_, authenticate);
  smbc_setOptionUserData(client_, this);
  smbc_setOptionNoAutoAnonymousLogin(client_, 1);
  smbc_setOptionUseCCache(client_, 0);
  smbc_setOptionUseKerberos(client_, 0);
  smbc_setTimeout(client_, static_cast<int>(std::chrono::milliseconds(server_.timeout).count()));
  smbc_setWorkgroup(client_, server_.domain.c_str());
  if (smbc_init_context(client_) == nullptr) {
    const int error = errno;
    smbc_free_context(client_, 1);
    throw ShareError(Trouble::other, words_of(error));
  }
  smbc_setOptionProtocols(client_, "SMB2_02", "SMB3");
}

Session::~Session() {
  {
    const Turn mine;
    smbc_free_context(client_, 1);
  }
  ::explicit_bzero(server_.password.data(), server_.password.size());
}

void Session::authenticate(SMBCCTX* client, const char*, const char*, char* domain, int domain_size,
                           char* user, int user_size, char* password, int password_size) {
  const auto& server = static_cast<const Session*>(smbc_getOptionUserData(client))->server_;
  if (!server.domain.empty()) copy_text(server.domain, domain, domain_size);
  copy_text(server.user, user, user_size);
  copy_text(server.password, password, password_size);
}

std::string Session::address_of(std::string_view path) const {
  std::string address = "smb://";
  append_encoded(address, server_.host);
  address += ':' + std::to_string(server_.port) + '/';
  append_encoded(address, server_.share);
  address += '/';
  path = path.substr(std::min(path.find_first_not_of("/\\"), path.size()));
  append_encoded(address, path);
  return address;
}

void Session::connect() {
  const Turn mine;
  Heard heard;
  const std::string root = address_of("");
  int error = 0;
  {
    const Listening listening(client_, heard);
    struct stat facts {};
    errno = 0;
    if (smbc_getFunctionStat(client_)(client_, root.c_str(), &facts) == 0) return;
    error = errno;
  }
  if (!heard.logon.empty()) throw ShareError(Trouble::logon, heard.logon);
  throw fault_of(error);
}

ShareError Session::fault_of(int error) const {
  switch (error) {
    case EINVAL:  // the address is well formed: it is the name that leads nowhere
      return {Trouble::unreachable, "Its name is not known"};
    case ETIMEDOUT:
      return {Trouble::silent, "No answer within " + std::to_string(server_.timeout.count()) + " seconds"};
    case ECONNABORTED:
      return {Trouble::too_old, "It ends the connection when it is asked for SMB 2 or 3"};
    case ENOENT:
    case ENODEV:
      return {Trouble::no_share, words_of(error)};
    default:
      break;
  }
  const Trouble trouble = trouble_of(error);
  return {trouble == Trouble::lost ? Trouble::unreachable : trouble, words_of(error)};
}

}  // namespace mealsync::share
