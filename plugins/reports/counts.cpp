#include <reports/counts.hpp>

#include <algorithm>

#include <reports/clean.hpp>

namespace mealsync::reports {
namespace {

constexpr Text skipped_prefix = "skipped.";
// What a summary calls a reason that is no plain word: a stage may have made it of a value out of the file.
constexpr Text other_reason = "other";

bool is_plain_word(Text text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

void add_to(std::vector<Counted>& all, Text name, std::uint64_t value) {
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const Counted& each) { return each.name == name; });
  if (at != all.end())
    at->value += value;
  else
    all.push_back({std::string(name), value});
}

}  // namespace

Counts::Counts(const Summary& outcome, Profile profile, std::uint64_t errors_and_warnings)
    : tiles{{{"New", "new", outcome.count("inserted")},
             {"Ended", "ended", outcome.count("ended")},
             {"Removed", "removed", outcome.count("removed")},
             {"Existing", "existing", outcome.count("existing")},
             {"Errors/Warnings", "errors_warnings", errors_and_warnings}}} {
  const bool is_summary = profile == Profile::summary;
  for (const ms_count& each : outcome.counts()) {
    const std::string name = clean(text_of(each.name));
    if (name.starts_with(skipped_prefix)) {
      const Text reason = Text(name).substr(skipped_prefix.size());
      add_to(skipped, is_summary && !is_plain_word(reason) ? other_reason : reason, each.value);
      all_skipped += each.value;
    } else if (!is_summary && std::find(run_counts.begin(), run_counts.end(), name) == run_counts.end()) {
      add_to(others, name, each.value);
    }
  }
}

}  // namespace mealsync::reports
