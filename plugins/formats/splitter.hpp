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
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "formats/encoding.hpp"
#include "formats/scanner.hpp"

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
      : dialect_(dialect),
        signs_({'\n', dialect.separator,
                dialect.quote == Dialect::no_quote ? dialect.separator : dialect.quote}) {}

  /// How many of the bytes, which begin at a record, are whole records whatever comes after them.
  [[nodiscard]] std::size_t whole(std::string_view bytes) {
    begin(bytes);
    const auto line_begin = [&](const char* to) {
      return at_ + std::string_view(at_, size(at_, to)).rfind('\n') + 1;
    };
    // A line without a quote is a record. So only those are walked that hold one.
    while (const char* const quote =
               dialect_.quote == Dialect::no_quote ? nullptr : find(dialect_.quote, at_, end_)) {
      at_ = line_begin(quote);
      signs_.seek(spot_, at_);
      const char* stop = walk(at_);
      const bool has_ended = stop != nullptr && stop != end_;
      if (!has_ended && size(at_, end_) <= dialect_.max_record) return size(bytes.data(), at_);
      if (!has_ended || is_broken(at_, stop)) {
        stop = give_up(at_, stop);
        if (stop == end_) return size(bytes.data(), at_);
      }
      at_ = stop + 1;
    }
    return size(bytes.data(), line_begin(end_));
  }

  /// Begins with bytes that are whole records.
  void begin(std::string_view bytes) {
    at_ = bytes.data();
    end_ = bytes.data() + bytes.size();
    spot_ = signs_.begin(bytes);
    lost_until_ = bytes.data();
    lost_end_ = nullptr;
    lost_text_after_ = bytes.data();
  }
  /// Goes to the next record. False where there is none.
  [[nodiscard]] bool next() {
    if (at_ == end_) return false;
    const char* const record = at_;
    const char* stop = walk(record);
    fault_ = text_after_ == nullptr ? RecordFault::none : RecordFault::text_after_quote;
    if (is_broken(record, stop)) {
      stop = give_up(record, stop);
      fault_ = size(record, stop) > dialect_.max_record ? RecordFault::too_long : RecordFault::open_quote;
      spans_lines_ = false;
      count_ = 0;
      if (stop != end_) signs_.seek(spot_, stop + 1);
    }
    is_plain_ = signs_.was_plain();
    record_ = {record, size(record, stop)};
    at_ = stop == end_ ? end_ : stop + 1;
    return true;
  }

  // The record that was gone to last.
  [[nodiscard]] RecordFault fault() const { return fault_; }
  /// Its fields, unless it has a fault.
  [[nodiscard]] std::span<const Field> fields() const { return {fields_.data(), count_}; }
  [[nodiscard]] std::string_view record() const { return record_; }
  [[nodiscard]] std::uint64_t lines() const {
    return 1 +
           (spans_lines_ ? static_cast<std::uint64_t>(std::count(record_.begin(), record_.end(), '\n')) : 0);
  }
  /// Whether it is ASCII without a NUL. That of a few others beside one that is not is denied, too.
  [[nodiscard]] bool is_plain() const { return is_plain_; }
  /// Nothing but blanks: no record at all.
  [[nodiscard]] bool is_blank() const {
    if (!record_.empty() && record_[0] > ' ' && record_[0] <= '~') return false;  // nearly all
    const std::size_t from = record_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    return std::all_of(record_.begin() + from, record_.end(), [&](char c) {
      return (c == ' ' || c == '\t' || c == '\r') && c != dialect_.separator;
    });
  }

 private:
  [[nodiscard]] static std::size_t size(const char* from, const char* to) {
    return static_cast<std::size_t>(to - from);
  }
  [[nodiscard]] static const char* find(char c, const char* from, const char* to) {
    return from == to ? nullptr : static_cast<const char*>(std::memchr(from, c, size(from, to)));
  }
  /// Room for another field, which begins there in its record. Those of a record that will be too long might be
  /// very many, and are not wanted.
  [[nodiscard]] std::span<Field> more_room(std::size_t at) {
    if (at <= dialect_.max_record) fields_.resize(fields_.size() * 2 + 16);
    return fields_;
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

  /// Goes to the newline that ends the record, or to the end of the bytes, and keeps its fields. nullptr where a
  /// quote is open there.
  [[nodiscard]] const char* walk(const char* record) {
    text_after_ = nullptr;
    spans_lines_ = false;
    count_ = 0;
    const char* from = record;
    if (std::string_view(from, size(from, end_)).starts_with(byte_order_mark)) from += byte_order_mark.size();
    // Local, so that no field waits for the memory that the one before it was written to.
    Spot spot = spot_;
    std::span<Field> room = fields_;
    std::size_t count = 0;
    while (true) {
      const char* at = signs_.next(spot);
      char sign = at == end_ ? '\n' : *at;
      const char* text_end = at;
      bool is_doubled = false;
      if (sign == '\n') {
        text_end = without_return(from, at);
      } else if (sign != dialect_.separator) {
        if (at != from) continue;  // a quote inside a field is as any other sign
        spot_ = spot;
        const Quoted quoted = walk_quoted(record);
        ++from;
        spot = spot_;
        at = quoted.end;
        if (quoted.close == nullptr) return at;
        sign = at == end_ ? '\n' : *at;
        text_end = quoted.close;
        is_doubled = quoted.is_doubled;
      }
      if (count == room.size()) room = more_room(size(record, from));
      if (count < room.size()) room[count] = {{from, size(from, text_end)}, is_doubled};
      ++count;
      if (sign == '\n') {
        spot_ = spot;
        count_ = count;
        return at;
      }
      from = at + 1;
    }
  }

  struct Quoted {
    const char* end;              // of the field
    const char* close = nullptr;  // where there is none, the walk has ended, too
    bool is_doubled = false;
  };
  [[nodiscard]] Quoted walk_quoted(const char* record) {
    const auto is_quote = [&](const char* at) { return at != end_ && *at == dialect_.quote; };
    bool is_doubled = false;
    const char* close = signs_.next(spot_);
    for (; close != end_; close = signs_.next(spot_)) {
      if (*close == '\n') {
        spans_lines_ = true;
        if (close < lost_until_ && shares_its_end(record, close)) return {lost_end_};
      } else if (is_quote(close)) {
        if (!is_quote(close + 1)) break;
        is_doubled = true;
        close = signs_.next(spot_);
      }
    }
    if (close == end_) return {nullptr};
    const char* end = signs_.next(spot_);
    while (is_quote(end))
      end = signs_.next(spot_);
    if (without_return(close + 1, end) != close + 1) text_after_ = close + 1;
    return {end, close, is_doubled};
  }

  /// Whether a record is to be given up as the one before it was. That one, too, was inside quotes at this
  /// newline, so that from here on both are one.
  [[nodiscard]] bool shares_its_end(const char* record, const char* newline) {
    if (newline < lost_text_after_) text_after_ = lost_text_after_;
    return is_broken(record, lost_end_);
  }

  /// The end of the field without the carriage return of a line end.
  [[nodiscard]] const char* without_return(const char* from, const char* to) const {
    const bool ends_line = to == end_ || *to == '\n';
    return ends_line && from != to && to[-1] == '\r' ? to - 1 : to;
  }

  Dialect dialect_;
  Scanner signs_;
  Spot spot_;
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
  std::vector<Field> fields_;  // room for those of one record, and how many there are
  std::size_t count_ = 0;
  bool is_plain_ = true;
  std::string_view record_;
  RecordFault fault_ = RecordFault::none;
};

}  // namespace mealsync::formats
