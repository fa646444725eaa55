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
#include <unordered_map>
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
  /// Information without a key that says what is known already: there is no more to be added. False: it is not.
  [[nodiscard]] bool add_again(std::size_t stage, std::uint32_t code, std::string_view message,
                               std::string_view stage_id, std::uint64_t place);

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
  /// Findings of the same words, which are told together. Their words are kept once; the spool has their places.
  struct Alike {
    Finding finding;  // with the count of all of them
    Spool::Key first;
    std::uint32_t number = 0;  // by which the spool calls them
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  /// Those that say the same, this one not counted among them.
  [[nodiscard]] Alike* known_alike(std::uint32_t code, std::string_view message, std::string_view stage_id);
  void add_to(Alike& them, Spool::Key key, std::uint64_t count);
  void keep(Spool::Key key, std::string_view packed);
  /// `visit` is given the finding, and those that say the same or null.
  void visit(const std::function<void(const Spool::Key&, Finding&, const Alike*)>& visit) const;
  std::uint32_t number_of(std::string_view text);
  void unpack(const Spool::Record& record, Finding& finding) const;

  mutable Spool spool_{std::size_t{12} << 20};  // a million records leave less
  Groups groups_;
  std::vector<Finding> run_ending_;
  std::unordered_map<std::string, Alike, Hash, std::equal_to<>> alike_;  // by their words
  std::vector<const Alike*> numbered_;
  // Remedies, stages and files are few and come again and again.
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<std::string_view> texts_;
  std::string packed_;
  std::string no_room_;
};

}  // namespace mealsync
