// schedule/job.hpp -- a pipeline as the machine's scheduler is to run it: units of systemd, or a line of a crontab.
//
// Source     systemd.timer(5), systemd.time(7), systemd.exec(5), systemd.syntax(7); crontab(5).
// Errors     Texts are of jobs without faults (check_job); all faults are told, MS64xx.
#pragma once

#include <string>
#include <vector>

#include <finding/finding.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {

struct Job {
  std::string name;  // of the pipeline
  Schedule schedule;
  std::vector<std::string> command;      // the program, by its absolute path, and its arguments
  std::string folder;                    // where it starts, absolute; empty where that is all the same
  std::vector<std::string> written;      // folders in which it writes, absolute
  std::vector<std::string> environment;  // variables that hold secrets
  bool has_own_state = false;            // the log of runs lies in /var/lib/mealsync, the service's own
};

/// Texts that neither a unit nor a crontab can hold.
void check_job(const Job& job, Findings& findings);
/// What a crontab cannot say.
void check_for_cron(const Job& job, Findings& findings);

/// `mealsync-NAME`, without .timer or .service.
[[nodiscard]] std::string unit_name(const Job& job);
[[nodiscard]] std::string timer_unit(const Job& job);
/// Of a service that may do no more than an import needs, as the user mealsync.
[[nodiscard]] std::string service_unit(const Job& job);
[[nodiscard]] std::string cron_line(const Job& job);

}  // namespace mealsync
