#include "year_edit.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

#include <pipeline/document.hpp>

#include "rules.hpp"

namespace mealsync::tool {
namespace {

constexpr std::string_view stop_mark = "**";

bool is_same(const Position& a, const Position& b) {
  return a.line == b.line && a.column == b.column;
}

const Attribute* attribute_at(const Element& element, const Position& at) {
  for (const Attribute& attribute : element.attributes)
    if (is_same(attribute.at, at)) return &attribute;
  for (const Element& child : element.children)
    if (const Attribute* const found = attribute_at(child, at)) return found;
  return nullptr;
}

const Attribute* attribute_of(const Element& element, std::string_view name) {
  const auto at = std::find_if(element.attributes.begin(), element.attributes.end(),
                               [&](const Attribute& attribute) { return attribute.name == name; });
  return at == element.attributes.end() ? nullptr : &*at;
}

/// The name of the variable that a value is, whole; else nothing.
std::optional<std::string> variable_of(std::string_view written) {
  if (!written.starts_with("${") || written.find('}') != written.size() - 1) return std::nullopt;
  return std::string(written.substr(2, written.size() - 3));
}

const Attribute* value_of_variable(const Element& root, std::string_view name) {
  for (const Element& child : root.children) {
    if (child.name != "variable") continue;
    const Attribute* const called = attribute_of(child, "name");
    if (called != nullptr && called->value == name) return attribute_of(child, "value");
  }
  return nullptr;
}

/// The new value for one that is written so; nothing where that is none to be changed.
using Edit = std::function<std::optional<std::string>(const std::string& written)>;

class YearEdit {
 public:
  YearEdit(const Element& root, const Variables& outside, Findings& findings)
      : root_(root), outside_(outside), findings_(findings) {}

  void change(std::string_view what, const Attribute& attribute, const Edit& edit) {
    if (auto value = edit(attribute.value)) return add({attribute.at, *std::move(value)});
    if (const auto variable = variable_of(attribute.value))
      return change_variable(what, attribute.at, *variable, edit);
    findings_.add<rollover_rules::made_of_parts>(attribute.at, what, attribute.value);
  }
  void change(const Setting& setting, const Edit& edit) {
    const bool is_own = setting.at.file == root_.at.file;
    const auto included = is_own ? std::nullopt : read_document(setting.at.file, {}, findings_);
    const Attribute* const attribute = attribute_at(included ? *included : root_, setting.at);
    if (is_own) return change(setting.name, *attribute, edit);
    if (const auto variable = attribute ? variable_of(attribute->value) : std::nullopt)
      return change_variable(setting.name, setting.at, *variable, edit);
    come_from("an included file", setting.name, setting.at);
  }

  [[nodiscard]] std::vector<NewValue> take() { return std::move(values_); }

 private:
  void change_variable(std::string_view what, const Position& used_at, const std::string& variable,
                       const Edit& edit) {
    if (outside_.set.contains(variable) || outside_.environment.contains(variable))
      return come_from("--set or the environment", what, used_at);
    // Variables that go round in a circle were a fault of the file.
    const Attribute* const value = value_of_variable(root_, variable);
    if (value == nullptr) return come_from("an included file", what, used_at);
    change(what, *value, edit);
  }
  void come_from(std::string_view origin, std::string_view what, const Position& at) {
    findings_.add<rollover_rules::comes_from_outside>(at, what, origin);
  }
  /// Two that are one variable are one change.
  void add(NewValue value) {
    const bool is_there = std::any_of(values_.begin(), values_.end(),
                                      [&](const NewValue& other) { return is_same(other.at, value.at); });
    if (!is_there) values_.push_back(std::move(value));
  }

  const Element& root_;
  const Variables& outside_;
  Findings& findings_;
  std::vector<NewValue> values_;
};

bool is_expiration_of(SchoolYear year, Date day) {
  return year.last() <= day && day <= SchoolYear{year.end_year + 1}.last();
}

void change_expirations(const NewYear& to, const Pipeline& pipeline, YearEdit& edit, Findings& findings) {
  for (const StageSpec& stage : pipeline.stages)
    for (const Setting& setting : stage.settings) {
      const auto day = setting.name == "default_expiration" ? date_from_iso(setting.value) : std::nullopt;
      if (!day || (to.expiration ? *day == *to.expiration : is_expiration_of(to.year, *day))) continue;
      if (!to.expiration) {
        findings.add<rollover_rules::needs_expiration>(setting.at, *day, to.year);
        continue;
      }
      edit.change(setting, [&](const std::string& written) {
        return date_from_iso(written) ? std::optional(to_text(*to.expiration)) : std::nullopt;
      });
    }
}

}  // namespace

std::vector<NewValue> values_for(const NewYear& to, const Pipeline& pipeline, const Variables& outside,
                                 Findings& findings) {
  const auto root = read_document(pipeline.file, {}, findings);
  if (!root) return {};
  if (pipeline.school_year > to.year) {
    findings.add<rollover_rules::later_already>(root->at, pipeline.name, pipeline.school_year, to.year);
    return {};
  }

  YearEdit edit(*root, outside, findings);
  if (pipeline.school_year != to.year)
    edit.change("school_year", *attribute_of(*root, "school_year"), [&](const std::string& written) {
      return SchoolYear::read(written) ? std::optional(to_text(to.year)) : std::nullopt;
    });
  if (!pipeline.active)
    edit.change("active", *attribute_of(*root, "active"), [](const std::string& written) {
      return written == "no" ? std::optional<std::string>("yes") : std::nullopt;
    });
  for (const StageSpec& stage : pipeline.stages)
    for (const Setting& setting : stage.settings)
      if (stage.role == Role::source && setting.name == "host" && setting.value.starts_with(stop_mark))
        edit.change(setting, [](const std::string& written) {
          return written.starts_with(stop_mark) ? std::optional(written.substr(stop_mark.size()))
                                                : std::nullopt;
        });
  change_expirations(to, pipeline, edit, findings);
  return edit.take();
}

}  // namespace mealsync::tool
