#include <schedule/job.hpp>

#include <schedule/parts.hpp>

namespace mealsync {
namespace {

/// For the shell, and cron itself, to which a % is the end of the line.
std::string for_shell(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'')
      quoted += "'\\''";
    else if (c == '%')
      quoted += "\\%";
    else
      quoted += c;
  }
  return quoted + "'";
}

std::string days_of(const Schedule& schedule) {
  if (schedule.frequency == "weekly") return "* * " + std::to_string(week_day_of(schedule));
  if (schedule.frequency == "monthly") return std::to_string(day_of_month(schedule)) + " * *";
  return "* * *";
}

}  // namespace

std::string cron_line(const Job& job) {
  std::string line = std::to_string(minute_of(job.schedule)) + " " + std::to_string(hour_of(job.schedule)) +
                     " " + days_of(job.schedule);
  if (!job.folder.empty()) line += " cd " + for_shell(job.folder) + " &&";
  for (const std::string& text : job.command)
    line += " " + for_shell(text);
  return line + "\n";
}

}  // namespace mealsync
