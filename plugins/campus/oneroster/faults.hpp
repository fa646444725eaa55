// campus/oneroster/faults.hpp -- what is wrong with a set, file by file and line by line.
//
// Ownership  A fault owns its texts; its rule is a constant.
// Threads    One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <mealsync/context.hpp>
#include <mealsync/rule.hpp>

namespace mealsync::oneroster {

struct Fault {
  const Rule* rule;
  std::string message;  // key_mark stands where the key is shown
  std::string key;      // a state ID, or what the set calls a student: whole
  std::string file;
  std::uint64_t line = 0;  // 0: of the file
};

class Faults {
 public:
  template <const Rule& R, class... Args>
  void add(std::string file, std::uint64_t line, const Args&... args) {
    static_assert(R.arguments() == sizeof...(Args), "one argument for each {} of the rule");
    stops_ = stops_ || R.severity == Severity::fatal;
    all_.push_back(
        {&R, compose(R.text, args...), std::string(detail::key_among(args...)), std::move(file), line});
  }

  [[nodiscard]] const std::vector<Fault>& all() const { return all_; }
  /// Whether nothing may be loaded.
  [[nodiscard]] bool stops() const { return stops_; }

 private:
  std::vector<Fault> all_;
  bool stops_ = false;
};

}  // namespace mealsync::oneroster
