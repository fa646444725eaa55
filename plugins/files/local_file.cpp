// Reads a file of this machine, or all files of a folder whose names begin alike.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <mealsync/sdk.hpp>

#include "files/after.hpp"
#include "files/arrival.hpp"

namespace {

using namespace mealsync;
using namespace mealsync::files;

/// An open file; closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

[[nodiscard]] std::string words_of(int error) {
  return std::generic_category().message(error);
}

struct DiskRules {
  static constexpr Rule no_file{9003, Severity::fatal, "File '{}' cannot be found: {}",
                                "Check that the POS has written its file, and the path in the pipeline."};
  static constexpr Rule cannot_open{9006, Severity::fatal, "'{}' cannot be read: {}",
                                    "Check the path in the pipeline, and the rights of the account."};
  static constexpr Rule cannot_list{9006, Severity::fatal, "Folder '{}' cannot be read: {}",
                                    "Check the folder in the pipeline, and the rights of the account."};
  static constexpr Rule cut_short{9007, Severity::fatal, "File '{}' is cut short while it is read: {}",
                                  "Let the POS finish its file, then run the import again."};
  static constexpr std::array all{&no_file, &cannot_open, &cannot_list, &cut_short};
};

[[nodiscard]] ListedFile listed(std::string name, const struct stat& facts) {
  const auto written =
      std::chrono::seconds(facts.st_mtim.tv_sec) + std::chrono::nanoseconds(facts.st_mtim.tv_nsec);
  return {std::move(name), std::chrono::system_clock::time_point(written),
          static_cast<std::uint64_t>(facts.st_size)};
}

class DiskFile : public OpenFile {
 public:
  /// `shown` is what a finding calls it.
  DiskFile(const std::string& path, const std::string& shown)
      // O_NONBLOCK: to open a pipe that nobody writes to would wait for ever.
      : open_(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {
    struct stat facts {};
    if (open_.number() < 0 || ::fstat(open_.number(), &facts) != 0) {
      if (errno == ENOENT) fail<DiskRules::no_file>(shown, words_of(errno));
      fail<DiskRules::cannot_open>(shown, words_of(errno));
    }
    if (S_ISDIR(facts.st_mode)) fail<DiskRules::cannot_open>(shown, words_of(EISDIR));
    if (!S_ISREG(facts.st_mode)) fail<DiskRules::cannot_open>(shown, Text("It is no regular file"));
    opened_ = listed(std::filesystem::path(path).filename().string(), facts);
  }

  /// As it was when it was opened.
  [[nodiscard]] const ListedFile& opened() const { return opened_; }
  /// As it is now.
  [[nodiscard]] ListedFile now() const {
    struct stat facts {};
    if (::fstat(open_.number(), &facts) != 0) fail<DiskRules::cannot_open>(opened_.name, words_of(errno));
    return listed(opened_.name, facts);
  }
  [[nodiscard]] std::uint64_t size() const override { return opened_.size; }
  [[nodiscard]] std::size_t read(char* to, std::size_t most) override {
    ssize_t count = 0;
    do {
      count = ::read(open_.number(), to, most);
    } while (count < 0 && errno == EINTR);
    if (count < 0) fail<DiskRules::cut_short>(opened_.name, words_of(errno));
    if (count == 0 && most > 0) fail<DiskRules::cut_short>(opened_.name, Text("It has become shorter"));
    return static_cast<std::size_t>(count);
  }

 private:
  Descriptor open_;
  ListedFile opened_;
};

class LocalFile {
 public:
  static constexpr auto name = "local_file";
  static constexpr auto summary = "Reads a file, or all files of a folder whose names begin alike.";

  static constexpr Rule path_or_folder{
      own(5001), Severity::fatal, "{} of 'path' and 'directory' is given",
      "Give path for one file, or directory and prefix for all that begin so."};
  static constexpr auto rules = [] {
    std::array<const Rule*, DiskRules::all.size() + ArrivalRules::all.size() + AfterRules::all.size() + 1>
        all{};
    auto end = std::copy(DiskRules::all.begin(), DiskRules::all.end(), all.begin());
    end = std::copy(ArrivalRules::all.begin(), ArrivalRules::all.end(), end);
    *std::copy(AfterRules::all.begin(), AfterRules::all.end(), end) = &path_or_folder;
    return all;
  }();

  struct Options {
    std::optional<std::string> path;
    std::optional<std::string> directory;
    std::string prefix = "IC_Eligibility";
    std::optional<std::string> max_age;
    int stable_seconds = 0;
    std::string after = "keep";
    static void describe(Describe<Options>& d) {
      d.option("path", &Options::path, "The file to read; or else give directory.").path();
      d.option("directory", &Options::directory,
               "The folder to read files from, oldest first; or else give path.")
          .path();
      describe_arrival(d);
      describe_after(d);
    }
  };
  struct Ports {
    After after;
    Ports(const Options& o, Columns& c) : after(o.after, o.prefix, c) {
      if (o.path.has_value() == o.directory.has_value())
        c.fault<path_or_folder>(Text(o.path ? "Each" : "Neither"));
      check_age(o.max_age, c);
    }
  };

  /// Opens every file, so that all of them can be read before the first is.
  LocalFile(const Options& options, const Ports& ports, const Run& run)
      : options_(options),
        after_(ports.after),
        run_(run),
        folder_(options.path ? std::filesystem::path(*options.path).parent_path()
                             : std::filesystem::path(*options.directory)) {
    DiskFiles files;
    if (options.path)
      files.push_back(std::make_unique<DiskFile>(*options.path, *options.path));
    else
      files = files_of(*options.directory, options.prefix);
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return came_before(a->opened(), b->opened()); });
    for (const auto& file : files)
      listed_.push_back(file->opened());
    await_stable(listed_, std::chrono::seconds(options.stable_seconds), [&] {
      std::vector<ListedFile> now;
      for (const auto& file : files)
        now.push_back(file->now());
      return now;
    });
    for (std::size_t i = 0; i < files.size(); ++i)
      files_.add(listed_[i].name, std::move(files[i]));
    if (!after_.moves()) return;
    const std::filesystem::path target = folder_ / *after_.folder();
    std::error_code error;
    if (!std::filesystem::is_directory(target, error))
      fail<DiskRules::cannot_list>(target.string(), words_of(error ? error.value() : ENOTDIR));
  }

  /// To make this source is to reach its files.
  void test(Context& run) const {
    if (options_.directory) tell_folder(*options_.directory, options_.prefix, listed_.size(), run);
    tell_files(listed_, options_.max_age, run);
  }

  bool read(Bytes& into) {
    if (!std::exchange(is_reading_, true)) remark_stale(listed_, options_.max_age, into);
    return files_.read(into);
  }

  void committed() {
    if (!after_.folder()) return;
    put_away(listed_, [this](const ListedFile& file) -> std::string {
      const std::filesystem::path from = folder_ / file.name;
      const std::filesystem::path to = folder_ / *after_.folder() / After::name_of(file.name, run_);
      struct stat facts {};
      if (::stat(from.c_str(), &facts) != 0) return words_of(errno);
      if (listed(file.name, facts) != file) return has_changed;
      if (std::filesystem::exists(to)) return words_of(EEXIST);
      return ::rename(from.c_str(), to.c_str()) == 0 ? "" : words_of(errno);
    });
  }

 private:
  using DiskFiles = std::vector<std::unique_ptr<DiskFile>>;

  [[nodiscard]] static DiskFiles files_of(const std::string& folder, const std::string& prefix) {
    DiskFiles files;
    std::error_code error;
    for (std::filesystem::directory_iterator each(folder, error), end; !error && each != end;
         each.increment(error)) {
      const std::string file = each->path().filename().string();
      std::error_code unknown;
      if (file.starts_with(prefix) && each->is_regular_file(unknown))
        files.push_back(std::make_unique<DiskFile>(each->path().string(), file));
    }
    if (error) fail<DiskRules::cannot_list>(folder, words_of(error.value()));
    if (files.empty()) fail<ArrivalRules::none>(folder, prefix);
    return files;
  }

  Options options_;
  After after_;
  Run run_;
  std::filesystem::path folder_;
  std::vector<ListedFile> listed_;
  OpenFiles files_;
  bool is_reading_ = false;
};

}  // namespace

MEALSYNC_PLUGIN(LocalFile);
