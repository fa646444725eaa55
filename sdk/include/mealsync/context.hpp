// mealsync/context.hpp -- what a stage is told of its run, and what it may tell of it: findings, counters and steps.
//
// Errors   fail and refuse throw; the boundary turns that into a finding and a failed run. A constructor may
//          use them: there is no half-made stage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <mealsync/abi.h>
#include <mealsync/rule.hpp>
#include <mealsync/value.hpp>

namespace mealsync {

/// The facts of a run. Time is an input: no stage asks the clock.
struct Run {
  SchoolYear school_year;
  Date as_of;
  bool test = false;  // for banners; what is written never depends on it
  std::string pipeline, district, name, started_at;
  std::vector<std::uint8_t> wanted{};  // of each column that goes out; empty: all are

  /// Whether a later stage reads the column: one that nobody reads may be left without values.
  template <class C>
  [[nodiscard]] bool wants(const C& column) const {
    return column.out >= wanted.size() || wanted[column.out] != 0;
  }
};

/// A record's line in its file, and which of the run's inputs that is.
struct Place {
  std::uint64_t packed = 0;

  [[nodiscard]] static constexpr Place of(std::uint32_t file, std::uint64_t line) {
    return {std::uint64_t{file} << MS_FILE_SHIFT | line};
  }
  [[nodiscard]] constexpr std::uint64_t line() const {
    return packed & ((std::uint64_t{1} << MS_FILE_SHIFT) - 1);
  }
  [[nodiscard]] constexpr std::uint32_t file() const {
    return static_cast<std::uint32_t>(packed >> MS_FILE_SHIFT);
  }
};

namespace detail {

/// Thrown by fail and refuse, caught at the boundary only.
struct Failure {
  std::uint32_t code;
  Severity severity;
  std::string message;
  std::string key;
  std::string_view remedy;
};
/// Thrown when a callback of the host has answered MS_FAILED: the finding is reported already.
struct Stopped {};

template <class... Args>
[[nodiscard]] Text key_among(const Args&... args) {
  Text key;
  [[maybe_unused]] const auto look = [&](const auto& argument) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(argument)>, Key>) key = argument.text;
  };
  (look(args), ...);
  return key;
}

}  // namespace detail

/// Reports a finding and ends the run: nothing is committed, exit 3.
template <const Rule& R, class... Args>
[[noreturn]] void fail(const Args&... args) {
  static_assert(R.severity == Severity::fatal,
                "only a fatal rule ends the run: use reject, remark or refuse");
  static_assert(R.arguments() == sizeof...(Args), "one argument for each {} of the rule");
  throw detail::Failure{R.code, R.severity, compose(R.text, args...), std::string(detail::key_among(args...)),
                        R.remedy};
}

/// Reports a finding and refuses the run on purpose: nothing is committed, exit 4.
template <const Rule& R, class... Args>
[[noreturn]] void refuse(const Args&... args) {
  static_assert(R.severity == Severity::refusal, "only a refusal refuses the run: use fail or reject");
  static_assert(R.arguments() == sizeof...(Args), "one argument for each {} of the rule");
  throw detail::Failure{R.code, R.severity, compose(R.text, args...), std::string(detail::key_among(args...)),
                        R.remedy};
}

class Context {
 public:
  explicit Context(const ms_host* host = nullptr) : host_(host) {}

  /// Adds to a counter that the engine totals.
  void count(Text counter, std::uint64_t by = 1) { host_->count(host_->self, borrow(counter), by); }

  /// Reports a finding; the record, if there is one, goes on.
  template <const Rule& R, class... Args>
  void remark(Place place, const Args&... args) {
    static_assert(R.severity < Severity::error, "an error stops its record: use reject");
    report<R>(place, 0, {}, args...);
  }

  /// Tells people what a source has reached, as "Server 'x' is reached"; in its constructor and in `test`.
  template <class... Args>
  void step(Text text, const Args&... args) {
    if (host_->size < offsetof(ms_host, step) + sizeof host_->step) return;
    words_.clear();
    compose_into(words_, text, args...);
    host_->step(host_->self, borrow(words_));
  }

  /// Reports why the run is to be refused, once; it goes on up to the commit, so that what it would do can be seen and
  /// accepted.
  template <const Rule& R, class... Args>
  void object(const Args&... args) {
    static_assert(R.severity == Severity::refusal, "only a refusal can be accepted: use remark or fail");
    report<R>({}, MS_MAY_BE_ACCEPTED, {}, args...);
  }

  /// Says that a record of the input is this person's; once a record.
  void saw(std::int64_t person) { host_->saw(host_->self, person); }
  /// Whether a record of the input is the person's, also one that was stopped. Columns::judges_absence first.
  [[nodiscard]] bool has_seen(std::int64_t person) const { return host_->has_seen(host_->self, person) != 0; }
  /// How many records were read of whom nobody has said whose they are.
  [[nodiscard]] std::uint64_t unidentified() const { return host_->unidentified(host_->self); }

 protected:
  template <const Rule& R, class... Args>
  void report(Place place, std::uint32_t flags, Text reason, const Args&... args) {
    static_assert(R.arguments() == sizeof...(Args), "one argument for each {} of the rule");
    words_.clear();
    compose_into(words_, R.text, args...);
    ms_finding finding{};
    finding.size = sizeof finding;
    finding.code = R.code;
    finding.severity = static_cast<std::uint32_t>(R.severity);
    finding.flags = flags;
    finding.place = place.packed;
    finding.message = borrow(words_);
    finding.key = borrow(detail::key_among(args...));
    finding.reason = borrow(reason);
    finding.remedy = borrow(R.remedy);
    host_->report(host_->self, &finding);
  }

  const ms_host* host_;

 private:
  std::string words_;  // of the finding or step that is told: kept for the memory of it
};

}  // namespace mealsync
