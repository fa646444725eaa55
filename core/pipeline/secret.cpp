#include <cstdlib>
#include <utility>

#include <pipeline/file_text.hpp>
#include <pipeline/pipeline.hpp>
#include <pipeline/rules.hpp>

namespace mealsync {
namespace {

constexpr std::size_t most_secret_bytes = 4096;

std::optional<std::string> secret_of_environment(const std::string& name, const Setting& reference,
                                                 Findings& findings) {
  const char* const value = std::getenv(name.c_str());
  if (value != nullptr) return value;
  findings.add<rules::secret_not_set>(reference.at, name, reference.name);
  return std::nullopt;
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
  constexpr std::string_view from_environment = "env:", from_file = "file:";
  const std::string& value = reference.value;
  if (value.starts_with(from_environment))
    return secret_of_environment(value.substr(from_environment.size()), reference, findings);
  if (value.starts_with(from_file))
    return secret_of_file(value.substr(from_file.size()), reference, findings);
  return value;
}

}  // namespace mealsync
