// pipeline/variables.hpp -- what ${name} stands for while a pipeline file is read.
//
// A value from --set wins over the environment, that over a <variable>. Both are taken as they are typed;
// the value of a <variable> may use other variables. Of two <variable>s the first that is declared wins.
//
// Errors  MS14xx, each told once: what uses a broken variable is broken without a word.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <finding/finding.hpp>
#include <pipeline/document.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {

/// A text with its variables replaced.
struct Expanded {
  std::string text;
  bool from_outside = false;  // it begins with a value from --set or the environment
};

class Scope {
 public:
  Scope(const Variables& outside, Findings& findings);

  void declare(const std::string& name, const Attribute& value);
  /// Something that may declare variables could not be read: unknown names are no longer told.
  void leave_open() { is_open_ = true; }
  [[nodiscard]] bool is_open() const { return is_open_; }
  /// Tells what is wrong with the variables themselves, used or not; `file` is where they would be declared.
  void check(const std::string& file);

  /// The value of `attribute`; nothing where a variable in it is at fault.
  [[nodiscard]] std::optional<Expanded> expand(const Attribute& attribute);

 private:
  struct Variable {
    Attribute written;
    std::optional<Expanded> value;
    bool is_broken = false;
  };

  [[nodiscard]] bool append_value(const std::string& name, const Position& used_at, Expanded& expanded);
  [[nodiscard]] const Expanded* look_up(const std::string& name, const Position& used_at);
  [[nodiscard]] bool resolve(const std::string& name, Variable& variable, const Position& used_at);
  [[nodiscard]] bool grow(std::size_t by, const Position& at);

  Findings& findings_;
  std::map<std::string, std::string> set_;
  std::map<std::string, Variable> variables_;
  std::set<std::string> declared_;
  std::vector<std::string> chain_;  // being resolved, each by the one before it
  std::size_t grown_ = 0;
  bool is_open_ = false;
};

[[nodiscard]] bool is_reserved_variable(std::string_view name);
[[nodiscard]] bool is_variable_name(std::string_view name);

}  // namespace mealsync
