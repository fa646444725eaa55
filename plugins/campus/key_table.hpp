// campus/key_table.hpp -- numbers by key, for a million keys and more: filled once, then only asked.
//
// Keys of up to fifteen digits, which nearly all state IDs are, become one number each and lie in a table with open
// addressing, 16 bytes a place; others lie in a map of texts. Where a key will be found can be fetched ahead.
// Units    A value is a number below KeyTable::several; a tag is any.
// Threads  Filled by one thread; asked by any number of them after that.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <vector>

#include <campus/large_memory.hpp>
#include <mealsync/sheet.hpp>

namespace mealsync::campus {

/// The number that stands for a key of digits: its length and its value, so that 012 is not 12. 0: it is none such.
[[nodiscard]] inline std::uint64_t packed_digits(std::string_view key) {
  constexpr std::size_t most = 15, length_shift = 56;
  if (key.empty() || key.size() > most) return 0;
  const std::uint64_t length = key.size();
  std::uint64_t value = 0;
  if (key.size() >= sizeof value) {
    // Eight digits at once: pairs, then fours, then all.
    std::uint64_t word = 0;
    std::memcpy(&word, key.data(), sizeof word);
    constexpr std::uint64_t high_halves = 0xF0F0F0F0F0F0F0F0, zeros = 0x3030303030303030;
    if ((word & high_halves) != zeros || ((word + 0x0606060606060606) & high_halves) != zeros) return 0;
    word -= zeros;
    word = (word * 10 + (word >> 8)) & 0x00FF00FF00FF00FF;
    word = (word * 100 + (word >> 16)) & 0x0000FFFF0000FFFF;
    value = (word * 10000 + (word >> 32)) & 0xFFFFFFFF;
    key.remove_prefix(sizeof word);
  }
  for (const char c : key) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value | length << length_shift;
}

class KeyTable {
 public:
  static constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t several = nobody - 1;

  struct Found {
    std::uint32_t value = nobody;
    std::uint32_t tag = 0;
  };

  /// Room for so many keys, without growing.
  void reserve(std::size_t keys) {
    if (keys > most_keys(places_.size())) move_to(keys + keys / 2 + 2);
  }

  /// A key that is not empty; `tag` is what is to lie beside the value. A key that is added again is that of several.
  void add(std::string_view key, std::uint32_t value, std::uint32_t tag) {
    if (const std::uint64_t number = packed_digits(key); number != 0) {
      if (waiting_ == added_.size()) put_waiting();
      added_[waiting_++] = {number, value, tag};
      __builtin_prefetch(&places_[first_place(number)], 1);
    } else if (const auto at = texts_.find(key); at != texts_.end()) {
      at->second.value = several;
    } else {
      texts_.emplace(kept_.keep(key), Found{value, tag});
    }
  }
  /// All are added.
  void finish() { put_waiting(); }

  /// Nobody has the empty key.
  [[nodiscard]] Found find(std::string_view key) const {
    if (const std::uint64_t number = packed_digits(key); number != 0) {
      const Place& place = place_of(number);
      return place.key == number ? Found{place.value, place.tag} : Found{};
    }
    const auto at = texts_.find(key);
    return at == texts_.end() ? Found{} : at->second;
  }
  /// Lets memory begin to bring what `find` will look at.
  void fetch(std::string_view key) const {
    const std::uint64_t number = packed_digits(key);
    if (number == 0) return;
    __builtin_prefetch(&places_[first_place(number)]);
    // g++ 12 takes a function that only prefetches for one without effect, and leaves its calls out.
    asm volatile("");
  }

 private:
  struct Place {
    std::uint64_t key = 0;  // 0: free
    std::uint32_t value = nobody, tag = 0;
  };

  using Places = std::vector<Place, LargeMemory<Place>>;

  /// A third is free.
  [[nodiscard]] static constexpr std::size_t most_keys(std::size_t places) { return places - places / 3 - 1; }

  /// Keys wait until memory has brought their places.
  void put_waiting() {
    if (keys_ + waiting_ > most_keys(places_.size())) move_to(places_.size() * 2);
    for (std::size_t i = 0; i < waiting_; ++i) {
      Place& place = place_of(added_[i].key);
      const bool is_new = place.key == 0;
      keys_ += is_new ? 1 : 0;
      place = {added_[i].key, is_new ? added_[i].value : several, added_[i].tag};
    }
    waiting_ = 0;
  }
  void move_to(std::size_t places) {
    Places smaller(places);
    smaller.swap(places_);
    for (const Place& place : smaller)
      if (place.key != 0) place_of(place.key) = place;
  }

  /// The upper half of the product of a scattered key and the number of places.
  [[nodiscard]] std::size_t first_place(std::uint64_t key) const {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::size_t>(Wide{key * 0x9E3779B97F4A7C15} * places_.size() >> 64);
  }
  /// Where the key is, or the free place where it would be: there is always one.
  template <class Self>
  [[nodiscard]] static auto& place_in(Self& self, std::uint64_t key) {
    std::size_t at = self.first_place(key);
    while (self.places_[at].key != 0 && self.places_[at].key != key)
      at = at + 1 < self.places_.size() ? at + 1 : 0;
    return self.places_[at];
  }
  [[nodiscard]] Place& place_of(std::uint64_t key) { return place_in(*this, key); }
  [[nodiscard]] const Place& place_of(std::uint64_t key) const { return place_in(*this, key); }

  Places places_ = Places(64);
  std::size_t keys_ = 0;
  std::array<Place, 16> added_;  // and waiting to be put
  std::size_t waiting_ = 0;
  boost::unordered_flat_map<std::string_view, Found> texts_;
  detail::TextStore kept_;
};

}  // namespace mealsync::campus
