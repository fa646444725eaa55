// files/arrival.hpp -- files that a POS leaves in a folder: which are meant, in which order they came, whether each is there
// whole, and how old it is.
//
// Units    A length of time is written as 90m, 36h or 2d.
// Errors   ArrivalRules, as findings.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <mealsync/sdk.hpp>

#include "files/open_file.hpp"
#include "files/told_file.hpp"

namespace mealsync::files {

struct ArrivalRules {
  static constexpr Rule none{9003, Severity::fatal, "No file in '{}' has a name that begins with '{}'",
                             "Check that the POS has written its file, and the prefix in the "
                             "pipeline: capital and small letters differ."};
  static constexpr Rule stale{9004, Severity::warning, "File '{}' is older than {}",
                              "Check that the POS still writes its file; this one is imported all the same."};
  static constexpr Rule growing{9008, Severity::fatal,
                                "File '{}' is still growing: it changed while it was looked at",
                                "Run the import when the POS has finished its file."};
  static constexpr Rule bad_age{own(5001), Severity::fatal, "max_age '{}' is no length of time",
                                "Write it as 90m, 36h or 2d."};
  static constexpr std::array all{&none, &stale, &growing, &bad_age};
};

/// Describes the members prefix, max_age and stable_seconds.
template <class Options>
void describe_arrival(Describe<Options>& d) {
  d.option("prefix", &Options::prefix, "How the names of the folder's files begin.");
  d.option("max_age", &Options::max_age, "Warns of a file that is older, such as 36h, 2d or 90m.");
  d.option("stable_seconds", &Options::stable_seconds,
           "How long a file has to be unchanged. One that was changed later is looked at again when that "
           "time is over; where it has changed meanwhile, nothing is imported.")
      .at_least(0)
      .at_most(600);
}

/// "36h", "2d", "90m".
[[nodiscard]] inline std::optional<std::chrono::seconds> duration_from(Text text) {
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

/// Says that a max_age is none, if it is.
inline void check_age(const std::optional<std::string>& max_age, Columns& columns) {
  if (max_age && !duration_from(*max_age)) columns.fault<ArrivalRules::bad_age>(*max_age);
}

[[nodiscard]] inline bool came_before(const ListedFile& a, const ListedFile& b) {
  return std::tie(a.written, a.name) < std::tie(b.written, b.name);
}

/// Those whose names begin so, oldest first, then by name.
[[nodiscard]] inline std::vector<ListedFile> of_prefix(std::vector<ListedFile> files, Text prefix) {
  std::erase_if(files, [&](const ListedFile& file) { return !file.name.starts_with(prefix); });
  std::sort(files.begin(), files.end(), came_before);
  return files;
}

/// What time it is, and how to wait.
struct Clock {
  using Time = std::chrono::system_clock::time_point;
  std::function<Time()> now = [] { return std::chrono::system_clock::now(); };
  std::function<void(Time::duration)> pause = [](Time::duration length) {
    std::this_thread::sleep_for(length);
  };
};

/// Waits until no file has changed for so long. Files that were written before that are ready at once; else all are looked at
/// once more. `look` lists them as they are by then.
template <class Look>
void await_stable(const std::vector<ListedFile>& files, std::chrono::seconds stable, Look&& look,
                  const Clock& clock = {}) {
  using Length = Clock::Time::duration;
  const Clock::Time now = clock.now();
  Length pause{0};
  for (const ListedFile& file : files)  // the clock that gave a file its time may be ahead of this one
    pause = std::max(pause, std::min<Length>(stable, file.written + stable - now));
  if (pause == Length{0}) return;
  clock.pause(pause);
  const std::vector<ListedFile> later = look();
  for (const ListedFile& file : files)
    if (std::find(later.begin(), later.end(), file) == later.end()) fail<ArrivalRules::growing>(file.name);
}

/// Warns of each file that is older.
inline void remark_stale(const std::vector<ListedFile>& files, const std::optional<std::string>& max_age,
                         Context& run) {
  if (!max_age) return;
  const std::chrono::seconds most = duration_from(*max_age).value();
  const Clock::Time now = std::chrono::system_clock::now();
  for (const ListedFile& file : files)
    if (std::chrono::duration_cast<std::chrono::seconds>(now - file.written) > most)
      run.remark<ArrivalRules::stale>(Place{}, file.name, *max_age);
}

/// Tells people of a folder how many files of it begin alike.
inline void tell_folder(Text folder, Text prefix, std::size_t count, Context& run) {
  run.step("Files in folder '{}' whose names begin with '{}': {}", folder, prefix, count);
}

/// Tells people of the files that there are, and warns of each that is older.
inline void tell_files(const std::vector<ListedFile>& files, const std::optional<std::string>& max_age,
                       Context& run) {
  for (const ListedFile& file : files)
    run.step("File {}", told_file(file));
  remark_stale(files, max_age, run);
}

}  // namespace mealsync::files
