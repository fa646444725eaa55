// Reads the files of a folder on a Windows server whose names begin alike, over SMB 2 or 3.
#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mealsync/sdk.hpp>

#include "files/after.hpp"
#include "files/arrival.hpp"
#include "files/share_folder.hpp"

namespace {

using namespace mealsync;
using namespace mealsync::files;

class SmbFile {
 public:
  static constexpr auto name = "smb_file";
  static constexpr auto summary =
      "Reads all files of a folder on a Windows server whose names begin alike, oldest first.";

  static constexpr Rule bad_share{
      own(5001), Severity::fatal, "host '{}' and share '{}' name no share of a server",
      "Write the server's name or address alone as host, and the share's name alone as share."};
  static constexpr auto rules = [] {
    constexpr auto& reaching = share::ShareRules::all;
    std::array<const Rule*, reaching.size() + ArrivalRules::all.size() + AfterRules::all.size() + 1> all{};
    auto end = std::copy(reaching.begin(), reaching.end(), all.begin());
    end = std::copy(ArrivalRules::all.begin(), ArrivalRules::all.end(), end);
    *std::copy(AfterRules::all.begin(), AfterRules::all.end(), end) = &bad_share;
    return all;
  }();

  struct Options : share::ShareOptions {
    std::string directory;
    std::string prefix = "IC_Eligibility";
    std::optional<std::string> max_age;
    int stable_seconds = 5;
    std::string after = "keep";
    static void describe(Describe<Options>& d) {
      d.required("host", of<Options>(&ShareOptions::host),
                 "The server's name or address. Where it begins with **, the import is held.");
      d.required("share", of<Options>(&ShareOptions::share), "The name of the share.");
      d.option("directory", &Options::directory, "The folder in the share; without it the share's root.");
      describe_arrival(d);
      describe_after(d);
      describe_account(d);
    }
  };
  struct Ports {
    After after;
    Ports(const Options& o, Columns& c) : after(o.after, o.prefix, c) {
      const auto path = SharePath::of("//" + o.host + '/' + o.share);
      if (!path || !path->folder.empty()) c.fault<bad_share>(o.host, o.share);
      check_age(o.max_age, c);
    }
  };

  /// Opens every file, so that all of them can be read before the first is.
  SmbFile(const Options& o, const Ports& ports, const Run& run, Context& context)
      : options_(o), after_(ports.after), run_(run), folder_(options_, trimmed(o.directory)) {
    share::tell_reached(options_, context);
    const auto look = [this] { return of_prefix(folder_.list(), options_.prefix); };
    listed_ = look();
    if (listed_.empty()) fail<ArrivalRules::none>(folder_.shown(), o.prefix);
    await_stable(listed_, std::chrono::seconds(o.stable_seconds), look);
    for (const ListedFile& file : listed_) {
      auto open = folder_.open(file.name);
      // A server may list a file that is being written as it was before.
      if (o.stable_seconds > 0 && open->size() != file.size) fail<ArrivalRules::growing>(file.name);
      files_.add(file.name, std::move(open));
    }
    if (after_.moves()) folder_.find(*after_.folder());
  }

  /// To make this source is to reach its files.
  void test(Context& run) const {
    tell_folder(folder_.shown(), options_.prefix, listed_.size(), run);
    tell_files(listed_, options_.max_age, run);
  }

  bool read(Bytes& into) {
    if (!std::exchange(is_reading_, true)) remark_stale(listed_, options_.max_age, into);
    return files_.read(into);
  }

  void committed() {
    if (!after_.folder()) return;
    put_away(listed_, [this](const ListedFile& file) {
      return folder_.put_away(file, *after_.folder(), After::name_of(file.name, run_));
    });
  }

 private:
  [[nodiscard]] static std::string trimmed(std::string folder) {
    while (folder.ends_with('/') || folder.ends_with('\\'))
      folder.pop_back();
    return folder;
  }

  Options options_;
  After after_;
  Run run_;
  ShareFolder folder_;
  std::vector<ListedFile> listed_;
  OpenFiles files_;
  bool is_reading_ = false;
};

}  // namespace

MEALSYNC_PLUGIN(SmbFile);
