// finding/finding_log.hpp -- what a run found, however much that is: kept by the place where it was found.
//
// Holds counts by code, and what ended the run; the rest goes to disk past a limit, so that memory does not grow with
// the faults of a file.
//
// Errors     Where the disk is full findings are counted and no longer kept: `no_room` says so.
//            Reading them back throws NoRoom where the disk gives less than it was given.
// Threads    One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <finding/finding.hpp>
#include <mealsync/spool.hpp>

namespace mealsync {

class FindingLog {
 public:
  /// Of one code and severity.
  struct Group {
    std::uint64_t count = 0;
    Finding first;  // by place, then stage
    std::size_t first_stage = 0;
  };
  using Groups = std::map<std::pair<std::uint32_t, Severity>, Group>;

  /// `stage` is the position in the pipeline of the one that found it.
  void add(std::size_t stage, const Finding& finding);

  /// By file, line and stage; those of no record first. The finding lives until `visit` returns.
  void each(const std::function<void(const Finding&)>& visit) const;
  /// As a person is told: what is no more than information and says the same of many records comes once, the first
  /// of them with their count. Students skipped at one school are one finding.
  void each_told(const std::function<void(const Finding&)>& visit) const;

  /// Why findings are no longer kept, or empty.
  [[nodiscard]] const std::string& no_room() const { return no_room_; }
  [[nodiscard]] const Groups& groups() const { return groups_; }
  /// Refusals and fatal findings, in the order found.
  [[nodiscard]] const std::vector<Finding>& run_ending() const { return run_ending_; }

 private:
  /// Findings of the same words, which are told together.
  struct Alike {
    std::uint32_t code = 0;
    std::uint64_t count = 0;
    Spool::Key first;
  };
  void count_alike(std::size_t stage, const Finding& finding);
  [[nodiscard]] const Alike* alike(const Finding& finding) const;
  void visit(const std::function<void(const Spool::Key&, Finding&)>& visit) const;
  std::uint32_t number_of(std::string_view text);
  void unpack(const Spool::Record& record, Finding& finding) const;

  mutable Spool spool_;
  Groups groups_;
  std::vector<Finding> run_ending_;
  std::map<std::string, Alike, std::less<>> alike_;  // by their words
  // Remedies, stages and files are few and come again and again.
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<std::string_view> texts_;
  std::string packed_;
  std::string no_room_;
};

}  // namespace mealsync
