// campus/store/store_error.hpp -- why a Campus database cannot be used, or an import not be finished.
//
// Thrown by everything in this folder. The stage that uses the store makes it a finding: one fault, one rule.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace mealsync::campus {

enum class Fault : std::uint8_t {
  missing,            // no such file, or it may not be opened
  not_a_file,         // a folder, a socket …
  not_a_database,     // no SQLite file
  not_campus,         // an SQLite file of something else
  other_version,      // a Campus database of another schema
  locked,             // another process holds it, for longer than the patience
  read_only,          // it cannot be written, and has to be
  occupied,           // a database is to be made where something else is
  changed_meanwhile,  // a record is not what it was when it was read
  overlapping,        // the records of a student would overlap
  failed              // all else: a full disk, a damaged file, …
};

/// `what()` says why, in SQLite's words where they are SQLite's. It names no person and no path.
class StoreError : public std::runtime_error {
 public:
  StoreError(Fault fault, const std::string& words) : std::runtime_error(words), fault_(fault) {}
  [[nodiscard]] Fault fault() const { return fault_; }

 private:
  Fault fault_;
};

}  // namespace mealsync::campus
