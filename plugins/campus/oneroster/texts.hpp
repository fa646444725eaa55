// campus/oneroster/texts.hpp -- the texts of a roster while it is loaded.
//
// Ownership  Texts live as long as this does.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <limits>

#include <mealsync/sheet.hpp>
#include <mealsync/value.hpp>

namespace mealsync::oneroster {

class Texts {
 public:
  Text keep(Text text) { return store_.keep(text); }
  /// For texts that come again and again.
  Text keep_once(Text text) {
    const auto at = known_.find(text);
    return at != known_.end() ? *at : *known_.insert(store_.keep(text)).first;
  }

 private:
  detail::TextStore store_;
  boost::unordered_flat_set<Text> known_;
};

/// What a sourcedId stands for: where something stands in the roster, or why it does not.
class Register {
 public:
  static constexpr std::uint32_t unknown = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t absent = unknown - 1;  // its status is tobedeleted
  static constexpr std::uint32_t other = unknown - 2;   // no student, no school

  [[nodiscard]] static bool is_place(std::uint32_t found) { return found < other; }

  [[nodiscard]] std::uint32_t find(Text sourced_id) const {
    const auto at = all_.find(sourced_id);
    return at == all_.end() ? unknown : at->second.place;
  }
  /// The line of what has this sourcedId already, or 0 where it is new.
  std::uint64_t add(Text sourced_id, std::uint32_t place, std::uint64_t line) {
    const auto [at, is_new] = all_.try_emplace(sourced_id, Entry{place, line});
    return is_new ? 0 : at->second.line;
  }

 private:
  struct Entry {
    std::uint32_t place;
    std::uint64_t line;
  };
  boost::unordered_flat_map<Text, Entry> all_;
};

}  // namespace mealsync::oneroster
