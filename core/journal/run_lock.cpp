#include <journal/run_lock.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <sstream>
#include <string>
#include <system_error>

#include <journal/process.hpp>
#include <journal/rules.hpp>

namespace mealsync {
namespace {

std::string words_of(int fault) {
  return std::generic_category().message(fault);
}

/// What the file says of the process that has the lock.
std::string this_process(std::string_view since) {
  const auto process = static_cast<std::uint64_t>(getpid());
  std::ostringstream line;
  line << process << ' ' << process_start(process) << ' ' << since << ' ' << host_name() << ' '
       << current_user().name << '\n';
  return line.str();
}

/// Nothing but the words for others depends on it.
void write_holder(int descriptor, const std::string& holder) {
  [[maybe_unused]] const bool is_written =
      pwrite(descriptor, holder.data(), holder.size(), 0) == static_cast<ssize_t>(holder.size()) &&
      ftruncate(descriptor, static_cast<off_t>(holder.size())) == 0;
}

/// Who has the lock. What the file says may be of the one before, if the holder has not come to write yet.
std::string holder_of(int descriptor) {
  std::array<char, 1024> bytes{};
  const auto size = pread(descriptor, bytes.data(), bytes.size(), 0);
  std::istringstream line(std::string(bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0));
  std::uint64_t process = 0, start = 0;
  std::string since, host, user;
  line >> process >> start >> since >> host >> std::ws;
  const bool is_whole = static_cast<bool>(std::getline(line, user));
  const bool is_present = is_whole && (host != host_name() || process_start(process) == start);
  if (!is_present) return "a process that has just begun";
  return "process " + std::to_string(process) + " of " + user + " on " + host + " since " + since;
}

}  // namespace

std::optional<RunLock> RunLock::take(const std::filesystem::path& folder, std::string_view pipeline,
                                     std::string_view since, Findings& findings) {
  const auto file = folder / "locks" / (std::string(pipeline) + ".lock");
  std::error_code fault;
  std::filesystem::create_directories(file.parent_path(), fault);
  const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) {
    findings.add<journal_rules::no_lock>({}, file.string(), words_of(errno));
    return std::nullopt;
  }
  RunLock lock(descriptor);
  // Made before, so that others find it at once.
  const std::string holder = this_process(since);
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
    write_holder(descriptor, holder);
    return lock;
  }
  if (errno == EWOULDBLOCK)
    findings.add<journal_rules::runs_already>({}, pipeline, holder_of(descriptor));
  else
    findings.add<journal_rules::no_lock>({}, file.string(), words_of(errno));
  return std::nullopt;
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace mealsync
