// campus/names_ahead.hpp -- how the students are called in Campus, read some pieces ahead of who asks.
//
// Errors   StoreError: of opening at once, of reading from `of`.
// Threads  As a ScanAhead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <campus/store/store.hpp>
#include <mealsync/copy_text.hpp>
#include <mealsync/scan_ahead.hpp>

namespace mealsync::campus {

class NamesAhead {
 public:
  struct Student {
    std::string_view name;  // "Last, First"
    std::string_view state_id;
  };

  /// State IDs are left empty where nobody asks for them.
  NamesAhead(const std::string& database, bool with_state_ids)
      : store_(database, Access::read_only),
        ahead_([this, with_state_ids](const Give& give) { scan(with_state_ids, give); }, most_pieces) {}

  /// Asked for in ascending order: one scan, whoever is asked for. Empty texts where there is no such person. They
  /// live until the next call.
  [[nodiscard]] Student of(std::int64_t person) {
    while (go_on() && piece_.entries[at_].person < person)
      ++at_;
    if (at_ == piece_.entries.size() || piece_.entries[at_].person != person) return {};
    const Entry& entry = piece_.entries[at_];
    const std::string_view texts = std::string_view(piece_.texts).substr(entry.begin);
    return {texts.substr(0, entry.name_size), texts.substr(entry.name_size, entry.id_size)};
  }

 private:
  static constexpr std::size_t piece_size = 4096;  // students
  static constexpr std::size_t usual_bytes = 24;   // of a student's texts
  static constexpr std::size_t most_pieces = 32;   // about 6 MB

  struct Entry {
    std::int64_t person;
    std::uint32_t begin, name_size, id_size;
  };
  struct Piece {
    std::vector<Entry> entries;
    std::string texts;

    [[nodiscard]] bool is_full() const { return entries.size() == piece_size; }
    void add(const NameRow& row) {
      if (entries.empty()) {
        entries.reserve(piece_size);
        texts.reserve(piece_size * usual_bytes);
      }
      const std::string_view between = row.last_name.empty() || row.first_name.empty() ? "" : ", ";
      const std::size_t begin = texts.size();
      const std::size_t name_size = row.last_name.size() + between.size() + row.first_name.size();
      texts.resize(begin + name_size + row.state_id.size());
      char* to = texts.data() + begin;
      for (const std::string_view text : {row.last_name, between, row.first_name, row.state_id})
        to = detail::copy_text(text, to);
      entries.push_back({row.person, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(name_size),
                         static_cast<std::uint32_t>(row.state_id.size())});
    }
  };

  /// Whether there is a student to look at.
  [[nodiscard]] bool go_on() {
    while (!has_ended_ && at_ == piece_.entries.size()) {
      auto piece = ahead_.next();
      has_ended_ = !piece;
      if (piece) {
        piece_ = std::move(*piece);
        at_ = 0;
      }
    }
    return !has_ended_;
  }

  using Give = ScanAhead<Piece>::Give;

  void scan(bool with_state_ids, const Give& give) {
    give_in_pieces<Piece>(give, [&](const auto& take) { store_.read_names(with_state_ids, take); });
  }

  CampusStore store_;
  Piece piece_;
  std::size_t at_ = 0;  // in piece_
  bool has_ended_ = false;
  ScanAhead<Piece> ahead_;
};

}  // namespace mealsync::campus
