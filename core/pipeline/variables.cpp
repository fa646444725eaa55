#include <pipeline/variables.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include <pipeline/pipeline.hpp>
#include <pipeline/rules.hpp>
#include <pipeline/shape.hpp>

namespace mealsync {
namespace {

constexpr std::size_t most_chained = 32;
constexpr std::size_t most_grown = std::size_t{4} << 20;
constexpr std::array<std::string_view, 3> reserved{"pipeline", "run", "date"};
constexpr std::string_view name_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";

/// The name in the reference `${name}` that `text` begins with; empty where it begins with none.
std::string_view reference_name(std::string_view text) {
  if (!text.starts_with("${")) return {};
  text.remove_prefix(2);
  const auto end = text.find_first_not_of(name_letters);
  return end == std::string_view::npos || text[end] != '}' ? std::string_view() : text.substr(0, end);
}

std::string reference_to(std::string_view name) {
  return "${" + std::string(name) + '}';
}

}  // namespace

bool is_reserved_variable(std::string_view name) {
  return std::find(reserved.begin(), reserved.end(), name) != reserved.end();
}

bool is_variable_name(std::string_view name) {
  return !name.empty() && name.find_first_not_of(name_letters) == std::string_view::npos;
}

Scope::Scope(const Variables& outside, Findings& findings) : findings_(findings), set_(outside.set) {
  for (const auto* values : {&outside.set, &outside.environment})
    for (const auto& [name, value] : *values) {
      Attribute written;
      written.name = name;
      written.value = value;
      variables_.try_emplace(name, Variable{std::move(written), Expanded{value, true}});
    }
}

void Scope::declare(const std::string& name, const Attribute& value) {
  declared_.insert(name);
  variables_.try_emplace(name, Variable{value, std::nullopt});
}

void Scope::check(const std::string& file) {
  for (auto& [name, variable] : variables_)
    if (!variable.value && !variable.is_broken)
      variable.is_broken = !resolve(name, variable, variable.written.at);
  for (const auto& [name, value] : set_) {
    if (is_reserved_variable(name))
      findings_.add<rules::reserved_variable>({file}, name);
    else if (!is_open_ && !declared_.contains(name))
      findings_.add<rules::undeclared_set>({file}, name,
                                           did_you_mean(name, NameList(declared_.begin(), declared_.end())));
  }
}

std::optional<Expanded> Scope::expand(const Attribute& attribute) {
  Expanded expanded;
  bool is_whole = true;
  std::string_view rest = attribute.value;
  while (!rest.empty()) {
    if (rest.starts_with("${")) {
      const auto name = reference_name(rest);
      if (name.empty()) {
        findings_.add<rules::broken_reference>(attribute.at, attribute.name);
        return std::nullopt;
      }
      is_whole = append_value(std::string(name), attribute.at, expanded) && is_whole;
      rest.remove_prefix(reference_to(name).size());
    } else {
      if (rest.starts_with("$$")) rest.remove_prefix(1);
      const auto next = std::min(rest.find('$', 1), rest.size());
      expanded.text += rest.substr(0, next);
      rest.remove_prefix(next);
    }
  }
  if (!is_whole) return std::nullopt;
  return expanded;
}

bool Scope::append_value(const std::string& name, const Position& used_at, Expanded& expanded) {
  if (is_reserved_variable(name)) {
    expanded.text += reference_to(name);
    return true;
  }
  const Expanded* const value = look_up(name, used_at);
  if (value == nullptr || !grow(value->text.size(), used_at)) return false;
  if (expanded.text.empty()) expanded.from_outside = value->from_outside;
  expanded.text += value->text;
  return true;
}

const Expanded* Scope::look_up(const std::string& name, const Position& used_at) {
  const auto found = variables_.find(name);
  if (found == variables_.end()) {
    NameList known(reserved.begin(), reserved.end());
    for (const auto& entry : variables_)
      known.push_back(entry.first);
    if (!is_open_) findings_.add<rules::unknown_variable>(used_at, name, did_you_mean(name, known));
    return nullptr;
  }
  Variable& variable = found->second;
  if (!variable.value && !variable.is_broken) variable.is_broken = !resolve(name, variable, used_at);
  return variable.value ? &*variable.value : nullptr;
}

bool Scope::resolve(const std::string& name, Variable& variable, const Position& used_at) {
  if (const auto first = std::find(chain_.begin(), chain_.end(), name); first != chain_.end()) {
    std::string way;
    for (auto link = first; link != chain_.end(); ++link)
      way += *link + ", ";
    findings_.add<rules::variable_cycle>(used_at, name, way + name);
    return false;
  }
  if (chain_.size() == most_chained) {
    findings_.add<rules::variable_too_deep>(used_at, name, most_chained);
    return false;
  }
  chain_.push_back(name);
  variable.value = expand(variable.written);
  chain_.pop_back();
  return variable.value.has_value();
}

bool Scope::grow(std::size_t by, const Position& at) {
  const bool was_small = grown_ <= most_grown;
  grown_ += by;
  if (was_small && grown_ > most_grown) findings_.add<rules::variables_too_large>(at, most_grown);
  return grown_ <= most_grown;
}

std::map<std::string, std::string> environment_variables() {
  constexpr std::string_view prefix = "MEALSYNC_VAR_";
  std::map<std::string, std::string> values;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (text.starts_with(prefix) && equals != std::string_view::npos)
      values.emplace(text.substr(prefix.size(), equals - prefix.size()), text.substr(equals + 1));
  }
  return values;
}

std::string replace_variables(std::string_view text, const std::map<std::string, std::string>& values) {
  std::string replaced;
  while (!text.empty()) {
    const auto name = reference_name(text);
    const auto found = name.empty() ? values.end() : values.find(std::string(name));
    if (found != values.end()) {
      replaced += found->second;
      text.remove_prefix(reference_to(name).size());
    } else {
      const auto next = std::min(text.find("${", 1), text.size());
      replaced += text.substr(0, next);
      text.remove_prefix(next);
    }
  }
  return replaced;
}

}  // namespace mealsync
