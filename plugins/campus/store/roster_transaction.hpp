// campus/store/roster_transaction.hpp -- a roster becomes the student database's own: all of it, or nothing.
//
// A school or student is known by what the roster calls it (OneRosterKey), else by its number or state ID where
// exactly one has it. Nobody is guessed and nobody deleted; what the roster leaves blank stays as it is. Records of
// eligibility are never touched.
//
// Errors   Throws StoreError. After one, nothing is left to do but to let the transaction go.
// Threads  One thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <campus/store/incoming_roster.hpp>
#include <campus/store/store.hpp>

namespace mealsync::campus {

/// What a load did to a table.
struct TableChanges {
  std::string_view table;
  std::uint64_t added = 0, updated = 0, unchanged = 0, removed = 0;
};

/// The tables that a roster fills, in the order in which they are told.
enum class RosterTable : std::uint8_t {
  years,
  schools,
  calendars,
  persons,
  enrollments,
  provisions,
  households,
  members
};

/// What of a roster was left alone, because the database does not tell which row it is.
struct LeftAlone {
  enum class Why : std::uint8_t {
    several_schools,       // have the number of schools[index]
    several_persons,       // have the state ID of persons[index]
    no_such_school,        // provisions[index]
    several_such_schools,  // provisions[index]
    no_such_student,       // members[index]
    several_such_students  // members[index]
  };
  Why why;
  std::uint32_t index;
};

struct RosterOutcome {
  std::array<TableChanges, 8> tables{{{"SchoolYear"},
                                      {"School"},
                                      {"Calendar"},
                                      {"Person"},
                                      {"Enrollment"},
                                      {"SchoolProvision"},
                                      {"Household"},
                                      {"HouseholdMember"}}};
  std::vector<LeftAlone> left_alone;

  [[nodiscard]] TableChanges& of(RosterTable table) { return tables[static_cast<std::size_t>(table)]; }
};

class RosterTransaction {
 public:
  /// Begins at once: nobody else writes until commit, or until the transaction is destroyed, which undoes it.
  /// The store was opened to be written, and lives longer.
  explicit RosterTransaction(CampusStore& store);
  ~RosterTransaction();
  RosterTransaction(const RosterTransaction&) = delete;
  RosterTransaction& operator=(const RosterTransaction&) = delete;

  /// Once.
  [[nodiscard]] RosterOutcome apply(const IncomingRoster& roster);
  void commit();

 private:
  Connection& connection_;
};

}  // namespace mealsync::campus
