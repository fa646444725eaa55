#include <pipeline/shape.hpp>

#include <algorithm>
#include <set>

#include <pipeline/pipeline.hpp>
#include <pipeline/rules.hpp>

namespace mealsync {
namespace {

bool holds(const NameList& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

NameList joined(NameList names, const NameList& more) {
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

NameList absent(const NameList& names, const Element& element) {
  NameList missing;
  for (const std::string_view name : names)
    if (find_attribute(element, name) == nullptr) missing.push_back(name);
  return missing;
}

/// What to write instead of an unknown name.
std::string instead(std::string_view name, const NameList& known) {
  auto words = did_you_mean(name, known);
  if (!words.empty()) return words;
  return known.empty() ? "; it takes none" : "; it takes " + one_of(known);
}

void check_attributes(Element& element, const Shape& shape, Findings& findings) {
  const NameList known = joined(shape.required, shape.optional);
  NameList candidates = absent(shape.any_attribute ? shape.required : known, element);
  for (Attribute& attribute : element.attributes) {
    if (holds(known, attribute.name)) continue;
    const auto meant = nearest_name(attribute.name, candidates);
    if (shape.any_attribute && !meant) continue;
    findings.add<rules::unknown_attribute>(attribute.at, attribute.name, element.name,
                                           instead(attribute.name, known));
    if (!meant) continue;
    attribute.name = *meant;
    candidates.erase(std::find(candidates.begin(), candidates.end(), attribute.name));
  }
  for (const std::string_view name : absent(shape.required, element))
    findings.add<rules::missing_attribute>(element.at, element.name, name);
}

void check_children(Element& element, const Shape& shape, Findings& findings) {
  const NameList known = joined(shape.once, shape.many);
  std::set<std::string> seen;
  for (Element& child : element.children) {
    if (holds(shape.once, child.name) && !seen.insert(child.name).second) {
      findings.add<rules::repeated_element>(child.at, child.name, element.name);
    } else if (!shape.any_child && !holds(known, child.name)) {
      findings.add<rules::unknown_element>(child.at, child.name, element.name, instead(child.name, known));
      if (const auto meant = nearest_name(child.name, known)) child.name = *meant;
    }
  }
}

}  // namespace

void check_shape(Element& element, const Shape& shape, Findings& findings) {
  check_attributes(element, shape, findings);
  check_children(element, shape, findings);
  if (!shape.takes_text && !element.text.empty())
    findings.add<rules::stray_text>(element.text_at, element.name);
}

const Attribute* find_attribute(const Element& element, std::string_view name) {
  const auto found = std::find_if(element.attributes.begin(), element.attributes.end(),
                                  [&](const Attribute& attribute) { return attribute.name == name; });
  return found == element.attributes.end() ? nullptr : &*found;
}

Element* find_child(Element& element, std::string_view name) {
  const auto found = std::find_if(element.children.begin(), element.children.end(),
                                  [&](const Element& child) { return child.name == name; });
  return found == element.children.end() ? nullptr : &*found;
}

std::string one_of(const NameList& names) {
  std::string words;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) words += i + 1 == names.size() ? " or " : ", ";
    words += names[i];
  }
  return words;
}

}  // namespace mealsync
