// door.hpp -- the options of a stage that is to break down, or to wait: at which door, and in which way.
#pragma once

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <mealsync/sdk.hpp>

namespace strangers {

using namespace mealsync;

inline constexpr Rule cannot_go_on{10001, Severity::fatal, "The stage cannot go on at '{}'",
                                   "Try another door."};
inline constexpr Rule will_not_go_on{10002, Severity::refusal, "The stage refuses at '{}'", "Ask it again."};

struct Door {
  std::string breaks_at;
  std::string by = "exception";

  template <class Options>
  static void describe_door(Describe<Options>& d) {
    d.option("breaks_at", static_cast<std::string Options::*>(&Door::breaks_at),
             "The door: constructor, or a verb.");
    d.option("by", static_cast<std::string Options::*>(&Door::by), "How it breaks down there.")
        .one_of({"exception", "number", "failure", "refusal", "crash", "gate"});
  }

  void pass(Text door) const {
    if (door != breaks_at) return;
    if (by == "exception") throw std::runtime_error("the door '" + breaks_at + "' is broken");
    if (by == "number") throw 7;
    if (by == "crash") std::abort();
    // Until a test has opened and closed the pipe of this name in the current folder.
    if (by == "gate") return static_cast<void>(std::ifstream("gate").get());
    if (by == "failure") fail<cannot_go_on>(breaks_at);
    refuse<will_not_go_on>(breaks_at);
  }
};

}  // namespace strangers
