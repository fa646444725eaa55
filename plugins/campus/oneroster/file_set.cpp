#include <campus/oneroster/file_set.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>
#include <system_error>
#include <utility>

#include <campus/oneroster/rules.hpp>

namespace mealsync::oneroster {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 8> wanted{
    "manifest", "academicSessions", "orgs", "classes", "users", "roles", "demographics", "enrollments"};

std::string lower(std::string_view text) {
  std::string all(text);
  for (char& c : all)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return all;
}

/// The wanted name of a file, or nothing: users for Users.CSV.
std::string_view name_of(std::string_view file) {
  for (const std::string_view name : wanted)
    if (lower(file) == lower(name) + ".csv") return name;
  return {};
}

std::string words_of(int error) {
  return std::generic_category().message(error);
}

class PlainFile : public ByteSource {
 public:
  explicit PlainFile(const fs::path& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (descriptor_ < 0) throw ReadError(words_of(errno));
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) {
      ::close(descriptor_);
      throw ReadError("it is not a file");
    }
  }
  ~PlainFile() override { ::close(descriptor_); }
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;

  std::size_t read(char* to, std::size_t most) override {
    const auto count = ::read(descriptor_, to, most);
    if (count < 0) throw ReadError(words_of(errno));
    return static_cast<std::size_t>(count);
  }

 private:
  int descriptor_;
};

class PackedFile : public ByteSource {
 public:
  PackedFile(zip* archive, std::uint64_t index, std::shared_ptr<std::uint64_t> left)
      : left_(std::move(left)), file_(zip_fopen_index(archive, index, 0)) {
    if (file_ == nullptr) throw ReadError(zip_strerror(archive));
  }
  ~PackedFile() override { zip_fclose(file_); }
  PackedFile(const PackedFile&) = delete;
  PackedFile& operator=(const PackedFile&) = delete;

  std::size_t read(char* to, std::size_t most) override {
    const auto count = zip_fread(file_, to, most);
    if (count < 0) throw ReadError(zip_file_strerror(file_));
    if (static_cast<std::uint64_t>(count) > *left_) throw ReadError("it unpacks to more than it says");
    *left_ -= static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }

 private:
  std::shared_ptr<std::uint64_t> left_;
  zip_file_t* file_;
};

bool is_link(zip* archive, std::uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  return zip_file_get_external_attributes(archive, index, 0, &system, &attributes) == 0 &&
         system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
}

/// Why the way to an entry is not gone, or nothing.
std::string_view fault_of_way(std::string_view folder) {
  if (folder == ".." || folder.starts_with("../") || folder.find("/..") != std::string_view::npos)
    return "its name leads out of the archive";
  if (folder.starts_with('/') || folder.find('\\') != std::string_view::npos)
    return "its name is no relative one";
  return {};
}

}  // namespace

std::unique_ptr<ByteSource> open_file(const fs::path& path) {
  return std::make_unique<PlainFile>(path);
}

void FileSet::CloseZip::operator()(zip* archive) const {
  zip_discard(archive);
}

std::optional<FileSet> FileSet::find(const fs::path& path, Faults& faults, std::uint64_t limit) {
  FileSet set;
  set.left_ = std::make_shared<std::uint64_t>(limit);
  std::error_code error;
  const auto status = fs::status(path, error);
  if (fs::is_directory(status)) {
    try {
      set.look_into_folder(path, "");
      const bool looks_below = set.entries_.empty();
      for (const auto& each : fs::directory_iterator(path))
        if (looks_below && each.is_directory(error))
          set.look_into_folder(each.path(), each.path().filename().string());
    } catch (const fs::filesystem_error& fault) {
      faults.add<no_set>(path, 0, Text(fault.code().message()));
      return std::nullopt;
    }
  } else if (fs::is_regular_file(status)) {
    int code = 0;
    set.archive_.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!set.archive_) {
      zip_error_t words;
      zip_error_init_with_code(&words, code);
      faults.add<no_archive>(path, 0, Text(zip_error_strerror(&words)));
      zip_error_fini(&words);
      return std::nullopt;
    }
    set.look_into_archive(faults);
  } else {
    faults.add<no_set>(path, 0, Text(fs::exists(status) ? "it is neither" : "there is nothing of this name"));
    return std::nullopt;
  }
  set.choose_folder(faults);
  std::uint64_t size = 0;
  for (const Entry& each : set.entries_)
    size += std::min(each.size, limit + 1 - std::min(size, limit));
  if (set.archive_ && size > limit) faults.add<too_large>(path, 0, limit);
  return set;
}

void FileSet::look_into_folder(const fs::path& folder, const std::string& below) {
  for (const auto& each : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied)) {
    const auto name = name_of(each.path().filename().native());
    if (name.empty() || each.is_directory()) continue;
    std::error_code none;
    const auto size = each.file_size(none);
    entries_.push_back({below, std::string(name), none ? 0 : size, 0, each.path()});
  }
}

void FileSet::look_into_archive(Faults& faults) {
  const auto count = zip_get_num_entries(archive_.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t status;
    const auto index = static_cast<std::uint64_t>(i);
    if (zip_stat_index(archive_.get(), index, 0, &status) != 0 || (status.valid & ZIP_STAT_NAME) == 0)
      continue;
    const std::string_view whole = status.name;
    const auto slash = whole.find_last_of("/\\");
    const auto folder = slash == std::string_view::npos ? "" : whole.substr(0, slash + 1);
    const auto name = name_of(whole.substr(folder.size()));
    if (name.empty()) continue;
    auto why = fault_of_way(folder);
    if (is_link(archive_.get(), index)) why = "it is a link";
    if (!why.empty()) {
      faults.add<unsafe_name>(std::string(name) + ".csv", 0, i + 1, why);
      continue;
    }
    if (std::count(folder.begin(), folder.end(), '/') > 1) continue;
    const bool has_size = (status.valid & ZIP_STAT_SIZE) != 0;
    entries_.push_back({std::string(folder), std::string(name), has_size ? status.size : 0, index, {}});
  }
}

void FileSet::choose_folder(Faults& faults) {
  std::set<std::string> folders;
  for (const Entry& each : entries_)
    folders.insert(each.folder);
  const std::string chosen = folders.empty() ? "" : *folders.begin();
  if (!chosen.empty() && folders.size() > 1) {
    std::string all;
    for (const std::string& each : folders)
      all += (all.empty() ? "'" : ", '") + each + "'";
    faults.add<many_sets>("", 0, Text(all));
  }
  std::erase_if(entries_, [&](const Entry& each) { return each.folder != chosen; });
  std::set<std::string> names;
  for (const Entry& each : entries_)
    if (!names.insert(each.name).second) faults.add<file_twice>(each.name + ".csv", 0, each.name + ".csv");
}

const FileSet::Entry* FileSet::entry(std::string_view name) const {
  const auto at =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
  return at == entries_.end() ? nullptr : &*at;
}

std::unique_ptr<ByteSource> FileSet::open(std::string_view name) const {
  const Entry* const at = entry(name);
  if (at == nullptr) throw ReadError("it is not there");
  if (archive_) return std::make_unique<PackedFile>(archive_.get(), at->index, left_);
  return open_file(at->path);
}

std::uint64_t FileSet::size(std::string_view name) const {
  const Entry* const at = entry(name);
  return at == nullptr ? 0 : at->size;
}

}  // namespace mealsync::oneroster
