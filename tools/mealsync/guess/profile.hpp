// guess/profile.hpp -- what a column holds: its values with their counts, and what they look like.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "shape.hpp"

namespace mealsync::guess {

class Profile {
 public:
  /// More distinct values than these are not kept: such a column holds no codes, and its first values say the rest.
  static constexpr std::size_t most_distinct = 20'000;

  void add(const std::string& cell) {
    ++records_;
    if (const auto known = values_.find(cell); known != values_.end())
      ++known->second;
    else if (values_.size() < most_distinct)
      values_.emplace(cell, 1);
    else
      ++others_;
  }

  [[nodiscard]] std::uint64_t records() const { return records_; }
  [[nodiscard]] std::uint64_t blanks() const {
    const auto blank = values_.find({});
    return blank == values_.end() ? 0 : blank->second;
  }
  [[nodiscard]] bool is_blank() const { return blanks() == records_; }
  [[nodiscard]] bool is_whole() const { return others_ == 0; }
  /// With the blank one.
  [[nodiscard]] std::size_t distinct() const { return values_.size(); }
  [[nodiscard]] const std::unordered_map<std::string, std::uint64_t>& values() const { return values_; }

  /// Of a thousand records that have a value: how many have one that `is`. Of those whose values are kept.
  template <class F>
  [[nodiscard]] std::uint64_t share(F&& is) const {
    std::uint64_t all = 0, those = 0;
    for (const auto& [value, records] : values_) {
      if (value.empty()) continue;
      all += records;
      those += is(value) ? records : 0;
    }
    return all == 0 ? 0 : those * 1000 / all;
  }

 private:
  std::unordered_map<std::string, std::uint64_t> values_;
  std::uint64_t records_ = 0, others_ = 0;
};

struct Table {
  std::vector<Profile> columns;
  std::vector<std::string> header;  // empty: the first line is a record
  std::uint64_t records = 0;
  std::uint64_t broken = 0;  // lines of another number of columns
};

/// Looks at every record.
[[nodiscard]] Table profile(std::string_view bytes, const Shape& shape);

/// Calls `visit` with each record; the header is none.
void each_data_record(std::string_view bytes, const Shape& shape, const Table& table,
                      const std::function<void(Cells)>& visit);

}  // namespace mealsync::guess
