#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdlib>
#include <map>
#include <mutex>
#include <utility>

#include <pipeline/file_text.hpp>
#include <pipeline/pipeline.hpp>
#include <pipeline/rules.hpp>

namespace mealsync {
namespace {

constexpr std::size_t most_secret_bytes = 4096;

/// From the first secret on the process leaves no core file, and no other process of the account can look into it.
void close_memory() {
  static const bool is_closed = [] {
    const rlimit none{};
    setrlimit(RLIMIT_CORE, &none);
    return prctl(PR_SET_DUMPABLE, 0) == 0;
  }();
  static_cast<void>(is_closed);
}

/// The value of a variable, which is taken out of the environment: a program that is started from here does not get it,
/// and /proc/PID/environ no longer shows it. Another pipeline that asks for it is given it again.
/// Its bytes are overwritten where they are, because other threads may be reading the environment.
std::optional<std::string> take_from_environment(const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, std::string> taken;
  const std::lock_guard lock(mutex);
  char* const value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  if (*value != '\0') {
    taken[name] = value;
    ::explicit_bzero(value, ::strlen(value));
  }
  return taken[name];
}

std::optional<std::string> secret_of_environment(const std::string& name, const Setting& reference,
                                                 Findings& findings) {
  auto secret = take_from_environment(name);
  if (!secret) findings.add<rules::secret_not_set>(reference.at, name, reference.name);
  return secret;
}

std::optional<std::string> secret_of_file(const std::string& path, const Setting& reference,
                                          Findings& findings) {
  FileText answer = read_file_text(reference.folder / path, most_secret_bytes);
  switch (answer.fault) {
    case FileFault::missing:
    case FileFault::unreadable:
      findings.add<rules::secret_unreadable>(reference.at, path, reference.name, answer.reason);
      return std::nullopt;
    case FileFault::folder:
    case FileFault::special:
      findings.add<rules::secret_not_a_file>(reference.at, path, reference.name);
      return std::nullopt;
    case FileFault::too_large:
      findings.add<rules::secret_too_large>(reference.at, path, reference.name, most_secret_bytes);
      return std::nullopt;
    case FileFault::none:
      break;
  }
  if (answer.open_to_others) {
    findings.add<rules::secret_open_to_others>(reference.at, path, reference.name);
    return std::nullopt;
  }
  std::string& secret = answer.text;
  if (secret.ends_with('\n')) secret.pop_back();
  if (secret.ends_with('\r')) secret.pop_back();
  return std::move(secret);
}

}  // namespace

std::optional<std::string> read_secret(const Setting& reference, Findings& findings) {
  close_memory();
  const std::string& value = reference.value;
  if (!is_secret_reference(value)) return value;
  auto secret = value.starts_with(secret_from_environment)
                    ? secret_of_environment(value.substr(secret_from_environment.size()), reference, findings)
                    : secret_of_file(value.substr(secret_from_file.size()), reference, findings);
  if (!secret || !secret->empty()) return secret;
  findings.add<rules::secret_empty>(reference.at, value, reference.name);
  return std::nullopt;
}

}  // namespace mealsync
