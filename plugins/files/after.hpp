// files/after.hpp -- what becomes of files once their import stands: they are kept where they lie, renamed, or moved away.
//
// A file that is put away is called imported-RUN-NAME after the run that the journal knows: no other file has that name, and
// its folder's prefix finds it no more.
// Errors   AfterRules, as findings; what cannot be put away is told all together, and the import stands.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <mealsync/sdk.hpp>

#include "files/open_file.hpp"

namespace mealsync::files {

struct AfterRules {
  static constexpr Rule not_put_away{
      9009, Severity::fatal, "Imported, and not put away: {}",
      "Put it away by hand, or the next run imports it again; look at what the "
      "account may do there."};
  static constexpr Rule bad_after{own(5001), Severity::fatal,
                                  "after '{}' is neither keep nor rename nor move:FOLDER",
                                  "Write keep, rename, or move: and a folder."};
  static constexpr Rule found_again{own(5001), Severity::fatal,
                                    "after '{}' gives files names that prefix '{}' finds again",
                                    "Choose a longer prefix: the new names begin with imported-."};
  static constexpr std::array all{&not_put_away, &bad_after, &found_again};
};

/// Describes the member after.
template <class Options>
void describe_after(Describe<Options>& d) {
  d.option(
      "after", &Options::after,
      "What becomes of a file once its import stands: keep leaves it; rename calls it imported-RUN-NAME, so "
      "that it is not found again; move:FOLDER also moves it to a folder, which is there and starts from the "
      "file's own.");
}

class After {
 public:
  After(const std::string& said, const std::string& prefix, Columns& columns) {
    constexpr Text moves = "move:";
    if (said == "keep") return;
    if (said.starts_with(moves) && said.size() > moves.size())
      folder_ = said.substr(moves.size());
    else if (said == "rename")
      folder_ = "";
    else
      columns.fault<AfterRules::bad_after>(said);
    if (folder_ && (mark.starts_with(prefix) || prefix.starts_with(mark)))
      columns.fault<AfterRules::found_again>(said, prefix);
  }

  /// Where files go, seen from their own folder; empty: they stay in it. None: they are kept as they are.
  [[nodiscard]] const std::optional<std::string>& folder() const { return folder_; }
  [[nodiscard]] bool moves() const { return folder_ && !folder_->empty(); }
  [[nodiscard]] static std::string name_of(const std::string& file, const Run& run) {
    return std::string(mark) + run.name + '-' + file;
  }

 private:
  static constexpr Text mark = "imported-";

  std::optional<std::string> folder_;
};

/// Puts each of the files away by `put`, which answers why it cannot, else nothing. One that is not as it was when it was
/// opened holds what was not imported: it stays.
template <class Put>
void put_away(const std::vector<ListedFile>& files, Put&& put) {
  std::string left;
  for (const ListedFile& file : files)
    if (const std::string why = put(file); !why.empty())
      left += (left.empty() ? "'" : ", '") + file.name + "' (" + why + ')';
  if (!left.empty()) fail<AfterRules::not_put_away>(left);
}
inline constexpr auto has_changed = "it has changed since it was read";

}  // namespace mealsync::files
