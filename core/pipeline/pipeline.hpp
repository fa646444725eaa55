// pipeline/pipeline.hpp -- what a pipeline file says, before anyone asks whether the stages exist.
//
// Units      Positions are of the file in which a thing is written, fragments included.
// Errors     Every fault is added to the findings (MS1xxx), not only the first.
// Ownership  A Pipeline owns its texts and refers to nothing.
// Threads    No shared state.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <finding/finding.hpp>
#include <mealsync/school_year.hpp>

namespace mealsync {

/// One option as written, with its variables replaced; ${pipeline}, ${run} and ${date} are left for the run.
struct Setting {
  std::string name;
  std::string value;
  Position at;                         // of the attribute, or of the child element
  std::filesystem::path folder;        // what a relative path in `value` starts from
  std::vector<Setting> children = {};  // of a child element
  bool is_group = false;               // a child element
};

enum class Role : std::uint8_t {
  source = MS_SOURCE,
  format = MS_FORMAT,
  transform = MS_TRANSFORM,
  sink = MS_SINK
};

[[nodiscard]] std::string_view to_text(Role role);

struct StageSpec {
  Role role = Role::source;
  std::string plugin;  // the stage's name in its role
  std::string id;      // this use of it; the plugin's name where none is given
  Position at;
  std::vector<Setting> settings;
};

/// Named children (<map> …) that a stage takes over with use="…". No name twice: of two files the including one
/// wins over what it includes, and of two includes the first.
struct Fragment {
  std::string name;
  Position at;
  std::vector<Setting> children;
};

/// How much of something may happen before a run is refused: a share, judged from a least base on, and a number.
struct Limit {
  int percent = 100;  // 100: any share
  std::optional<std::uint64_t> count{};
};

/// What is judged of the whole district, and of each school alone.
struct Limits {
  Limit changed, ended;
  Limit lost;                    // by students who would no longer be Free or Reduced, or Reduced after Free
  int file_percent = 0;          // of the records of the last run, which the input has to hold; 0: any
  std::uint64_t least_base = 0;  // records of which a share is judged
};

/// What a pipeline file does not say is here.
struct Guard {
  Position at;
  Limit rejected{10};
  int share_points = 10;  // by which the share of Free and Reduced may fall; 100: any
  Limits district{{20}, {10}, {5}, 50, 50};
  Limits school{{50}, {40}, {25}, 50, 100};  // wider: a class that moves is no disaster
};

/// Without faults as pipeline files write it: daily, weekly or monthly; monday, or 31; 01:00; America/New_York.
struct Schedule {
  Position at;
  std::string frequency;
  std::string day;
  std::string time;
  std::string timezone;  // empty: the machine's own
};

/// Somebody who wants to hear of a run, by mail, by a webhook, or by both. What is at fault is left out.
struct Notify {
  Position at;
  std::string on = "failure";       // or "errors": of rejected records, too; or "always"
  std::vector<std::string> mail;    // addresses
  std::string server;               // smtp://host:587, or smtps://host; where there is mail
  std::string from;                 // an address; where there is mail
  std::string user;                 // empty: the server asks for none
  std::optional<Setting> password;  // see read_secret
  std::optional<Setting> webhook;   // an address for the web, or a secret that holds one
  std::filesystem::path ca_file;    // certificates to trust instead of the machine's; empty: those
};

struct Pipeline {
  std::filesystem::path file;
  std::string name;
  std::string district;
  std::string description;
  SchoolYear school_year;
  bool active = true;
  Guard guard;
  std::optional<Schedule> schedule;
  std::vector<Notify> notifies;
  std::vector<Fragment> fragments;
  /// In the order of the data: a source, its format (unless the source gives rows), transforms, sinks. Within a role
  /// in the order in which they are written, those of an include where it stands.
  std::vector<StageSpec> stages;
};

/// Values for ${name}: from --set, and from the environment (MEALSYNC_VAR_<name>).
struct Variables {
  std::map<std::string, std::string> set;
  std::map<std::string, std::string> environment;
};

/// https://…, or http:// to this machine itself; without a user, and without what no address may hold.
[[nodiscard]] bool is_web_address(std::string_view text);
/// Whether an address, of any scheme, leads to this machine itself.
[[nodiscard]] bool is_loopback(std::string_view address);

/// Reads a pipeline file and what it includes. No answer means that at least one error was added; with
/// errors that leave the outline readable the pipeline is given all the same, so that `check` can go on:
/// ask findings.failed(). What is at fault is left out, or has its default there.
[[nodiscard]] std::optional<Pipeline> read_pipeline(const std::filesystem::path& file,
                                                    const Variables& variables, Findings& findings);

/// Variables of the process's environment that begin with MEALSYNC_VAR_.
[[nodiscard]] std::map<std::string, std::string> environment_variables();

/// `text` with ${name} replaced from `values`; what is not in `values` stays as it is.
[[nodiscard]] std::string replace_variables(std::string_view text,
                                            const std::map<std::string, std::string>& values);

/// The nearest of `known` to a misspelt name, or nothing where none is near.
[[nodiscard]] std::optional<std::string_view> nearest_name(std::string_view name,
                                                           const std::vector<std::string_view>& known);

/// "; did you mean 'x'?", or nothing where no known name is near.
[[nodiscard]] std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& known);

/// How a secret is written that stands elsewhere: the name of a variable, or a path, follows.
inline constexpr std::string_view secret_from_environment = "env:", secret_from_file = "file:";
[[nodiscard]] inline bool is_secret_reference(std::string_view value) {
  return value.starts_with(secret_from_environment) || value.starts_with(secret_from_file);
}

/// The secret that `reference` names: env:NAME, file:PATH (refused when others may read it), or the text itself.
/// A variable is emptied in the environment, and the process becomes one that leaves no core file.
[[nodiscard]] std::optional<std::string> read_secret(const Setting& reference, Findings& findings);

}  // namespace mealsync
