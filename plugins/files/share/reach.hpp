// files/share/reach.hpp -- what sources on a share have in common: their options, what they may find, and how they reach
// it, trying again what may pass.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include <mealsync/sdk.hpp>

#include <files/share/share.hpp>

namespace mealsync::share {

struct ShareOptions {
  std::string host;
  std::uint16_t port = 445;
  std::string share;
  std::string domain, user, password;
  int timeout_seconds = 30;
  int retries = 3;

  /// The options beside host and share, which a source may spell in its own way.
  template <class Options>
  static void describe_account(Describe<Options>& d) {
    d.option("port", of<Options>(&ShareOptions::port), "The server's port.").at_least(1).at_most(65535);
    d.option("domain", of<Options>(&ShareOptions::domain), "The domain of the user.");
    d.option("user", of<Options>(&ShareOptions::user), "Who logs on.");
    d.option("password", of<Options>(&ShareOptions::password), "Where the user's password is.").secret();
    d.option("timeout_seconds", of<Options>(&ShareOptions::timeout_seconds),
             "How long to wait for one answer of the server.")
        .at_least(1)
        .at_most(600);
    d.option(
         "retries", of<Options>(&ShareOptions::retries),
         "How often to try again to reach a server that cannot be reached or does not answer: after 0.25, 1, "
         "4, 16 and then each 60 seconds. Nothing else is tried again.")
        .at_least(0)
        .at_most(10);
  }
  /// A member of these options as one of options that are made of them.
  template <class Options, class T>
  [[nodiscard]] static T Options::*of(T ShareOptions::*member) {
    return member;
  }
};

struct ShareRules {
  static constexpr Rule held{9002, Severity::refusal, "Server '{}' is held",
                             "Take the ** away from the server's name to start the import again."};
  static constexpr Rule unreachable{9001, Severity::fatal, "Server '{}' cannot be reached: {}",
                                    "Check host and port in the pipeline, that the server is on, and that "
                                    "the firewall lets this machine through; "
                                    "it may have moved to another address."};
  static constexpr Rule silent{9001, Severity::fatal, "Server '{}' does not answer: {}",
                               "Check that the server is well; if it is only slow, raise timeout_seconds."};
  static constexpr Rule too_old{9001, Severity::fatal, "Server '{}' does not speak SMB 2 or 3: {}",
                                "Turn on SMB 2 or 3 at the server (SMB 1 is not safe and never used), and "
                                "check that host and port are those of "
                                "a file server."};
  static constexpr Rule logon{9005, Severity::fatal, "Server '{}' does not let user '{}' log on: {}",
                              "Check domain, user and password: the password may have been changed or have "
                              "run out, the account may be "
                              "locked. It is not tried again, so as not to lock it."};
  static constexpr Rule no_share{
      9006, Severity::fatal, "Server '{}' has no share '{}'",
      "Check share in the pipeline: it may have been renamed, or moved to another server."};
  static constexpr Rule no_folder{
      9006, Severity::fatal, "Folder '{}' is not on share '{}': {}",
      "Check directory in the pipeline: the folder may have been renamed or moved."};
  static constexpr Rule forbidden{9006, Severity::fatal, "'{}' may not be opened by user '{}': {}",
                                  "Ask the server's administrator to give the user the right to it."};
  static constexpr Rule gone{9003, Severity::fatal, "File '{}' has gone before it could be read: {}",
                             "Check what else takes files out of this folder, then run the import again."};
  static constexpr Rule in_use{9008, Severity::fatal, "File '{}' is still being written: {}",
                               "Run the import when the POS has finished its file."};
  static constexpr Rule lost{
      9007, Severity::fatal, "The connection is lost while '{}' is read: {}",
      "Nothing was committed: run the import again. If it happens again, look at the server and "
      "the network between."};
  static constexpr Rule cut_short{9007, Severity::fatal, "File '{}' has become shorter while it is read",
                                  "Let whoever writes it finish, then run the import again."};
  static constexpr Rule other{9009, Severity::fatal, "'{}' cannot be read: {}",
                              "Look at the server; its words are those of the operating system."};
  static constexpr std::array all{&held,     &unreachable, &silent,    &too_old, &logon,
                                  &no_share, &no_folder,   &forbidden, &gone,    &in_use,
                                  &lost,     &cut_short,   &other};
};

/// Reaches the server, logs on and finds the share; fails with one of the rules. A server that is held is not reached.
[[nodiscard]] std::unique_ptr<Share> reach(const ShareOptions& options);
/// Tells people what has been reached then.
void tell_reached(const ShareOptions& options, Context& run);

/// Fails for what went wrong with a folder, with one of the rules.
[[noreturn]] void fail_for_folder(const ShareError& error, const ShareOptions& options,
                                  const std::string& folder);
/// Fails for what went wrong with a file, with one of the rules.
[[noreturn]] void fail_for_file(const ShareError& error, const ShareOptions& options,
                                const std::string& file);

}  // namespace mealsync::share
