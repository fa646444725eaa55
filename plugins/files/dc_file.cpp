// Picks a state's list of directly certified students out of a folder, by its name, month and kind, and reads it.
//
// Source   KSIS end-of-year training, 2016-04-21, slide 13; layouts.md 2.3: absence from a list ends nothing, whatever the
//          list covers.
#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mealsync/sdk.hpp>

#include "files/list_folder.hpp"
#include "files/pick_lists.hpp"
#include "files/share_folder.hpp"
#include "files/told_file.hpp"

template <>
struct mealsync::CodeSet<mealsync::files::Coverage> {
  static constexpr std::string_view name = "coverage";
  static constexpr std::array<std::string_view, 2> words{"full", "incremental"};
};

namespace {

using namespace mealsync;
using namespace mealsync::files;

class DcFile {
 public:
  static constexpr auto name = "dc_file";
  static constexpr auto summary =
      "Reads a state's list of directly certified students: the newest of a folder, or that of a month.";

  static constexpr Rule no_list{9003, Severity::fatal, "No {} list in '{}' has a name like '{}'",
                                "Download the state's list into the folder, or correct name and list in the "
                                "pipeline."};
  static constexpr Rule not_of_month{9003, Severity::fatal,
                                     "No {} list in '{}' is of {}; the newest is of {}",
                                     "Download the list of that month, or correct month in the pipeline."};
  static constexpr Rule other_year{
      9004, Severity::refusal, "The newest {} list in '{}' is of {}, not of school year {}",
      "Download this year's list; month=\"YYYY-MM\" takes that of a month all the same."};
  static constexpr Rule stale{9004, Severity::refusal, "List '{}' is {} days old, more than {}",
                              "Download the state's newest list: students who were certified since are "
                              "missing from this one."};
  static constexpr Rule bad_share{own(5001), Severity::fatal, "'{}' names no folder on a server",
                                  "Write //server/share/folder, or the path of a folder of this machine."};
  static constexpr Rule bad_name{
      own(5001), Severity::fatal, "'{}' is no pattern of a list's name",
      "Write it with * and, for the month, {YYYY} and {MM} or {MON}; or with * alone."};
  static constexpr Rule bad_month{own(5001), Severity::fatal,
                                  "month '{}' is neither latest nor a month such as 2016-07",
                                  "Write latest, or the month's year and number."};
  static constexpr Rule no_month_in_name{own(5001), Severity::fatal, "month is given, and name '{}' has none",
                                         "Write {YYYY} and {MM} or {MON} into name, or leave month out."};
  static constexpr Rule bad_age{own(5001), Severity::fatal, "max_age '{}' is no number of days",
                                "Write it as 45d."};
  static constexpr auto rules = [] {
    constexpr std::array own_rules{&no_list,  &not_of_month, &other_year,       &stale,  &bad_share,
                                   &bad_name, &bad_month,    &no_month_in_name, &bad_age};
    constexpr auto& reaching = share::ShareRules::all;
    std::array<const Rule*, own_rules.size() + ListRules::all.size() + reaching.size()> all{};
    auto end = std::copy(own_rules.begin(), own_rules.end(), all.begin());
    end = std::copy(ListRules::all.begin(), ListRules::all.end(), end);
    std::copy(reaching.begin(), reaching.end(), end);
    return all;
  }();

  struct Options : share::ShareOptions {
    std::string directory;
    std::string name = "SGNDC_*{YYYY}_{MON}*.csv";
    ListKind list = ListKind::monthly;
    std::string month = "latest";
    Coverage coverage = Coverage::full;
    std::optional<std::string> max_age;
    static void describe(Describe<Options>& d) {
      d.required(
           "directory", &Options::directory,
           "The folder in which the lists lie; on a Windows server //server/share/folder. Where the server's "
           "name begins with **, the import is held.")
          .path();
      d.option("name", &Options::name,
               "How the lists' names look: * is any text, {YYYY} the year and {MM} or {MON} the month of the "
               "list.");
      d.option(
          "list", &Options::list,
          "Which kind of list: a name that has HISTORY or FOSTER in it says so, all others are monthly.");
      d.option("month", &Options::month, "The list's month, as 2016-07; or the latest of the school year.");
      d.option("coverage", &Options::coverage,
               "Whether a list names all students, so that the newest is enough, or only those who are new "
               "in it, so "
               "that all of the school year are read.");
      d.option("max_age", &Options::max_age,
               "Refuses a list whose month, or else whose last change, was over so long ago, as 45d.");
      describe_account(d);
    }
  };
  struct Ports {
    Wanted wanted;
    NamePattern pattern;
    std::optional<int> max_days;
    std::optional<SharePath> share;  // none: a folder of this machine

    Ports(const Options& o, Columns& c) : wanted{o.list, {}, o.coverage}, pattern(o.name) {
      if (SharePath::is_one(o.directory)) {
        share = SharePath::of(o.directory);
        if (!share) c.fault<bad_share>(o.directory);
      }
      if (!pattern.is_good()) c.fault<bad_name>(o.name);
      if (o.month != "latest") {
        wanted.month = month_from(o.month);
        if (!wanted.month)
          c.fault<bad_month>(o.month);
        else if (!pattern.has_month())
          c.fault<no_month_in_name>(o.name);
      }
      if (!o.max_age) return;
      const Text age = *o.max_age;
      if (age.ends_with('d')) max_days = parse<int>(age.substr(0, age.size() - 1));
      if (!max_days || *max_days < 1) c.fault<bad_age>(age);
    }
  };

  /// Opens every list, so that all of them can be read before the first is.
  DcFile(const Options& o, const Ports& ports, const Run& run, Context& context) : options_(o) {
    folder_ = folder(ports.share);
    if (ports.share) share::tell_reached(options_, context);
    const auto listed = folder_->list();
    context.step("Files in folder '{}': {}", o.directory, listed.size());
    const auto picked = pick_lists(listed, ports.pattern, ports.wanted, run.school_year);
    if (picked.lists.empty()) tell_none(o, ports.wanted, picked, run.school_year);
    if (ports.max_days) refuse_if_stale(picked.lists.back(), *ports.max_days, run.as_of);
    for (const Picked::List& list : picked.lists) {
      auto open = folder_->open(list.name);
      opened_.push_back({list.name, list.written, open->size()});
      files_.add(list.name, std::move(open));
    }
  }

  /// To make this source is to reach its lists.
  void test(Context& run) const {
    for (const ListedFile& list : opened_)
      run.step("List {}", told_file(list));
  }

  bool read(Bytes& into) { return files_.read(into); }

 private:
  [[nodiscard]] std::unique_ptr<ListFolder> folder(const std::optional<SharePath>& path) {
    if (!path) return std::make_unique<LocalFolder>(options_.directory);
    options_.host = path->host;
    options_.share = path->share;
    return std::make_unique<ShareFolder>(options_, path->folder);
  }

  [[noreturn]] static void tell_none(const Options& o, const Wanted& wanted, const Picked& picked,
                                     SchoolYear year) {
    if (!picked.another) fail<no_list>(o.list, o.directory, o.name);
    if (wanted.month)
      fail<not_of_month>(o.list, o.directory, to_text(*wanted.month), to_text(*picked.another));
    refuse<other_year>(o.list, o.directory, to_text(*picked.another), year);
  }
  /// A list is of the last day of its month. One that does not say its month is of the day it was written.
  static void refuse_if_stale(const Picked::List& newest, int most_days, Date as_of) {
    using Days = std::chrono::duration<std::int32_t, std::ratio<86400>>;
    const auto age = std::chrono::duration_cast<Days>(std::chrono::system_clock::now() - newest.written);
    const int days = newest.month ? as_of.days - newest.month->last().days : age.count();
    if (days > most_days) refuse<stale>(newest.name, days, most_days);
  }

  Options options_;
  std::unique_ptr<ListFolder> folder_;
  std::vector<ListedFile> opened_;
  OpenFiles files_;
};

}  // namespace

MEALSYNC_PLUGIN(DcFile);
