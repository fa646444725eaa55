// formats/splitter.hpp -- delimited text, record by record and field by field.
//
// A quote opens at the start of a field only, and is doubled inside. A newline inside quotes belongs to its
// field. A byte-order mark at the start of a record is no part of it: files are also made by joining files.
// Where records begin and end depends on the bytes alone, never on how they were cut into blocks. So a
// record of many lines that does not end within max_record, or in which text follows a closing quote, is given
// up in favour of its first line, and the next record begins on the line after it: a quote too many costs one
// record and not all up to the next quote.
// Units      Sizes in bytes. A record's size is counted without the newline that ends it.
// Ownership  Fields refer to the bytes that were given.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "formats/encoding.hpp"

namespace mealsync::formats {

struct Dialect {
  static constexpr char no_quote = '\0';

  char separator = ',';
  char quote = '"';
  std::size_t max_record = 65536;
};

struct Field {
  std::string_view text;    // without the quotes around it
  bool is_doubled = false;  // holds doubled quotes, which stand for one each
};

enum class RecordFault : std::uint8_t { none, too_long, open_quote, text_after_quote };

class Splitter {
 public:
  explicit Splitter(const Dialect& dialect)
      : dialect_(dialect), separators_(ones * static_cast<unsigned char>(dialect.separator)) {}

  /// How many of the bytes, which begin at a record, are whole records whatever comes after them.
  [[nodiscard]] std::size_t whole(std::string_view bytes) {
    if (dialect_.quote == Dialect::no_quote || bytes.find(dialect_.quote) == std::string_view::npos)
      return bytes.rfind('\n') + 1;
    begin(bytes);
    while (at_ != end_) {
      const char* stop = walk(at_, [](const Field&) {});
      const bool has_ended = stop != nullptr && stop != end_;
      if (!has_ended && size(at_, end_) <= dialect_.max_record) break;
      if (!has_ended || is_broken(at_, stop)) {
        stop = give_up(at_, stop);
        if (stop == end_) break;
      }
      at_ = stop + 1;
    }
    return size(bytes.data(), at_);
  }

  /// Begins with bytes that are whole records.
  void begin(std::string_view bytes) {
    at_ = bytes.data();
    end_ = bytes.data() + bytes.size();
    lost_until_ = bytes.data();
    lost_end_ = nullptr;
    lost_text_after_ = bytes.data();
  }
  /// Goes to the next record. False where there is none.
  [[nodiscard]] bool next() {
    if (at_ == end_) return false;
    const char* const record = at_;
    fields_.clear();
    const char* stop = walk(record, [&](const Field& field) {
      // The fields of a record that will be too long are not wanted, and might be very many.
      if (size(record, field.text.data()) <= dialect_.max_record) fields_.push_back(field);
    });
    fault_ = text_after_ == nullptr ? RecordFault::none : RecordFault::text_after_quote;
    if (is_broken(record, stop)) {
      stop = give_up(record, stop);
      fault_ = size(record, stop) > dialect_.max_record ? RecordFault::too_long : RecordFault::open_quote;
      spans_lines_ = false;
    }
    record_ = {record, size(record, stop)};
    at_ = stop == end_ ? end_ : stop + 1;
    return true;
  }

  // The record that was gone to last.
  [[nodiscard]] RecordFault fault() const { return fault_; }
  /// Its fields, unless it has a fault.
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
  [[nodiscard]] std::string_view record() const { return record_; }
  [[nodiscard]] std::uint64_t lines() const {
    return 1 +
           (spans_lines_ ? static_cast<std::uint64_t>(std::count(record_.begin(), record_.end(), '\n')) : 0);
  }
  /// Nothing but blanks: no record at all.
  [[nodiscard]] bool is_blank() const {
    const std::size_t from = record_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    return std::all_of(record_.begin() + from, record_.end(), [&](char c) {
      return (c == ' ' || c == '\t' || c == '\r') && c != dialect_.separator;
    });
  }

 private:
  static constexpr std::uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;

  [[nodiscard]] static std::size_t size(const char* from, const char* to) {
    return static_cast<std::size_t>(to - from);
  }
  [[nodiscard]] static const char* find(char c, const char* from, const char* to) {
    return from == to ? nullptr : static_cast<const char*>(std::memchr(from, c, size(from, to)));
  }
  /// Whether the record that was walked, to `stop` (nullptr: has no end), is given up.
  [[nodiscard]] bool is_broken(const char* record, const char* stop) const {
    return stop == nullptr || size(record, stop) > dialect_.max_record ||
           (spans_lines_ && text_after_ != nullptr);
  }
  /// The end of the record's first line, and a note that spares the lines after it the same long way.
  [[nodiscard]] const char* give_up(const char* record, const char* stop) {
    const char* const until = stop == nullptr ? end_ : stop;
    if (until > lost_until_) {
      lost_until_ = until;
      lost_end_ = stop;
      lost_text_after_ = text_after_ == nullptr ? record : text_after_;
    }
    const char* const newline = find('\n', record, end_);
    return newline == nullptr ? end_ : newline;
  }

  /// Goes to the newline that ends the record, or to the end of the bytes. nullptr where a quote is open
  /// there. `take` is told of each field.
  template <class Take>
  [[nodiscard]] const char* walk(const char* record, Take&& take) {
    const char* at = record;
    text_after_ = nullptr;
    spans_lines_ = false;
    if (std::string_view(at, size(at, end_)).starts_with(byte_order_mark)) at += byte_order_mark.size();
    for (;; ++at) {
      if (at != end_ && *at == dialect_.quote && dialect_.quote != Dialect::no_quote) {
        const char* const from = at + 1;
        const char* close = find(dialect_.quote, from, end_);
        bool is_doubled = false;
        while (close != nullptr && close + 1 != end_ && close[1] == dialect_.quote) {
          is_doubled = true;
          close = find(dialect_.quote, close + 2, end_);
        }
        if (const char* const newline = find('\n', from, close == nullptr ? end_ : close)) {
          spans_lines_ = true;
          if (newline < lost_until_ && shares_its_end(record, newline)) return lost_end_;
        }
        if (close == nullptr) return nullptr;
        at = field_end(close + 1);
        if (without_return(close + 1, at) != close + 1) text_after_ = close + 1;
        take(Field{{from, size(from, close)}, is_doubled});
      } else {
        const char* const from = at;
        at = field_end(from);
        take(Field{{from, size(from, without_return(from, at))}});
      }
      if (at == end_ || *at == '\n') return at;
    }
  }

  /// Whether a record is to be given up as the one before it was. That one, too, was inside quotes at this
  /// newline, so that from here on both are one.
  [[nodiscard]] bool shares_its_end(const char* record, const char* newline) {
    if (newline < lost_text_after_) text_after_ = lost_text_after_;
    return is_broken(record, lost_end_);
  }

  /// The first separator or newline, or the end of the bytes.
  [[nodiscard]] const char* field_end(const char* at) const {
    if constexpr (std::endian::native == std::endian::little) {
      for (; size(at, end_) >= sizeof ones; at += sizeof ones) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        const std::uint64_t hits = zeros(word ^ separators_) | zeros(word ^ (ones * '\n'));
        if (hits != 0) return at + std::countr_zero(hits) / 8;
      }
    }
    while (at != end_ && *at != dialect_.separator && *at != '\n')
      ++at;
    return at;
  }
  /// The high bit of the first byte that is zero is set, and none below it.
  [[nodiscard]] static std::uint64_t zeros(std::uint64_t word) { return (word - ones) & ~word & highs; }

  /// The end of the field without the carriage return of a line end.
  [[nodiscard]] const char* without_return(const char* from, const char* to) const {
    const bool ends_line = to == end_ || *to == '\n';
    return ends_line && from != to && to[-1] == '\r' ? to - 1 : to;
  }

  Dialect dialect_;
  std::uint64_t separators_;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  // Of the record that is walked: where text follows a closing quote (nullptr: nowhere), and whether a newline
  // is inside quotes.
  const char* text_after_ = nullptr;
  bool spans_lines_ = false;
  // Of a record that was given up: up to where its newlines are known to be inside quotes, where it would have
  // ended (nullptr: not in these bytes), and where text followed a closing quote last.
  const char* lost_until_ = nullptr;
  const char* lost_end_ = nullptr;
  const char* lost_text_after_ = nullptr;
  std::vector<Field> fields_;
  std::string_view record_;
  RecordFault fault_ = RecordFault::none;
};

}  // namespace mealsync::formats
