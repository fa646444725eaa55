#include <files/share/share.hpp>

#include <fcntl.h>

#include <cerrno>

#include <files/share/session.hpp>

namespace mealsync::share {
namespace {

[[nodiscard]] ShareError fault_of(int error) {
  return {trouble_of(error), words_of(error)};
}

/// A folder that is being read; closed when it goes.
class Folder {
 public:
  Folder(SMBCCTX* client, const std::string& address) : client_(client) {
    errno = 0;
    open_ = smbc_getFunctionOpendir(client_)(client_, address.c_str());
    if (open_ == nullptr) throw fault_of(errno);
  }
  ~Folder() { smbc_getFunctionClosedir(client_)(client_, open_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const libsmb_file_info* next() {
    errno = 0;
    const libsmb_file_info* const entry = smbc_getFunctionReaddirPlus(client_)(client_, open_);
    if (entry == nullptr && errno != 0) throw fault_of(errno);
    return entry;
  }

 private:
  SMBCCTX* client_;
  SMBCFILE* open_;
};

[[nodiscard]] std::chrono::system_clock::time_point time_of(const timespec& time) {
  return std::chrono::system_clock::time_point(std::chrono::seconds(time.tv_sec) +
                                               std::chrono::nanoseconds(time.tv_nsec));
}

/// A name with a separator in it would lead out of its folder.
[[nodiscard]] bool is_plain_file(const libsmb_file_info& entry, std::string_view name) {
  constexpr std::uint16_t folder = 0x10;  // FILE_ATTRIBUTE_DIRECTORY
  return (entry.attrs & folder) == 0 && name.find_first_of("/\\") == std::string_view::npos;
}

}  // namespace

Share::Share(Server server) : session_(std::make_unique<Session>(std::move(server))) {
  session_->connect();
}

Share::~Share() = default;

std::vector<Entry> Share::list(std::string_view folder) {
  const Turn mine;
  Folder reading(session_->client(), session_->address_of(folder));
  std::vector<Entry> entries;
  while (const libsmb_file_info* const entry = reading.next()) {
    const std::string_view name(entry->name);
    if (is_plain_file(*entry, name))
      entries.push_back({std::string(name), entry->size, time_of(entry->mtime_ts)});
  }
  return entries;
}

std::unique_ptr<File> Share::open(std::string_view file) {
  const Turn mine;
  SMBCCTX* const client = session_->client();
  errno = 0;
  SMBCFILE* const open =
      smbc_getFunctionOpen(client)(client, session_->address_of(file).c_str(), O_RDONLY, 0);
  if (open == nullptr) throw fault_of(errno);
  return std::make_unique<File>(*session_, open);
}

void Share::rename(std::string_view from, std::string_view to) {
  const Turn mine;
  SMBCCTX* const client = session_->client();
  const std::string old_name = session_->address_of(from), new_name = session_->address_of(to);
  struct stat facts {};
  if (smbc_getFunctionStat(client)(client, new_name.c_str(), &facts) == 0) throw fault_of(EEXIST);
  errno = 0;
  if (smbc_getFunctionRename(client)(client, old_name.c_str(), client, new_name.c_str()) != 0)
    throw fault_of(errno);
}

File::~File() {
  const Turn mine;
  SMBCCTX* const client = session_->client();
  smbc_getFunctionClose(client)(client, static_cast<SMBCFILE*>(open_));
}

std::uint64_t File::size() {
  const Turn mine;
  SMBCCTX* const client = session_->client();
  struct stat facts {};
  errno = 0;
  if (smbc_getFunctionFstat(client)(client, static_cast<SMBCFILE*>(open_), &facts) != 0)
    throw fault_of(errno);
  return static_cast<std::uint64_t>(facts.st_size);
}

std::size_t File::read(char* to, std::size_t most) {
  const Turn mine;
  SMBCCTX* const client = session_->client();
  std::size_t count = 0;
  while (count < most) {
    errno = 0;
    const ssize_t some =
        smbc_getFunctionRead(client)(client, static_cast<SMBCFILE*>(open_), to + count, most - count);
    if (some < 0) throw ShareError(Trouble::lost, words_of(errno));
    if (some == 0) break;
    count += static_cast<std::size_t>(some);
  }
  return count;
}

}  // namespace mealsync::share
