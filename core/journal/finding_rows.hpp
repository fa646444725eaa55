// journal/finding_rows.hpp -- writes down what a run found, a row a finding.
//
// Rationale  Several rows a statement, because beginning and ending one costs SQLite as much as two rows do, and a
//            large file has tens of thousands of findings.
// Errors     Throws Fault.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <finding/finding.hpp>
#include <journal/database.hpp>

namespace mealsync::journal_file {

class FindingRows {
 public:
  /// Of the run's entry with this id, after those that it has.
  FindingRows(Database& database, std::uint64_t id);

  /// Keeps a copy of it for some time, its key masked.
  void add(const Finding& finding);
  /// To be called after the last.
  void finish() {
    if (count_ > 0) write();
  }

 private:
  static constexpr std::size_t at_once = 16;

  void write();

  Database& database_;
  std::uint64_t id_;
  std::array<Finding, at_once> findings_;
  std::size_t count_ = 0;       // of those that wait
  std::uint64_t position_ = 0;  // of the next
  std::optional<Statement> insert_;
  std::size_t insert_rows_ = 0;  // of the statement
};

}  // namespace mealsync::journal_file
