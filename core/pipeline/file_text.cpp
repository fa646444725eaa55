#include <pipeline/file_text.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace mealsync {
namespace {

class Descriptor {
 public:
  explicit Descriptor(const std::filesystem::path& file)
      // Opening a pipe that nobody writes to would wait; what is not a regular file is refused right after.
      : number_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

FileText system_fault() {
  const int error = errno;
  FileText answer;
  answer.fault = error == ENOENT || error == ENOTDIR ? FileFault::missing : FileFault::unreadable;
  answer.reason = std::generic_category().message(error);
  return answer;
}

FileText plain_fault(FileFault fault) {
  FileText answer;
  answer.fault = fault;
  return answer;
}

}  // namespace

FileText read_file_text(const std::filesystem::path& file, std::size_t most) {
  const Descriptor descriptor(file);
  struct stat status {};
  // The open file is asked, not its path, which may name another file by now.
  if (descriptor.number() < 0 || ::fstat(descriptor.number(), &status) != 0) return system_fault();
  if (S_ISDIR(status.st_mode)) return plain_fault(FileFault::folder);
  if (!S_ISREG(status.st_mode)) return plain_fault(FileFault::special);

  FileText answer;
  answer.open_to_others = (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
  std::array<char, 16384> block;
  while (answer.text.size() <= most) {
    const auto got = ::read(descriptor.number(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_fault();
    if (got == 0) return answer;
    answer.text.append(block.data(), static_cast<std::size_t>(got));
  }
  return plain_fault(FileFault::too_large);
}

}  // namespace mealsync
