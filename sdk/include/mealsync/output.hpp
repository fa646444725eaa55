// mealsync/output.hpp -- where a record goes: a record's fate is visible at the call.
//
//   out.pass(row).set(column, value)     it goes on
//   out.row(place).set(column, value)    a new one
//   out.reject<rule>(row, …)             an error; it stops here, counted once however many errors it has
//   out.skip<rule>(row, "cep", …)        it stops here and is no error, counted in skipped.cep
//   out.remark<rule>(row.place(), …)     a finding; it goes on
#pragma once

#include <cstdint>
#include <span>

#include <mealsync/context.hpp>
#include <mealsync/row.hpp>
#include <mealsync/sheet.hpp>

namespace mealsync {

/// The cells of a record that goes on.
class Cells {
 public:
  Cells(detail::Sheet& sheet, std::uint32_t row) : sheet_(&sheet), row_(row) {}

  /// Text is copied.
  template <class T>
  Cells& set(Column<T> column, ValueOf<T> value) {
    sheet_->set(row_, column, value);
    return *this;
  }
  /// Text that lives until the stage's verb returns: of the block, of a row that came in, or a constant.
  Cells& borrow(Column<Text> column, Text value) {
    sheet_->set_borrowed(row_, column, value);
    return *this;
  }
  /// Leaves the cell without a value.
  template <class T>
  Cells& clear(Column<T> column) {
    sheet_->clear_cell(row_, column);
    return *this;
  }

 private:
  detail::Sheet* sheet_;
  std::uint32_t row_;
};

class Output : public Context {
 public:
  Output(const ms_host* host, std::span<const ms_port> ports) : Context(host), passed_(ports), made_(ports) {}

  /// The record goes on, with what is set here changed.
  Cells pass(Row row) {
    passed_.select(row.index());
    return {passed_, row.index()};
  }
  /// A new record. The place is where it was read.
  Cells row(Place place) {
    if (made_.is_full()) made_.emit(*host_);
    return {made_, made_.append(place.packed)};
  }

  template <const Rule& R, class... Args>
  void reject(Place place, const Args&... args) {
    static_assert(R.severity == Severity::error, "only an error stops a record: use remark, skip or fail");
    report<R>(place, stops(place), {}, args...);
  }
  template <const Rule& R, class... Args>
  void reject(Row row, const Args&... args) {
    reject<R>(row.place(), args...);
  }
  /// For formats: takes back the record begun last, with an error.
  template <const Rule& R, class... Args>
  void reject_newest(Place place, const Args&... args) {
    made_.drop_newest();
    reject<R>(place, args...);
  }
  /// The record stops here and is no error. The reason is a counter's name: cep, duplicate, not_ours, held.
  template <const Rule& R, class... Args>
  void skip(Place place, Text reason, const Args&... args) {
    static_assert(R.severity < Severity::error, "an error is no skip: use reject");
    report<R>(place, stops(place), reason, args...);
  }
  template <const Rule& R, class... Args>
  void skip(Row row, Text reason, const Args&... args) {
    skip<R>(row.place(), reason, args...);
  }
  using Context::remark;
  template <const Rule& R, class... Args>
  void remark(Row row, const Args&... args) {
    Context::remark<R>(row.place(), args...);
  }

  // What the boundary calls around a stage's verb.
  void begin(const ms_batch& batch, const ms_host* host) {
    host_ = host;
    passed_.begin_over(batch);
    made_.begin_new();
  }
  void begin(const ms_host* host) {
    host_ = host;
    made_.begin_new();
  }
  void emit_passed() { passed_.emit(*host_); }
  void emit_made() { made_.emit(*host_); }

 private:
  std::uint32_t stops(Place place) {
    const bool again = stopped_ == place.packed && place.packed != 0;
    stopped_ = place.packed;
    return again ? 0 : MS_STOPS_RECORD;
  }

  detail::Sheet passed_;
  detail::Sheet made_;
  std::uint64_t stopped_ = 0;
};

}  // namespace mealsync
