// journal/journal.hpp -- what ran, when, with which counts and findings: the district's scheduled import log.
//
// An SQLite file, journal.db, in the state folder (0700): --state, else $XDG_STATE_HOME/mealsync, else
// ~/.local/state/mealsync. Keys in findings are stored masked; the journal holds no name, SSN or raw row.
//
// Units      Times are UTC, 2016-09-06T01:00:00Z.
// Errors     Faults are MS4xxx findings with SQLite's own words.
// Threads    One thread at a time; several processes may use one journal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <finding/finding.hpp>
#include <finding/finding_log.hpp>
#include <finding/input_file.hpp>

namespace mealsync {

/// Who let a refused run through, when, and by which token.
struct AcceptanceRecord {
  std::string token;
  std::string user;
  std::string accepted_at;
};

struct RunRecord {
  std::string run;  // the journal's name of the run, unique, fit for a file name
  std::string pipeline;
  std::string district;
  std::string school_year;
  std::string as_of;
  bool test = false;
  std::string started_at;
  std::string finished_at;  // empty while it runs, or when it died
  std::string status;       // running, successful, unsuccessful, refused, held, interrupted
  std::string reason;
  std::string user;
  std::string pipeline_file{};  // absolute, as the database
  std::string database{};       // that the run changes; empty: none
  std::vector<InputFile> inputs;
  std::map<std::string, std::uint64_t> counts;  // read, new, skipped.cep, inserted, errors, warnings, …
  std::vector<Finding> findings;                // in the order shown; filled in by show() only
  std::map<std::string, std::string> plugins;   // versions by name, mealsync's own too; by show() only
  std::vector<std::string> reports;             // paths of what was written; by show() only
  std::string token;                            // lets this run through, which is refused; else empty
  std::optional<AcceptanceRecord> accepted;     // of a run that was let through
};

class Journal {
 public:
  /// Opens the journal, and makes folder and file where they are missing.
  [[nodiscard]] static std::optional<Journal> open(const std::filesystem::path& folder, Findings& findings);
  [[nodiscard]] static std::filesystem::path default_folder();

  ~Journal();
  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;

  /// Writes down that a run begins and gives it its name, `20160906-010000-7f3a`. Entries of the same
  /// pipeline whose process is gone are marked interrupted.
  [[nodiscard]] bool begin(RunRecord& record, Findings& findings);
  /// Adds to what the entry says was found, in a transaction of its own: a run that dies after it has them in the log.
  [[nodiscard]] bool keep(std::string_view run, const FindingLog& run_findings, Findings& findings);
  /// Completes the entry, with the findings that have not been kept yet, in one transaction.
  [[nodiscard]] bool finish(const RunRecord& record, const FindingLog& run_findings, Findings& findings);

  /// How many tokens of a pipeline were used.
  [[nodiscard]] std::optional<std::uint64_t> accepted(std::string_view pipeline, Findings& findings) const;
  /// Keeps that the run uses a token; false where it was used before, without a finding. log clear leaves it.
  [[nodiscard]] bool accept(const RunRecord& record, const AcceptanceRecord& acceptance, Findings& findings);

  /// What guards compare with, by name: of the last run that was kept so, and not forgotten since. Empty where there is
  /// none.
  using Measures = std::map<std::string, std::uint64_t, std::less<>>;
  [[nodiscard]] std::optional<Measures> baseline(std::string_view pipeline, std::string_view school_year,
                                                 Findings& findings) const;
  /// What that run has read, of the last of the pipeline's years.
  [[nodiscard]] std::optional<std::vector<InputFile>> last_inputs(std::string_view pipeline,
                                                                  Findings& findings) const;
  [[nodiscard]] bool keep_baseline(const RunRecord& record, const Measures& baseline, Findings& findings);
  /// The run was undone: the one before it counts again.
  [[nodiscard]] bool forget_baseline(std::string_view run, Findings& findings);

  /// Newest first; all pipelines where `pipeline` is empty.
  [[nodiscard]] std::optional<std::vector<RunRecord>> list(std::string_view pipeline,
                                                           Findings& findings) const;
  /// Nothing (and no finding) where there is no such run.
  [[nodiscard]] std::optional<RunRecord> show(std::string_view run, Findings& findings) const;
  /// The same without what was found.
  [[nodiscard]] std::optional<RunRecord> find(std::string_view run, Findings& findings) const;
  /// What a run found, one after the other in the order shown; an entry that is not there found nothing.
  [[nodiscard]] bool each_finding(std::string_view run, const std::function<void(const Finding&)>& visit,
                                  Findings& findings) const;
  /// Names of real runs of a pipeline that died: whether they had committed is known to the database only.
  [[nodiscard]] std::optional<std::vector<std::string>> interrupted(std::string_view pipeline,
                                                                    Findings& findings) const;
  /// Clears the entries of a pipeline, or all; how many. Kept, and no longer shown, are counts and inputs of each
  /// pipeline's last successful import, by which the next one is judged; what still runs; and all holds.
  [[nodiscard]] std::optional<std::uint64_t> clear(std::string_view pipeline, Findings& findings);

 private:
  friend class Holds;
  struct Connection;
  explicit Journal(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

}  // namespace mealsync
