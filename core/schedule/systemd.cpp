#include <schedule/job.hpp>

#include <schedule/parts.hpp>

namespace mealsync {
namespace {

constexpr std::string_view hardening = R"(
# It may do no more than an import needs.
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
UMask=0077
)";

/// A unit expands %h and the like everywhere.
std::string without_specifiers(std::string_view text) {
  std::string plain;
  for (const char c : text)
    plain += c == '%' ? std::string("%%") : std::string(1, c);
  return plain;
}

std::string in_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : without_specifiers(text)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string in_quotes(const std::vector<std::string>& texts) {
  std::string line;
  for (const std::string& text : texts)
    line += (line.empty() ? "" : " ") + in_quotes(text);
  return line;
}

/// Days as systemd writes them; at two of them where a month may be too short. ~01 is the last day of a month.
std::vector<std::string> days_of(const Schedule& schedule) {
  if (schedule.frequency == "weekly") {
    std::string day = schedule.day.substr(0, 3);
    day[0] = static_cast<char>(day[0] - 'a' + 'A');
    return {day + " *-*-*"};
  }
  if (schedule.frequency != "monthly") return {"*-*-*"};
  const unsigned day = day_of_month(schedule);
  if (day == 31) return {"*-*~01"};
  const std::string written = (day < 10 ? "*-*-0" : "*-*-") + std::to_string(day);
  return day < 29 ? std::vector{written} : std::vector<std::string>{written, "*-02~01"};
}

}  // namespace

std::string unit_name(const Job& job) {
  return "mealsync-" + job.name;
}

std::string timer_unit(const Job& job) {
  const Schedule& schedule = job.schedule;
  const std::string zone = schedule.timezone.empty() ? "" : " " + schedule.timezone;
  std::string unit = "[Unit]\nDescription=When mealsync runs " + job.name + "\n\n[Timer]\n";
  for (const std::string& day : days_of(schedule))
    unit.append("OnCalendar=").append(day).append(" ").append(schedule.time).append(":00").append(zone) +=
        '\n';
  return unit +
         "# What is missed while the machine is off is made up for.\nPersistent=yes\n\n"
         "[Install]\nWantedBy=timers.target\n";
}

std::string service_unit(const Job& job) {
  // ":" keeps systemd from looking for variables in the command.
  std::string unit = "[Unit]\nDescription=mealsync runs " + job.name +
                     "\nWants=network-online.target\nAfter=network-online.target\n\n[Service]\nType=oneshot\n"
                     "# An account of its own: useradd --system --no-create-home mealsync\nUser=mealsync\n"
                     "ExecStart=:" +
                     in_quotes(job.command) + "\n";
  // The slash keeps a name that ends with \ or a blank whole.
  if (!job.folder.empty()) unit += "WorkingDirectory=" + without_specifiers(job.folder) + "/\n";
  if (job.has_own_state) unit += "StateDirectory=mealsync\nStateDirectoryMode=0700\n";
  if (!job.environment.empty()) {
    unit += "# A file of mode 0600, with a line NAME=value for each of:";
    for (const std::string& name : job.environment)
      unit += " " + name;
    unit += "\nEnvironmentFile=/etc/mealsync/" + job.name + ".env\n";
  }
  unit += hardening;
  if (!job.written.empty()) {
    unit += "# Where it writes; each folder has to be there when it starts, and the account's to write in.\n";
    for (const std::string& folder : job.written)
      unit += "ReadWritePaths=" + in_quotes("-" + folder) + "\n";
  }
  return unit;
}

}  // namespace mealsync
