// campus/household_donors.hpp -- children whose certification other children of their households get, and which of
// several counts.
//
// Free comes before Reduced, then the earliest start, then the first line. Lines with one case number are of one household:
// what the best of them has, each of them gives.
// Source   campus.md 3.3; layouts.md 2.3: SNAP, TANF, FDPIR and Medicaid extend; foster, homeless, migrant, runaway,
//          Head Start and unknown programs do not.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <eligibility/record.hpp>

namespace mealsync::campus {

[[nodiscard]] constexpr bool extends(CertifiedType type) {
  return type == CertifiedType::snap || type == CertifiedType::tanf || type == CertifiedType::fdpir ||
         type == CertifiedType::medicaid;
}

class HouseholdDonors {
 public:
  /// `case_number`: empty where the line has none.
  void add(std::int64_t person, std::string_view case_number, const IncomingRow& row) {
    std::size_t lines = 0;
    if (case_number.empty()) {
      lines = best_.size();
      best_.push_back(row);
    } else {
      const auto [at, is_new] = cases_.try_emplace(std::string(case_number), best_.size());
      lines = at->second;
      if (is_new)
        best_.push_back(row);
      else
        keep_better(best_[lines], row);
    }
    persons_.push_back({person, lines});
  }
  /// All are added.
  void finish() {
    for (const auto& [person, lines] : persons_)
      if (const auto [at, is_new] = of_.try_emplace(person, best_[lines]); !is_new)
        keep_better(at->second, best_[lines]);
    cases_.clear();
  }

  [[nodiscard]] bool empty() const { return persons_.empty(); }
  /// What the person has to give; null where he has nothing.
  [[nodiscard]] const IncomingRow* of(std::int64_t person) const {
    const auto at = of_.find(person);
    return at == of_.end() ? nullptr : &at->second;
  }

  static void keep_better(IncomingRow& best, const IncomingRow& row) {
    if (merit(row) < merit(best)) best = row;
  }

 private:
  struct Of {
    std::int64_t person;
    std::size_t lines;  // of his case, or his one line: where the best of them is
  };
  [[nodiscard]] static std::tuple<int, Date, std::uint64_t> merit(const IncomingRow& row) {
    return {rank(row.status), row.start, row.place};
  }

  std::vector<IncomingRow> best_;
  std::vector<Of> persons_;
  boost::unordered_flat_map<std::string, std::size_t> cases_;
  boost::unordered_flat_map<std::int64_t, IncomingRow> of_;
};

}  // namespace mealsync::campus
