// Reads a file of this machine, or all files of a folder whose names begin alike.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include <mealsync/sdk.hpp>

#include "files/told_file.hpp"

namespace {

using namespace mealsync;

/// An open file; closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
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

/// "36h", "2d", "90m".
[[nodiscard]] std::optional<std::chrono::seconds> duration_from(Text text) {
  constexpr std::int64_t longest = 1'000'000;
  std::int64_t number = 0;
  const auto [unit, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number < 1 || number > longest || unit + 1 != text.data() + text.size())
    return std::nullopt;
  switch (*unit) {
    case 'm':
      return std::chrono::minutes(number);
    case 'h':
      return std::chrono::hours(number);
    case 'd':
      return std::chrono::hours(24 * number);
    default:
      return std::nullopt;
  }
}

class LocalFile {
 public:
  static constexpr auto name = "local_file";
  static constexpr auto summary = "Reads a file, or all files of a folder whose names begin alike.";

  static constexpr Rule no_file{9003, Severity::fatal, "File '{}' cannot be found: {}",
                                "Check that the POS has written its file, and the path in the pipeline."};
  static constexpr Rule none_in_folder{9003, Severity::fatal,
                                       "No file in '{}' has a name that begins with '{}'",
                                       "Check that the POS has written its file, and the prefix in the "
                                       "pipeline: capital and small letters differ."};
  static constexpr Rule cannot_open{9006, Severity::fatal, "'{}' cannot be read: {}",
                                    "Check the path in the pipeline, and the rights of the account."};
  static constexpr Rule cannot_list{9006, Severity::fatal, "Folder '{}' cannot be read: {}",
                                    "Check the folder in the pipeline, and the rights of the account."};
  static constexpr Rule cut_short{9007, Severity::fatal, "File '{}' is cut short while it is read: {}",
                                  "Let the POS finish its file, then run the import again."};
  static constexpr Rule stale{9004, Severity::warning, "File '{}' is older than {}",
                              "Check that the POS still writes its file; this one is imported all the same."};

  static constexpr Rule path_or_folder{
      own(5001), Severity::fatal, "{} of 'path' and 'directory' is given",
      "Give path for one file, or directory and prefix for all that begin so."};
  static constexpr Rule bad_age{own(5001), Severity::fatal, "max_age '{}' is no length of time",
                                "Write it as 90m, 36h or 2d."};
  static constexpr std::array rules{&no_file,   &none_in_folder, &cannot_open,    &cannot_list,
                                    &cut_short, &stale,          &path_or_folder, &bad_age};

  struct Options {
    std::optional<std::string> path;
    std::optional<std::string> directory;
    std::string prefix = "IC_Eligibility";
    std::optional<std::string> max_age;
    static void describe(Describe<Options>& d) {
      d.option("path", &Options::path, "The file to read; or else give directory.").path();
      d.option("directory", &Options::directory,
               "The folder to read files from, oldest first; or else give path.")
          .path();
      d.option("prefix", &Options::prefix, "How the names of the folder's files begin.");
      d.option("max_age", &Options::max_age, "Warns of a file that is older, such as 36h, 2d or 90m.");
    }
  };
  struct Ports {
    std::optional<std::chrono::seconds> max_age;
    Ports(const Options& o, Columns& c) {
      if (o.path.has_value() == o.directory.has_value())
        c.fault<path_or_folder>(Text(o.path ? "Each" : "Neither"));
      if (!o.max_age) return;
      max_age = duration_from(*o.max_age);
      if (!max_age) c.fault<bad_age>(*o.max_age);
    }
  };

  /// Opens every file, so that all of them can be read before the first is.
  LocalFile(const Options& options, const Ports& ports) : options_(options), max_age_(ports.max_age) {
    if (options.path)
      files_.push_back(open(*options.path, *options.path));
    else
      open_folder(*options.directory);
    std::sort(files_.begin(), files_.end(), [](const File& a, const File& b) {
      return std::tie(a.written, a.name) < std::tie(b.written, b.name);
    });
    for (const File& file : files_)
      total_ += file.size;
  }

  /// To make this source is to reach its files.
  void test(Context& run) const {
    if (options_.directory)
      run.step("Files in folder '{}' whose names begin with '{}': {}", *options_.directory, options_.prefix,
               files_.size());
    for (const File& file : files_) {
      run.step("File {}", files::told_file(file.name, file.size, file.written));
      warn_if_stale(file, run);
    }
  }

  bool read(Bytes& into) {
    if (next_ == files_.size()) return false;
    File& file = files_[next_];
    into.expect(total_);
    if (file.left == file.size) begin(file, into);
    const auto space = into.space();
    const std::size_t count = take(file, space.data(), std::min<std::uint64_t>(space.size(), file.left));
    into.filled(count);
    file.left -= count;
    if (file.left == 0) {
      file.open = Descriptor();
      ++next_;
    }
    return true;
  }

 private:
  struct File {
    std::string name;
    Descriptor open;
    std::chrono::system_clock::time_point written;
    std::uint64_t size = 0;  // when it was opened: what is added later is of the next run
    std::uint64_t left = 0;
  };

  void open_folder(const std::string& folder) {
    std::error_code error;
    for (std::filesystem::directory_iterator each(folder, error), end; !error && each != end;
         each.increment(error)) {
      const std::string file = each->path().filename().string();
      std::error_code unknown;
      if (file.starts_with(options_.prefix) && each->is_regular_file(unknown))
        files_.push_back(open(each->path().string(), file));
    }
    if (error) fail<cannot_list>(folder, words_of(error.value()));
    if (files_.empty()) fail<none_in_folder>(folder, options_.prefix);
  }

  /// `shown` is what a finding calls it.
  [[nodiscard]] static File open(const std::string& path, const std::string& shown) {
    // O_NONBLOCK: to open a pipe that nobody writes to would wait for ever.
    Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct stat facts {};
    if (file.number() < 0 || ::fstat(file.number(), &facts) != 0) {
      if (errno == ENOENT) fail<no_file>(shown, words_of(errno));
      fail<cannot_open>(shown, words_of(errno));
    }
    if (S_ISDIR(facts.st_mode)) fail<cannot_open>(shown, words_of(EISDIR));
    if (!S_ISREG(facts.st_mode)) fail<cannot_open>(shown, Text("It is no regular file"));
    const auto size = static_cast<std::uint64_t>(facts.st_size);
    const auto written =
        std::chrono::seconds(facts.st_mtim.tv_sec) + std::chrono::nanoseconds(facts.st_mtim.tv_nsec);
    return {std::filesystem::path(path).filename().string(), std::move(file),
            std::chrono::system_clock::time_point(written), size, size};
  }

  void begin(const File& file, Bytes& into) const {
    into.begin_file(file.name);
    warn_if_stale(file, into);
  }
  void warn_if_stale(const File& file, Context& run) const {
    const auto age = std::chrono::system_clock::now() - file.written;
    if (max_age_ && std::chrono::duration_cast<std::chrono::seconds>(age) > *max_age_)
      run.remark<stale>(Place{}, file.name, *options_.max_age);
  }

  [[nodiscard]] static std::size_t take(const File& file, char* to, std::size_t most) {
    ssize_t count = 0;
    do {
      count = ::read(file.open.number(), to, most);
    } while (count < 0 && errno == EINTR);
    if (count < 0) fail<cut_short>(file.name, words_of(errno));
    if (count == 0 && most > 0) fail<cut_short>(file.name, Text("It has become shorter"));
    return static_cast<std::size_t>(count);
  }

  Options options_;
  std::optional<std::chrono::seconds> max_age_;
  std::vector<File> files_;
  std::size_t next_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

MEALSYNC_PLUGIN(LocalFile);
