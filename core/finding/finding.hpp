// finding/finding.hpp -- what was found wrong, by whom, where, and what to do about it.
//
// Ownership  A finding owns its texts.
// Errors     A function that can meet a user's fault takes Findings& and answers with an optional:
//            empty means "already told, at least once".
// Threads    Findings may be added to by one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mealsync/rule.hpp>

namespace mealsync {

/// A place in a file that a person edits. Lines and columns count from 1, in bytes; 0 where there is none.
struct Position {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct Finding {
  std::uint32_t code = 0;
  Severity severity = Severity::info;
  std::string message;  // key_mark stands where the key is shown
  std::string remedy;
  Position at;              // in a pipeline file
  std::uint64_t place = 0;  // of a record: see abi.h
  std::string key;          // of a record, whole: only a detail report may show it
  std::string stage;        // its id in the pipeline
  std::uint64_t count = 1;  // how many alike it stands for; it is the first of them
};

template <const Rule& R, class... Args>
[[nodiscard]] Finding make_finding(Position at, const Args&... args) {
  static_assert(R.arguments() == sizeof...(Args), "one argument for each {} of the rule");
  return {R.code, R.severity, compose(R.text, args...), std::string(R.remedy), std::move(at), 0, {}, {}, 1};
}

class Findings {
 public:
  template <const Rule& R, class... Args>
  void add(Position at, const Args&... args) {
    add(make_finding<R>(std::move(at), args...));
  }
  void add(Finding finding) {
    failed_ = failed_ || finding.severity >= Severity::error;
    all_.push_back(std::move(finding));
  }

  [[nodiscard]] const std::vector<Finding>& all() const { return all_; }
  /// Whether anything was found that must stop the work: an error, a refusal or a fatal finding.
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  std::vector<Finding> all_;
  bool failed_ = false;
};

}  // namespace mealsync
