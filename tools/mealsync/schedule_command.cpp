#include <algorithm>
#include <array>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <set>
#include <sstream>
#include <utility>

#include <catalog/settings.hpp>
#include <finding/render.hpp>
#include <mealsync/value.hpp>
#include <pipeline/rules.hpp>
#include <schedule/job.hpp>
#include <schedule/rules.hpp>
#include <schedule/times.hpp>

#include "clock.hpp"
#include "commands.hpp"
#include "load_plan.hpp"
#include "present.hpp"
#include "whole_file.hpp"

namespace mealsync::tool {
namespace {

namespace fs = std::filesystem;

constexpr auto state_of_service = "/var/lib/mealsync";

/// How every job of one command is run.
struct Manner {
  Variables variables;
  std::vector<std::string> options;  // of run, with their values
  std::string folder;
  std::vector<std::string> written;  // folders, beside those of the pipeline
  std::string metrics;               // a folder, or nobody asks for metrics
  bool has_own_state = false;
};

std::string absolute(const std::string& path) {
  return fs::absolute(path).lexically_normal().string();
}

/// What the scheduler has to be told: it has neither this folder nor this environment.
Manner manner_of(const CommandLine& line, const Variables& variables, bool is_for_systemd) {
  Manner manner;
  manner.variables.set = variables.set;
  const auto add = [&](const std::string& option, const std::string& value) {
    manner.options.insert(manner.options.end(), {option, value});
  };
  for (const std::string& folder : line.texts("plugins"))
    add("--plugins", absolute(folder));
  for (const std::string& given : line.texts("set"))
    add("--set", given);
  if (line.has("set")) manner.folder = fs::current_path().string();
  if (line.has("state")) {
    manner.written.push_back(absolute(line.text("state")));
    add("--state", manner.written.back());
  } else if (is_for_systemd) {
    manner.has_own_state = true;
    add("--state", state_of_service);
  }
  if (line.has("metrics")) {
    manner.metrics = absolute(line.text("metrics"));
    manner.written.push_back(manner.metrics);
  }
  return manner;
}

/// The folder of a path, as far as it is known before the run.
std::string folder_of(const std::string& path) {
  return fs::path(path.substr(0, path.find("${"))).parent_path().string();
}

const Setting* setting_named(const std::vector<Setting>& settings, std::string_view name) {
  const auto found = std::find_if(settings.begin(), settings.end(),
                                  [&](const Setting& setting) { return setting.name == name; });
  return found == settings.end() ? nullptr : &*found;
}

/// Where a source puts away what it has read, and what it takes it from.
void add_folders_of_source(const PlannedStage& source, std::set<std::string>& folders) {
  constexpr std::string_view move = "move:";
  const Setting* after = setting_named(source.settings, "after");
  if (after == nullptr || after->value == "keep") return;
  const bool has_folder = setting_named(source.settings, "directory") != nullptr;
  const auto add = [&](const fs::path& folder) { folders.insert(folder_of(folder.string() + '/')); };
  for (const std::string& path : paths_among(source.settings, *source.stage)) {
    if (path.starts_with("//")) continue;
    const fs::path folder = has_folder ? fs::path(path) : fs::path(path).parent_path();
    add(folder);
    if (after->value.starts_with(move)) add((folder / after->value.substr(move.size())).lexically_normal());
  }
}

/// Databases are written beside, too, by those who only read; the file that comes in is not, but it may be put away.
std::set<std::string> folders_written_by(const Plan& plan) {
  std::set<std::string> folders;
  for (const PlannedStage& planned : plan.stages) {
    if (planned.stage == nullptr) continue;
    if (planned.spec.role == Role::source) add_folders_of_source(planned, folders);
    if (planned.spec.role < Role::transform) continue;
    for (const std::string& path : paths_among(planned.settings, *planned.stage))
      if (!path.starts_with("//")) folders.insert(folder_of(path));
  }
  return folders;
}

std::vector<Setting> secrets_of(const Plan& plan) {
  std::vector<Setting> secrets;
  for (const PlannedStage& planned : plan.stages) {
    if (planned.stage == nullptr) continue;
    const auto of_stage = secrets_among(planned.settings, *planned.stage);
    secrets.insert(secrets.end(), of_stage.begin(), of_stage.end());
  }
  for (const Notify& notify : plan.pipeline.notifies)
    for (const auto& secret : {notify.password, notify.webhook})
      if (secret) secrets.push_back(*secret);
  return secrets;
}

std::set<std::string> secrets_in_environment(const Plan& plan) {
  std::set<std::string> names;
  for (const Setting& secret : secrets_of(plan))
    if (secret.value.starts_with(secret_from_environment))
      names.insert(secret.value.substr(secret_from_environment.size()));
  return names;
}

/// Whether the value of a secret comes from a variable: `others` are the secrets as they are with another value of it.
bool is_made_of(const Setting& secret, const std::string& value, const std::vector<Setting>& others) {
  const auto other = std::find_if(others.begin(), others.end(), [&](const Setting& each) {
    return each.at.file == secret.at.file && each.at.line == secret.at.line &&
           each.at.column == secret.at.column;
  });
  if (other != others.end()) return other->value != secret.value;
  return !value.empty() && secret.value.find(value) != std::string::npos;
}

/// A command shows what --set gives.
void check_variables(const std::string& file, const Plan& plan, const Variables& variables, Catalog& catalog,
                     Findings& findings) {
  std::vector<Setting> secrets = secrets_of(plan);
  std::erase_if(secrets, [](const Setting& secret) { return is_secret_reference(secret.value); });
  if (secrets.empty()) return;
  for (const auto& [name, value] : variables.set) {
    Variables changed = variables;
    changed.set[name] += 'x';
    Findings unheard;
    const auto other = load_plan(file, changed, catalog, unheard);
    const auto others = other ? secrets_of(*other) : std::vector<Setting>{};
    for (const Setting& secret : secrets)
      if (is_made_of(secret, value, others)) findings.add<rules::shows_secret>(secret.at, name);
  }
}

Job job_of(const Plan& plan, const std::string& file, const Manner& manner) {
  Job job{plan.pipeline.name,  plan.pipeline.schedule.value(), {}, manner.folder, {}, {},
          manner.has_own_state};
  job.command = {fs::read_symlink("/proc/self/exe").string(), "run", absolute(file)};
  job.command.insert(job.command.end(), manner.options.begin(), manner.options.end());
  if (!manner.metrics.empty())
    job.command.insert(job.command.end(),
                       {"--metrics", (fs::path(manner.metrics) / (unit_name(job) + ".prom")).string()});
  auto written = folders_written_by(plan);
  written.insert(manner.written.begin(), manner.written.end());
  job.written.assign(written.begin(), written.end());
  const auto secrets = secrets_in_environment(plan);
  job.environment.assign(secrets.begin(), secrets.end());
  return job;
}

/// The jobs of all files; every fault of every file is told.
std::vector<Job> jobs_of(const std::vector<std::string>& files, const Manner& manner, Catalog& catalog,
                         Findings& findings) {
  std::vector<Job> jobs;
  std::set<std::string> names;
  for (const std::string& file : files) {
    Findings found;
    const auto plan = load_plan(file, manner.variables, catalog, found);
    const Position at{file, 0, 0};
    if (plan && !plan->pipeline.schedule) found.add<rules::no_schedule>(at, plan->pipeline.name);
    if (plan && !names.insert(plan->pipeline.name).second)
      found.add<rules::same_unit>(at, plan->pipeline.name, file);
    if (plan) check_variables(file, *plan, manner.variables, catalog, found);
    if (plan && !found.failed()) {
      jobs.push_back(job_of(*plan, file, manner));
      check_job(jobs.back(), found);
    }
    for (const Finding& finding : found.all())
      findings.add(finding);
  }
  return jobs;
}

int write_units(const std::vector<Job>& jobs, const std::string& folder, Findings& findings) {
  std::error_code fault;
  fs::create_directories(folder, fault);
  const auto write = [&](const std::string& name, const std::string& text) {
    const fs::path file = fs::path(folder) / name;
    constexpr mode_t for_everybody_to_read = 0644;
    const std::string reason = write_whole_file(file, text, for_everybody_to_read);
    if (reason.empty())
      std::cout << file.string() << "\n";
    else
      findings.add<rules::unit_not_written>({}, file.string(), reason);
  };
  for (const Job& job : jobs) {
    write(unit_name(job) + ".timer", timer_unit(job));
    write(unit_name(job) + ".service", service_unit(job));
  }
  return findings.failed() ? exit_failed : exit_imported;
}

void print_units(const std::vector<Job>& jobs) {
  for (const Job& job : jobs)
    std::cout << "# " << unit_name(job) << ".timer\n"
              << timer_unit(job) << "\n# " << unit_name(job) << ".service\n"
              << service_unit(job) << "\n";
}

/// `01:05`
std::string clock_text(std::chrono::seconds time) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time).count();
  std::ostringstream text;
  text << std::setfill('0') << std::setw(2) << minutes / 60 << ":" << std::setw(2) << minutes % 60;
  return text.str();
}

std::string utc_text(std::chrono::sys_seconds moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  return to_text(Date{static_cast<std::int32_t>(day.time_since_epoch().count())}) + "T" +
         clock_text(moment - day) + "Z";
}

constexpr std::string_view utc_zone = "Etc/UTC";

/// A machine without a zone of its own has UTC.
std::optional<TimeZone> zone_of(const Schedule& schedule) {
  if (!schedule.timezone.empty()) return TimeZone::named(schedule.timezone);
  const auto own = TimeZone::of_this_machine();
  return own ? own : TimeZone::named(utc_zone);
}

std::string when(const Schedule& schedule) {
  std::string words = schedule.frequency + " at " + schedule.time;
  if (schedule.frequency == "weekly") words += " on " + schedule.day;
  if (schedule.frequency == "monthly") words += " on day " + schedule.day;
  return words;
}

/// `as_of`: what clocks show, wherever the schedule is; without it, now.
void print_times(const Job& job, const std::optional<LocalTime>& as_of, Findings& findings) {
  constexpr std::size_t how_many = 5;
  const auto zone = zone_of(job.schedule);
  if (!zone)
    return findings.add<rules::unknown_time_zone>(job.schedule.at, utc_zone, std::string_view(", its own"));
  std::cout << job.name << ": " << when(job.schedule) << ", " << zone->name() << "\n";
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  for (const auto moment :
       next_times(job.schedule, *zone, as_of ? zone->moment_of(*as_of) : now(), how_many)) {
    const LocalTime local = zone->local_time(moment);
    const std::chrono::weekday day{std::chrono::sys_days(std::chrono::days(local.day.days))};
    std::cout << "  " << days[day.c_encoding()] << " " << to_text(local.day) << " " << clock_text(local.time)
              << " " << zone->abbreviation(moment) << "  " << utc_text(moment) << "\n";
  }
}

/// 2016-11-06, or 2016-11-06T01:30
std::optional<LocalTime> read_local_time(std::string_view text) {
  const auto day = date_from_iso(text.substr(0, 10));
  if (!day) return std::nullopt;
  if (text.size() == 10) return LocalTime{*day, {}};
  if (text.size() != 16 || text[10] != 'T' || text[13] != ':') return std::nullopt;
  const auto hour = parse<std::int64_t>(text.substr(11, 2)), minute = parse<std::int64_t>(text.substr(14));
  if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
  return LocalTime{*day, std::chrono::hours(*hour) + std::chrono::minutes(*minute)};
}

}  // namespace

int schedule_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  CommandLine line(
      "schedule P.xml…",
      "Makes what the scheduler of this machine needs to run pipelines as their <schedule> says:\n"
      "a timer and a service of systemd each, or lines of a crontab. To install units:\n"
      "  mealsync schedule P.xml --output /etc/systemd/system\n"
      "  systemctl daemon-reload; systemctl enable --now mealsync-NAME.timer\n"
      "The scheduler does not have the environment of this command: give variables with --set.\n"
      "A service fails with any exit code but 0, so that a refused import is seen, too.");
  line.options()("systemd", "print units of systemd (the default)")("cron", "print lines of a crontab")(
      "check", "print the next five times of each pipeline instead")(
      "output", po::value<std::string>()->value_name("FOLDER"), "write the units into this folder")(
      "as-of", po::value<std::string>()->value_name("TIME"),
      "with --check: after this time, like 2016-11-06 or 2016-11-06T01:30, in the time zone of the schedule "
      "(default: now)")("state", po::value<std::string>()->value_name("FOLDER"),
                        "where the log of runs is to be kept (default: /var/lib/mealsync for systemd)")(
      "metrics", po::value<std::string>()->value_name("FOLDER"),
      "have each run write mealsync-NAME.prom there, for a node exporter");
  add_pipeline_options(line);
  if (const auto exit = line.parse(arguments)) return *exit;

  const auto files = line.operands();
  if (files.empty()) return line.refuse("name a pipeline file");
  const bool is_cron = line.has("cron"), is_check = line.has("check");
  if (int{line.has("systemd")} + int{is_cron} + int{is_check} > 1)
    return line.refuse("give one of --systemd, --cron and --check");
  if (line.has("output") && (is_cron || is_check)) return line.refuse("--output is for units of systemd");
  if (line.has("as-of") && !is_check) return line.refuse("--as-of is for --check");
  const auto as_of = line.has("as-of") ? read_local_time(line.text("as-of")) : std::nullopt;
  if (line.has("as-of") && !as_of)
    return line.refuse("--as-of takes a time like 2016-11-06 or 2016-11-06T01:30");
  if (const auto fault = plugin_folder_fault(line)) return line.refuse(*fault);
  const auto variables = variables_from(line);
  if (!variables) return line.refuse("--set takes NAME=VALUE");

  ::unsetenv("MEALSYNC_PLUGINS");  // the scheduler will not have it
  Catalog catalog(plugin_folders(line.texts("plugins")));
  Findings findings;
  const auto jobs = jobs_of(files, manner_of(line, *variables, !is_cron && !is_check), catalog, findings);
  if (is_cron)
    for (const Job& job : jobs)
      check_for_cron(job, findings);
  if (findings.failed()) return tell(findings, exit_usage);
  int code = exit_imported;
  if (line.has("output"))
    code = write_units(jobs, line.text("output"), findings);
  else if (is_check)
    for (const Job& job : jobs)
      print_times(job, as_of, findings);
  else if (is_cron)
    for (const Job& job : jobs)
      std::cout << cron_line(job);
  else
    print_units(jobs);
  return tell(findings, findings.failed() && code == exit_imported ? exit_usage : code);
}

}  // namespace mealsync::tool
